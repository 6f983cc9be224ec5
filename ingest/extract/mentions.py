"""Products and services that a text names, listing or not."""

from collections.abc import Sequence

from ingest.extract.tokens import DATA_GENERIC, GOODS, Token

_SECOND = frozenset({"method", "escrow", "quality", "sell", "buy", "swap", "recruit", "data_word"})


def read_mentions(tokens: Sequence[Token]) -> tuple[str, ...]:
    """Lexicon ids in order; an ambiguous term needs a second word of the trade."""
    goods = [t for t in tokens if t.kind in GOODS]
    if not goods:
        return ()
    weak = any(t.weak for t in goods)
    kept = _supported(goods, tokens) if weak else [t.id for t in goods]
    exact = [name for name in kept if name != DATA_GENERIC]
    return tuple(dict.fromkeys(exact or kept))


def _supported(goods: Sequence[Token], tokens: Sequence[Token]) -> list[str]:
    """Ids of clear terms, and of ambiguous ones of a single meaning where a second word stands."""
    places = [(t.start, t.end) for t in goods]
    sure = any(not t.weak for t in goods)
    second = sure or any(t.kind in _SECOND and (t.start, t.end) not in places for t in tokens)
    return [t.id for t in goods if not t.weak or (second and places.count((t.start, t.end)) == 1)]
