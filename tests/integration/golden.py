"""A small graph that holds every label, type, allowed pair of ends and property at least once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from graph import ids
from graph.elements import Graph, Node, Relationship, Value
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, Form, NodeKind, Property

CASE = "golden"
_DAY = date(2021, 3, 4)
_MOMENT = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
# Numbers and texts on which engines are known to differ in storage or order.
_INTEGERS = (0, 1, -1, 2**53 + 1)
_NUMBERS = (0.5, 1.0, -2.25, 1e-9)
_TEXTS = ("甲", "line\nbreak", 'it\'s "quoted" \\ `', "👍𠮷", "ＡＢ　c", "")


def golden(case_id: str = CASE) -> Graph:
    """The graph, sorted by id; two nodes a label but for the one `Build`."""
    nodes = [
        _node(kind, number, case_id)
        for kind in NODE_KINDS.values()
        for number in range(1 if kind.label == "Build" else 2)
    ]
    named = {(node.label, _number(node)): node.id for node in nodes}
    relationships = [
        _relationship(type_, form, pair, number, named)
        for type_, kind in RELATIONSHIP_KINDS.items()
        for form in kind.forms
        for pair in form.ends
        for number in range(2)
    ]
    return Graph(sorted(nodes, key=_id), sorted(relationships, key=_id))


def small(case_id: str = CASE) -> Graph:
    """The part of it about accounts, posts and venues: loads in a moment."""
    whole, kept = golden(case_id), {"Account", "Post", "Venue", "Build"}
    nodes = [node for node in whole.nodes if node.label in kept]
    ties = [r for r in whole.relationships if {r.start_label, r.end_label} <= kept]
    return Graph(nodes, ties)


def _id(element: Node | Relationship) -> str:
    return element.id


def _number(node: Node) -> int:
    return 0 if node.label == "Build" else int(node.id[-1])


def _node(kind: NodeKind, number: int, case_id: str) -> Node:
    props = _values(kind.properties, number)
    props["name"] = f"{kind.zh_name} {number}"
    if kind.label == "Build":
        return Node("build:current", "Build", {**props, "case_id": case_id, "tz": "Asia/Shanghai"})
    return Node(f"{kind.prefixes[0]}:golden/{kind.label}/{number}", kind.label, props)


def _relationship(
    type_: str,
    form: Form,
    pair: tuple[str, str],
    number: int,
    named: Mapping[tuple[str, int], str],
) -> Relationship:
    start, end = named[pair[0], 0], named[pair[1], 0 if pair[0] != pair[1] else 1]
    props = _values(form.properties, number, form.key)
    id_ = ids.rel(type_, start, end, str(number))
    return Relationship(id_, type_, start, pair[0], end, pair[1], props)


def _values(
    properties: Mapping[str, Property], number: int, always: tuple[str, ...] = ()
) -> dict[str, Value]:
    """All properties on the first element; the second lacks every other one but the key."""
    names = sorted(name for name in properties if name != "id")
    chosen = sorted({*names[:: number + 1], *(set(always) & set(names))})
    return {name: _value(properties[name].value, at + number) for at, name in enumerate(chosen)}


def _value(kind: str, at: int) -> Value:
    if kind.startswith("["):
        return [_value(kind[1], at), _value(kind[1], at + 1)]  # type: ignore[return-value]
    values: dict[str, Value] = {
        "s": _TEXTS[at % len(_TEXTS)],
        "i": _INTEGERS[at % len(_INTEGERS)],
        "f": _NUMBERS[at % len(_NUMBERS)],
        "b": at % 2 == 0,
        "d": _DAY + timedelta(days=at),
        "t": _MOMENT + timedelta(hours=at),
    }
    return values[kind]
