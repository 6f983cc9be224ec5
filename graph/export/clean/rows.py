"""Rows of a plan, made when they are read: a plan of a million edges takes the room of a list."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Generic, TypeVar, overload

import msgspec

from graph.export.clean.groups import BATCH, FEW, EdgeGroup, NodeGroup, places_by_shape
from graph.export.clean.words import Cell
from graph.export.formats.columns import Type, widen
from graph.export.formats.spells import Spells


class PlanNode(msgspec.Struct, frozen=True, gc=False):
    id: str
    label: str
    kind: str
    values: dict[str, Cell]
    """By property name; no None, no dates: times and days are ISO text."""
    spells: Spells = ()
    """Stretches of days on which it was active, where days are counted."""


class PlanEdge(msgspec.Struct, frozen=True, gc=False):
    id: str
    source: str
    target: str
    relation: str
    kind: str
    """The type; with the key, or the id, where a pair has several of one type."""
    weight: float
    values: dict[str, Cell]
    spells: Spells = ()
    """Stretches of days, where several days were merged."""


@cache
def in_order(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names sorted; rows of one kind ask for the same ones."""
    return tuple(sorted(names))


_E = TypeVar("_E")
_R = TypeVar("_R", PlanNode, PlanEdge)
_G = TypeVar("_G", NodeGroup, EdgeGroup)


class Rows(Sequence[_R], Generic[_E, _R, _G]):
    """Each reading makes the rows anew; `types`: of all cells by name."""

    def __init__(
        self,
        entries: Sequence[_E],
        make: Callable[[_E], _R],
        shape: Callable[[_E], Hashable],
        group: Callable[[Sequence[_E]], _G | None],
        stands: Callable[[Sequence[_E]], bool],
    ) -> None:
        """`shape`: what entries have in common of which `group` makes columns; None: nothing.

        `stands`: whether `group` makes columns of such entries.
        """
        self.entries = entries
        self._make: Callable[[_E], _R] = make
        self._shape: Callable[[_E], Hashable] = shape
        self._group: Callable[[Sequence[_E]], _G | None] = group
        self.types: dict[str, Type] = {}
        for common, _, chosen in chain.from_iterable(self._batches()):
            alike = common is not None and stands(chosen)
            for entry in chosen[:1] if alike else chosen:
                widen(self.types, make(entry).values)

    def written(
        self, whole: Callable[[_G], Iterable[str]], row: Callable[[_R], str]
    ) -> Iterator[str]:
        """The text of each row, in order: of many alike by `whole`, of others by `row`."""
        for batch in self._batches():
            texts: dict[int, str] = {}
            for common, places, chosen in batch:
                alike = common is not None and len(chosen) > FEW
                group = self._group(chosen) if alike else None
                made = (
                    [row(self._make(entry)) for entry in chosen] if group is None else whole(group)
                )
                texts.update(zip(places, made, strict=True))
            yield "".join([texts[place] for place in range(len(texts))])

    def _batches(self) -> Iterator[Iterator[tuple[Hashable, list[int], list[_E]]]]:
        """Each shape of a batch, its places in the batch and its entries."""
        for at in range(0, len(self.entries), BATCH):
            batch = self.entries[at : at + BATCH]
            found = places_by_shape(map(self._shape, batch))
            yield (
                (shape, places, [batch[place] for place in places])
                for shape, places in found.items()
            )

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[_R]:
        return map(self._make, self.entries)

    @overload
    def __getitem__(self, at: int) -> _R: ...
    @overload
    def __getitem__(self, at: slice) -> list[_R]: ...
    def __getitem__(self, at: int | slice) -> _R | list[_R]:
        if isinstance(at, slice):
            return [self._make(entry) for entry in self.entries[at]]
        return self._make(self.entries[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # what is equal by content has none


def types_of(rows: Sequence[PlanNode] | Sequence[PlanEdge]) -> dict[str, Type]:
    """Types of all cells by name; known already where the rows are a plan's own."""
    if isinstance(rows, Rows):
        return dict(rows.types)
    types: dict[str, Type] = {}
    for row in rows:
        widen(types, row.values)
    return types


@overload
def written(
    rows: Sequence[PlanNode],
    whole: Callable[[NodeGroup], Iterable[str]],
    row: Callable[[PlanNode], str],
) -> Iterator[str]: ...
@overload
def written(
    rows: Sequence[PlanEdge],
    whole: Callable[[EdgeGroup], Iterable[str]],
    row: Callable[[PlanEdge], str],
) -> Iterator[str]: ...
def written(
    rows: Sequence[_R], whole: Callable[[_G], Iterable[str]], row: Callable[[_R], str]
) -> Iterator[str]:
    """The text of each row, in order; many alike at once where the rows are a plan's own."""
    return rows.written(whole, row) if isinstance(rows, Rows) else map(row, rows)
