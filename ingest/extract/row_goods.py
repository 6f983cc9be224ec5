"""Goods of the priced rows of a list in which no word of the lexicon names any."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ingest.extract.spans import Span, line_spans, within
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.lexicon.frames import frame

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

_ROWS: Final = 2
_ACCOUNTS: Final = "service/account_sale"
_MAIL: Final = frame("mail_services")
"""Whose name is none of a source by itself."""


def with_row_goods(scene: "Scene", goods: list[Token]) -> list[Token]:
    """Goods with those that were learned to be named in the rows that name none."""
    if "\n" not in scene.text or all(g.id == DATA_GENERIC for g in goods):
        return goods
    bare = _bare_rows(scene, [g for g in goods if g.id != DATA_GENERIC])
    if not bare:
        return goods
    added = list(scene.rules.named.added(scene))
    accounts = {g.id for g in goods} == {_ACCOUNTS}
    for row in bare:
        told = within(added, [row])
        goods = [*goods, *(told or (_by_platform(scene, row) if accounts else ()))]
    return sorted(goods)


def _bare_rows(scene: "Scene", goods: Sequence[Token]) -> list[Span]:
    """Priced lines without goods beside such with them; none under a heading that names goods."""
    bare: list[Span] = []
    named = 0
    for row in line_spans(scene.text):
        priced = any(f.kind == "price" for f in within(scene.figures, [row]))
        held = bool(within(goods, [row]))
        if held and not priced:
            return []
        named += held
        if priced and not held:
            bare.append(row)
    return bare if named and named + len(bare) >= _ROWS else []


def _by_platform(scene: "Scene", row: Span) -> Iterator[Token]:
    """Outlook 0.05 each below Gmail PVA: accounts of what the row names."""
    for token in within(scene.tokens, [row]):
        if token.kind == "source" and not scene.is_negated(token.start, token.end):
            yield Token(token.start, token.end, "service", _ACCOUNTS, True)
            return
    if mail := _MAIL.search(scene.text, *row):
        yield Token(*mail.span(), "service", _ACCOUNTS, True)
