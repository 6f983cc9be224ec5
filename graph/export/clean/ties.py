"""Relationships as edges of a plan: several of one pair kept apart, days run together."""

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cache

import numpy as np

from graph.elements import Relationship
from graph.export.clean.groups import EdgeGroup, columns_of, shape_of, stand
from graph.export.clean.rows import PlanEdge, Rows, in_order
from graph.export.clean.words import Cell, Words, plain
from graph.export.formats.spells import Spells, Stretch, joined, ordinal, stretches
from graph.export.formats.timeline import spans_of
from graph.schema import RELATIONSHIP_KINDS
from graph.schema.kinds import Form

MODALITIES = {"O": "observed", "C": "claimed", "D": "derived", "A": "analyst"}
MERGED = ("ACTIVE_IN", "WATCHED")
"""Counts a day of one pair leave as one edge over the days; no other type is merged."""
MERGED_SAID = "relationships merged over their days"
COUNTED = ("n", "listings", "posts")
"""What is added up over the days."""
Entry = Relationship | list[Relationship]
"""A relationship, or those of several days, the earliest first."""


class Edges(Rows[Entry, PlanEdge, EdgeGroup]):
    """The edges in order of id; `names`: exported ids of the nodes by their own."""

    def __init__(
        self,
        ties: Sequence[Relationship],
        names: Mapping[str, str],
        words: Words,
        losses: Counter[str],
    ) -> None:
        self._names = names
        self._words = words
        self._kinds: dict[str, str] = {}
        entries = sorted(self._entries(ties, losses), key=_id)
        super().__init__(entries, self._edge, _shape, self._alike, _stands)

    def ends(self) -> Iterator[tuple[str, str]]:
        """Source and target of each edge, without the cost of its values."""
        names = self._names
        for entry in self.entries:
            tie = _first(entry)
            yield names[tie.start], names[tie.end]

    def apart(self) -> Rows[Entry, PlanEdge, EdgeGroup]:
        """The edges with each day as one of its own, in order of id."""
        ties: list[Entry] = [
            tie
            for entry in self.entries
            for tie in (entry if isinstance(entry, list) else (entry,))
        ]
        return Rows(sorted(ties, key=_id), self._edge, _shape, self._alike, _stands)

    def spells(self) -> dict[str, Spells]:
        """Stretches of days for each node whose days of activity are counted."""
        found: dict[str, list[Stretch]] = {}
        for entry in self.entries:
            tie = _first(entry)
            if tie.type == "ACTIVE_IN":
                own = _spells(entry if isinstance(entry, list) else [entry])
                for end in (tie.start, tie.end):
                    found.setdefault(end, []).extend(own)
        return {end: joined(parts) for end, parts in found.items()}

    def _entries(self, ties: Sequence[Relationship], losses: Counter[str]) -> Iterator[Entry]:
        groups: dict[tuple[str, str, str], list[Relationship]] = {}
        for tie, several in zip(ties, _maybe_several(ties), strict=True):
            if several:
                groups.setdefault((tie.type, tie.start, tie.end), []).append(tie)
            else:
                yield tie
        for (kind, _, _), group in groups.items():
            if kind in MERGED and len(group) > 1:
                losses[f"{kind} {MERGED_SAID}"] += len(group) - 1
                yield sorted(group, key=lambda tie: (_day(tie), tie.id))
                continue
            self._kinds.update(zip((tie.id for tie in group), _kinds(kind, group), strict=True))
            yield from group

    def _alike(self, entries: Sequence[Entry]) -> EdgeGroup | None:
        ties = [entry for entry in entries if isinstance(entry, Relationship)]
        columns = columns_of([tie.props for tie in ties])
        if columns is None:
            return None
        first = ties[0]
        for name, value in _implied(_form(first.type, first.start_label, first.end_label), columns):
            columns[name] = [value] * len(ties)
        counted = columns.get("n", columns.get("posts"))
        return EdgeGroup(
            [tie.id for tie in ties],
            [self._names[tie.start] for tie in ties],
            [self._names[tie.end] for tie in ties],
            first.type,
            [self._kind(tie) for tie in ties],
            [1.0] * len(ties) if counted is None else list(map(_weight_of, counted)),
            columns,
            spans_of(columns, len(ties)),
        )

    def _kind(self, tie: Relationship) -> str:
        own = self._kinds.get(tie.id)
        return tie.type if own is None else self._words.line(own)

    def _edge(self, entry: Entry) -> PlanEdge:
        tie = _first(entry)
        spells: Spells = ()
        props: Mapping[str, object] = tie.props
        if isinstance(entry, list):
            props, spells = _over_days(entry), _spells(entry)
        cell = self._words.cell
        values: dict[str, Cell] = {name: cell(props[name]) for name in in_order(tuple(props))}
        values.update(_implied(_form(tie.type, tie.start_label, tie.end_label), values))
        return PlanEdge(
            tie.id,
            self._names[tie.start],
            self._names[tie.end],
            tie.type,
            self._kind(tie),
            _weight_of(values.get("n", values.get("posts"))),
            values,
            spells,
        )


def _shape(entry: Entry) -> Hashable:
    if isinstance(entry, list):
        return None
    return entry.type, entry.start_label, entry.end_label, shape_of(entry.props)


def _stands(entries: Sequence[Entry]) -> bool:
    return stand([entry.props for entry in entries if isinstance(entry, Relationship)])


def _first(entry: Entry) -> Relationship:
    return entry[0] if isinstance(entry, list) else entry


def _id(entry: Entry) -> str:
    return _first(entry).id


def _maybe_several(ties: Sequence[Relationship]) -> Iterable[bool]:
    """Whether another one may have the same type and ends: room for 8 bytes a tie, not for keys."""
    hashes = np.fromiter(
        (hash((tie.type, tie.start, tie.end)) for tie in ties), dtype=np.int64, count=len(ties)
    )
    _, place, counts = np.unique(hashes, return_inverse=True, return_counts=True)
    several: list[bool] = (counts[place] > 1).tolist()
    return several


def _kinds(kind: str, group: list[Relationship]) -> list[str]:
    """Gephi sums edges of one kind between one pair, so each of several has its own."""
    if len(group) == 1:
        return [kind]
    form = _form(kind, group[0].start_label, group[0].end_label)
    key = () if form is None else form.key
    names = [" ".join([kind, *(str(tie.props.get(part, "")) for part in key)]) for tie in group]
    return names if len(set(names)) == len(names) else [f"{kind} {tie.id}" for tie in group]


def _over_days(group: list[Relationship]) -> Mapping[str, object]:
    props: dict[str, object] = {"days": len(group)}
    for name in COUNTED:
        counts = [value for tie in group if isinstance(value := tie.props.get(name), int)]
        if counts:
            props[name] = sum(counts)
    first, last = _day(group[0]), _day(group[-1])
    return {**props, "first_day": first, "last_day": last} if first else props


def _weight_of(n: object) -> float:
    """How many pieces of evidence or posts; one where none are counted, so that a line shows."""
    return float(n) if isinstance(n, (int, float)) and n > 0 else 1.0


def _spells(group: list[Relationship]) -> Spells:
    days = (ordinal(_day(tie)) for tie in group)
    return stretches(day for day in days if day is not None)


def _day(tie: Relationship) -> str:
    return plain(tie.props.get("day", ""))


@cache
def _form(kind: str, start: str, end: str) -> Form | None:
    return RELATIONSHIP_KINDS[kind].form(start, end)


def _implied(form: Form | None, known: Container[str]) -> Iterator[tuple[str, str | int]]:
    """What the schema says of an edge that does not say it: its modality, its one piece."""
    if "modality" not in known:
        yield "modality", _modality(form)
    if form is not None and form.evidence == "listing" and "n" not in known:
        yield "n", 1


def _modality(form: Form | None) -> str:
    return "derived" if form is None else MODALITIES.get(form.modality[:1], "derived")
