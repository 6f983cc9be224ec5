"""What archives held, kept in the case and recalled, so that none is unpacked again for nothing."""

import sqlite3
import time
from collections import defaultdict
from importlib.metadata import version
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from evidence.archive.archive import Archive
from evidence.archive.filing import (
    UNPACKED,
    Counts,
    FileFacts,
    FileRow,
    add_problems,
    begin_file,
    end_file,
    find_file,
    problems_of,
)
from evidence.archive.members import MemberRow, members_of, store_members
from evidence.archive.suppression import Suppressed
from graph import ids
from ingest.archives.members import ArchiveFile, Contents, Member
from ingest.plan import InputArchive, InputFile, Plan
from ingest.readers import Source, reader_named
from ingest.request import Request
from ingest.run import RunKeeper

_DONE: Final = ("read", "broken_off")


class Recaller:
    """Recalls archives of which every member was read, with the options of now."""

    def __init__(self, connection: sqlite3.Connection, request: Request) -> None:
        self._connection = connection
        self._request = request

    def __call__(self, sha256: str) -> Contents | None:
        """What the archive of this hash held; None where it is to be unpacked."""
        row = find_file(self._connection, sha256)
        if row is None or row.state not in UNPACKED or row.options != _options(self._request):
            return None
        members: list[Member] = []
        for kept in members_of(self._connection, row.n):
            member = self._member(kept)
            if member is None:
                return None
            members.append(member)
        problems = problems_of(self._connection, row.n)
        return Contents(members, problems, row.skipped, row.state == UNPACKED[1])

    def _member(self, kept: MemberRow) -> Member | None:
        known = Member(name=kept.name, sha256=kept.sha256, size=kept.size)
        if kept.reader is None:
            return replace(known, reason=kept.reason or "")
        assert kept.sha256 is not None
        row = find_file(self._connection, kept.sha256)
        assert row is not None
        if row.state in UNPACKED:
            inner = self(kept.sha256)
            return None if inner is None else replace(known, archive=_held(kept, inner))
        return replace(known, reader=kept.reader) if self._is_read(row, kept) else None

    def _is_read(self, row: FileRow, kept: MemberRow) -> bool:
        file = InputFile(
            source=Source(Path(kept.name), kept.name),
            reader=reader_named(kept.reader or ""),
            sha256=kept.sha256 or "",
            size=kept.size or 0,
            named=False,
        )
        return row.state in _DONE and self._request.same_reading(row, file)


def _held(kept: MemberRow, inner: Contents) -> ArchiveFile:
    return ArchiveFile(
        packing=kept.reader or "",
        sha256=kept.sha256 or "",
        size=kept.size or 0,
        contents=inner,
        known=True,
    )


def _options(request: Request) -> dict[str, str]:
    """What decides on the members of an archive: another program may know more of them."""
    return {
        **request.changing,
        "reader": request.options.reader or "detect",
        "program": version("heichan"),
    }


def keep_archives(archive: Archive, plan: Plan, request: Request, keeper: RunKeeper) -> None:
    """Keeps what the unpacked archives held, once all their members are stored."""
    suppressed = Suppressed(archive)
    # Those in others come behind them in the plan; their rows are asked for by the outer ones.
    new = {one.held.sha256: one for one in reversed(plan.archives) if not one.held.known}
    found = _members(plan)
    for one in new.values():
        # A copy of the archive under another name gave the same once more.
        members = [row for row in found[one.held.sha256] if row.name.startswith(f"{one.name}/")]
        whole = len(members) == len(one.held.contents.members)
        if whole and not suppressed.holds(ids.file(one.held.sha256)):
            with archive.transaction() as connection:
                _keep(connection, one, members, _facts(one, request), keeper.number())


def _keep(
    connection: sqlite3.Connection,
    one: InputArchive,
    members: list[MemberRow],
    facts: FileFacts,
    run_n: int,
) -> None:
    contents = one.held.contents
    file_n = begin_file(connection, facts, run_n, int(time.time()))
    store_members(connection, file_n, members)
    add_problems(connection, file_n, contents.problems)
    counts = Counts(skipped=contents.skipped)
    end_file(connection, file_n, UNPACKED[contents.broken], counts, timed_by_file=False)


def _members(plan: Plan) -> dict[str | None, list[MemberRow]]:
    """What stands in each archive itself, by the archive's hash."""
    found: dict[str | None, list[MemberRow]] = defaultdict(list)
    for file in plan.inputs:
        row = MemberRow(file.source.name, file.sha256, file.size, file.reader.name)
        found[file.parent].append(row)
    for inner in plan.archives:
        row = MemberRow(inner.name, inner.held.sha256, inner.held.size, inner.held.packing)
        found[inner.parent].append(row)
    for aside in plan.asides:
        row = MemberRow(aside.name, aside.sha256, aside.size, None, aside.reason)
        found[aside.parent].append(row)
    return found


def _facts(one: InputArchive, request: Request) -> FileFacts:
    return FileFacts(
        sha256=one.held.sha256,
        path=one.name,
        size=one.held.size,
        media_kind=guess_type(one.name)[0] or "application/octet-stream",
        reader=one.held.packing,
        options=_options(request),
        zone=request.zone,
        zone_basis="case",
        origin=request.options.received_from,
        tlp=request.options.tlp,
        parent=one.parent,
    )
