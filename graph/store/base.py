"""The small interface of a graph store. Readers use `run`; only a load writes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, Protocol

import msgspec

from graph.elements import Graph, Node, Relationship

GRAPH_FILE: Final = "graph.kgl"
"""The embedded graph in the case's folder for graphs."""
Cell = Any
"""None, bool, int, float, str, date, datetime (UTC), Node, Relationship, Path, or a list or map
of these: never a driver's own type."""


class Path(msgspec.Struct, frozen=True):
    nodes: list[Node]
    relationships: list[Relationship]


class Result(msgspec.Struct, frozen=True):
    columns: list[str]
    rows: list[dict[str, Cell]]
    truncated: bool
    """True when the store held more rows than `limit`."""
    warnings: list[str]


def nothing() -> None:
    """Done while a graph is stored."""


class GraphStore(Protocol):
    name: str
    """`embedded` or `neo4j`."""

    def run(
        self,
        query: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float = 30.0,
        limit: int | None = None,
        columns: Sequence[str] = (),
    ) -> Result:
        """Run one reading statement. Raises UsageError, DataError or StoreError.

        `columns`: their names, where the caller knows them, with which some stores are quicker.
        """
        ...

    def expect(self, graph: Graph, *, anew: bool = False) -> None:
        """A graph that is still derived, and of which `load` is given the whole.

        A store may begin with what there is: relationships stay as they are, nodes may change.
        """
        ...

    def load(
        self,
        graph: Graph,
        *,
        progress: Callable[[int, int], None] | None = None,
        anew: bool = False,
        meanwhile: Callable[[], None] = nothing,
    ) -> None:
        """Make the store hold exactly this graph. `anew`: without the notes of the last load.

        `meanwhile` is called once; where another process stores the graph, it does so meanwhile.
        """
        ...

    def nodes(self) -> Iterator[Node]:
        """All nodes, by id."""
        ...

    def relationships(self) -> Iterator[Relationship]:
        """All relationships, by id."""
        ...

    def build_info(self) -> dict[str, Any] | None:
        """Properties of the `Build` node, or None where there is none."""
        ...

    def close(self) -> None: ...
