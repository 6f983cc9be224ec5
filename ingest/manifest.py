"""`SHA256SUMS`: the list of hashes made when the files were collected, against the files now."""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import msgspec

from evidence.archive.suppression import Suppressed
from evidence.errors import InputError
from evidence.provenance.manifests import ListedFile, State
from graph import ids
from ingest.plan import Failure, Plan
from ingest.posts import Problem

_GNU = re.compile(r"(\\?)([0-9a-fA-F]{64}) [ *](.+)\Z", re.DOTALL)
_BSD = re.compile(r"(\\?)SHA(?:2-)?256 ?\((.+)\) ?= ?([0-9a-fA-F]{64})\Z", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\nr])")
_ESCAPED = {"\\": "\\", "n": "\n", "r": "\r"}
HINT = "leave --manifest out to read it as a file whose integrity is not shown"


class Manifest(msgspec.Struct, frozen=True):
    """A list of hashes: `listed` by name as written; `problems`: lines that are none."""

    path: Path
    sha256: str
    listed: dict[str, str]
    problems: tuple[Problem, ...]


class ManifestReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a list of hashes says of the files of this ingest."""

    path: str
    sha256: str
    matches: int
    differs: tuple[str, ...]
    missing: tuple[str, ...]
    """Listed, and not among the files given."""
    unlisted: tuple[str, ...]
    """Given, and not listed: read, without a hash from the time of collection."""

    @property
    def complete(self) -> bool:
        """Whether list and files are the same files."""
        return not (self.differs or self.missing or self.unlisted)


class Compared(msgspec.Struct, frozen=True):
    """A list with what came of each of its files."""

    manifest: Manifest
    files: tuple[ListedFile, ...]

    def report(self) -> ManifestReport:
        """The comparison as an answer tells it."""
        names = {
            state: tuple(file.path for file in self.files if file.state == state)
            for state in ("matches", "differs", "missing", "unlisted")
        }
        return ManifestReport(
            path=str(self.manifest.path),
            sha256=self.manifest.sha256,
            matches=len(names["matches"]),
            differs=names["differs"],
            missing=names["missing"],
            unlisted=names["unlisted"],
        )


def read_manifest(path: Path) -> Manifest:
    """The list in the format of `sha256sum`, GNU or BSD. InputError where it holds no hash."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _bad(path, error.strerror or str(error)) from error
    listed: dict[str, str] = {}
    problems: list[Problem] = []
    for number, line in _lines(data):
        entry = _entry(line)
        if entry is None:
            problems.append(Problem(f"line {number}", "no SHA-256 and name"))
        elif listed.setdefault(*entry) != entry[1]:
            problems.append(Problem(f"line {number}", "the same name with another hash"))
    if not listed:
        raise _bad(path, "holds no SHA-256 with a name")
    return Manifest(path, sha256(data).hexdigest(), listed, tuple(problems))


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    # Names need not be UTF-8: bytes that are not come back as the file system gives them.
    text = data.decode("utf-8-sig", "surrogateescape")
    for number, line in enumerate(text.split("\n"), 1):
        line = line.removesuffix("\r")
        if line.strip() and not line.startswith(("#", ";")):
            yield number, line


def _entry(line: str) -> tuple[str, str] | None:
    """Name and hash of a line; None where it is neither GNU's nor BSD's form."""
    if found := _GNU.match(line):
        escaped, digest, name = found.groups()
    elif found := _BSD.match(line):
        escaped, name, digest = found.groups()
    else:
        return None
    if escaped:
        name = _ESCAPE.sub(lambda match: _ESCAPED[match[1]], name)
    return (name, digest.lower()) if "\0" not in name else None


def compare(
    plan: Plan, manifest: Manifest, erased: Suppressed, companions: Sequence[Path] = ()
) -> Compared:
    """Compares the files of a plan with the list. What differs is no longer read.

    A file that lies under another name than the list gives is known by its hash. InputError where
    one of the files that go with the ingest differs.
    """
    places = dict(_places(manifest))
    hashes = {digest: name for name, digest in reversed(manifest.listed.items())}
    met = set(_companions(companions, manifest, places))
    files: list[ListedFile] = []
    for path, shown, found, inside in _present(plan):
        name = places.get(os.path.realpath(path)) or hashes.get(found)
        if name is None and inside:
            # The archive's own hash stands for what is in it.
            continue
        if name is None:
            files.append(ListedFile(shown, "unlisted", None, found))
            continue
        met.add(name)
        listed = manifest.listed[name]
        state: State = "matches" if listed == found else "differs"
        files.append(ListedFile(shown, state, listed, found))
    files += [
        ListedFile(name, "missing", digest)
        for name, digest in manifest.listed.items()
        # An erased file's hash is not to come back by way of a list.
        if name not in met and not erased.holds(ids.file(digest))
    ]
    _refuse_changed(plan, manifest, files)
    plan.failures += [Failure(str(manifest.path), problem) for problem in manifest.problems]
    return Compared(manifest, tuple(files))


def _present(plan: Plan) -> Iterator[tuple[str, str, str, bool]]:
    """Path, name and hash of each file that was met, and whether it stands in an archive."""
    for file in plan.inputs:
        yield str(file.source.path), file.source.name, file.sha256, file.parent is not None
    for archive in plan.archives:
        yield archive.name, archive.name, archive.held.sha256, archive.parent is not None
    for aside in plan.asides:
        if aside.sha256 is not None:
            yield aside.name, aside.name, aside.sha256, aside.parent is not None


def _companions(
    companions: Sequence[Path], manifest: Manifest, places: Mapping[str, str]
) -> Iterator[str]:
    """Listed names of files given by options: used already, so they must be as listed."""
    for path in companions:
        name = places.get(os.path.realpath(path))
        if name is None or path == manifest.path:
            continue
        if sha256(path.read_bytes()).hexdigest() != manifest.listed[name]:
            raise InputError(
                f"{path} is not as {manifest.path} lists it",
                hint="give the file as it was collected, or leave --manifest out",
                where={"file": str(path)},
            )
        yield name


def _places(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Where a listed name may lie: from the working folder; before it, from the list's folder."""
    for base in (Path.cwd(), manifest.path.absolute().parent):
        for name in manifest.listed:
            yield os.path.realpath(base / name.replace("\\", "/")), name
            yield os.path.realpath(base / name), name


def _refuse_changed(plan: Plan, manifest: Manifest, files: list[ListedFile]) -> None:
    changed = {file.path: file for file in files if file.state == "differs"}
    plan.leave_out(changed)
    for path, file in changed.items():
        reason = (
            f"not as it was collected: sha256 {file.found}, {manifest.path} lists {file.listed};"
            f" {HINT}"
        )
        plan.failures.append(Failure(path, Problem("file", reason)))


def _bad(path: Path, reason: str) -> InputError:
    return InputError(
        f"manifest {path}: {reason}",
        hint="lines as `sha256sum FILE...` or `shasum -a 256 --tag` write them",
        where={"file": str(path)},
    )
