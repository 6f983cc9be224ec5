"""Watch lists: names, handles, contacts, accounts and words, kept as decisions of the case."""

import sqlite3
from typing import Final, Literal

import msgspec

from evidence.corrections.codes import CONTACT_KINDS
from evidence.decisions import Decision, decide, decisions_in_force, undo
from evidence.errors import NotFoundError, UsageError
from graph import ids
from ingest.text.fold import fold

WATCH: Final = "watch"
"""The kind of the decision."""
Kind = Literal["account", "name", "handle", "contact", "word"]


class Entry(msgspec.Struct, frozen=True):
    """What is watched for. `value`: an account id, `kind:value` of a contact, or the words."""

    kind: Kind
    value: str

    @property
    def shown(self) -> str:
        """As a person writes it."""
        return f"@{self.value}" if self.kind == "handle" else self.value


class Watched(msgspec.Struct, frozen=True):
    """An entry of a list, and the decision that put it there."""

    list: str
    entry: Entry
    decision: Decision

    @property
    def key(self) -> str:
        """Under which its answer is kept."""
        return key(self.list, self.entry)


def key(listed: str, entry: Entry) -> str:
    """The same for the same entry of the same list, however often it was added."""
    return "\x1f".join((listed, entry.kind, entry.value))


def entry_of(text: str, kind: Kind | None = None) -> Entry:
    """What is meant by a text: `@x` a handle, `account:…`, `qq:123` a contact, else a word.

    Raises UsageError for an empty text, and for one that is not of the kind that is named.
    """
    text = text.strip()
    if not fold(text):
        raise UsageError("nothing to watch for", hint="heichan watch add TEXT")
    kind = kind or _kind_of(text)
    if kind == "account":
        if not text.startswith("account:"):
            raise UsageError(f"{text} is no account", hint="An id begins with account:")
        return Entry(kind, text)
    if kind == "contact":
        return Entry(kind, _contact(text))
    if kind == "handle":
        text = ids.normal_name(text).removeprefix("@").strip()
        if not text:
            raise UsageError("a handle has a name behind the @", hint="heichan watch add @NAME")
    return Entry(kind, text)


def _kind_of(text: str) -> Kind:
    if text.startswith("@"):
        return "handle"
    if text.startswith("account:"):
        return "account"
    before, colon, after = text.removeprefix("contact:").partition(":")
    return "contact" if colon and after.strip() and before.casefold() in CONTACT_KINDS else "word"


def _contact(text: str) -> str:
    kind, _, value = text.removeprefix("contact:").partition(":")
    kind, value = kind.casefold(), value.strip().removeprefix("@")
    if kind not in CONTACT_KINDS or not value:
        raise UsageError(
            f"{text} is no contact",
            hint=f"Write KIND:VALUE; the kinds are {', '.join(CONTACT_KINDS)}.",
        )
    return ids.contact(kind, value).removeprefix("contact:")


def watched(connection: sqlite3.Connection, listed: str | None = None) -> list[Watched]:
    """Entries of a list, or of all, by list and value."""
    found = (_watched(decision) for decision in decisions_in_force(connection, WATCH))
    wanted = (each for each in found if listed in (None, each.list))
    return sorted(wanted, key=lambda each: (each.list, each.entry.value, each.entry.kind))


def add(
    connection: sqlite3.Connection, listed: str, entry: Entry, *, author: str, reason: str
) -> Watched | None:
    """Puts an entry on a list; None where it is there already.

    Raises UsageError for what looks like a victim's identifier: these are masked in the archive,
    so that nothing would be found, and are not stored here either.
    """
    listed = _list_name(listed)
    if entry in {each.entry for each in watched(connection, listed)}:
        return None
    if _clean(entry.value) != entry.value and not _archived(connection, entry):
        raise UsageError(
            "this looks like a victim's identifier, and those are masked in the archive",
            hint="A seller's contact can be watched once a post in the case gives it.",
        )
    value = msgspec.json.encode(entry, order="sorted").decode()
    made = decide(connection, WATCH, listed, value, author=author, reason=reason, masked=True)
    return _watched(made)


def remove(
    connection: sqlite3.Connection, listed: str, entry: Entry, *, author: str, reason: str
) -> Watched:
    """Takes an entry off a list. Raises NotFoundError where it is not on it."""
    for each in watched(connection, listed):
        if each.entry == entry:
            undo(connection, each.decision.id, author=author, reason=reason)
            return each
    raise NotFoundError(f"{entry.shown} is not on the list {listed}", hint="heichan watch list")


def _list_name(listed: str) -> str:
    name = _clean(" ".join(listed.split()))
    if not name or not name.isprintable():
        raise UsageError("a list has a name", hint="--list NAME")
    return name


def _clean(text: str) -> str:
    # The masker's tables take longer to load than a command that only reads the lists.
    from evidence.archive.cleaning import clean_name

    return clean_name(text)


def _archived(connection: sqlite3.Connection, entry: Entry) -> bool:
    """Whether the archive holds the value itself, as a seller's contact or as an account."""
    if entry.kind == "account":
        rows = connection.execute("SELECT 1 FROM account WHERE id = ?", (entry.value,))
    else:
        rows = connection.execute(
            "SELECT 1 FROM claim WHERE kind = 'contact' AND code = ?", (entry.value,)
        )
    return rows.fetchone() is not None


def _watched(decision: Decision) -> Watched:
    return Watched(decision.target, msgspec.json.decode(decision.value, type=Entry), decision)
