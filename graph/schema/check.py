"""Refuses what the schema does not know: label, type, triple, property, value."""

import math
from collections.abc import Callable
from datetime import date, datetime, timedelta

from evidence.errors import DataError
from graph.elements import Node, Relationship
from graph.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS, Property

Test = Callable[[object], bool]
_LEAST, _MOST = -(2**63), 2**63 - 1


def _text(value: object) -> bool:
    return type(value) is str


def _integer(value: object) -> bool:
    return type(value) is int and _LEAST <= value <= _MOST


def _number(value: object) -> bool:
    return type(value) is float and math.isfinite(value)


def _truth(value: object) -> bool:
    return type(value) is bool


def _day(value: object) -> bool:
    return type(value) is date


def _moment(value: object) -> bool:
    return isinstance(value, datetime) and value.utcoffset() == timedelta(0)


def _all(test: Test) -> Test:
    return lambda value: isinstance(value, list) and all(map(test, value))


_SCALARS = {"s": _text, "i": _integer, "f": _number, "b": _truth, "d": _day, "t": _moment}
_TESTS: dict[str, Test] = {**_SCALARS, **{f"[{k}]": _all(t) for k, t in _SCALARS.items()}}


def _tests(properties: dict[str, Property]) -> dict[str, Test]:
    return {name: _TESTS[kind.value] for name, kind in properties.items() if name != "id"}


_NODE_TESTS = {label: _tests(kind.properties) for label, kind in NODE_KINDS.items()}
_TRIPLE_TESTS = {
    (kind.type, *pair): _tests(form.properties)
    for kind in RELATIONSHIP_KINDS.values()
    for form in kind.forms
    for pair in form.ends
}


def check(element: Node | Relationship) -> None:
    """Raises DataError where the schema does not allow the node or relationship."""
    if isinstance(element, Node):
        tests = _NODE_TESTS.get(element.label)
        what = f"node label {element.label}"
    else:
        triple = (element.type, element.start_label, element.end_label)
        tests = _TRIPLE_TESTS.get(triple)
        what = "relationship ({1})-[:{0}]->({2})".format(*triple)
    if tests is None:
        raise DataError(f"the schema has no {what}", where={"id": element.id})
    for name, value in element.props.items():
        test = tests.get(name)
        if test is None or not test(value):
            raise _refusal(element.id, what, name, value, known=test is not None)
    if isinstance(element, Node) and not element.props.get("name"):
        raise DataError(f"{what} has no name", where={"id": element.id})


def _refusal(id_: str, what: str, name: str, value: object, *, known: bool) -> DataError:
    reason = f"no value of type {type(value).__name__}" if known else "no such property"
    return DataError(f"{what} takes {reason}: {name}", where={"id": id_})
