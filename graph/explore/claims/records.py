"""Acts of posts, findings of reports and what analysts state, as statements."""

import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import PurePath
from typing import Any, Final

import msgspec

from evidence.archive.claims import act_code
from graph import ids
from graph.build.speech import READING
from graph.explore.claims.model import Says, Speaker, Statement
from ingest.extract.report.findings import (
    EventFinding,
    FigureFinding,
    Finding,
    OrganisationFinding,
    RoleFinding,
)
from ingest.records import Act

SPEECH: Final = frozenset(
    {"vouch", "received", "escrow_notice", "delivery_notice", "agent_of", "deposit", "accusation"}
)
"""Acts that state something of somebody; the others only go on with a deal."""
_STANDING: Final = {"accusation": "accused", "vouch": "praised", "received": "praised"}
_ROWS: Final = """
SELECT r.id, r.kind, r.body, v.n = p.version_n, v.text, p.id, p.n, p.utc, a.id, p.sender,
  (SELECT f.id || char(10) || f.path FROM capture c JOIN file f ON f.n = c.file_n
   WHERE c.version_n = v.n ORDER BY f.id LIMIT 1)
FROM record r JOIN post_version v ON v.n = r.version_n JOIN post p ON p.n = v.post_n
LEFT JOIN account a ON a.n = p.account_n
WHERE r.kind IN ('act', 'event', 'figure', 'role', 'organisation') AND {where} ORDER BY r.id
"""
OF_IDS: Final = "r.id IN (SELECT value FROM json_each(?))"
OF_ACCOUNT: Final = "r.kind = 'act' AND a.id = ?"
OF_POST: Final = "p.id = ?"
_act = msgspec.json.Decoder(Act).decode
_finding = msgspec.json.Decoder(Finding).decode


class _Raw(msgspec.Struct, array_like=True, frozen=True):
    """A row as the archive gives it."""

    claim: str
    kind: str
    body: str
    latest: bool
    text: str
    post: str
    post_n: int
    utc: int | None
    account: str | None
    sender: str | None
    file: str | None


def recorded(
    connection: sqlite3.Connection,
    condition: str,
    value: str,
    objects: Mapping[str, Collection[str]],
) -> Iterator[Statement]:
    """Statements for which a condition of this module holds.

    `objects`: the accounts of which each act speaks, as the graph tells them apart.
    """
    for row in connection.execute(_ROWS.format(where=condition), (value,)):
        raw = msgspec.convert(row, _Raw, strict=False)
        if raw.kind != "act":
            yield _of_finding(raw)
        elif (act := _act(raw.body)).kind in SPEECH:
            yield _of_act(raw, act, sorted(objects.get(raw.claim, ())))


def _of_act(raw: _Raw, act: Act, about: Sequence[str]) -> Statement:
    named = ", ".join(f"{party.side} {party.value}" for party in act.parties)
    standing = _STANDING.get(act.kind)
    says = [Says(one, "standing", standing, single=True) for one in about if standing]
    return Statement(
        id=raw.claim,
        kind=act.kind,
        value=named or act.kind,
        subject=about[0] if about else raw.post,
        speaker=Speaker("account", raw.account, raw.sender),
        quote=act.quote,
        says=tuple(says) or (Says(raw.post, act.kind, act_code(act)),),
        **_common(raw),
    )


def _of_finding(raw: _Raw) -> Statement:
    found = _finding('{"text":"",' + raw.body.lstrip().removeprefix("{"))
    file, _, path = (raw.file or "").partition("\n")
    subject, value, says = _said(raw, found)
    return Statement(
        id=raw.claim,
        kind=raw.kind,
        value=value,
        subject=subject,
        speaker=Speaker("report", file or None, PurePath(path).name or None),
        voice="reported",
        date=getattr(found, "date", None),
        precision=getattr(found, "precision", None),
        quote=found.quote,
        says=says,
        finding=True,
        **_common(raw),
    )


def _said(raw: _Raw, found: Finding) -> tuple[str, str, tuple[Says, ...]]:
    """Of what a finding speaks, its value, and what it says of it."""
    if isinstance(found, EventFinding):
        named = found.organisation
        subject = ids.vocabulary(named.id) if named is not None and named.id else raw.post
        slot = f"event of {found.date or 'no date'}"
        return subject, found.measure, (Says(subject, slot, found.measure, single=True),)
    if isinstance(found, FigureFinding):
        counted = " ".join(filter(None, (found.counts, found.unit, found.period)))
        subject, value = f"figure: {counted}", f"{found.value:g}"
        # One count may be told of many things: only the same sentence can be read in two ways.
        return subject, f"{value} {counted}".strip(), (Says(raw.claim, "figure", value),)
    if isinstance(found, RoleFinding):
        return f"role:{found.role}", found.says, (Says(f"role:{found.role}", "role", found.says),)
    if isinstance(found, OrganisationFinding) and found.id:
        subject = ids.vocabulary(found.id)
        return subject, found.name, (Says(subject, "named", "named"),)
    return raw.post, found.quote, (Says(raw.post, raw.kind, found.quote),)


def _common(raw: _Raw) -> dict[str, Any]:
    return {
        "status": "active" if raw.latest else "superseded",
        "time": None if raw.utc is None else datetime.fromtimestamp(raw.utc, UTC),
        "post": raw.post,
        "post_n": raw.post_n,
        "confidence": READING,
    }


def assessed(props: Mapping[str, Any], about: str) -> Statement:
    """What an analyst states, from the properties of its node."""
    since = props.get("valid_from")
    return Statement(
        id=str(props["id"]),
        kind=str(props.get("kind") or "assessment"),
        value=str(props.get("name") or ""),
        subject=about,
        speaker=Speaker("analyst", None, props.get("made_by")),
        layer="assessed",
        status=props.get("status") or "active",
        time=props.get("created_at"),
        date=since.isoformat() if isinstance(since, date) else None,
        quote=props.get("text"),
        post=props.get("post_id"),
        confidence=props.get("confidence"),
        basis=props.get("method"),
    )
