"""Assertions as rows, with where each stands; and the words behind what an analyst put down."""

import sqlite3
from collections.abc import Mapping
from datetime import date

import msgspec

from evidence.decisions import decision_log
from graph.knowledge.actors import ACTOR, NEW, Founded, actors
from graph.knowledge.actors import read as founding
from graph.knowledge.assertion import ASSERT, Asserted, Assertion, assertions, read
from graph.knowledge.identity import actors_of, resolving, state_of
from graph.knowledge.known import Known

_WORDS = {
    "stands": "in force",
    "waits": "waits for a second reviewer",
    "contradicted": "contradicted",
}


class Row(msgspec.Struct, frozen=True):
    """One assertion. `state`: in force, waits for a second reviewer, contradicted (the account is
    under another actor), detached (`why` says which end is not there), undone.
    """

    decision: str
    start: str
    type: str
    end: str
    said: dict[str, str | float]
    basis: str
    confidence: str
    since: date | None
    until: date | None
    state: str
    why: str | None
    author: str
    at: int
    reason: str
    source: str
    rel: str
    claim: str


class Words(msgspec.Struct, frozen=True):
    """What an analyst said: a statement of theirs is evidence of their view alone."""

    decision: str
    author: str
    at: int
    reason: str
    source: str
    post: str | None = None


def rows(connection: sqlite3.Connection, reviewers: int, about: str | None = None) -> list[Row]:
    """All assertions, or those about a node, in the order in which they were made."""
    known = Known(connection)
    found = assertions(connection)
    standing = {each.decision.id for each in found}
    enough, named = resolving(found, reviewers), actors_of(connection, found, reviewers)
    shown = []
    for made in decision_log(connection):
        if made.kind != ASSERT:
            continue
        each = Asserted(made, read(made.value))
        if about not in (None, each.said.start, each.said.end, made.target, each.claim):
            continue
        state, why = "undone", None
        if made.id in standing:
            state, why = _WORDS[state_of(each, enough, named)], _missing(each.said, known)
        shown.append(_row(each, "detached" if why else state, why))
    return shown


def _missing(said: Assertion, known: Known) -> str | None:
    lost = [
        end
        for end in (said.start, said.end)
        if end not in known and not end.startswith(("syndicate:", "org:", "escrow:"))
    ]
    return f"{lost[0]} is not in this case" if lost else None


def _row(each: Asserted, state: str, why: str | None) -> Row:
    said, made = each.said, each.decision
    return Row(
        made.id,
        said.start,
        said.type,
        said.end,
        said.props,
        said.basis,
        said.confidence,
        said.since,
        said.until,
        state,
        why,
        made.author,
        made.at,
        made.reason,
        said.source,
        said.rel,
        each.claim,
    )


def words_behind(connection: sqlite3.Connection, identifier: str) -> list[Words]:
    """What analysts said about a node, a relationship or an assessed claim, by time of saying."""
    found = [
        Words(
            each.decision.id,
            each.decision.author,
            each.decision.at,
            f"{each.said.start} {each.said.type} {each.said.end}: {each.decision.reason}",
            each.said.source,
            each.said.post,
        )
        for each in assertions(connection)
        if identifier in (each.said.rel, each.claim, each.said.start, each.said.end)
    ]
    found += [
        Words(
            each.latest.id,
            each.latest.author,
            each.latest.at,
            f"{each.said.name}: {each.latest.reason}",
            each.said.source,
        )
        for each in actors(connection)
        if identifier in (each.id, each.claim)
    ]
    return sorted(found, key=lambda each: (each.at, each.decision))


class ActorRow(msgspec.Struct, frozen=True):
    """A founded actor with the accounts that are put under it; `names`: those it had before."""

    actor: str
    name: str
    names: list[str]
    kind: str
    category: str
    accounts: list[str]
    basis: str
    confidence: str
    author: str
    at: int
    reason: str
    source: str
    decision: str


def actor_rows(connection: sqlite3.Connection, reviewers: int) -> list[ActorRow]:
    """The actors in force, in the order in which they were founded."""
    named = actors_of(connection, assertions(connection), reviewers)
    return [actor_row(connection, each, named) for each in actors(connection)]


def actor_row(connection: sqlite3.Connection, each: Founded, named: Mapping[str, str]) -> ActorRow:
    """One actor as a row; `named`: account -> actor."""
    log = [made for made in decision_log(connection) if made.kind == ACTOR]
    mine = [made for made in log if made.id == each.founding.id or made.target == each.id]
    before = [founding(made.value).name for made in mine if made.target in (NEW, each.id)]
    said = each.said
    return ActorRow(
        each.id,
        said.name,
        [name for name in dict.fromkeys(before) if name != said.name],
        said.kind,
        said.category,
        sorted(account for account, actor in named.items() if actor == each.id),
        said.basis,
        said.confidence,
        each.latest.author,
        each.founding.at,
        each.latest.reason,
        said.source,
        each.founding.id,
    )
