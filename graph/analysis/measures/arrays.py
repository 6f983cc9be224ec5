"""A graph as CSR arrays, built once: what every measure here reads."""

from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

import networkx as nx
import numpy as np
import rustworkx
from numpy.typing import NDArray
from scipy import sparse

Node = Hashable
Numbers = NDArray[np.intp]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Arcs(Protocol):
    """Anything with names and arcs between them, such as the network of goods."""

    @property
    def names(self) -> Sequence[Node]: ...

    @property
    def arcs(self) -> Sequence[tuple[Node, Node]]: ...


class ByNumber(Protocol):
    """Values by node number, as rustworkx gives them."""

    def __len__(self) -> int: ...

    def keys(self) -> Iterable[int]: ...

    def values(self) -> Iterable[float]: ...


class Arrays:
    """Nodes by number, arcs from `starts` to `ends` in order; no self-ties, no doubles.

    Without direction each tie stands once in `ties` and both ways among the arcs.
    """

    def __init__(
        self, names: Sequence[Node], starts: Numbers, ends: Numbers, *, directed: bool
    ) -> None:
        self.names = names
        self.directed = directed
        kept = starts != ends
        starts, ends = starts[kept], ends[kept]
        if not directed:
            starts, ends = np.concatenate([starts, ends]), np.concatenate([ends, starts])
        self.out = _matrix(starts, ends, len(names))
        """One for each arc, row gives to column."""
        self.starts = np.repeat(np.arange(len(names)), np.diff(self.out.indptr))
        self.ends = self.out.indices.astype(np.intp)

    @classmethod
    def of(cls, graph: "Arrays | nx.Graph[Any] | Arcs") -> "Arrays":
        """Arrays of any NetworkX graph or of names and arcs; arrays come back as they are.

        Parallel edges count once and weights are not read; nodes keep the order of the graph.
        """
        if isinstance(graph, Arrays):
            return graph
        if isinstance(graph, nx.Graph):
            return cls._of_networkx(graph)
        numbers = {name: number for number, name in enumerate(graph.names)}
        ends = chain.from_iterable(graph.arcs)
        pairs = np.fromiter((numbers[name] for name in ends), np.intp).reshape(-1, 2)
        return cls(graph.names, pairs[:, 0], pairs[:, 1], directed=True)

    @classmethod
    def _of_networkx(cls, graph: "nx.Graph[Any]") -> "Arrays":
        names = list(graph)
        numbers = {name: number for number, name in enumerate(names)}
        rows = [near for _, near in graph.adjacency()]
        lengths = np.fromiter(map(len, rows), np.intp, len(rows))
        ends = np.fromiter(
            map(numbers.__getitem__, chain.from_iterable(rows)), np.intp, int(lengths.sum())
        )
        starts = np.repeat(np.arange(len(names)), lengths)
        return cls(names, starts, ends, directed=graph.is_directed())

    def __len__(self) -> int:
        return len(self.names)

    @cached_property
    def numbers(self) -> dict[Any, int]:
        """Number of each node."""
        return {name: number for number, name in enumerate(self.names)}

    @cached_property
    def into(self) -> "sparse.csr_matrix":
        """One for each arc, column gives to row."""
        return self.out.T.tocsr()

    @cached_property
    def near(self) -> "sparse.csr_matrix":
        """Each tie both ways: 1 where the row gives, 2 where it gets, 3 for both."""
        found: sparse.csr_matrix = self.out + 2 * self.into
        return found

    @cached_property
    def ties(self) -> tuple[Numbers, Numbers]:
        """Pairs with an arc either way, the lower number first, in order."""
        rows, upper = self._upper
        return rows[upper], self.near.indices[upper].astype(np.intp)

    @cached_property
    def strength(self) -> Floats:
        """Arcs of each tie: 2 where both give, else 1; 1 without direction."""
        forth, back = self.ways
        return forth.astype(np.float64) + back if self.directed else np.ones(forth.size)

    @cached_property
    def ways(self) -> tuple[Flags, Flags]:
        """Of each tie whether the lower gives to the higher, and the higher to the lower."""
        kind = self.near.data[self._upper[1]]
        return kind != 2, kind != 1

    @cached_property
    def _upper(self) -> tuple[Numbers, Flags]:
        rows = np.repeat(np.arange(len(self)), np.diff(self.near.indptr))
        return rows, self.near.indices > rows

    @cached_property
    def degree(self) -> Numbers:
        """Partners of each node."""
        return np.diff(self.near.indptr).astype(np.intp)

    @cached_property
    def simple_graph(self) -> "rustworkx.PyGraph[None, None]":
        """The ties for rustworkx."""
        graph: rustworkx.PyGraph[None, None] = rustworkx.PyGraph()
        graph.add_nodes_from([None] * len(self))
        graph.add_edges_from_no_data(pairs_of(*self.ties))
        return graph

    @cached_property
    def arc_graph(self) -> "rustworkx.PyDiGraph[None, None]":
        """The arcs for rustworkx."""
        graph: rustworkx.PyDiGraph[None, None] = rustworkx.PyDiGraph()
        graph.add_nodes_from([None] * len(self))
        graph.add_edges_from_no_data(pairs_of(self.starts, self.ends))
        return graph

    @property
    def engine_graph(self) -> "rustworkx.PyGraph[None, None] | rustworkx.PyDiGraph[None, None]":
        """The graph for rustworkx with its own direction or none."""
        return self.arc_graph if self.directed else self.simple_graph

    def array(self, values: "ByNumber") -> Floats:
        """An engine's values by number as an array."""
        numbers = np.fromiter(values.keys(), np.intp, len(values))
        found = np.zeros(len(self))
        found[numbers] = np.fromiter(values.values(), np.float64, len(values))
        return found

    def named(self, values: NDArray[Any]) -> dict[Any, Any]:
        """Plain numbers of Python by node."""
        return dict(zip(self.names, values.tolist(), strict=True))


def pairs_of(starts: Numbers, ends: Numbers) -> list[tuple[int, int]]:
    """Two arrays as a list of pairs."""
    return list(zip(starts.tolist(), ends.tolist(), strict=True))


def summed(places: Numbers, weights: Floats, n: int) -> Floats:
    """Sum of the weights at each of n places."""
    return np.bincount(places, weights, n).astype(np.float64, copy=False)


def stretches(begins: NDArray[np.integer[Any]], rows: Numbers) -> Numbers:
    """Places of all entries of some rows, given where each row of a CSR matrix begins."""
    first, counts = begins[rows], begins[rows + 1] - begins[rows]
    places: Numbers = np.arange(counts.sum()) + np.repeat(
        first - np.cumsum(counts) + counts, counts
    )
    return places


def _matrix(starts: Numbers, ends: Numbers, n: int) -> "sparse.csr_matrix":
    found = sparse.csr_matrix((np.ones(starts.size), (starts, ends)), shape=(n, n))
    found.sum_duplicates()
    found.data[:] = 1.0
    return found
