"""Which of several values a person means: by number, by how it is written, or by its quote."""

import unicodedata
from collections.abc import Iterator, Sequence

from evidence.corrections.names import Names
from evidence.corrections.slots import SlotValue, number, written
from evidence.errors import UsageError
from ingest.records import ContactRef, Price, Quantity, RoleReading, SourceClaim

SHOWN = 12


def chosen(slot: str, values: Sequence[SlotValue], which: str | None, names: Names) -> SlotValue:
    """The one value that is meant. Raises UsageError with a numbered list."""
    if which is None:
        raise UsageError(
            f"{slot} holds {len(values)} values: {numbered(values)}",
            hint="--value NUMBER says which one is meant; --add puts another beside them",
        )
    given = _fold(which)
    place = given.removeprefix("#")
    if place.isascii() and place.isdigit() and len(place) < 5 and 1 <= int(place) <= len(values):
        return values[int(place) - 1]
    meant = set(names.ids(slot, which)) if names.has(slot) else set()
    found = [v for v in values if given in map(_fold, _written(v)) or _id(v) in meant]
    if len(found) == 1:
        return found[0]
    if not values:
        raise UsageError(f"{slot} is empty in this reading", hint="leave --value out to add one")
    state = "no value" if not found else f"{len(found)} values"
    raise UsageError(
        f"--value {which[:60]!r} fits {state} of {slot}: {numbered(values)}",
        hint="--value NUMBER says which one is meant",
    )


def numbered(values: Sequence[SlotValue]) -> str:
    """The values of a slot with the numbers by which one of them is named."""
    shown = [f"{n} {label(value)}" for n, value in enumerate(values[:SHOWN], 1)]
    more = f", and {len(values) - SHOWN} more" if len(values) > SHOWN else ""
    return "; ".join(shown) + more


def label(value: SlotValue) -> str:
    """A value with its words, for people."""
    quote = quote_of(value)
    return f"{written(value)} ({quote[:40]})" if quote else written(value)


def quote_of(value: SlotValue) -> str:
    """The words of a value; of a role, those of its first cue."""
    if isinstance(value, RoleReading):
        return value.cues[0].quote if value.cues else ""
    return "" if isinstance(value, str) else value.quote


def _written(value: SlotValue) -> Iterator[str]:
    yield written(value)
    yield quote_of(value) or written(value)
    match value:
        case ContactRef():
            yield f"{value.kind}:{value.value}"
            yield value.value
        case Quantity():
            yield number(value.value)
        case Price():
            yield number(value.value)
            yield written(value).partition(" min ")[0]
        case SourceClaim():
            yield f"{value.kind} {value.id or '-'}"


def _id(value: SlotValue) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, RoleReading):
        return value.role
    return None if isinstance(value, Quantity | Price | ContactRef) else value.id


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
