"""Tags that a person gives to nodes; they count at once and change nothing in the graph."""

import sqlite3
from collections import defaultdict
from typing import Final

import msgspec

from evidence.audit import append_audit
from evidence.decisions import Decision, decide, decisions_in_force, undo
from evidence.errors import NotFoundError, UsageError
from graph.knowledge.known import Known
from graph.knowledge.words import basis_of, line

TAG: Final = "tag"
"""The kind of the decision; its target is the node."""
LENGTH: Final = 64


class Tag(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """What is kept of a tag."""

    name: str
    basis: str | None = None
    source: str | None = None


class Tagged(msgspec.Struct, frozen=True):
    """A tag on a node, with the decision that put it there."""

    decision: Decision
    tag: Tag

    @property
    def node(self) -> str:
        return self.decision.target


_decode = msgspec.json.Decoder(Tag).decode


def read(value: str) -> Tag:
    """What a kept text says. Raises msgspec.DecodeError."""
    return _decode(value)


def tags(connection: sqlite3.Connection) -> list[Tagged]:
    """Tags that nobody took off, by name and node."""
    found = [Tagged(each, read(each.value)) for each in decisions_in_force(connection, TAG)]
    return sorted(found, key=lambda each: (each.tag.name, each.node))


def nodes_by_tag(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """Tag -> ids of the nodes that carry it."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in tags(connection):
        found[each.tag.name].add(each.node)
    return dict(found)


def put_on(
    connection: sqlite3.Connection,
    node: str,
    tag: Tag,
    known: Known,
    *,
    author: str,
    reason: str,
) -> Tagged | None:
    """Tags a node inside the caller's transaction; None where it has the tag already."""
    clean = checked(tag)
    if node not in known:
        raise NotFoundError(f"{node} is not in this case", hint="heichan search TEXT finds one")
    if node in nodes_by_tag(connection).get(clean.name, ()):
        return None
    value = msgspec.json.encode(clean).decode()
    made = decide(connection, TAG, node, value, author=author, reason=reason, masked=True)
    append_audit(connection, "tag", {"decision": made.id, "node": node})
    return Tagged(made, clean)


def checked(tag: Tag) -> Tag:
    """The tag with its texts masked. UsageError for a name that is none."""
    name = line(tag.name, "NAME", LENGTH)
    if not name.isprintable() or "," in name or name.startswith("-"):
        raise UsageError(f"{name!r} is no name of a tag", hint="A short word or two, no comma.")
    return Tag(
        name=name,
        basis=None if tag.basis is None else basis_of(tag.basis),
        source=None if tag.source is None else line(tag.source, "--source"),
    )


def take_off(
    connection: sqlite3.Connection, node: str, name: str, *, author: str, reason: str
) -> list[Tagged]:
    """Takes a tag off a node, whoever put it there. NotFoundError where it has none."""
    found = [each for each in tags(connection) if (each.node, each.tag.name) == (node, name)]
    if not found:
        raise NotFoundError(f"{node} has no tag {name!r}", hint="heichan tag --list")
    for each in found:
        done = undo(connection, each.decision.id, author=author, reason=reason)
        append_audit(connection, "tag remove", {"decision": done.id, "undoes": each.decision.id})
    return found
