"""One file that holds a case as it was at one moment, with the hash of each part."""

import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import BinaryIO

import msgspec

from evidence.archive.copying import copy_archive
from evidence.care.layout import RESULTS, VAULT
from evidence.case import ARCHIVE, SECRET, SETTINGS, Case
from evidence.errors import UsageError
from evidence.files import whole_file

FORMAT = 1
MANIFEST = "manifest.json"
OWN = ("lexicon", "patterns", "queries", RESULTS)
"""Folders of the case that are in every backup; the graph is built anew."""
_BLOCK = 1 << 20


class Member(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file of the case, by its place in the folder."""

    path: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup holds."""

    format: int = FORMAT
    case: str
    program: str
    made_at: str
    files: list[Member]


class BackedUp(msgspec.Struct, frozen=True, kw_only=True):
    """A backup that was written; `sha256` is that of the whole file."""

    file: Path
    case: str
    files: int
    size: int
    sha256: str
    secret: bool
    vault: bool
    left_out: tuple[str, ...]
    """Links and the like, which are no files of the case."""


def back_up(
    case: Case, target: Path, *, secret: bool = False, vault: bool = False, force: bool = False
) -> BackedUp:
    """Writes the backup, beside a writer too; HeichanError where that cannot be done.

    Without `secret` whoever gets the file cannot test guesses of what is masked.
    """
    if target.exists() and not force:
        raise UsageError(f"{target} exists", hint="Give --force to overwrite it.")
    if secret:
        # Named where it is not there, before anything is written.
        assert case.secret
    left_out = tuple(_links(case.root, vault=vault))
    with case.temporary() as folder, whole_file(target) as stream:
        with case.reader() as archive:
            copy_archive(archive.connection, folder / ARCHIVE)
        parts = [(SETTINGS, case.root / SETTINGS), (ARCHIVE, folder / ARCHIVE)]
        parts += [(SECRET, case.root / SECRET)] if secret else []
        parts += [(each, case.root / each) for each in _names(case.root, vault=vault)]
        files = _write(stream, case, parts)
    return BackedUp(
        file=target,
        case=case.settings.id,
        files=len(files),
        size=target.stat().st_size,
        sha256=_digest(target),
        secret=secret,
        vault=vault and any(each.path.startswith(f"{VAULT}/") for each in files),
        left_out=left_out,
    )


def _write(stream: BinaryIO, case: Case, parts: list[tuple[str, Path]]) -> list[Member]:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        files = [_add(whole, name, path) for name, path in parts]
        manifest = Manifest(
            case=case.settings.id,
            program=version("heichan"),
            made_at=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            files=files,
        )
        whole.writestr(_info(MANIFEST), msgspec.json.format(msgspec.json.encode(manifest)))
    return files


def _add(whole: zipfile.ZipFile, name: str, path: Path) -> Member:
    digest, size, info = sha256(), 0, _info(name)
    # What is encrypted gets no smaller.
    info.compress_type = zipfile.ZIP_STORED if name.startswith(VAULT) else zipfile.ZIP_DEFLATED
    with path.open("rb") as source, whole.open(info, "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    return Member(name, size, digest.hexdigest())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, time.gmtime()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o100600 << 16
    return info


def _paths(root: Path, *, vault: bool) -> Iterator[Path]:
    for name in (*OWN, *([VAULT] if vault else [])):
        folder = root / name
        if folder.is_symlink():
            yield folder
        elif folder.is_dir():
            yield from sorted(folder.rglob("*"))


def _names(root: Path, *, vault: bool) -> Iterator[str]:
    for path in _paths(root, vault=vault):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix()


def _links(root: Path, *, vault: bool) -> Iterator[str]:
    for path in _paths(root, vault=vault):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            yield path.relative_to(root).as_posix()


def _digest(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
