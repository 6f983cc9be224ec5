"""From what an analyst puts down to a decision that stands in the archive."""

import re
import sqlite3
from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec

from evidence.audit import append_audit
from evidence.decisions import decide
from evidence.errors import NotFoundError, UsageError
from graph.explore.labels import label_of, type_named
from graph.knowledge.allowed import form_of, values_of
from graph.knowledge.assertion import (
    ASSERT,
    RESOLVED,
    Asserted,
    Assertion,
    Confidence,
    assertions,
    kept,
)
from graph.knowledge.identity import actors_of
from graph.knowledge.known import Known
from graph.knowledge.words import basis_of, line, masked

SLUG: Final = re.compile(r"syndicate:[a-z0-9]+(?:_[a-z0-9]+)*\Z")
_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked for; the ends are whole ids."""

    start: str
    type: str
    end: str
    basis: str | None
    source: str | None
    confidence: Confidence = "medium"
    since: date | None = None
    until: date | None = None
    props: Mapping[str, str] = {}


def put_down(
    connection: sqlite3.Connection,
    request: Request,
    known: Known,
    *,
    author: str,
    reason: str,
    reviewers: int = 1,
) -> Asserted:
    """Keeps an assertion inside the caller's transaction. UsageError, NotFoundError."""
    said = checked(request, known)
    _refuse_said(connection, said, author)
    _refuse_second_actor(connection, said, reviewers)
    made = decide(
        connection, ASSERT, said.rel, kept(said), author=author, reason=reason, masked=True
    )
    append_audit(connection, "assert", {"decision": made.id, "relationship": said.rel})
    return Asserted(made, said)


def checked(request: Request, known: Known) -> Assertion:
    """The assertion, fit for the schema and the case. UsageError, NotFoundError."""
    type_ = type_named(request.type)
    form = form_of(type_, label_of(request.start), label_of(request.end))
    if request.start == request.end:
        raise UsageError("both ends are the same node", hint="Give two different ids.")
    props = values_of(type_, form, request.props)
    for end in (request.start, request.end, str(props.get("product", request.start))):
        _refuse_unknown(end, known)
    if "persons" in props:
        props["persons"] = line(str(props["persons"]), "persons")
    _refuse_turned(request.since, request.until)
    source = line(request.source, "--source") if not _cited(request.source) else request.source
    return Assertion(
        start=request.start,
        type=type_,
        end=request.end,
        basis=basis_of(request.basis),
        source=str(source),
        confidence=request.confidence,
        since=request.since,
        until=request.until,
        props=props,
        post=_post(str(source), known),
    )


def _cited(source: str | None) -> bool:
    return bool(source) and str(source).startswith(("post:", "file:"))


def _post(source: str, known: Known) -> str | None:
    """The post that is named as the source. NotFoundError where it is not there."""
    if not _cited(source):
        return None
    if source not in known:
        raise NotFoundError(f"{source} is not in this case", hint="heichan search TEXT finds posts")
    return source if source.startswith("post:") else None


def _refuse_unknown(identifier: str, known: Known) -> None:
    if identifier in known or SLUG.match(identifier):
        return
    hint = "heichan search TEXT finds one; heichan actor new NAME founds an actor"
    if identifier.startswith("syndicate:"):
        hint = "A syndicate's id is syndicate: and small letters, digits and _."
    raise NotFoundError(f"{masked(identifier)[:200]} is not in this case", hint=hint)


def _refuse_turned(since: date | None, until: date | None) -> None:
    if since is not None and until is not None and until < since:
        raise UsageError("--until lies before --since", hint="Give the earlier one as --since.")
    for day in (since, until):
        if day is not None and not _FIRST <= day <= _LAST:
            raise UsageError(f"{day} is out of range", hint=f"From {_FIRST} to {_LAST}.")


def _refuse_said(connection: sqlite3.Connection, said: Assertion, author: str) -> None:
    for each in assertions(connection):
        if each.said == said and each.decision.author == author:
            raise UsageError(
                f"{author} said so already: {each.decision.id}",
                hint="assert --undo takes it back",
            )


def _refuse_second_actor(connection: sqlite3.Connection, said: Assertion, reviewers: int) -> None:
    """An account has one actor: the one put down first, until somebody takes that back."""
    if said.type != RESOLVED:
        return
    held = actors_of(connection, assertions(connection), reviewers).get(said.start)
    if held not in (None, said.end):
        raise UsageError(
            f"{said.start} is put under {held} already", hint="heichan assert --list shows by whom"
        )
