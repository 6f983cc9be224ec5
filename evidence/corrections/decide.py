"""From what a person asks for to a decision that stands in the archive."""

import sqlite3
import unicodedata
from collections.abc import Sequence
from typing import Literal

import msgspec

from evidence.archive.cleaning import clean_name
from evidence.audit import append_audit
from evidence.corrections.attach import (
    Corrected,
    Overlay,
    held,
    overlay,
    place_of,
    touch,
)
from evidence.corrections.claims import keep_claims
from evidence.corrections.names import Names
from evidence.corrections.reading import PostReading, ReadListing, readings
from evidence.corrections.record import CONFIRM, CORRECT, Correction, Old, kept
from evidence.corrections.runs import Words
from evidence.corrections.slots import (
    LISTED,
    SINGLE,
    SLOTS,
    SPANNED,
    SlotValue,
    span_of,
    values_of,
    written,
)
from evidence.corrections.typed import Words as Quoted
from evidence.corrections.typed import parse, refuse
from evidence.corrections.which import chosen
from evidence.decisions import Decision, decide
from evidence.errors import NotFoundError, UsageError
from ingest.records import ContactRef, Price, Quantity, Span

_HERE = "SELECT p.id FROM record r JOIN post p ON p.version_n = r.version_n WHERE r.id = ?"


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for. `given` is the new value, `which` names the one that is meant."""

    listing: str
    action: Literal["set", "reject", "confirm"]
    slot: str | None = None
    given: str | None = None
    which: str | None = None
    add: bool = False
    quote: str | None = None


class Target(msgspec.Struct, frozen=True):
    """A listing as it was read and as it stands after the decisions in force."""

    post: PostReading
    listing: ReadListing
    now: Corrected


class Made(msgspec.Struct, frozen=True):
    """A decision that was made, with where all stand now.

    `places`: how often its quote stands in the post.
    """

    decision: Decision
    correction: Correction
    over: Overlay
    places: int = 1


def target(connection: sqlite3.Connection, listing: str, over: Overlay | None = None) -> Target:
    """The listing with this id. Raises NotFoundError where none is read under it now."""
    row = connection.execute(f"{_HERE} AND r.kind = 'listing'", (listing,)).fetchone()
    if row is None:
        raise NotFoundError(
            f"{listing} is no listing of this case now", hint="heichan correct --list"
        )
    post = readings(connection, [row[0]])[row[0]]
    read = next(each for each in post.listings if each.id == listing)
    now = (over or overlay(connection)).listings.get(listing)
    return Target(post, read, now or Corrected(read.n, read.body, read.body, {}))


def correct(
    connection: sqlite3.Connection, request: Request, names: Names, *, author: str, reason: str
) -> Made:
    """Makes a decision inside the caller's transaction; UsageError where it cannot be kept."""
    aim = target(connection, request.listing)
    if aim.now.rejected:
        raise UsageError(
            f"{request.listing} is rejected",
            hint=f"see heichan correct {request.listing}; --undo DECISION takes it back",
        )
    correction, places = _correction(aim, request, names)
    kind = CONFIRM if correction.action == "confirm" else CORRECT
    decision = decide(
        connection,
        kind,
        request.listing,
        kept(correction),
        author=author,
        reason=reason,
        masked=True,
    )
    over = overlay(connection)
    _refuse_idle(over, decision, request)
    keep_claims(connection, over)
    detail = {"decision": decision.id, "listing": request.listing, "slot": request.slot}
    append_audit(connection, f"correct {correction.action}", detail)
    return Made(decision, correction, over, places)


def _refuse_idle(over: Overlay, decision: Decision, request: Request) -> None:
    """A decision that changes nothing, or cannot be found again by its words, is not kept."""
    made = next(each for each in over.attached if each.judged.decision.id == decision.id)
    if made.state == "agreed":
        raise UsageError(
            "the reading says so already", hint="--confirm marks a reading that is right"
        )
    if made.state == "detached" or made.listing != request.listing:
        raise UsageError(
            f"the listing cannot be told apart by its words: {made.why}",
            hint="heichan show POST shows them",
        )


def _correction(aim: Target, request: Request, names: Names) -> tuple[Correction, int]:
    place = place_of(aim.listing, aim.post)
    text = aim.post.text
    base = Correction(
        post=aim.post.post,
        number=aim.listing.body.listing,
        polarity=aim.listing.body.polarity,
        action=request.action,
        anchor=tuple(Words(start, text[start:end]) for start, end in place.own),
        others=() if request.slot in SPANNED else tuple(place.others),
        beside=place.beside,
    )
    if request.action == "confirm":
        return msgspec.structs.replace(base, held=held(aim.now.body)), 1
    if request.slot is None or (request.slot == "polarity" and request.action == "reject"):
        return base, 1
    return _of_slot(base, aim, request, names)


def _of_slot(
    base: Correction, aim: Target, request: Request, names: Names
) -> tuple[Correction, int]:
    slot = request.slot or ""
    if slot not in SLOTS:
        refuse("slot", slot, SLOTS, f"Choose {', '.join(SLOTS)}.")
    if request.quote is not None and slot not in SPANNED:
        raise UsageError(f"{slot} has no place in the text", hint="leave --quote out")
    values = values_of(aim.now.body, slot)
    quoted, places = _quoted(aim, request.quote)
    old = _old(slot, values, request, quoted, names)
    base = msgspec.structs.replace(base, slot=slot, old=_judged(old, aim.post.text))
    if request.action == "reject":
        return base, places
    at = quoted or _words(aim, old)
    new = parse(slot, request.given or "", names, at, old)
    _refuse_victims(new, request.given or "", aim.post.text)
    fixed = msgspec.structs.replace(
        base,
        action="add" if old is None and values else "set",
        new=msgspec.Raw(msgspec.json.encode(new)),
        quoted=request.quote is not None or old is not None or slot not in SPANNED,
    )
    return fixed, places


def _old(
    slot: str,
    values: Sequence[SlotValue],
    request: Request,
    quoted: Quoted | None,
    names: Names,
) -> SlotValue | None:
    """The value that is meant: the named or quoted one, else the only one; None adds another."""
    if request.which is not None:
        return chosen(slot, values, request.which, names)
    if request.add and slot in SINGLE:
        raise UsageError(f"{slot} takes one value", hint="--set alone replaces it")
    sets = request.action == "set"
    if request.add or (sets and (not values or slot in LISTED)):
        return None
    if not values:
        raise UsageError(f"{slot} is empty in this reading", hint="there is nothing to reject")
    if quoted is not None:
        there = [value for value in values if touch(span_of(value), quoted.span)]
        if sets and not there:
            return None
        values = there or values
    return values[0] if len(values) == 1 else chosen(slot, values, None, names)


def _judged(value: SlotValue | None, text: str) -> Old | None:
    if value is None:
        return None
    span = span_of(value)
    return Old(written(value), span, None if span is None else text[span[0] : span[1]])


def _whole(aim: Target) -> Span:
    return aim.listing.ground[0][0], aim.listing.ground[-1][1]


def _words(aim: Target, old: SlotValue | None) -> Quoted:
    """The words of the value that is replaced, else all of the listing."""
    start, end = (None if old is None else span_of(old)) or _whole(aim)
    return Quoted(aim.post.text[start:end], (start, end))


def _quoted(aim: Target, quote: str | None) -> tuple[Quoted | None, int]:
    """The place of a quote, in the listing before elsewhere, and how often it stands there."""
    if quote is None:
        return None, 1
    text = aim.post.text
    start = text.find(quote, *_whole(aim)) if quote else -1
    start = text.find(quote) if start < 0 and quote else start
    if start < 0:
        raise UsageError(
            "--quote does not stand in the post",
            hint=f"copy it from: heichan show {aim.post.post}",
        )
    return Quoted(quote, (start, start + len(quote))), text.count(quote)


def _refuse_victims(value: SlotValue, given: str, text: str) -> None:
    """What the masking would take away is kept only where it stands in the masked text already."""
    if not isinstance(value, ContactRef | Quantity | Price):
        return
    shown = written(value)
    stated = value.value if isinstance(value, ContactRef) else given.split()[0]
    if clean_name(shown) != shown and _folded(str(stated)) not in _folded(text):
        raise UsageError(
            "the value looks like a victim's identifier",
            hint="only what stands in the post's own text, unmasked, may be kept",
        )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
