"""One hash over a whole graph, whatever the order in which it was made."""

from datetime import date, datetime
from hashlib import blake2b

import msgspec

from graph.elements import Graph, Node, Relationship, Value

# Clock readings, the hash itself, and the random id of the case.
_LEFT_OUT: dict[str, frozenset[str]] = {
    "Build": frozenset({"built_at", "snapshot", "case_id"}),
    "Run": frozenset({"started_at", "ended_at"}),
    "Claim": frozenset({"created_at"}),
    "File": frozenset({"captured_at"}),
}
_NOTHING: frozenset[str] = frozenset()
_encode = msgspec.json.Encoder(enc_hook=str, order="sorted").encode


def snapshot(graph: Graph) -> str:
    """BLAKE2b-128 in hex over nodes and relationships by id, without clock fields."""
    digest = blake2b(digest_size=16)
    for node in sorted(graph.nodes, key=_id):
        kept = _stated(node.props, _LEFT_OUT.get(node.label, _NOTHING))
        digest.update(_encode([node.id, node.label, kept]) + b"\n")
    for each in sorted(graph.relationships, key=_id):
        ends = [each.start, each.start_label, each.end, each.end_label]
        digest.update(_encode([each.id, each.type, *ends, _stated(each.props, _NOTHING)]) + b"\n")
    return digest.hexdigest()


def _id(element: Node | Relationship) -> str:
    return element.id


def _stated(props: dict[str, Value], left_out: frozenset[str]) -> dict[str, Value | list[str]]:
    return {name: _kind(value) for name, value in props.items() if name not in left_out}


def _kind(value: Value) -> Value | list[str]:
    # A day and a time of midnight, 1 and 1.0 and True are different values.
    if isinstance(value, datetime):
        return ["t", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    return value
