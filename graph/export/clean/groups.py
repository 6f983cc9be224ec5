"""Elements of one shape side by side: their properties as columns, much faster than as rows."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import chain
from typing import Final

import msgspec

from graph.elements import Value
from graph.export.clean.words import plain
from graph.export.formats.timeline import Span

BATCH: Final = 8_192
"""Entries that are looked at together."""
FEW: Final = 4
"""As many of one shape are not worth it."""
LARGE: Final = 2**31
"""An integer from here on is no `integer` of Gephi's."""
Columns = dict[str, Sequence[Value]]


class NodeGroup(msgspec.Struct, frozen=True):
    """Nodes of one kind with the same names and types of values, each list in their order."""

    ids: Sequence[str]
    labels: Sequence[str]
    kind: str
    columns: Columns
    when: Sequence[tuple[Span, ...]]


class EdgeGroup(msgspec.Struct, frozen=True):
    """Edges of one type with the same names and types of values, each list in their order."""

    ids: Sequence[str]
    sources: Sequence[str]
    targets: Sequence[str]
    relation: str
    kinds: Sequence[str]
    weights: Sequence[float]
    columns: Columns
    when: Sequence[tuple[Span, ...]]


def shape_of(props: Mapping[str, Value]) -> Hashable:
    """Names and types of the properties."""
    return tuple(props), tuple(map(type, props.values()))


def places_by_shape(shapes: Iterable[Hashable]) -> dict[Hashable, list[int]]:
    """Where each shape stands."""
    found: dict[Hashable, list[int]] = {}
    for place, shape in enumerate(shapes):
        if shape in found:
            found[shape].append(place)
        else:
            found[shape] = [place]
    return found


def columns_of(every: Sequence[Mapping[str, Value]]) -> Columns | None:
    """The properties of elements of one shape as columns in order of name.

    None where a value may not be written as it stands: a text or list with a character that does
    not print, a large integer, a time outside UTC. Times and days become text.
    """
    found = _side_by_side(every)
    if not all(map(_stands, found.values())):
        return None
    return {name: _as_text(found[name]) for name in sorted(found)}


def stand(every: Sequence[Mapping[str, Value]]) -> bool:
    """Whether `columns_of` gives columns."""
    return all(map(_stands, _side_by_side(every).values()))


def _side_by_side(every: Sequence[Mapping[str, Value]]) -> Columns:
    columns = zip(*(props.values() for props in every), strict=True)
    return dict(zip(every[0], columns, strict=True))


def _stands(column: Sequence[Value]) -> bool:
    kind = type(column[0])
    if kind is str:
        return _print(column)
    if kind is int:
        return min(column) >= -LARGE and max(column) < LARGE  # type: ignore[operator]
    if kind is list:
        return _print(map(str, chain.from_iterable(column)))  # type: ignore[arg-type]
    if kind is datetime:
        return {value.tzinfo for value in column if isinstance(value, datetime)} == {UTC}
    return True


def _as_text(column: Sequence[Value]) -> Sequence[Value]:
    kind = type(column[0])
    if kind is datetime:
        return [f"{text[:19]}Z" for text in map(datetime.isoformat, column)]  # type: ignore[arg-type]
    if kind is list and not set(map(type, chain.from_iterable(column))) <= {str}:  # type: ignore[arg-type]
        return [list(map(plain, value)) for value in column]  # type: ignore[arg-type]
    return list(map(plain, column)) if issubclass(kind, date) else column


def _print(texts: object) -> bool:
    return "".join(texts).isprintable()  # type: ignore[arg-type]  # its callers tell texts apart
