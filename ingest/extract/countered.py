"""The price of another that a post sets its own against: 都卖200,我们做的80."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.spans import Span, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, STANCES, Token
from ingest.lexicon.wordings import wording

_TURN: Final = wording("price_countered")
"""Where the author begins to speak of themselves between two prices."""
_NOW: Final = wording("price_from_now")
"""Behind a price: it is the one that counts now."""
_SELF: Final = wording("speaks_of_self")
_ADDS: Final = re.compile(
    "还[有出]|也[有出]|另|再|加|外|最低|会员|代理|担保|起(?!步)|also|plus|extra"
)
_SENTENCE: Final = re.compile(r"[;!?。\n]|\.(?!\d)")
_LONGEST: Final = 32
_FARTHEST: Final = 64
_SOON: Final = 16
_BARE: Final = re.compile(
    r"(?<![\d.a-z])\d{1,5}(?:\.\d{1,3})?(?![\d.]|\s?[条个万wk天小月年日号点分:%+-])"
)
_OPENS: Final = 3
"""An act so near to the start of a sentence is the author's."""


def countered(text: str, figures: Sequence[Figure], tokens: Sequence[Token]) -> Iterator[Span]:
    """Prices in front of those that the author names as their own, of the same goods."""
    prices = [f for f in figures if f.kind == "price" and f.per != "percent"]
    if _NOW.may_stand_in(text):
        yield from _before_now(text, prices, tokens)
    if not _TURN.may_stand_in(text):
        return
    for number, theirs in enumerate(prices):
        stop = prices[number + 1].start if number + 1 < len(prices) else len(text)
        turn = _TURN.search(text, theirs.end, min(stop, theirs.end + _FARTHEST))
        own = _own(text, turn.end(), stop, figures) if turn else None
        if turn is None or own is None or _ADDS.search(text, theirs.end, own):
            continue
        start = max((m.end() for m in _SENTENCE.finditer(text, 0, theirs.start)), default=0)
        if _is_own(text, (start, theirs.start), tokens):
            continue
        if _goods(tokens, (turn.end(), own)) <= _goods(tokens, (start, turn.start())):
            yield theirs.start, theirs.end


def _own(text: str, start: int, price: int, figures: Sequence[Figure]) -> int | None:
    """Where the author's price begins behind the turn; a bare number is one that is not read."""
    if price - start <= _LONGEST and price < len(text):
        return price
    bare = _BARE.search(text, start, min(price, start + _SOON))
    if bare is None or any(f.start <= bare.start() < f.end for f in figures):
        return None
    return bare.start()


def _before_now(text: str, prices: Sequence[Figure], tokens: Sequence[Token]) -> Iterator[Span]:
    """$0.08 for two years. Sorry, it is $0.12 from now on."""
    for old, new in pairwise(prices):
        gap = old.end, new.start
        if (
            _NOW.match(text, new.end)
            and new.start - old.end <= _LONGEST
            and not _goods(tokens, gap)
        ):
            yield old.start, old.end


def _is_own(text: str, head: Span, tokens: Sequence[Token]) -> bool:
    opens = (head[0], min(head[1], head[0] + _OPENS))
    return _SELF.search(text, *head) is not None or any(
        t.kind in STANCES for t in within(tokens, [opens])
    )


def _goods(tokens: Sequence[Token], span: Span) -> set[str]:
    return {t.id for t in within(tokens, [span]) if t.kind in GOODS and t.id != DATA_GENERIC}
