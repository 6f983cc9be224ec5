"""Rows of a table that say more than numbers: a role, what was done to a firm, an offer.

A row of offers has a day, goods, and a head that speaks of posts, goods or prices.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.report.events import finding
from ingest.extract.report.findings import EventFinding, RoleFinding
from ingest.extract.report.grid import adjoin, cells_of
from ingest.extract.report.offers import Offer
from ingest.extract.report.page import Line, Sentence
from ingest.extract.report.role_heads import heads
from ingest.extract.report.scene import Scene
from ingest.extract.report.triggers import Trigger, find_triggers
from ingest.extract.report.words import words
from ingest.records import Polarity, Span

_WORD: Final = re.compile("[A-Za-z\u3400-\u9fff]")
_LEAD: Final = re.compile(r"(?:was |were |has been |被|遭|已被?|the |The )?")
_OFFERS: Final = re.compile(rf"{words('table_offers', 'en')}|{words('table_offers', 'zh')}", re.I)
_REQUEST: Final = re.compile(r"\b(?:request|wanted|buy(?:ing|er)?|WTB)\b|求购|收购", re.I)
_MOST_ROWS: Final = 60
_LEAST_WORK: Final = 6


def read_row(scene: Scene, line: Line) -> tuple[list[Offer], list[EventFinding], list[RoleFinding]]:
    """The offer, events and roles that a row of a table tells; none for any other line."""
    cells = cells_of(scene.page.view, line)
    cells = [cell for cell in cells if cell[1] > cell[0]]
    if len(cells) < 2 or not line.sentences:
        return [], [], []
    whole = Sentence(line.start, line.end, line.sentences[0].chinese)
    return (
        list(_offer(scene, line, whole)),
        list(_events(scene, line, whole, cells)),
        list(_roles(scene, whole, cells)),
    )


def _roles(scene: Scene, row: Sentence, cells: list[Span]) -> Iterator[RoleFinding]:
    view, (start, end) = scene.page.view, cells[0]
    at = start + len(view[start:end]) - len(view[start:end].lstrip("\"'“「"))
    work = max(cells[1:], key=lambda cell: len(_WORD.findall(view, *cell)))
    if len(_WORD.findall(view, *work)) < _LEAST_WORK:
        return
    for lang in ("en", "zh"):
        head = heads(scene.terms, lang).match(view, at, end)
        if head and not view[head.end : end].strip("\"'”」s "):
            said = scene.page.quote((row.start, row.end))
            yield RoleFinding(
                text=said, quote=said, span=(row.start, row.end), role=head.role, says=said
            )
            return


def _events(scene: Scene, line: Line, row: Sentence, cells: list[Span]) -> Iterator[EventFinding]:
    names = scene.names_in(*cells[0])
    if not names:
        return
    for start, end in cells[1:]:
        lead = _LEAD.match(scene.page.view, start, end)
        at = lead.end() if lead else start
        lang = "zh" if "\u3400" <= scene.page.view[at] <= "\u9fff" else "en"
        for trigger in _first(find_triggers(scene.page.view, start, end, lang), at):
            yield finding(scene, line, row, trigger, (row.start, row.end), names[0].ref, ())


def _first(triggers: list[Trigger], at: int) -> list[Trigger]:
    return [trigger for trigger in triggers[:1] if trigger.span[0] == at]


def _offer(scene: Scene, line: Line, row: Sentence) -> Iterator[Offer]:
    view = scene.page.view
    if not scene.dates_in(line.start, line.end) or not _under_offers(scene, line):
        return
    polarity: Polarity = "request" if _REQUEST.search(view, line.start, line.end) else "offer"
    span = (line.start, line.start + 1)
    yield Offer(line, (row,), span, polarity, ((line.start, line.end),))


def _under_offers(scene: Scene, line: Line) -> bool:
    """Whether the first row of the table speaks of what was offered."""
    lines, at = scene.page.lines, line.number - 1
    for _ in range(_MOST_ROWS):
        above = lines[at - 1] if at else None
        if above is None or not adjoin(scene.page.view, above, lines[at]):
            break
        if not cells_of(scene.page.view, above):
            break
        at -= 1
    head = lines[at]
    dated = scene.dates_in(head.start, head.end)
    return (
        at < line.number - 1
        and not dated
        and bool(_OFFERS.search(scene.page.view, head.start, head.end))
    )
