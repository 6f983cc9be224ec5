"""The audit log read: entries by time and kind, and whether a chain of them is whole."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from evidence.audit import FIRST, entry_hash
from evidence.errors import InputError

Detail = dict[str, str | int | float | bool | None]
_ROWS = "SELECT n, at, who, what, detail, previous, hash FROM audit"


class Entry(msgspec.Struct, frozen=True):
    """One entry. `previous` and `hash` in hex."""

    n: int
    at: datetime
    who: str
    what: str
    detail: Detail
    previous: str
    hash: str


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """A check of a log. `place`: the first entry or line that does not fit, None if all do."""

    state: str
    """`whole` or `broken`."""
    entries: int
    head: str | None
    place: int | None = None
    said: str = ""
    since_head: int | None = None
    """Entries after the one whose hash was noted elsewhere."""


def entries(
    connection: sqlite3.Connection,
    since: datetime | None = None,
    until: datetime | None = None,
    what: str | None = None,
) -> Iterator[Entry]:
    """Entries from `since` to before `until` whose kind begins with `what`, in their order."""
    first = None if since is None else int(since.timestamp())
    last = None if until is None else int(until.timestamp())
    rows = connection.execute(
        f"{_ROWS} WHERE (?1 IS NULL OR at >= ?1) AND (?2 IS NULL OR at < ?2)"
        " AND (?3 IS NULL OR what = ?3 OR substr(what, 1, length(?3) + 1) = ?3 || ' ') ORDER BY n",
        (first, last, what),
    )
    for n, at, who, kind, detail, previous, digest in rows:
        moment = datetime.fromtimestamp(at, UTC)
        yield Entry(n, moment, who, kind, _detail(detail), previous.hex(), digest.hex())


def read_log(path: Path) -> list[Entry]:
    """Entries of a log that was written out as JSON or JSON lines. InputError names the line."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _bad(path, error.strerror or str(error)) from error
    if data.lstrip().startswith(b"["):
        try:
            return msgspec.json.decode(data, type=list[Entry])
        except (msgspec.MsgspecError, RecursionError) as error:
            raise _bad(path, str(error)) from None
    return [_entry(path, n, line) for n, line in enumerate(data.splitlines(), 1) if line.strip()]


def _entry(path: Path, number: int, line: bytes) -> Entry:
    try:
        return msgspec.json.decode(line, type=Entry)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _bad(path, str(error), number) from None


def check_chain(log: Iterable[Entry], noted: str | None = None) -> Chain:
    """Recomputes the whole chain; `noted`: a head kept elsewhere, which must stand in it."""
    previous, count, met = FIRST.hex(), 0, None
    for count, entry in enumerate(log, 1):
        if said := _wrong(entry, previous, count):
            return Chain(state="broken", entries=count, head=entry.hash, place=entry.n, said=said)
        previous = entry.hash
        if previous == noted:
            met = count
    head = previous if count else None
    if noted is not None and met is None:
        said = f"no entry has the hash {noted}: the log was cut off or made anew"
        return Chain(state="broken", entries=count, head=head, said=said)
    since = None if met is None else count - met
    return Chain(state="whole", entries=count, head=head, since_head=since)


def _wrong(entry: Entry, previous: str, count: int) -> str:
    """Why an entry does not fit behind the one before it; empty where it does."""
    if entry.previous != previous:
        if count == 1:
            return f"entry {entry.n} is not the first: what stood before it is missing"
        return f"entry {entry.n} does not follow the one before it: removed, put in or swapped"
    detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
    at = int(entry.at.timestamp())
    made = entry_hash(bytes.fromhex(previous), at, entry.who, entry.what, detail)
    return "" if made.hex() == entry.hash else f"entry {entry.n} is not as it was logged: changed"


def _detail(text: str) -> Detail:
    try:
        return msgspec.json.decode(text, type=Detail)
    except msgspec.MsgspecError:
        # Somebody wrote something else there: the chain tells.
        return {"text": text}


def _bad(path: Path, reason: str, line: int | None = None) -> InputError:
    where: dict[str, str | int] = {"file": str(path)}
    if line is not None:
        where["line"] = line
    return InputError(
        f"{path} is no audit log: {reason}",
        hint="write one: heichan audit show --format jsonl > log.jsonl",
        where=where,
    )
