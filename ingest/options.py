"""What the user asks of an ingest, and what it reports."""

from pathlib import Path

import msgspec

from evidence.grading.grades import Grade
from evidence.settings import Tlp
from ingest.manifest import ManifestReport
from ingest.posts import Problem


class IngestOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Options of `ingest`. `reader`: its name, None to detect; `jobs`: None chooses by size."""

    reader: str | None = None
    mapping: Path | None = None
    venue: str | None = None
    tz: str | None = None
    coverage: Path | None = None
    manifest: Path | None = None
    own_accounts: tuple[str, ...] = ()
    operator: str | None = None
    received_from: str | None = None
    legal_basis: str | None = None
    purpose: str | None = None
    tlp: Tlp | None = None
    source_grade: Grade | None = None
    jobs: int | None = None


class FileReport(msgspec.Struct, kw_only=True):
    """What one file gave. `reader` and `sha256` are None where the file could not be read."""

    path: str
    reader: str | None
    sha256: str | None
    zone: str | None
    posts: int = 0
    new: int = 0
    known: int = 0
    skipped: int = 0
    problems: list[Problem] = []


class IngestReport(msgspec.Struct, kw_only=True, dict=True):
    """What an ingest did; its fields are the JSON of the public interface."""

    files: list[FileReport]
    set_aside: int
    posts: int
    new: int
    listings: int
    accounts: int
    seconds: float
    manifest: ManifestReport | msgspec.UnsetType = msgspec.UNSET

    @property
    def failed(self) -> tuple[str, ...]:
        """Paths of named inputs that could not be read, gave nothing, or broke off."""
        return tuple(self.__dict__.get("_failed", ()))

    @property
    def asides(self) -> tuple[Problem, ...]:
        """Files that were set aside whole, each with the reason."""
        return tuple(self.__dict__.get("_asides", ()))

    def with_failed(self, paths: list[str], asides: list[Problem]) -> "IngestReport":
        """The report with failed inputs and files set aside; they are no field of the JSON."""
        self.__dict__["_failed"] = tuple(paths)
        self.__dict__["_asides"] = tuple(asides)
        return self
