"""What a server holds against a graph: read with plain values, so that only differences travel."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, LiteralString

import msgspec
import neo4j

from graph.elements import Graph, Node, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, Property

READ_SECONDS = 600.0
"""Time limit of one statement that reads all elements of a label or type."""
_Step = Callable[[], None]


class Difference(msgspec.Struct):
    """What must be written, and the server's own ids of what must go."""

    nodes: list[Node]
    relationships: list[Relationship]
    gone_nodes: list[str]
    gone_relationships: list[str]
    misplaced: list[str]
    """Relationships whose id stands between other ends: they go before anything is written."""

    def __bool__(self) -> bool:
        return any(msgspec.structs.astuple(self))

    @property
    def size(self) -> int:
        return sum(map(len, msgspec.structs.astuple(self)))


def compare(
    session: neo4j.Session,
    graph: Graph,
    *,
    labels: Collection[str] | None = None,
    step: _Step = lambda: None,
) -> Difference:
    """The difference to the graph. `labels`: only their nodes, where the rest is known as equal.

    `step` is called once an element that the server holds.
    """
    missing_nodes = {n.id: n for n in graph.nodes if labels is None or n.label in labels}
    gone, changed = _nodes(session, missing_nodes, labels, step)
    if labels is not None:
        return Difference([*missing_nodes.values(), *changed], [], gone, [], [])
    missing = {r.id: r for r in graph.relationships}
    found = Difference([*missing_nodes.values(), *changed], [], gone, [], [])
    for type_ in sorted(RELATIONSHIP_KINDS):
        _compare_type(session, type_, missing, found, step)
    found.relationships += missing.values()
    return found


def _nodes(
    session: neo4j.Session,
    missing: dict[str, Node],
    labels: Collection[str] | None,
    step: _Step,
) -> tuple[list[str], list[Node]]:
    gone: list[str] = []
    changed: list[Node] = []
    for label in sorted(NODE_KINDS if labels is None else labels):
        names = _names(NODE_KINDS[label].properties)
        text = f"MATCH (n:{label}) RETURN elementId(n) AS at, n.id AS id, {_values('n', names)}"
        for at, id_, cells, size in _rows(session, text):
            step()
            node = missing.get(id_)
            if node is None or node.label != label:
                gone.append(at)
                continue
            del missing[node.id]
            if not _equal(cells, size, node.props, names):
                changed.append(node)
    return gone, changed


def _compare_type(
    session: neo4j.Session,
    type_: str,
    missing: dict[str, Relationship],
    found: Difference,
    step: _Step,
) -> None:
    names = _names(RELATIONSHIP_KINDS[type_].properties)
    text = (
        f"MATCH (a)-[r:{type_}]->(b) RETURN elementId(r) AS at, r.id AS id, "
        f"a.id AS start, b.id AS end, {_values('r', names)}"
    )
    for at, id_, start, end, cells, size in _rows(session, text):
        step()
        tie = missing.get(id_)
        if tie is None:
            found.gone_relationships.append(at)
        elif (tie.type, tie.start, tie.end) != (type_, start, end):
            found.misplaced.append(at)
        else:
            del missing[tie.id]
            if not _equal(cells, size, tie.props, names):
                found.relationships.append(tie)


def _rows(session: neo4j.Session, text: LiteralString) -> Iterator[tuple[Any, ...]]:
    for record in session.run(neo4j.Query(text, timeout=READ_SECONDS)):
        yield tuple(record)


def _names(properties: Mapping[str, Property]) -> dict[str, str]:
    """Type of each property but the id, by name."""
    return {name: each.value for name, each in sorted(properties.items()) if name != "id"}


def _values(variable: str, names: Mapping[str, str]) -> str:
    """The properties as one list, times as text: the driver is slow to read its own."""
    cells = (
        f"toString({variable}.{name})" if value in ("d", "t") else f"{variable}.{name}"
        for name, value in names.items()
    )
    return f"[{', '.join(cells)}] AS cells, size(keys({variable})) AS size"


def _equal(
    cells: list[Any], size: int, props: Mapping[str, Value], names: Mapping[str, str]
) -> bool:
    # The count tells of a property that the schema does not know.
    if size != len(props) + 1:
        return False
    own = [_cell(props.get(name)) for name in names]
    return own == cells or all(map(_same, own, cells, names.values()))


def _cell(value: Value | None) -> Value | None:
    if isinstance(value, datetime):
        return f"{value.isoformat().removesuffix('+00:00')}Z"
    return value.isoformat() if isinstance(value, date) else value


def _same(own: Any, cell: Any, value: str) -> bool:
    if own is None or cell is None or value != "t":
        return bool(own == cell)
    # The server leaves out zeros at the end of a fraction.
    return datetime.fromisoformat(own) == datetime.fromisoformat(cell)
