"""Organisations that are no source: paid through, written on, advertised at, sent with, sold to."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ingest.extract.spans import Span
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import may_hold, wording

_CHATS: Final = ("org/app/im", "org/app/social")
_MONEY: Final = ("org/app/payment", "org/app/im", "org/app/crypto", "org/bank", "org/app/ecommerce")
_ANY: Final = ("org/",)
_BEFORE: Final = 28
_JOIN: Final = frame("side_join")
_DATA: Final = frame("source_context")


class _Side(NamedTuple):
    """What is said of organisations of some kinds: in front of them, behind them, or both."""

    name: str
    kinds: tuple[str, ...]
    both: bool = False


_SIDES: Final = (
    _Side("pays", _MONEY),
    _Side("writes", _CHATS),
    _Side("seen", ("org/app",)),
    _Side("sent", ("org/courier",)),
    _Side("buys", _ANY),
    _Side("used", ("org/app", "org/bank"), both=True),
    _Side("absent", _ANY),
)
_WORDS: Final = {
    side.name: (wording(f"{side.name}_before"), wording(f"{side.name}_behind")) for side in _SIDES
}
_NAMES: Final = frozenset(f"{name}_{place}" for name in _WORDS for place in ("before", "behind"))


def sides(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Stretches with organisations of which a normal text says that they play another part."""
    if not may_hold(text, _NAMES):
        return
    names = [t for t in tokens if t.kind == "source"]
    for run in _runs(text, names):
        found = _first_said(text, run)
        if found and found[1] >= _data_end(text, tokens, run[-1].end):
            yield found


def _first_said(text: str, run: Sequence[Token]) -> Span | None:
    for side in _SIDES:
        if found := _said(text, run, side):
            return found
    return None


def _runs(text: str, names: Sequence[Token]) -> Iterator[list[Token]]:
    """Organisations that are named in one breath."""
    run: list[Token] = []
    for token in names:
        if run and not _JOIN.fullmatch(text, run[-1].end, max(token.start, run[-1].end)):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


def _data_end(text: str, tokens: Sequence[Token], end: int) -> int:
    """Where goods or a word for data end that stand right behind; 0 without such."""
    match = _DATA.match(text, end)
    start = end + (text[end : end + 1] in {" ", "的"})
    goods = [t.end for t in tokens if t.kind in GOODS and t.start == start]
    return max([match.end() if match else 0, *goods])


def _said(text: str, run: Sequence[Token], side: _Side) -> Span | None:
    before, behind = _WORDS[side.name]
    if not (before.may_stand_in(text) or behind.may_stand_in(text)):
        return None
    if not all(t.id.startswith(side.kinds) for t in run):
        return None
    start, end = run[0].start, run[-1].end
    ahead = before.stands_in(text[max(0, start - _BEFORE) : start], text)
    after = behind.match(text, end)
    if not (ahead and after if side.both else ahead or after):
        return None
    return start, after.end() if after else end
