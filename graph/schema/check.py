"""Refuses what the schema does not know: label, type, triple, property, value."""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from evidence.errors import DataError
from graph.elements import Node, Relationship
from graph.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS, Property

Test = Callable[[Any], bool]
_LEAST, _MOST = -(2**63), 2**63 - 1


class _Kind(NamedTuple):
    """The one type of a property's values, and what else they must be."""

    type: type
    test: Test | None = None


def _integer(value: int) -> bool:
    return _LEAST <= value <= _MOST


def _moment(value: datetime) -> bool:
    return value.utcoffset() == timedelta(0)


def _integers(values: list[int]) -> bool:
    # As a set and by both ends: most of these lists hold a number for each hour of a day.
    if not values:
        return True
    return set(map(type, values)) == {int} and _integer(min(values)) and _integer(max(values))


def _all(kind: _Kind) -> Test:
    wanted, test = kind
    return lambda values: all(
        type(value) is wanted and (test is None or test(value)) for value in values
    )


_SCALARS = {
    "s": _Kind(str),
    "i": _Kind(int, _integer),
    "f": _Kind(float, math.isfinite),
    "b": _Kind(bool),
    "d": _Kind(date),
    "t": _Kind(datetime, _moment),
}
_LISTS = {f"[{code}]": _Kind(list, _all(kind)) for code, kind in _SCALARS.items()}
_KINDS: dict[str, _Kind] = {**_SCALARS, **_LISTS, "[i]": _Kind(list, _integers)}


def _tests(properties: dict[str, Property]) -> dict[str, _Kind]:
    return {name: _KINDS[kind.value] for name, kind in properties.items() if name != "id"}


_TESTS: dict[tuple[str, ...], dict[str, _Kind]] = {
    (label,): _tests(kind.properties) for label, kind in NODE_KINDS.items()
} | {
    (kind.type, *pair): _tests(form.properties)
    for kind in RELATIONSHIP_KINDS.values()
    for form in kind.forms
    for pair in form.ends
}


def check_all(elements: Iterable[Node | Relationship]) -> None:
    """Raises DataError where the schema does not allow one of them.

    Looks at each property of a kind as one column, which takes a fifth of the time.
    """
    kinds: dict[tuple[str, ...], list[Node | Relationship]] = defaultdict(list)
    for element in elements:
        kinds[_kind(element)].append(element)
    for kind, group in kinds.items():
        if not _fits(kind, group):
            for element in group:
                check(element)


def _kind(element: Node | Relationship) -> tuple[str, ...]:
    if isinstance(element, Node):
        return (element.label,)
    return element.type, element.start_label, element.end_label


def _fits(kind: tuple[str, ...], group: Sequence[Node | Relationship]) -> bool:
    """Whether all elements of one kind are as the schema has it."""
    tests = _TESTS.get(kind)
    if tests is None:
        return False
    props = [element.props for element in group]
    unknown = sum(map(len, props))
    for name, (type_, test) in tests.items():
        values = [each[name] for each in props if name in each]
        unknown -= len(values)
        if any(found is not type_ for found in set(map(type, values))):
            return False
        if test is not None and not all(map(test, values)):
            return False
    return not unknown and (len(kind) > 1 or all(each.get("name") for each in props))


def check(element: Node | Relationship) -> None:
    """Raises DataError where the schema does not allow the node or relationship."""
    tests = _TESTS.get(_kind(element))
    if tests is None:
        raise DataError(f"the schema has no {_what(element)}", where={"id": element.id})
    for name, value in element.props.items():
        kind = tests.get(name)
        if (
            kind is None
            or type(value) is not kind.type
            or (kind.test is not None and not kind.test(value))
        ):
            raise _refusal(element, name, value, known=kind is not None)
    if isinstance(element, Node) and not element.props.get("name"):
        raise DataError(f"{_what(element)} has no name", where={"id": element.id})


def _what(element: Node | Relationship) -> str:
    if isinstance(element, Node):
        return f"node label {element.label}"
    return f"relationship ({element.start_label})-[:{element.type}]->({element.end_label})"


def _refusal(element: Node | Relationship, name: str, value: object, *, known: bool) -> DataError:
    reason = f"no value of type {type(value).__name__}" if known else "no such property"
    return DataError(f"{_what(element)} takes {reason}: {name}", where={"id": element.id})
