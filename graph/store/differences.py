"""What differs between a graph and the one saved last, found by hashes and without reading."""

from collections.abc import Iterator

import msgspec
import numpy as np
import numpy.typing as npt

from graph.build.kinds import Kind, Order, Rows
from graph.build.packed import LEFT_OUT
from graph.build.parcel import PREFIX
from graph.build.spooled import Spooled, SpooledGraph
from graph.build.spooled_nodes import SpooledNodes
from graph.elements import Triple
from graph.store.last import NODE, Last

_Marks = npt.NDArray[np.bytes_]
_Mask = npt.NDArray[np.bool_]
_NO_NODES = np.empty(0, NODE)


class Differences(msgspec.Struct, frozen=True):
    """What must go from the graph that was saved last, and what must be written."""

    gone_nodes: dict[str, list[str]]
    """Ids by label."""
    gone_ties: dict[Triple, Rows]
    changed: SpooledNodes
    """Under the same id and label as before."""
    new: SpooledGraph
    last: Last

    @property
    def size(self) -> int:
        """Number of elements that go, change or are new."""
        gone = sum(map(len, self.gone_nodes.values())) + sum(map(len, self.gone_ties.values()))
        return gone + len(self.changed) + self.coming

    @property
    def coming(self) -> int:
        """Number of elements that are new."""
        return len(self.new.nodes) + len(self.new.relationships)

    def gone(self, rows: Rows) -> Iterator[dict[str, str]]:
        """Ids of relationships and of their ends, as parameters of a statement."""
        for row in rows:
            yield {
                "id": f"{PREFIX}{int(row['high']):016x}{int(row['low']):016x}",
                "start_id": self.last.id(int(row["start"])),
                "end_id": self.last.id(int(row["end"])),
            }


def differences(last: Last, graph: SpooledGraph) -> Differences:
    """What makes the graph of one who saved it last. Raises one of last.UNREADABLE.

    A relationship that changed goes and is new: its id stands for its ends as well.
    """
    gone_nodes, changed, new = _nodes(last, graph)
    gone_ties, ties = _ties(last, graph)
    held = graph.held
    made = Spooled(held.spool, held.numbers, held.nodes.only(new), held.ties.only(ties))
    return Differences(gone_nodes, gone_ties, held.nodes.only(changed), made.graph(), last)


def _nodes(last: Last, graph: SpooledGraph) -> tuple[dict[str, list[str]], Order, Order]:
    """Ids that went, by label, and the numbers of the nodes that changed and that are new."""
    names, before = graph.held.numbers.names(), last.labels()
    gone: dict[str, list[str]] = {}
    changed: list[int] = []
    new: list[int] = []
    for label, numbers, marks in graph.held.nodes.marked():
        old = before.pop(label, _NO_NODES)
        went, came = _apart(old["mark"], marks)
        if label in LEFT_OUT:
            # Equal hashes of these do not mean that all is equal.
            went[:] = came[:] = True
        lost = {last.id(number) for number in old["number"][went].tolist()}
        for number in numbers[came].tolist():
            (changed if names[number] in lost else new).append(number)
        gone[label] = sorted(lost.difference(names[number] for number in numbers[came].tolist()))
    for label, old in before.items():
        gone[label] = [last.id(number) for number in old["number"].tolist()]
    return gone, np.array(changed, dtype=np.intp), np.array(new, dtype=np.intp)


def _ties(last: Last, graph: SpooledGraph) -> tuple[dict[Triple, Rows], list[tuple[Kind, Order]]]:
    """The relationships that went, by triple, and the rows of those that are new."""
    before = last.triples()
    gone: dict[Triple, Rows] = {}
    new: list[tuple[Kind, Order]] = []
    for kind, kept in graph.held.ties.kept():
        old = last.ties(before.pop(kind.triple, None))
        went, came = _apart(old["mark"], kind.rows()["mark"][kept])
        gone[kind.triple] = old[went]
        new.append((kind, kept[came]))
    gone.update((triple, last.ties(name)) for triple, name in before.items())
    return gone, new


def _apart(old: _Marks, new: _Marks) -> tuple[_Mask, _Mask]:
    """Which of the hashes stand on one side only; none comes twice on one."""
    first, second = np.concatenate((old, new)).view(np.uint64).reshape(-1, 2).T
    # By one half takes half as long as by both, and leaves equal ones side by side unless others
    # have that half too.
    order = np.argsort(first)
    near, again = _again(first, order), _again(second, order)
    if (near & ~again).any():
        order = np.lexsort((second, first))
        near, again = _again(first, order), _again(second, order)
    again &= near
    alone = np.ones(len(first), dtype=np.bool_)
    alone[order[1:][again]] = alone[order[:-1][again]] = False
    return alone[: len(old)], alone[len(old) :]


def _again(half: npt.NDArray[np.uint64], order: Order) -> _Mask:
    """Which are as the one before them."""
    found = half[order]
    again: _Mask = found[1:] == found[:-1]
    return again
