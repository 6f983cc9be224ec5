"""The part of a case up to a TLP mark: archive and graph as if no stricter file had been read."""

import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import msgspec

from evidence.archive.ceiling import LeftOut, Strict, above, leave_out
from evidence.archive.copying import copy_archive
from evidence.case import ARCHIVE, Case
from evidence.errors import DataError
from evidence.pace import Progress
from evidence.settings import Tlp

FOLDER = "below"
_KEY = "made_of.json"
_OWN = ("queries", "lexicon", "patterns")
# Whatever is read, decided or built anew ends with a higher number, or another setting.
_STATE = """
SELECT 'setting', json_group_array(name || '=' || value)
  FROM (SELECT name, value FROM setting ORDER BY name)
UNION ALL SELECT 'post', max(n) FROM post UNION ALL SELECT 'version', max(n) FROM post_version
UNION ALL SELECT 'record', max(n) FROM record UNION ALL SELECT 'file', max(n) FROM file
UNION ALL SELECT 'decision', max(n) FROM decision
"""


class Below(msgspec.Struct, frozen=True):
    """A case that holds nothing above the mark, and what was left out of it.

    The case itself where nothing in it is stricter.
    """

    case: Case
    left_out: LeftOut = LeftOut()


class _Made(msgspec.Struct, frozen=True):
    """What a kept copy was made of."""

    state: list[tuple[str, str | int | None]]
    strict: Strict
    left_out: LeftOut


def below(case: Case, mark: Tlp, progress: Progress | None = None) -> Below:
    """The case up to `mark`. Raises DataError where its folder cannot hold the copy.

    Counts, roles and ties of the copy rest on nothing stricter, since it is built anew; it is kept
    until the archive, a mark or the graph changes.
    """
    with case.reader() as archive:
        strict = above(archive.connection, mark, case.settings.tlp)
        state = _state(archive.connection)
    if not strict:
        return Below(case)
    place = case.graph / FOLDER / mark
    copy = replace(case, root=place)
    made = _kept(place)
    try:
        if made is None or (made.state, made.strict) != (state, strict):
            made = _make(case, place, mark, _Made(state, strict, LeftOut()), progress)
        _bring_own(case, copy)
    except OSError as error:
        raise DataError(
            f"the part up to {mark} cannot be kept: {error.strerror or error}",
            hint="it needs the case's folder to be writable, and room for a second archive",
            where={"file": str(place)},
        ) from error
    return Below(copy, made.left_out)


def forget(case: Case) -> None:
    """Removes all kept copies: what is gone from the archive must not stay in them."""
    shutil.rmtree(case.graph / FOLDER, ignore_errors=True)


def _state(connection: sqlite3.Connection) -> list[tuple[str, str | int | None]]:
    # The table is made when a hit of a watch list is first shown.
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'watch_kept'").fetchone()
    seen = "SELECT 'seen', count(*) FROM watch_kept" if known else "SELECT 'seen', 0"
    return connection.execute(f"{_STATE} UNION ALL {seen}").fetchall()


def _kept(place: Path) -> _Made | None:
    try:
        return msgspec.json.decode((place / _KEY).read_bytes(), type=_Made)
    except (OSError, msgspec.MsgspecError):
        return None


def _make(case: Case, place: Path, mark: Tlp, made: _Made, progress: Progress | None) -> _Made:
    # Loads the extractors.
    from graph.build.run import build

    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="new-", dir=place.parent))
    try:
        copy = replace(case, root=folder)
        _copy_archive(case, copy)
        _bring_own(case, copy)
        with copy.archive() as archive:
            made = msgspec.structs.replace(made, left_out=leave_out(archive, made.strict))
        build(copy, store="embedded", progress=progress, ceiling=mark)
        (folder / _KEY).write_bytes(msgspec.json.encode(made))
        _install(folder, place)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return made


def _install(folder: Path, place: Path) -> None:
    """Puts the finished copy in its place; who has the old one open goes on reading it."""
    with tempfile.TemporaryDirectory(prefix="old-", dir=place.parent) as old:
        if place.exists():
            place.rename(Path(old) / place.name)
        folder.rename(place)


def _bring_own(case: Case, copy: Case) -> None:
    """The case's own queries and rules as they are now."""
    for name in _OWN:
        shutil.rmtree(copy.root / name, ignore_errors=True)
        if (case.root / name).is_dir():
            shutil.copytree(case.root / name, copy.root / name)


def _copy_archive(case: Case, copy: Case) -> None:
    with case.reader() as archive:
        copy_archive(archive.connection, copy.root / ARCHIVE)
