"""One hash over a whole graph, whatever the order in which it was made."""

from collections.abc import Iterator
from hashlib import blake2b

import msgspec

from graph.elements import Graph, Node, Relationship, Value
from graph.schema.clocks import CLOCKS

# Clock readings, the hash itself, the random id of the case, and how a file was packed.
_LEFT_OUT = {
    **CLOCKS,
    "Build": CLOCKS["Build"] | {"snapshot", "case_id"},
    "File": CLOCKS["File"] | {"parent_id"},
}
_encode = msgspec.json.Encoder(order="sorted").encode


def snapshot(graph: Graph) -> str:
    """BLAKE2b-128 in hex over nodes and relationships by id, without clock fields."""
    digest = blake2b(digest_size=16)
    for _, stated in elements(graph):
        digest.update(stated + b"\n")
    return digest.hexdigest()


def elements(graph: Graph) -> Iterator[tuple[str, bytes]]:
    """Nodes and relationships by id, with all that is stated of each but clock fields."""
    for node in sorted(graph.nodes, key=_id):
        yield node.id, _encode([node.id, node.label, _stated(node)])
    for each in sorted(graph.relationships, key=_id):
        # The schema gives every property one type, so a day and its text cannot be mixed up.
        ends = (each.start, each.start_label, each.end, each.end_label)
        yield each.id, _encode([each.id, each.type, ends, each.props])


def _id(element: Node | Relationship) -> str:
    return element.id


def _stated(node: Node) -> dict[str, Value]:
    left_out = _LEFT_OUT.get(node.label)
    if left_out is None:
        return node.props
    return {name: value for name, value in node.props.items() if name not in left_out}
