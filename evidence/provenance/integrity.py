"""Whether it is shown that a file is as it was when it was collected."""

import sqlite3
from collections.abc import Iterator, Mapping

import msgspec

NOT_SHOWN = "integrity not shown"
SHOWN = "hash from the time of collection"
_FILES = """
SELECT f.id, f.parent_id, f.state LIKE 'unpacked%',
  EXISTS (SELECT 1 FROM run r WHERE length(trim(r.operator)) > 0 AND
    (r.n = f.run_n OR r.n IN (SELECT run_n FROM run_file WHERE file_n = f.n))),
  EXISTS (SELECT 1 FROM manifest_line l WHERE l.file_n = f.n AND l.state = 'matches')
FROM file f WHERE f.reader IS NOT NULL ORDER BY f.id
"""


class Integrity(msgspec.Struct, frozen=True):
    """`recorded`: a run of the file says who collected it; `hashed`: a list of hashes agrees."""

    recorded: bool
    hashed: bool

    @property
    def shown(self) -> bool:
        """Both: only then a change after the collection would have been seen."""
        return self.recorded and self.hashed

    @property
    def words(self) -> str:
        """What is said of it, with what is lacking."""
        if self.shown:
            return SHOWN
        lacking = [
            what
            for what, there in (
                ("no collection record", self.recorded),
                ("no hash from the time of collection", self.hashed),
            )
            if not there
        ]
        return f"{NOT_SHOWN}: {', '.join(lacking)}"


def integrity(connection: sqlite3.Connection) -> dict[str, Integrity]:
    """Of each file that was read, by its id; a hash of an archive vouches for what stands in it."""
    rows = connection.execute(_FILES).fetchall()
    parents = {file: parent for file, parent, *_ in rows}
    hashed = {file for file, *_, listed in rows if listed}
    return {
        file: Integrity(bool(recorded), any(one in hashed for one in _upwards(file, parents)))
        for file, _, packed, recorded, _ in rows
        if not packed
    }


def _upwards(file: str, parents: Mapping[str, str | None]) -> Iterator[str]:
    """A file and the archives in which it stands, the outermost last."""
    met: set[str] = set()
    at: str | None = file
    while at is not None and at not in met:
        met.add(at)
        yield at
        at = parents.get(at)
