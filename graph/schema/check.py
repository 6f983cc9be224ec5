"""Refuses what the schema does not know: label, type, triple, property, value."""

import math
from collections.abc import Callable, Mapping, Sequence, Set
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple

from evidence.errors import DataError
from graph.elements import Node, Relationship, Value
from graph.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS, Property

Test = Callable[[Any], bool]
Column = Callable[[list[Any]], bool]
_zone = attrgetter("tzinfo")
_LEAST, _MOST = -(2**63), 2**63 - 1


class _Kind(NamedTuple):
    """The one type of a property's values, and what else they must be.

    `column` is true of many values only where `test` is true of each.
    """

    type: type
    test: Test | None = None
    column: Column | None = None


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
    wanted, test, _ = kind
    return lambda values: all(
        type(value) is wanted and (test is None or test(value)) for value in values
    )


def _between(values: list[int]) -> bool:
    return not values or (_integer(min(values)) and _integer(max(values)))


def _finite(values: list[float]) -> bool:
    return all(map(math.isfinite, values))


def _moments(values: list[datetime]) -> bool:
    return set(map(_zone, values)) <= {UTC}


def _items(kind: _Kind) -> Column:
    """The column of lists, whose items are one column of `kind`."""

    def fits(values: list[list[Any]]) -> bool:
        items = list(chain.from_iterable(values))
        return set(map(type, items)) <= {kind.type} and (kind.column is None or kind.column(items))

    return fits


_SCALARS = {
    "s": _Kind(str),
    "i": _Kind(int, _integer, _between),
    "f": _Kind(float, math.isfinite, _finite),
    "b": _Kind(bool),
    "d": _Kind(date),
    "t": _Kind(datetime, _moment, _moments),
}
_LISTS = {f"[{code}]": _Kind(list, _all(kind), _items(kind)) for code, kind in _SCALARS.items()}
_KINDS: dict[str, _Kind] = {
    **_SCALARS,
    **_LISTS,
    "[i]": _LISTS["[i]"]._replace(test=_integers),
}


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


def check_kind(kind: tuple[str, ...], group: Sequence[Node | Relationship]) -> None:
    """Raises DataError where the schema does not allow one of the elements, all of one kind.

    Looks at each property as one column, which takes a tenth of the time.
    """
    props = [element.props for element in group]
    if not fits(kind, props, set[str]().union(*props)):
        for element in group:
            check(element)


def _kind(element: Node | Relationship) -> tuple[str, ...]:
    if isinstance(element, Node):
        return (element.label,)
    return element.type, element.start_label, element.end_label


def fits(kind: tuple[str, ...], props: Sequence[Mapping[str, Value]], names: Set[str]) -> bool:
    """Whether the columns of these names show that all elements of one kind are as they must be."""
    tests = _TESTS.get(kind)
    return (
        tests is not None
        and names <= tests.keys()
        and all(_holds(tests[name], props, name) for name in names)
        and (len(kind) > 1 or all(each.get("name") for each in props))
    )


def times_of(kind: tuple[str, ...]) -> Set[str]:
    """Names of the properties that are moments."""
    return {name for name, test in _TESTS[kind].items() if test.type is datetime}


def _holds(kind: _Kind, props: Sequence[Mapping[str, Value]], name: str) -> bool:
    values = [each[name] for each in props if name in each]
    return set(map(type, values)) == {kind.type} and (kind.column is None or kind.column(values))


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
