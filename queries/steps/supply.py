"""Who stands on every way of the goods from those who supply to those who use them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from datetime import UTC, datetime

import msgspec
import rustworkx

from graph.analysis.network import side_of
from queries.steps.ties import UNKNOWN, Hop, Ties

_FROM_THE_FIRST = datetime.min.replace(tzinfo=UTC)


class Start(msgspec.Struct, frozen=True, order=True):
    """A supplier of one kind of goods."""

    product: str
    source: str


class Reach(msgspec.Struct, frozen=True):
    """Whom the goods of a start reach; for each holder the users reached only by way of it."""

    met: frozenset[str]
    lost: Counter[str]


NOBODY = Reach(frozenset(), Counter())


class Supply:
    """Ties of goods by product, with those on the supply side and on the demand side.

    The side is that of the role held at the time; where none is known, of one who only gives or
    only gets these goods.
    """

    def __init__(self, known: Ties, hops: Iterable[Hop]) -> None:
        self.known = known
        self.hops = list(hops)
        self._by_giver: dict[tuple[str, str], list[Hop]] = defaultdict(list)
        for hop in self.hops:
            self._by_giver[hop.product, hop.giver].append(hop)
        self._takers = {(hop.product, hop.taker) for hop in self.hops}
        self._kept: frozenset[str] | None = None
        self._from_supply = {hop.id for hop in self.hops if self._supplies(hop)}
        self._to_use = {hop.id for hop in self.hops if self._uses(hop)}

    def sampled(self, kept: Iterable[Hop]) -> "Supply":
        """The same with these ties only; everybody stays on the side where they stood."""
        again = copy(self)
        again._kept = frozenset(hop.id for hop in kept)
        return again

    def starts(self) -> list[Start]:
        """All suppliers with a tie out of their hands, sorted."""
        return sorted({_start(hop) for hop in self.hops if hop.id in self._from_supply})

    def reach(self, start: Start, without: frozenset[str] = frozenset()) -> Reach:
        """Follows the goods of a start; nobody in `without` takes part.

        A tie is followed that was not over before the earliest way to its giver had begun. Who
        dominates a user (Lengauer and Tarjan 1979) is on every way to it.
        """
        if start.source in without:
            return NOBODY
        began = self._followed(start, without)
        names = sorted(began)
        numbers = {name: number for number, name in enumerate(names)}
        used = [hop for name in names for hop in self._usable(start, name, began)]
        used = [hop for hop in used if hop.taker in numbers]
        users = {hop.taker for hop in used if hop.id in self._to_use} - {start.source}
        arcs = sorted({(numbers[hop.giver], numbers[hop.taker]) for hop in used})
        graph: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph()
        graph.add_nodes_from([None] * len(names))
        graph.add_edges_from_no_data(arcs)
        root = numbers[start.source]
        above = rustworkx.immediate_dominators(graph, root)
        between = (number for user in users for number in _up(above, numbers[user], root))
        return Reach(frozenset(names), Counter(names[number] for number in between))

    def _followed(self, start: Start, without: frozenset[str]) -> dict[str, datetime]:
        """Holder -> when the latest tie on the way to it began, at the earliest."""
        began = {start.source: _FROM_THE_FIRST}
        layer = {start.source}
        while layer:
            following: set[str] = set()
            for giver in sorted(layer):
                for hop in self._usable(start, giver, began):
                    taker, at = hop.taker, max(began[giver], hop.first)
                    if taker not in without and (taker not in began or at < began[taker]):
                        began[taker] = at
                        following.add(taker)
            layer = following
        return began

    def _usable(self, start: Start, giver: str, began: Mapping[str, datetime]) -> Iterator[Hop]:
        for hop in self._by_giver.get((start.product, giver), ()):
            kept = self._kept is None or hop.id in self._kept
            if (
                kept
                and hop.last >= began[giver]
                and (giver != start.source or hop.id in self._from_supply)
            ):
                yield hop

    def _supplies(self, hop: Hop) -> bool:
        role = self.known.role(hop.giver, hop.first, hop.last)
        only_gives = (hop.product, hop.giver) not in self._takers
        return only_gives if role == UNKNOWN else side_of(role) == "supply"

    def _uses(self, hop: Hop) -> bool:
        role = self.known.role(hop.taker, hop.first, hop.last)
        only_takes = (hop.product, hop.taker) not in self._by_giver
        return only_takes if role == UNKNOWN else side_of(role) == "demand"


def _start(hop: Hop) -> Start:
    return Start(hop.product, hop.giver)


def _up(above: Mapping[int, int], number: int, root: int) -> Iterator[int]:
    """Those between a node and the root on the tree of dominators."""
    number = above[number]
    while number != root:
        yield number
        number = above[number]
