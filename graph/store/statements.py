"""The texts and batches that fill an empty graph. Names come from the schema."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter

import msgspec

from evidence.errors import DataError
from graph.elements import Graph, Node, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, check_all

BATCH = 2_000
Row = Mapping[str, Value | Mapping[str, Value]]
Progress = Callable[[int, int], None]
_by_id = attrgetter("id")
_by_ends = attrgetter("start", "end", "id")


class Batch(msgspec.Struct, frozen=True):
    """One statement with its `$rows`; no key stands twice in a batch."""

    text: str
    rows: list[Row]


def node_batches(graph: Graph) -> Iterator[Batch]:
    """Nodes by label, rows sorted by id."""
    labels: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        labels[node.label].append(node)
    for label in sorted(labels):
        text = f"UNWIND $rows AS row CREATE (n:{known_label(label)} {{id: row.id}}) SET n += row"
        nodes = sorted(labels[label], key=_by_id)
        for start in range(0, len(nodes), BATCH):
            yield Batch(text, [{**n.props, "id": n.id} for n in nodes[start : start + BATCH]])


def relationship_batches(graph: Graph) -> Iterator[Batch]:
    """Relationships by type and labels of the ends, rows sorted by (start, end, id)."""
    triples: dict[tuple[str, str, str], list[Relationship]] = defaultdict(list)
    for each in graph.relationships:
        triples[each.type, each.start_label, each.end_label].append(each)
    for triple in sorted(triples):
        type_, start_label, end_label = triple
        text = (
            "UNWIND $rows AS row "
            f"MATCH (a:{known_label(start_label)} {{id: row.start_id}}) "
            f"MATCH (b:{known_label(end_label)} {{id: row.end_id}}) "
            f"CREATE (a)-[r:{known_type(type_)}]->(b) SET r = row.props"
        )
        ties = sorted(triples[triple], key=_by_ends)
        for start in range(0, len(ties), BATCH):
            yield Batch(text, [_relationship_row(r) for r in ties[start : start + BATCH]])


def refuse_bad(graph: Graph) -> None:
    """Raises DataError for what the schema does not allow, an id twice or a missing end."""
    labels = {node.id: node.label for node in graph.nodes}
    if len(labels) < len(graph.nodes) or len({r.id for r in graph.relationships}) < len(
        graph.relationships
    ):
        raise DataError("an id stands for two elements of the graph")
    check_all(graph.nodes)
    check_all(graph.relationships)
    for each in graph.relationships:
        if labels.get(each.start) != each.start_label or labels.get(each.end) != each.end_label:
            raise DataError("a relationship without both its nodes", where={"id": each.id})


def known_label(label: str) -> str:
    """The label as it stands in the schema; KeyError for any other text."""
    return NODE_KINDS[label].label


def known_type(type_: str) -> str:
    """The relationship type as it stands in the schema; KeyError for any other text."""
    return RELATIONSHIP_KINDS[type_].type


def _relationship_row(r: Relationship) -> Row:
    return {"start_id": r.start, "end_id": r.end, "props": {**r.props, "id": r.id}}
