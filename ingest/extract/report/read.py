"""Reads one report: names and dates of the whole text first, then sentence by sentence."""

from collections.abc import Iterator, Sequence
from datetime import date

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
from ingest.extract.report.markets import Market, read_markets
from ingest.extract.report.organisations import read_organisations
from ingest.extract.report.page import Line, Page
from ingest.extract.report.pairs import read_pairs
from ingest.extract.report.places import read_places
from ingest.extract.report.roles import read_roles
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps
from ingest.records import Span


def read_report(
    text: str, *, english: Pipeline | None, published: date | None = None
) -> list[Finding]:
    """The findings of a report by place; spans count in `text`, and `text[start:end]` is the quote.

    `english` is a spaCy pipeline (`load_english`) or None; it only adds statements that no frame
    read. `published` dates a report that names no date of its own.
    """
    page = Page(text)
    dates = read_dates(page, published)
    pairs = read_pairs(page, dates)
    markets = read_markets(page, pairs)
    scene = Scene(
        page,
        dates,
        read_organisations(page, pairs),
        read_places(page),
        tuple(one.span for one in markets),
    )
    found: list[Finding] = [*_names(scene, markets)]
    for line in page.lines:
        found.extend(_statements(scene, line, english))
    return sorted(found, key=lambda finding: (finding.span, type(finding).__name__))


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


def _statements(scene: Scene, line: Line, pipeline: Pipeline | None) -> list[Finding]:
    told = [*offers.read_offers(scene, line), *zh_offers.read_offers(scene, line)]
    happened: list[EventFinding] = []
    for sentence in line.sentences:
        reader = zh_events if sentence.chinese else events
        happened.extend(reader.read_events(scene, line, sentence))
    if pipeline is not None:
        more_told, more_happened = pipelines.read_more(scene, line, pipeline, told, happened)
        told.extend(more_told)
        happened.extend(more_happened)
    told.sort(key=lambda offer: offer.span)
    listed = list(_listings(scene, told))
    taken = [listing.span for listing in listed]
    general = [role for role in read_roles(scene.page, line) if not overlaps(role.span, taken)]
    return [*listed, *happened, *_figures(scene, line, taken), *general]


def _listings(scene: Scene, told: Sequence[offers.Offer]) -> Iterator[ListingFinding]:
    number = 0
    for offer in told:
        maker = zh_listings if offer.sentences[0].chinese else listings
        made = maker.make_listing(scene, offer, number)
        if made:
            number += 1
            yield made


def _figures(scene: Scene, line: Line, taken: list[Span]) -> Iterator[FigureFinding]:
    for sentence in line.sentences:
        if sentence.chinese:
            yield from zh_figures.read_figures(scene, sentence, taken)
        else:
            yield from figures.read_figures(scene, line, sentence, taken)
