"""The files that were read, against the hashes that the archive holds of them."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from hashlib import file_digest
from pathlib import Path

import msgspec

from evidence.archive.archive import Archive
from evidence.pace import Progress
from evidence.provenance.runs import RunFile, files_of, root_of
from evidence.verify.found import Checked
from graph import ids

_FILES = """
SELECT id, path, parent_id FROM file WHERE reader IS NOT NULL
UNION ALL SELECT 'file:' || sha256, name, NULL FROM aside WHERE sha256 IS NOT NULL
ORDER BY 1, 2
"""
_RUNS = "SELECT n, id, options, tz, root FROM run WHERE ended_at IS NOT NULL ORDER BY id"
_MASKED = "▮"


def check_originals(archive: Archive, progress: Progress, kept: Callable[[str], bool]) -> Checked:
    """Hashes each file whose path still leads to one; the others are told as not kept.

    What stands in an archive is as it was where the archive is. `kept`: whether the vault holds the
    original of a hash.
    """
    rows = archive.connection.execute(_FILES).fetchall()
    every = {id_ for id_, _, _ in rows}
    checked = Checked(check="originals", of=len(every))
    parents = {id_: parent for id_, _, parent in rows if parent is not None}
    met = _met(rows, parents, checked, progress)
    inside = {id_ for id_ in parents if _outermost(id_, parents) in met}
    checked.looked_at = len(met) + len(inside)
    gone = every - met - inside
    safe = sum(kept(id_.removeprefix("file:")) for id_ in gone)
    if safe:
        checked.said.append(f"{safe} of {checked.of} are not at their paths; the vault keeps them")
    if lost := len(gone) - safe:
        checked.said.append(f"original not kept: {lost} of {checked.of} are not at their paths")
    return checked


def _met(
    rows: Sequence[tuple[str, str, str | None]],
    parents: Container[str],
    checked: Checked,
    progress: Progress,
) -> set[str]:
    """Ids of those whose paths lead to them, or to something else, which differs."""
    known = defaultdict(set)
    for id_, path, _ in rows:
        known[path].add(id_)
    met: set[str] = set()
    for number, (id_, path, _) in enumerate(rows, 1):
        found = None if id_ in parents else _id_of(Path(path))
        # Another file of the case may lie there by now: then this one is gone.
        if found is not None and (found == id_ or found not in known[path]):
            met.add(id_)
            if found != id_:
                checked.differs(id_, path, f"the file there has sha256 {found[5:]}")
        progress("originals", number, len(rows))
    return met


def _outermost(id_: str, parents: Mapping[str, str]) -> str:
    """The archive on the disk in which a file stands, itself where it stands in none."""
    met: set[str] = set()
    while id_ in parents and id_ not in met:
        met.add(id_)
        id_ = parents[id_]
    return id_


def _id_of(path: Path) -> str | None:
    """Id of the file at a path; None where there is none that can be read."""
    try:
        with path.open("rb") as stream:
            return ids.file(file_digest(stream, "sha256").hexdigest())
    except (OSError, ValueError):
        return None


def check_runs(archive: Archive) -> Checked:
    """The ids of runs and the hashes over their files."""
    connection = archive.connection
    runs = connection.execute(_RUNS).fetchall()
    checked = Checked(check="runs", of=len(runs))
    erased = connection.execute("SELECT 1 FROM tombstone LIMIT 1").fetchone() is not None
    for n, id_, options, zone, root in runs:
        files = files_of(connection, n)
        if not files and root is None:
            checked.said.append(f"{id_}: the list of its files was not kept then")
            continue
        checked.looked_at += 1
        if erased:
            continue
        if root_of(one.sha256 for one in files) != root:
            checked.differs(id_, f"{len(files)} files", "its root is not that over their hashes")
        elif not _fits(id_, files, options, zone):
            checked.differs(id_, f"{len(files)} files", "its id is not made of files and options")
    if erased:
        checked.said.append("roots and ids not compared: something was erased from this case")
    return checked


def _fits(id_: str, files: list[RunFile], options: str, zone: str) -> bool:
    """Whether the id of a run is made of its files and options; masked ones cannot tell."""
    if _MASKED in options:
        return True
    given = msgspec.json.decode(options, type=dict[str, str])
    if given.get("reader") == "detect":
        del given["reader"]
    hashes = [one.sha256 for one in files if not one.packed for _ in range(one.times)]
    return id_ == ids.run(hashes, {**given, "zone": zone})
