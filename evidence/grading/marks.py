"""Marks of handling: TLP, PAP, shared, bot, own, category of person. Appended, field by field."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final, Literal, TypeVar, get_args

import msgspec

from evidence.decisions import Decision, decide
from evidence.errors import UsageError
from evidence.grading.appended import State, audited, entries, in_force, states
from evidence.grading.targets import kind_of
from evidence.settings import Tlp

MARK: Final = "mark"
"""The kind of the decision."""
Pap = Literal["RED", "AMBER", "GREEN", "CLEAR"]
Category = Literal["suspect", "victim", "witness", "other", "unknown"]
PAP: Final[tuple[Pap, ...]] = get_args(Pap)
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)
_ANY: Final = ""
_Word = TypeVar("_Word", bound=str)
_MAY: Final[dict[str, tuple[str, ...]]] = {
    "tlp": ("file", "post", "listing", "account", "venue"),
    "pap": (_ANY,),
    "shared": ("account", "contact", "actor", "venue", "escrow"),
    "bot": ("account",),
    "own": ("account",),
    "category": ("account",),
}
"""Kinds of ids that take each mark."""
_WHY: Final = {
    "tlp": "TLP is put on what an answer rests on",
    "shared": "shared tells of what serves many",
    "bot": "a bot is an account",
    "own": "the collector's own is an account",
    "category": "the category of person is an account's",
}


class Mark(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Marks that a decision puts or that are in force; None leaves a mark as it was."""

    tlp: Tlp | None = None
    pap: Pap | None = None
    shared: bool | None = None
    bot: bool | None = None
    own: bool | None = None
    category: Category | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of the marks that are put."""
        return tuple(name for name in FIELDS if getattr(self, name) is not None)


FIELDS: Final = Mark.__struct_fields__


class Entry(msgspec.Struct, frozen=True):
    """A line of a target's history."""

    decision: Decision
    mark: Mark
    state: State


def mark(
    connection: sqlite3.Connection, target: str, given: Mark, *, author: str, reason: str
) -> Decision:
    """Appends marks inside the caller's transaction. Raises UsageError for one that misfits."""
    _refuse_misfit(target, given)
    value = msgspec.json.encode(given, order="sorted").decode()
    made = decide(connection, MARK, target, value, author=author, reason=reason, masked=True)
    audited(connection, MARK, {"decision": made.id, "target": target})
    return made


def history(connection: sqlite3.Connection, target: str | None = None) -> list[Entry]:
    """All marks of a target, or of all, superseded and undone ones too, the oldest first."""
    stand = states(in_force(connection, MARK), lambda each: read(each).fields)
    return [
        Entry(each, read(each), stand.get(each.id, "undone"))
        for each in entries(connection, MARK, target)
    ]


def marks(connection: sqlite3.Connection) -> dict[str, Mark]:
    """The marks in force by target, each field by its latest word."""
    return {target: _merged(found) for target, found in in_force(connection, MARK).items()}


def restated(
    connection: sqlite3.Connection, files: Iterable[str], tlp: Tlp, *, author: str
) -> None:
    """A TLP mark stated at ingest supersedes an earlier one that a person put on the file."""
    held = marks(connection)
    for target in files:
        known = held.get(target, Mark()).tlp
        if known is not None and known != tlp:
            mark(connection, target, Mark(tlp=tlp), author=author, reason="stated at ingest")


def read(decision: Decision) -> Mark:
    """What a decision says; nothing where it cannot be read."""
    try:
        return msgspec.json.decode(decision.value, type=Mark)
    except msgspec.MsgspecError:
        return Mark()


def category_named(text: str) -> Category:
    """The category of person meant, in any case of letters. Raises UsageError."""
    return _named(text.casefold(), CATEGORIES, "category")


def pap_named(text: str) -> Pap:
    """The PAP mark meant, with or without `PAP:`. Raises UsageError."""
    return _named(text.upper().removeprefix("PAP:"), PAP, "PAP mark")


def _named(text: str, known: Sequence[_Word], what: str) -> _Word:
    found = next((each for each in known if each == text.strip()), None)
    if found is None:
        raise UsageError(f"{text} is no {what}", hint=f"one of {', '.join(known)}")
    return found


def _merged(decisions: Sequence[Decision]) -> Mark:
    whole = Mark()
    for decision in decisions:
        said = read(decision)
        whole = msgspec.structs.replace(whole, **{n: getattr(said, n) for n in said.fields})
    return whole


def _refuse_misfit(target: str, given: Mark) -> None:
    if not given.fields:
        raise UsageError("nothing to mark", hint="heichan mark --help lists the marks")
    kind = kind_of(target)
    for name in given.fields:
        if not {_ANY, kind} & set(_MAY[name]):
            raise UsageError(
                f"--{name} does not go with a {kind}: {_WHY[name]}",
                hint=f"it goes with: {', '.join(_MAY[name])}",
            )
