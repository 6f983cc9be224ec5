"""Products and services that a text names, listing or not."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from ingest.extract.tokens import DATA_GENERIC, GOODS, Token

if TYPE_CHECKING:
    from ingest.extract.rules import Rules

_SECOND = frozenset({"method", "escrow", "quality", "sell", "buy", "swap", "recruit", "data_word"})


_NAMES: Final = re.compile(
    r"@(?:[a-z0-9_]+|[^\s@,.:;!?。、]{1,20}(?=[\s,.:;!?。、]|\Z))"
    r"|单号[:#\s]{0,2}[a-z]{0,3}[0-9]{3,}"
)
"""Names behind an at-sign, and the number of a deal: their words name no goods."""


def outside_names(tokens: Sequence[Token], text: str) -> Sequence[Token]:
    """The tokens that are no part of a name or a number; `text` is the normal text."""
    names = [found.span() for found in _NAMES.finditer(text)] if _may_name(text) else ()
    if not names:
        return tokens
    return [t for t in tokens if not any(a <= t.start and t.end <= b for a, b in names)]


def _may_name(text: str) -> bool:
    return "@" in text or "单号" in text


def inside_names(tokens: Sequence[Token], text: str) -> frozenset[str]:
    """Ids of goods that stand in names and numbers only; `text` is the normal text."""
    outside = {token.id for token in outside_names(tokens, text)}
    return frozenset(token.id for token in tokens if token.kind in GOODS) - outside


def read_mentions(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Lexicon ids in order; an ambiguous term needs a second word of the trade."""
    goods = [t for t in tokens if t.kind in GOODS]
    if not goods:
        return ()
    weak = any(t.weak for t in goods)
    kept = _supported(goods, tokens) if weak else [t.id for t in goods]
    exact = [name for name in kept if name != DATA_GENERIC]
    return tuple(dict.fromkeys(exact or kept))


def left_out(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Ids that ambiguous terms may mean and that are not counted: no second word, or two ids."""
    counted = read_mentions(tokens)
    weak = (t.id for t in tokens if t.kind in GOODS and t.weak and t.id != DATA_GENERIC)
    return tuple(name for name in dict.fromkeys(weak) if name not in counted)


def left_out_of(rules: "Rules") -> Callable[[str], tuple[str, ...]]:
    """Text -> what `left_out` gives of its words."""

    def read(text: str) -> tuple[str, ...]:
        normal, hits = rules.views.view(text)
        tokens = rules.tokens(hits) if hits else ()
        return left_out(outside_names(tokens, normal.text)) if any(map(_weak, tokens)) else ()

    return read


def _weak(token: Token) -> bool:
    return token.weak and token.kind in GOODS


def _supported(goods: Sequence[Token], tokens: Sequence[Token]) -> list[str]:
    """Ids of clear terms, and of ambiguous ones of a single meaning where a second word stands."""
    places = [(t.start, t.end) for t in goods]
    sure = any(not t.weak for t in goods)
    second = sure or any(t.kind in _SECOND and (t.start, t.end) not in places for t in tokens)
    return [t.id for t in goods if not t.weak or (second and places.count((t.start, t.end)) == 1)]
