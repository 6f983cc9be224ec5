"""Whether the archive's readings come out again from its masked texts."""

import json
import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

import msgspec
from msgspec.structs import replace

from evidence.archive.archive import Archive
from evidence.archive.readings import SUPERSEDED, Read
from evidence.case import Case
from evidence.pace import Progress
from evidence.verify.found import Checked
from ingest.chunks import CHUNK
from ingest.extract import EXTRACTOR, Rules
from ingest.reread import Stale, reads_of
from ingest.work import Setup
from ingest.workforce import Waiting, Workforce, open_workforce

SAMPLE = 2000
"""Texts that are read again where not all of them are; reports: a hundredth of it."""
_Fields = tuple[object, ...]
_Ways = tuple[Read, ...]
"""The same text read in each way that may have been stored."""
_READ = (
    "FROM reading d JOIN post_version v ON v.n = d.version_n JOIN post p ON p.version_n = v.n"
    " WHERE p.kind NOT IN ('service', 'unsupported', 'report_passage')"
    " AND (d.extractor, d.lexicon) = (?, ?)"
)
_REPORTS = (
    "SELECT DISTINCT c.file_n FROM reading d JOIN capture c ON c.version_n = d.version_n"
    " JOIN post p ON p.version_n = d.version_n"
    " WHERE p.kind = 'report_passage' AND (d.extractor, d.lexicon) = (?, ?) ORDER BY c.file_n"
)
# The account as the file said it, which an act was read with; `joined` keeps it.
_TEXTS = (
    "SELECT p.n, p.id, a.id, v.n, v.text, v.masked, p.forwarded FROM post p"
    " JOIN post_version v ON v.n = p.version_n LEFT JOIN joined j ON j.post_n = p.n"
    " LEFT JOIN account a ON a.n = coalesce(j.account_n, p.account_n)"
    " WHERE v.n IN (SELECT value FROM json_each(?)) ORDER BY p.n"
)
_MOVED = (
    "SELECT p.n, a.id FROM joined j JOIN post p ON p.n = j.post_n"
    " JOIN account a ON a.n = p.account_n WHERE j.account_n <> p.account_n"
    " AND p.n IN (SELECT value FROM json_each(?))"
)
_RECORDS = (
    "SELECT version_n, id, kind, number, span_start, span_end, body FROM record"
    f" WHERE kind <> '{SUPERSEDED}' AND version_n IN (SELECT value FROM json_each(?))"
)
_CLAIMS = (
    "SELECT r.version_n, c.id, c.kind, c.subject, c.code, c.span_start, c.span_end FROM claim c"
    " JOIN record r ON r.n = c.record_n"
    " JOIN claim_revision i ON i.claim_n = c.n AND (i.extractor, i.lexicon) = (?, ?)"
    f" WHERE r.kind <> '{SUPERSEDED}' AND r.version_n IN (SELECT value FROM json_each(?))"
)
_SEVERAL = (
    "SELECT post_n FROM post_version WHERE post_n IN (SELECT value FROM json_each(?))"
    " GROUP BY post_n HAVING count(*) > 1"
)
_PLACES = (
    "SELECT p.n, p.id || ' in ' || f.path || ', ' || c.place FROM post p"
    " JOIN capture c ON c.version_n = p.version_n JOIN file f ON f.n = c.file_n"
    " WHERE p.n IN (SELECT value FROM json_each(?))"
)


class _Held(msgspec.Struct, frozen=True):
    """What the archive holds of some texts: rows by version number and id."""

    records: Mapping[int, Mapping[str, _Fields]]
    claims: Mapping[int, Mapping[str, _Fields]]
    several: frozenset[int]
    """Posts of which an earlier text may have left claims too."""
    places: Mapping[int, str]


def check_readings(case: Case, archive: Archive, progress: Progress, *, full: bool) -> Checked:
    """Reads masked texts again by this program's rules; all of them, or a sample of the posts."""
    rules = Rules.load(case.lexicon())
    versions = (EXTRACTOR, rules.version)
    total = archive.connection.execute("SELECT count(*) FROM reading").fetchone()[0]
    checked = Checked(check="readings", of=total)
    numbers = _numbers(archive.connection, versions, full=full)
    size = sum(_sizes(archive.connection, numbers))
    setup = Setup(b"", case.lexicon())
    with closing(open_workforce(None, size, setup, lambda: rules)) as workers:
        for again in _again(archive.connection, workers, numbers):
            _compare(archive.connection, versions, again, checked)
            progress("readings", checked.looked_at, len(numbers))
    _reports(archive, versions, rules, checked, full=full)
    _told(archive.connection, versions, checked, full=full)
    return checked


def _told(
    connection: sqlite3.Connection, versions: tuple[str, str], checked: Checked, *, full: bool
) -> None:
    ours = "SELECT count(*) FROM reading WHERE (extractor, lexicon) = (?, ?)"
    older = checked.of - connection.execute(ours, versions).fetchone()[0]
    if older:
        checked.said.append(f"{older} were read by other versions; heichan build reads them again")
    if not full and checked.looked_at < checked.of - older:
        checked.said.append(
            f"a sample: {checked.looked_at} of {checked.of - older}; --full reads all again"
        )


def _numbers(connection: sqlite3.Connection, versions: tuple[str, str], *, full: bool) -> list[int]:
    # Ids are hashes: their order is as good as drawing, and the same each time.
    cut = "" if full else f" ORDER BY p.id LIMIT {SAMPLE}"
    return sorted(n for (n,) in connection.execute(f"SELECT v.n {_READ}{cut}", versions))


def _sizes(connection: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[int]:
    for chunk in _chunks(numbers):
        statement = (
            "SELECT coalesce(sum(length(text)), 0) FROM post_version"
            " WHERE n IN (SELECT value FROM json_each(?))"
        )
        yield connection.execute(statement, (json.dumps(chunk),)).fetchone()[0]


def _chunks(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(numbers), CHUNK):
        yield numbers[start : start + CHUNK]


def _again(
    connection: sqlite3.Connection, workers: Workforce, numbers: Sequence[int]
) -> Iterator[list[_Ways]]:
    waiting: deque[tuple[list[Stale], Waiting]] = deque()
    for chunk in _chunks(numbers):
        stale = [Stale(*row) for row in connection.execute(_TEXTS, (json.dumps(chunk),))]
        waiting.append((stale, workers.submit([one.raw for one in stale])))
        if len(waiting) > workers.lookahead:
            yield _ways(connection, *waiting.popleft())
    while waiting:
        yield _ways(connection, *waiting.popleft())


def _ways(connection: sqlite3.Connection, stale: list[Stale], future: Waiting) -> list[_Ways]:
    """The reading of each text; where another account stands for its writer, by that one too."""
    reads = reads_of(stale, future)[0]
    moved = dict(connection.execute(_MOVED, (json.dumps([one.post_n for one in stale]),)))
    if not moved:
        return [(read,) for read in reads]
    others = [replace(one, account=moved.get(one.post_n, one.account)) for one in stale]
    return list(zip(reads, reads_of(others, future)[0], strict=True))


def _reports(
    archive: Archive, versions: tuple[str, str], rules: Rules, checked: Checked, *, full: bool
) -> None:
    files = archive.connection.execute(_REPORTS, versions).fetchall()
    if not files:
        return
    # The English pipeline behind it takes over a second to import: only a report pays for it.
    from ingest.passages import read_passages

    for (file_n,) in files if full else files[: SAMPLE // 100]:
        reads = read_passages(archive, file_n, rules)
        _compare(archive.connection, versions, [(read,) for read in reads], checked)


def _compare(
    connection: sqlite3.Connection,
    versions: tuple[str, str],
    again: Sequence[_Ways],
    checked: Checked,
) -> None:
    held = _held(connection, versions, [ways[0] for ways in again])
    for ways in again:
        checked.looked_at += 1
        found = min((list(_differences(read, held)) for read in ways), key=len)
        for id_, said in found:
            checked.differs(id_, held.places.get(ways[0].post_n, ""), said)


def _held(
    connection: sqlite3.Connection, versions: tuple[str, str], reads: Sequence[Read]
) -> _Held:
    texts = json.dumps([read.version_n for read in reads])
    posts = json.dumps([read.post_n for read in reads])
    return _Held(
        records=_by_text(connection.execute(_RECORDS, (texts,))),
        claims=_by_text(connection.execute(_CLAIMS, (*versions, texts))),
        several=frozenset(n for (n,) in connection.execute(_SEVERAL, (posts,))),
        places=dict(connection.execute(_PLACES, (posts,))),
    )


def _by_text(rows: Iterable[tuple[int, str, *tuple[object, ...]]]) -> dict[int, dict[str, _Fields]]:
    found: dict[int, dict[str, _Fields]] = defaultdict(dict)
    for version_n, id_, *fields in rows:
        found[version_n][id_] = tuple(fields)
    return found


def _differences(read: Read, held: _Held) -> Iterator[tuple[str, str]]:
    """Ids of what is not as it is read again, and how it differs."""
    records = {
        one.id: (one.kind, one.number, *(one.span or (None, None)), one.body)
        for one in read.records
    }
    yield from _unlike(records, held.records.get(read.version_n, {}))
    claims = {
        claim.id: (claim.kind, claim.subject, claim.code, *claim.span)
        for one in read.records
        for claim in one.claims
    }
    for id_, said in _unlike(claims, held.claims.get(read.version_n, {})):
        if id_ in claims or read.post_n not in held.several:
            yield id_, said


def _unlike(
    again: Mapping[str, _Fields], stored: Mapping[str, _Fields]
) -> Iterator[tuple[str, str]]:
    for id_ in sorted(again.keys() | stored.keys()):
        if id_ not in stored:
            yield id_, "is read from the text, and the archive does not hold it"
        elif id_ not in again:
            yield id_, "the archive holds it, and it is not read from the text"
        elif again[id_] != stored[id_]:
            yield id_, "is read otherwise than the archive holds it"
