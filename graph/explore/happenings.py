"""What happened to a node beside its posts: names, accusations, praise, events."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

import msgspec

from graph.store.base import GraphStore

_NAMES = """
MATCH (n:Account)-[w:WEARS]->(h:Handle) WHERE n.id IN $ids AND w.valid_from IS NOT NULL
RETURN w.valid_from AS time, h.text AS text, n.id AS account, w.id AS id ORDER BY time, id
"""
_SPEECH = """
MATCH (a:Account)-[r:ACCUSES|VOUCHES_FOR]->(n) WHERE n.id IN $ids AND r.first_seen IS NOT NULL
RETURN r.first_seen AS time, type(r) AS kind, a.id AS account, a.name AS name, r.id AS id
ORDER BY time, id
"""
_EVENTS = """
MATCH (n)-[r:SUBJECT_OF]->(e:Event) WHERE n.id IN $ids AND e.date IS NOT NULL
RETURN e.date AS time, e.kind AS kind, r.measure AS measure, e.name AS name, e.id AS id
ORDER BY time, id
"""
_CHANGES = """
MATCH (n)-[r:RENAMED_TO|SUCCEEDED_BY]->(m) WHERE n.id IN $ids AND r.changed_on IS NOT NULL
RETURN r.changed_on AS time, type(r) AS kind, m.name AS name, r.id AS id ORDER BY time, id
"""
_SAID: Final = {"ACCUSES": ("accused", "accused by"), "VOUCHES_FOR": ("praised", "praised by")}
_CHANGED: Final = {"RENAMED_TO": "renamed", "SUCCEEDED_BY": "succeeded by"}


class Happening(msgspec.Struct, frozen=True):
    """Something that is no post; `id`: the event or the relationship that says so."""

    time: datetime
    kind: str
    text: str
    id: str
    account: str | None = None
    name: str | None = None


def happenings(store: GraphStore, ids: Sequence[str], zone: ZoneInfo) -> list[Happening]:
    """All that happened to these nodes, by time; a day counts from its start in the zone."""
    found = _all(store, {"ids": list(ids)}, zone)
    return sorted(found, key=lambda each: (each.time, each.id))


def _all(store: GraphStore, ids: dict[str, Any], zone: ZoneInfo) -> Iterator[Happening]:
    for row in store.run(_NAMES, ids).rows:
        text = f"wears the name {row['text']}"
        yield Happening(_moment(row["time"], zone), "name", text, row["id"], row["account"])
    for row in store.run(_SPEECH, ids).rows:
        kind, words = _SAID[row["kind"]]
        name = row["name"] or row["account"]
        when = _moment(row["time"], zone)
        yield Happening(when, kind, f"{words} {name}", row["id"], row["account"], name)
    for row in store.run(_EVENTS, ids).rows:
        text = ", ".join(part for part in (row["name"], row["measure"]) if part)
        yield Happening(_moment(row["time"], zone), row["kind"], text, row["id"])
    for row in store.run(_CHANGES, ids).rows:
        kind = _CHANGED[row["kind"]]
        yield Happening(_moment(row["time"], zone), kind, f"{kind} {row['name']}", row["id"])


def _moment(value: datetime | date, zone: ZoneInfo) -> datetime:
    return value if isinstance(value, datetime) else datetime.combine(value, time(), zone)
