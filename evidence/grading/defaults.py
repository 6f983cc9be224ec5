"""The grade that stands while nobody has judged: computed and shown as such, never stored."""

import sqlite3
from collections.abc import Collection, Mapping
from typing import Final

import msgspec

from evidence.grading.targets import kind_of
from evidence.provenance.integrity import NOT_SHOWN, Integrity, integrity


class Default(msgspec.Struct, frozen=True):
    """Codes in Admiralty, None where there is none, and why."""

    source: str | None
    item: str | None
    why: str

    @property
    def words(self) -> str:
        """The grade as it is written, else why there is none."""
        return f"{self.source or ''}{self.item or ''}" or self.why


SELLER: Final = Default("F", "6", "an account's own claim")
RULED: Final = Default("E", "4", "a claim of an account with an upheld scam ruling")
POSTING: Final = Default(
    "B", "1", "the posting itself, with a collection record and a hash from that time"
)
OF_CLASS: Final[Mapping[str, Default]] = {
    "vendor_report": Default("B", "2", "a vendor's report; B3 where a person judges so"),
    "report": Default("B", "2", "a report that a person names; B3 where a person judges so"),
    "press": Default("B", "2", "press that quotes the police"),
    "court": Default("A", "1", "a court, for the facts it found"),
}
"""By the class of a source, and by the basis of what a person knows."""
_FINDINGS: Final = frozenset({"organisation", "market", "place", "event", "figure", "role"})
_SAID: Final = """
SELECT r.kind, a.id FROM record r JOIN post_version v ON v.n = r.version_n
JOIN post p ON p.n = v.post_n LEFT JOIN account a ON a.n = p.account_n
WHERE r.id = ?1 OR r.n = (SELECT record_n FROM claim WHERE id = ?1)
"""
_FILES_OF: Final = """
SELECT DISTINCT f.id, p.kind FROM post p JOIN post_version v ON v.post_n = p.n
JOIN capture c ON c.version_n = v.n JOIN file f ON f.n = c.file_n WHERE p.id = ?
"""
_REPORT: Final = """
SELECT 1 FROM file f JOIN capture c ON c.file_n = f.n JOIN post_version v ON v.n = c.version_n
JOIN post p ON p.n = v.post_n WHERE f.id = ? AND p.kind = 'report_passage' LIMIT 1
"""


class Defaults:
    """Gives the default of any id. `upheld`: accounts against which a scam ruling was upheld."""

    def __init__(self, connection: sqlite3.Connection, upheld: Collection[str] = ()) -> None:
        self._connection = connection
        self._upheld = upheld
        self._whole = integrity(connection)

    def of(self, identifier: str) -> Default | None:
        """The default of a source or an item; None where there is none to be had."""
        match kind_of(identifier):
            case "account" | "actor":
                return msgspec.structs.replace(self.of_speaker(identifier), item=None)
            case "listing" | "claim":
                return self._of_record(identifier)
            case "post":
                return self.of_post(identifier)
            case "file":
                return self._of_file(identifier)
            case _:
                return None

    def of_speaker(self, account: str | None) -> Default:
        """What an account claims."""
        return RULED if account in self._upheld else SELLER

    def of_post(self, post: str) -> Default:
        """The posting itself, as an observation, not what it says; of a report what it says."""
        rows = self._connection.execute(_FILES_OF, (post,)).fetchall()
        if any(kind == "report_passage" for _, kind in rows):
            return OF_CLASS["vendor_report"]
        return _shown([self._whole.get(file) for file, _ in rows])

    def _of_record(self, identifier: str) -> Default | None:
        row = self._connection.execute(_SAID, (identifier,)).fetchone()
        if row is None:
            return None
        kind, account = row
        return OF_CLASS["vendor_report"] if kind in _FINDINGS else self.of_speaker(account)

    def _of_file(self, file: str) -> Default:
        if self._connection.execute(_REPORT, (file,)).fetchone():
            return OF_CLASS["vendor_report"]
        return _shown([self._whole.get(file)])


def _shown(found: list[Integrity | None]) -> Default:
    """The best of the files in which it stands; without any the words that nothing is shown."""
    known = [each for each in found if each is not None]
    if any(each.shown for each in known):
        return POSTING
    return Default(None, None, min((each.words for each in known), default=NOT_SHOWN))
