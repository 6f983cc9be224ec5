"""What a trained model's spans change in a listing: its confidence, and what stays undecided."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from ingest.extract.spans import within
from ingest.records import Listing, Span
from ingest.training.labels import SLOTS
from ingest.training.model import Seen

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

_OPEN: Final = 0.8
"""Share of the doubt that stays where the model sees a value that a rule gave."""
_MOST_PROBLEMS: Final = 5


def voted(scene: "Scene", ranges: Sequence[Span], listing: Listing) -> Listing:
    """The listing with the model's votes; without a model the same one."""
    if not scene.own.seen:
        return listing
    learnt = {scene.written(token.start, token.end)[1] for token in scene.own.learnt}
    values = {label: _spans(listing, slot) for label, slot in SLOTS.items()}
    agreed = False
    alone: list[str] = []
    for seen in within(scene.own.seen, ranges):
        quote, span = scene.written(seen.start, seen.end)
        if any(_agree(span, value) for value in values.get(seen.label, ()) if value not in learnt):
            agreed = True
        elif not _read(scene, seen, span, values):
            alone.append(f"the trained model reads {quote} as {seen.label}")
    confidence = listing.confidence
    if agreed:
        confidence = round(1 - (1 - confidence) * _OPEN, 2)
    problems = (*listing.problems, *dict.fromkeys(alone[:_MOST_PROBLEMS]))
    return msgspec.structs.replace(listing, confidence=confidence, problems=problems)


def _read(scene: "Scene", seen: Seen, span: Span, values: dict[str, list[Span]]) -> bool:
    """Whether rules have spoken on a place: a value stands there, or it is denied."""
    if scene.is_negated(seen.start, seen.end):
        return True
    return any(v[0] < span[1] and span[0] < v[1] for spans in values.values() for v in spans)


def _spans(listing: Listing, slot: str) -> list[Span]:
    return list(_each(getattr(listing, slot)))


def _each(values: Sequence[object]) -> Iterator[Span]:
    for value in values:
        start, end = value.span  # type: ignore[attr-defined]
        yield start, end


def _agree(one: Span, other: Span) -> bool:
    """Whether two spans share at least half of the longer one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return 2 * shared >= max(one[1] - one[0], other[1] - other[0])
