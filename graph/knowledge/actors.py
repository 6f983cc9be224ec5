"""People and groups that an analyst knows of and that have no account in the material."""

import sqlite3
from typing import Final, Literal, get_args

import msgspec

from evidence.audit import append_audit
from evidence.decisions import Decision, decide, decisions_in_force, undo
from evidence.errors import NotFoundError, UsageError
from graph import ids
from graph.knowledge.assertion import Confidence
from graph.knowledge.words import NAME, basis_of, line

ACTOR: Final = "actor"
"""The kind of the decision; its target is `actor:new`, or the actor that gets another name."""
NEW: Final = "actor:new"
Kind = Literal["person", "crew", "unknown"]
Category = Literal["suspect", "victim", "witness", "other", "unknown"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
CATEGORIES: Final[tuple[Category, ...]] = get_args(Category)


class Founding(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What is said of an actor when it is founded, or when it gets another name."""

    name: str
    basis: str
    source: str
    kind: Kind = "unknown"
    category: Category = "unknown"
    confidence: Confidence = "medium"


class Founded(msgspec.Struct, frozen=True):
    """An actor with its founding decision, and what is said of it now, by which decision."""

    founding: Decision
    said: Founding
    latest: Decision

    @property
    def id(self) -> str:
        """Made of the founding decision, so that another name leaves it as it is."""
        return ids.actor(self.founding.id)

    @property
    def claim(self) -> str:
        """Id of the assessed statement that there is such an actor."""
        return ids.claim("assessment", "", self.id, None, self.founding.id)


_decode = msgspec.json.Decoder(Founding).decode


def read(value: str) -> Founding:
    """What a kept text says. Raises msgspec.DecodeError."""
    return _decode(value)


def actors(connection: sqlite3.Connection) -> list[Founded]:
    """The actors that nobody took back, each with its latest name, in the order of founding."""
    made = decisions_in_force(connection, ACTOR)
    found = {
        each.id: each
        for each in (Founded(one, read(one.value), one) for one in made if one.target == NEW)
    }
    for each in made:
        if each.target in found:
            before = found[each.target]
            found[each.target] = Founded(before.founding, read(each.value), each)
    return list(found.values())


def found_actor(
    connection: sqlite3.Connection, said: Founding, *, author: str, reason: str
) -> Founded:
    """Founds an actor inside the caller's transaction. UsageError where its name is taken."""
    said = _clean(said)
    _refuse_taken(connection, said.name)
    made = _keep(connection, NEW, said, author, reason)
    append_audit(connection, "actor new", {"decision": made.id, "actor": ids.actor(made.id)})
    return Founded(made, said, made)


def rename_actor(
    connection: sqlite3.Connection,
    identifier: str,
    name: str,
    *,
    source: str | None,
    author: str,
    reason: str,
) -> Founded:
    """Gives an actor another name; the old one stays in the log. NotFoundError, UsageError."""
    known = actor_of(connection, identifier)
    said = msgspec.structs.replace(known.said, name=name, source=source or known.said.source)
    said = _clean(said)
    _refuse_taken(connection, said.name)
    made = _keep(connection, known.id, said, author, reason)
    append_audit(connection, "actor rename", {"decision": made.id, "actor": known.id})
    return Founded(known.founding, said, made)


def undo_actor(
    connection: sqlite3.Connection, identifier: str, *, author: str, reason: str
) -> tuple[Founded, Decision]:
    """Takes the latest decision on an actor back: its name, or the actor as a whole."""
    known = actor_of(connection, identifier)
    done = undo(connection, known.latest.id, author=author, reason=reason)
    append_audit(connection, "actor undo", {"decision": done.id, "undoes": known.latest.id})
    return known, done


def actor_of(connection: sqlite3.Connection, typed: str) -> Founded:
    """The actor meant: its id or the beginning of it, its decision, or its whole name."""
    known = actors(connection)
    exact = [each for each in known if typed in (each.id, each.founding.id, each.latest.id)]
    named = [each for each in known if ids.normal_name(each.said.name) == ids.normal_name(typed)]
    begun = [each for each in known if len(typed) > len("actor:") and each.id.startswith(typed)]
    found = exact or named or begun
    if not found:
        raise NotFoundError(f"no actor {typed[:NAME]} was founded here", hint="heichan actor list")
    if len(found) > 1:
        raise UsageError(
            f"{typed[:NAME]} may be {', '.join(each.id for each in found)}", hint="Give one id."
        )
    return found[0]


def _keep(
    connection: sqlite3.Connection, target: str, said: Founding, author: str, reason: str
) -> Decision:
    value = msgspec.json.encode(said).decode()
    return decide(connection, ACTOR, target, value, author=author, reason=reason, masked=True)


def _clean(said: Founding) -> Founding:
    return msgspec.structs.replace(
        said,
        name=line(said.name, "NAME", NAME),
        basis=basis_of(said.basis),
        source=line(said.source, "--source"),
    )


def _refuse_taken(connection: sqlite3.Connection, name: str) -> None:
    for each in actors(connection):
        if ids.normal_name(each.said.name) == ids.normal_name(name):
            raise UsageError(
                f"{each.id} has that name already",
                hint="Choose another name, or use the actor that is there.",
            )
