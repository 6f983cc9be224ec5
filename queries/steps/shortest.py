"""The shortest chain of goods from one holder to each of several others."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

import msgspec

from queries.steps import ties
from queries.steps.ties import Chain, Hop, Ties


class _Way(msgspec.Struct, frozen=True):
    """A chain so far: when its latest tie began, and how sure its weakest is."""

    chain: Chain
    began: datetime
    weakest: float


Known = dict[tuple[str, str], list[_Way]]


def rank(chain: Chain) -> tuple[int, float, str, str, list[str]]:
    """Short before long, sure before unsure, then by id."""
    weakest = min(hop.confidence for hop in chain)
    ends = chain[0].giver, chain[-1].taker
    return len(chain), -weakest, *ends, [hop.id for hop in chain]


def shortest(
    known: Ties,
    source: str,
    targets: set[str],
    most: int,
    plays: tuple[frozenset[str], frozenset[str]],
) -> Iterator[Chain]:
    """For each target and product the shortest chain from the source, the surest of its length.

    `plays`: role codes of which the source holds one at the first tie, the target at the last.

    Of the ways to a holder only those are followed that no other makes needless: a way is
    needless where another is as short and as sure and its latest tie began as early. What is
    left meets nobody twice, since a way without its loop is shorter and began no later.
    """
    reached: Known = defaultdict(list)
    done: set[tuple[str, str]] = set()
    first = (_Way((hop,), hop.first, hop.confidence) for hop in known.by_giver.get(source, []))
    layer = [way for way in first if ties.plays(known, source, way.chain[0], plays[0])]
    for _ in range(most):
        layer = _needed(layer, reached)
        found: dict[tuple[str, str], Chain] = {}
        for way in layer:
            last = way.chain[-1]
            key = last.taker, last.product
            if last.taker in targets and ties.plays(known, last.taker, last, plays[1]):
                found.setdefault(key, way.chain)
        yield from (chain for key, chain in sorted(found.items()) if key not in done)
        done |= found.keys()
        layer = [more for way in layer for more in _extended(known, way)]


def _needed(layer: list[_Way], reached: Known) -> list[_Way]:
    """The ways that no other makes needless, best first; they are noted in `reached`."""
    kept: list[_Way] = []
    earlier = {key: min(way.began for way in ways) for key, ways in reached.items()}
    for way in sorted(layer, key=lambda each: rank(each.chain)):
        key = way.chain[-1].taker, way.chain[-1].product
        if key in earlier and earlier[key] <= way.began:
            continue
        # The surer ones come first, so only an earlier begin can be new.
        if all(way.began < other.began for other in reached[key] if _as_long(other, way)):
            reached[key].append(way)
            kept.append(way)
    return kept


def _as_long(one: _Way, other: _Way) -> bool:
    return len(one.chain) == len(other.chain)


def _extended(known: Ties, way: _Way) -> Iterator[_Way]:
    end: Hop = way.chain[-1]
    for hop in known.by_giver.get(end.taker, []):
        back = hop.taker == way.chain[0].giver
        if hop.product == end.product and hop.last >= way.began and not back:
            began, weakest = max(way.began, hop.first), min(way.weakest, hop.confidence)
            yield _Way((*way.chain, hop), began, weakest)
