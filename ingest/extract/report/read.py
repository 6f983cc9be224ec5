"""Reads one report: names and dates of the whole text first, then sentence by sentence."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from ingest.extract.report import english as pipelines
from ingest.extract.report import (
    events,
    figures,
    listings,
    offers,
    zh_events,
    zh_figures,
    zh_listings,
    zh_offers,
)
from ingest.extract.report.dates import read_dates
from ingest.extract.report.english import Pipeline
from ingest.extract.report.findings import (
    EventFinding,
    FigureFinding,
    Finding,
    ListingFinding,
    MarketFinding,
    OrganisationFinding,
    PlaceFinding,
)
from ingest.extract.report.grid import read_grids
from ingest.extract.report.grid_figures import read_cells
from ingest.extract.report.layout import Layout
from ingest.extract.report.loose_offers import read_loose
from ingest.extract.report.markets import Market, read_markets
from ingest.extract.report.organisations import read_organisations
from ingest.extract.report.page import Line, Page
from ingest.extract.report.pairs import read_pairs
from ingest.extract.report.places import read_places
from ingest.extract.report.quoted import read_quoted
from ingest.extract.report.roles import read_roles
from ingest.extract.report.scene import Scene
from ingest.extract.report.table_rows import read_row
from ingest.extract.report.tables import overlaps
from ingest.extract.report.terms import Terms, terms_of
from ingest.extract.rules import Rules
from ingest.records import Span

_NEAR: Final = 8


def read_report(
    text: str,
    *,
    english: Pipeline | None,
    published: date | None = None,
    rules: Rules | None = None,
) -> list[Finding]:
    """The findings of a report by place; spans count in `text`, and `text[start:end]` is the quote.

    `english` is a spaCy pipeline (`load_english`) or None; it only adds statements that no frame
    read. `published` dates a report that names no date of its own. `rules` are those of a case with
    a lexicon of its own; without them, the packaged ones.
    """
    layout = Layout(text)
    found = _read(Page(layout.read), english, published, terms_of(rules or Rules.load()))
    if layout.changed:
        found = [layout.restore(finding) for finding in found]
    return sorted(found, key=lambda finding: (finding.span, type(finding).__name__))


def _read(
    page: Page, english: Pipeline | None, published: date | None, terms: Terms
) -> list[Finding]:
    dates = read_dates(page, published)
    pairs = read_pairs(page, dates)
    markets = read_markets(page, pairs, terms)
    scene = Scene(
        page,
        dates,
        read_organisations(page, pairs, terms),
        read_places(page),
        markets,
        terms,
    )
    found: list[Finding] = [*_names(scene, markets)]
    grids = read_grids(page)
    for grid in grids:
        found.extend(read_cells(scene, grid))
    tables = [cell.span for grid in grids for cell in grid.cells]
    for line in page.lines:
        found.extend(_statements(scene, line, english, tables, _last_figure(found)))
    return found


def _names(scene: Scene, markets: Sequence[Market]) -> Iterator[Finding]:
    page = scene.page
    markets_at = [market.span for market in markets]
    for one in scene.organisations:
        if not overlaps(one.span, markets_at):
            yield OrganisationFinding(
                text=_sentence(page, one.span),
                quote=page.quote(one.span),
                span=one.span,
                id=one.ref.id,
                name=one.ref.name,
                aliases=one.ref.aliases,
            )
    for market in markets:
        yield MarketFinding(
            text=_sentence(page, market.span),
            quote=page.quote(market.span),
            span=market.span,
            id=market.id,
            name=market.name,
            aliases=market.aliases,
        )
    taken = [one.span for one in scene.organisations] + markets_at
    for place in scene.places:
        if not place.adjective and not overlaps(place.span, taken):
            quote = page.quote(place.span)
            yield PlaceFinding(
                text=_sentence(page, place.span),
                quote=quote,
                span=place.span,
                name=quote,
                code=place.code,
            )


def _sentence(page: Page, span: Span) -> str:
    sentence = page.sentence_at(span[0])
    return (
        page.quote((sentence.start, max(sentence.end, span[1]))) if sentence else page.quote(span)
    )


def _last_figure(found: Sequence[Finding]) -> FigureFinding | None:
    """The figure that "of them" at the head of the next line speaks of."""
    return next((one for one in reversed(found[-_NEAR:]) if isinstance(one, FigureFinding)), None)


def _statements(
    scene: Scene,
    line: Line,
    pipeline: Pipeline | None,
    tables: Sequence[Span],
    previous: FigureFinding | None,
) -> list[Finding]:
    told = list(read_quoted(scene, line))
    rows = read_row(scene, line)
    told.extend(rows[0])
    if not told:
        told = [*offers.read_offers(scene, line), *zh_offers.read_offers(scene, line)]
    told = told or list(read_loose(scene, line))
    happened: list[EventFinding] = []
    for sentence in line.sentences:
        reader = zh_events if sentence.chinese else events
        happened.extend(reader.read_events(scene, line, sentence, happened))
    happened.extend(rows[1] if not happened else ())
    if pipeline is not None:
        more_told, more_happened = pipelines.read_more(scene, line, pipeline, told, happened)
        told.extend(more_told)
        happened.extend(more_happened)
    told.sort(key=lambda offer: offer.span)
    listed = list(_listings(scene, told))
    taken = [listing.span for listing in listed]
    general = [
        role for role in (rows[2] or read_roles(scene, line)) if not overlaps(role.span, taken)
    ]
    read = [span for listing in listed for span in _slot_spans(listing)]
    read.extend(span for span in tables if line.start <= span[0] < line.end)
    return [*listed, *happened, *general, *_figures(scene, line, read, previous)]


def _listings(scene: Scene, told: Sequence[offers.Offer]) -> Iterator[ListingFinding]:
    number = 0
    for offer in told:
        maker = zh_listings if offer.sentences[0].chinese else listings
        made = maker.make_listing(scene, offer, number)
        bare = offer.loose and offer.polarity in ("offer", "request")
        if made and not (bare and not (made.prices or made.quantities)):
            number += 1
            yield made


def _figures(
    scene: Scene, line: Line, taken: list[Span], previous: FigureFinding | None
) -> Iterator[FigureFinding]:
    for sentence in line.sentences:
        if sentence.chinese:
            read = zh_figures.read_figures(scene, sentence, taken, previous)
        else:
            read = figures.read_figures(scene, line, sentence, taken, previous)
        for previous in read:
            yield previous


def _slot_spans(listing: ListingFinding) -> Iterator[Span]:
    """The places that a listing has read numbers from."""
    for slots in (listing.quantities, listing.prices, listing.contacts, listing.sources):
        yield from (slot.span for slot in slots)
    yield from (product.span for product in listing.products)
