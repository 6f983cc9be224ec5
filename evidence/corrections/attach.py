"""Lays the judgements of a person over what extraction gave.

A judgement is found again by words: the listing's own ones, and those of the value. Where they
are gone, or another reading stands there now, it is listed and changes nothing.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from evidence.corrections.reading import PostReading, ReadListing, readings
from evidence.corrections.record import Correction, Held, Judged, judged, posts
from evidence.corrections.runs import length, merged, minus, shared, shift
from evidence.corrections.slots import (
    SINGLE,
    SLOTS,
    SPANNED,
    SlotValue,
    moved,
    span_of,
    stands,
    values_of,
    with_values,
    written,
)
from ingest.records import Listing, RoleReading, Span

State = Literal["applied", "agreed", "detached"]
Status = Literal["corrected", "confirmed"]


class Attached(msgspec.Struct, frozen=True):
    """Where a judgement stands today; `agreed`: the reading says the same by itself.

    `listing` is today's id, None where no listing is its own. `why` says why it is detached.
    """

    judged: Judged
    state: State
    listing: str | None = None
    why: str | None = None


class Corrected(msgspec.Struct):
    """A listing with the judgements on it laid over; `n` is its record's row."""

    n: int
    read: Listing
    body: Listing
    judged: dict[tuple[str, SlotValue], str]
    """The values that a person put in -> the decision."""
    status: Status | None = None
    unquoted: bool = False
    """Whether a value was put in without naming its words."""

    @property
    def rejected(self) -> bool:
        """Whether a person says that this is no listing."""
        return self.body.polarity == "none" and self.read.polarity != "none"


class Overlay(msgspec.Struct, frozen=True):
    """All judgements in force, and the listings that they change or confirm, by id."""

    attached: tuple[Attached, ...]
    listings: dict[str, Corrected]
    readings: dict[str, PostReading]

    @property
    def detached(self) -> int:
        """How many decisions no longer attach."""
        return sum(each.state == "detached" for each in self.attached)


class _DetachedError(Exception):
    """Why a judgement cannot be laid over today's reading."""


def overlay(connection: sqlite3.Connection) -> Overlay:
    """The judgements in force on the readings that the archive holds now."""
    found = judged(connection)
    if not found:
        return Overlay((), {}, {})
    read = readings(connection, posts(found))
    bodies = {
        listing.id: Corrected(listing.n, listing.body, listing.body, {})
        for post in read.values()
        for listing in post.listings
    }
    attached = tuple(_attach(each, read, bodies) for each in found)
    touched = {id_: body for id_, body in bodies.items() if body.status is not None}
    return Overlay(attached, touched, read)


def _attach(each: Judged, read: dict[str, PostReading], bodies: dict[str, Corrected]) -> Attached:
    correction = each.correction
    if correction is None:
        return Attached(each, "detached", why="what it says cannot be read")
    post = read.get(correction.post)
    if post is None:
        return Attached(each, "detached", why="its post is not in the archive")
    listing: ReadListing | None = None
    try:
        by = shift(correction.anchor, post.text)
        if by is None:
            raise _DetachedError("the post's words have changed")
        listing = _listing(correction, post, by)
        state = _lay(correction, each.decision.id, bodies[listing.id], post.text, by)
    except _DetachedError as error:
        return Attached(each, "detached", None if listing is None else listing.id, str(error))
    return Attached(each, state, listing.id)


def _listing(correction: Correction, post: PostReading, by: int) -> ReadListing:
    """The one listing that rests on most of the words that were judged."""
    own = _by(by, (words.span for words in correction.anchor))
    weighed = [(shared(own, each.ground), each) for each in post.listings]
    most = max((weight for weight, _ in weighed), default=0)
    if not most:
        raise _DetachedError("no listing is read in its words now")
    best = [each for weight, each in weighed if weight == most]
    if len(best) > 1:
        best = [each for each in best if each.body.polarity == correction.polarity]
    if 2 * most < length(own) or len(best) != 1:
        raise _DetachedError("its words are divided between other listings now")
    if correction.slot not in SPANNED:
        _whole(correction, best[0], by, sum(weight > 0 for weight, _ in weighed))
    return best[0]


def _whole(correction: Correction, best: ReadListing, by: int, found: int) -> None:
    """What is said of a listing as a whole is not said of a part of it, nor of more."""
    if found > correction.beside + 1:
        raise _DetachedError("several listings are read in its words now")
    if shared(best.ground, _by(by, correction.others)):
        raise _DetachedError("it is read as one with another listing now")


def _by(by: int, spans: Iterable[Span]) -> list[Span]:
    return [(start + by, end + by) for start, end in spans]


def _lay(correction: Correction, decision: str, body: Corrected, text: str, by: int) -> State:
    if body.rejected:
        raise _DetachedError("the listing is rejected")
    if correction.action == "confirm":
        return _confirm(correction, body, by)
    if correction.slot is None:
        body.body = with_values(body.body, "polarity", ("none",))
        body.judged["polarity", "none"] = decision
        body.status = "corrected"
        return "applied"
    old, new = _old(correction, body.body, text, by), _new(correction, text, by)
    state = _replace(correction, decision, body, old, new)
    if state == "agreed":
        body.status = body.status or (None if new is None else "confirmed")
        return state
    body.status = "corrected"
    body.unquoted |= new is not None and not correction.quoted
    return state


def _old(correction: Correction, body: Listing, text: str, by: int) -> SlotValue | None:
    """The value in today's reading that was judged; None where it is not read any more."""
    old = correction.old
    if old is None:
        return None
    span = None if old.span is None else (old.span[0] + by, old.span[1] + by)
    if span is not None and old.quote is not None and text[span[0] : span[1]] != old.quote:
        raise _DetachedError("the post's words have changed")
    return same(values_of(body, correction.slot or ""), old.code, span)


def _new(correction: Correction, text: str, by: int) -> SlotValue | None:
    value = correction.value()
    if value is None:
        return None
    value = moved(value, by)
    if not stands(value, text):
        raise _DetachedError("the post's words have changed")
    return value


def _replace(
    correction: Correction,
    decision: str,
    body: Corrected,
    old: SlotValue | None,
    new: SlotValue | None,
) -> State:
    slot = correction.slot or ""
    values = list(values_of(body.body, slot))
    if new is not None and old is None:
        if same(values, written(new), span_of(new)) is not None:
            return "agreed"
        _refuse_other(correction, values, new)
        values.append(new)
    elif old is None or new == old:
        return "agreed"
    elif new is None:
        values.remove(old)
        body.judged.pop((slot, old), None)
    else:
        values[values.index(old)] = new
        body.judged.pop((slot, old), None)
    if new is not None:
        body.judged[slot, new] = decision
    body.body = with_values(body.body, slot, values)
    return "applied"


def _refuse_other(correction: Correction, values: Sequence[SlotValue], new: SlotValue) -> None:
    """A value that nobody judged is never replaced, nor put beside the one that was meant for it.

    `add` stands beside what is there; `set` was meant for its place.
    """
    slot = correction.slot or ""
    if slot in SINGLE and values:
        raise _DetachedError(f"the reading is {written(values[0])} now")
    if correction.action != "set" or not correction.quoted or slot == "roles":
        return
    for value in values:
        if touch(span_of(value), span_of(new)):
            raise _DetachedError(f"the reading there is {written(value)} now")


def same(values: Iterable[SlotValue], code: str, span: Span | None) -> SlotValue | None:
    """The value that is written so and stands there; its bounds may have moved a little."""
    alike = [value for value in values if written(value) == code]
    for value in alike:
        if span_of(value) == span:
            return value
    for value in alike:
        # Of a role there is one reading a listing, whatever its cues are.
        if span is None or isinstance(value, RoleReading) or touch(span_of(value), span):
            return value
    return None


def touch(one: Span | None, other: Span | None) -> bool:
    """Whether two values share a word."""
    if one is None or other is None:
        return False
    return one[0] < other[1] and other[0] < one[1]


def _confirm(correction: Correction, body: Corrected, by: int) -> State:
    now = {(each.slot, each.code, each.span) for each in held(body.body)}
    then = {
        (each.slot, each.code, None if each.span is None else _by(by, [each.span])[0])
        for each in correction.held
    }
    if now != then:
        raise _DetachedError("the reading that was confirmed has changed")
    body.status = body.status or "confirmed"
    return "applied"


def held(listing: Listing) -> tuple[Held, ...]:
    """Every value of a listing, as a confirmation keeps it."""
    return tuple(
        Held(slot, written(value), span_of(value))
        for slot in SLOTS
        for value in values_of(listing, slot)
    )


class Place(msgspec.Struct, frozen=True):
    """How a listing of a post is told from the others."""

    own: list[Span]
    others: list[Span]
    beside: int
    """Other listings that rest on the same words."""


def place_of(listing: ReadListing, post: PostReading) -> Place:
    """What a listing shares with no other one of its post; if nothing, all that it rests on."""
    mine = listing.ground
    theirs = [each.ground for each in post.listings if each.id != listing.id]
    whole = merged(run for runs in theirs for run in runs)
    own = minus(mine, whole) or mine
    return Place(own, minus(whole, mine), sum(shared(own, runs) > 0 for runs in theirs))
