"""One hash over a whole graph, whatever the order in which it was made."""

from hashlib import blake2b

import msgspec

from graph.elements import Graph, Node, Relationship, Value
from graph.schema.clocks import CLOCKS

# Clock readings, the hash itself, and the random id of the case.
_LEFT_OUT = {**CLOCKS, "Build": CLOCKS["Build"] | {"snapshot", "case_id"}}
_encode = msgspec.json.Encoder(order="sorted").encode


def snapshot(graph: Graph) -> str:
    """BLAKE2b-128 in hex over nodes and relationships by id, without clock fields."""
    digest = blake2b(digest_size=16)
    for node in sorted(graph.nodes, key=_id):
        digest.update(_encode([node.id, node.label, _stated(node)]) + b"\n")
    for each in sorted(graph.relationships, key=_id):
        # The schema gives every property one type, so a day and its text cannot be mixed up.
        ends = (each.start, each.start_label, each.end, each.end_label)
        digest.update(_encode([each.id, each.type, ends, each.props]) + b"\n")
    return digest.hexdigest()


def _id(element: Node | Relationship) -> str:
    return element.id


def _stated(node: Node) -> dict[str, Value]:
    left_out = _LEFT_OUT.get(node.label)
    if left_out is None:
        return node.props
    return {name: value for name, value in node.props.items() if name not in left_out}
