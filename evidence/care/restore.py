"""A case from a backup. The backup may be a stranger's: nothing in it is believed unchecked."""

import os
import shutil
import sqlite3
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from importlib.resources import files
from pathlib import Path, PurePosixPath

import msgspec

from evidence.archive.archive import connect, known_version
from evidence.archive.copying import refuse_damaged
from evidence.care.backup import FORMAT, MANIFEST, OWN, Manifest, Member
from evidence.care.layout import VAULT
from evidence.care.places import refuse_network
from evidence.case import ARCHIVE, FOLDERS, SECRET, SETTINGS, open_case
from evidence.errors import HeichanError, InputError, UsageError
from evidence.settings import read_settings
from evidence.trust import distrust

_PLAIN = (SETTINGS, ARCHIVE, SECRET)
_MOST_FILES = 100_000
_MOST_MANIFEST = 32 << 20
_FREE = 1 << 30
_RATIO = 100
"""A backup may unpack to so many times its size, and to a GiB in any case."""
_BLOCK = 1 << 20
_ACTING = (
    "SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'view') OR sql LIKE 'CREATE VIRTUAL%'"
)


class Restored(msgspec.Struct, frozen=True):
    """A case that stands again, untrusted; `version` is that of its archive."""

    case: str
    folder: Path
    files: int
    made_at: str
    version: int
    secret: bool


def restore(backup: Path, folder: Path) -> Restored:
    """Makes the folder from a backup, whole or not at all.

    Raises UsageError where something stands in the folder, InputError where the backup is no
    sound one, DataError where its archive is damaged or of a newer version.
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise UsageError(f"{folder} is not empty", hint="choose a new folder")
    refuse_network(folder.absolute())
    with _staged(folder) as stage:
        with _opened(backup) as whole:
            manifest = _manifest(whole, backup)
            for member in manifest.files:
                _unpack(whole, member, stage, backup)
        for name in FOLDERS:
            (stage / name).mkdir(mode=0o700, exist_ok=True)
        found = _checked(stage, manifest, backup)
        if folder.exists():
            folder.rmdir()
        stage.rename(folder)
    # Trust goes by id and place, and the user may have had another case of this id here.
    distrust(manifest.case, folder)
    case = open_case(folder)
    return Restored(
        case=case.settings.id,
        folder=case.root,
        files=len(manifest.files),
        made_at=manifest.made_at,
        version=found,
        secret=case.kept_secret is not None,
    )


@contextmanager
def _staged(folder: Path) -> Iterator[Path]:
    """A private folder beside the one to make; gone unless it was moved there."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name[:80]}.", dir=folder.parent))
    except OSError as error:
        raise UsageError(
            f"{folder} cannot be made: {error.strerror}", hint="choose a folder you may write to"
        ) from error
    try:
        yield stage
    except OSError as error:
        raise HeichanError(
            f"{folder} could not be restored: {error.strerror or error}",
            hint="make room, or choose another place",
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextmanager
def _opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    try:
        whole = zipfile.ZipFile(backup)
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _unsound(backup, reason) from error
    with whole:
        try:
            yield whole
        # A stranger's file makes the library raise whatever it meets.
        except (
            zipfile.BadZipFile,
            EOFError,
            NotImplementedError,
            RuntimeError,
            zlib.error,
        ) as error:
            raise _unsound(backup, str(error) or type(error).__name__) from error


def _manifest(whole: zipfile.ZipFile, backup: Path) -> Manifest:
    """The manifest, when it lists exactly what is there and all of it may be unpacked."""
    infos = whole.infolist()
    names = [info.filename for info in infos]
    if len(infos) > _MOST_FILES:
        raise _unsound(backup, f"it holds {len(infos)} files; {_MOST_FILES} at the most")
    if MANIFEST not in names:
        raise _unsound(backup, f"it holds no {MANIFEST}")
    with whole.open(MANIFEST) as stream:
        text = stream.read(_MOST_MANIFEST + 1)
    try:
        manifest = msgspec.json.decode(text[:_MOST_MANIFEST], type=Manifest)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _unsound(backup, f"its {MANIFEST} cannot be read: {error}") from error
    if manifest.format > FORMAT:
        raise InputError(
            f"{backup}: a backup of format {manifest.format}; this program knows {FORMAT}",
            hint="install a newer heichan",
            where={"file": str(backup)},
        )
    listed = [member.path for member in manifest.files]
    _refuse_names(infos, backup)
    if sorted([*listed, MANIFEST]) != sorted(names):
        raise _unsound(backup, f"its {MANIFEST} does not list what it holds")
    if not {SETTINGS, ARCHIVE} <= set(listed):
        raise _unsound(backup, f"it lacks {SETTINGS} or {ARCHIVE}")
    _refuse_too_large(manifest, backup)
    return manifest


def _refuse_names(infos: list[zipfile.ZipInfo], backup: Path) -> None:
    met: set[str] = set()
    for info in infos:
        name, kind = info.filename, info.external_attr >> 16
        if name.casefold() in met:
            raise _unsound(backup, f"it holds {name} twice")
        met.add(name.casefold())
        if name != MANIFEST and not _belongs(name):
            raise _unsound(backup, f"{name} is no file of a case")
        if stat.S_IFMT(kind) not in (0, stat.S_IFREG) or info.flag_bits & 1:
            raise _unsound(backup, f"{name} is a link, or encrypted")


def _belongs(name: str) -> bool:
    """Whether a case may hold a file of this name, below its folder on any system."""
    parts = PurePosixPath(name).parts
    if name in _PLAIN:
        return True
    if len(parts) < 2 or parts[0] not in (*OWN, VAULT) or "/".join(parts) != name:
        return False
    return all(
        part not in (".", "..")
        and part == part.strip(" ")
        and not part.endswith(".")
        and part.isprintable()
        and not set(part) & set('\\:*?"<>|')
        for part in parts
    )


def _refuse_too_large(manifest: Manifest, backup: Path) -> None:
    size = sum(member.size for member in manifest.files)
    if any(member.size < 0 for member in manifest.files) or size > max(
        _FREE, _RATIO * backup.stat().st_size
    ):
        raise _unsound(backup, f"it would unpack to {size} bytes")


def _unpack(whole: zipfile.ZipFile, member: Member, stage: Path, backup: Path) -> None:
    path = stage / member.path
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    digest, left = sha256(), member.size
    with os.fdopen(handle, "wb") as target, whole.open(member.path) as source:
        while block := source.read(min(_BLOCK, left + 1)):
            left -= len(block)
            if left < 0:
                break
            digest.update(block)
            target.write(block)
    if left or digest.hexdigest() != member.sha256:
        raise _unsound(backup, f"{member.path} is not as its {MANIFEST} says")


def _checked(stage: Path, manifest: Manifest, backup: Path) -> int:
    """The archive's version, when settings and archive are sound."""
    if read_settings(stage / SETTINGS).id != manifest.case:
        raise _unsound(backup, f"its {SETTINGS} is that of another case")
    path = stage / ARCHIVE
    with closing(connect(path, "ro")) as connection:
        version = known_version(connection, path)
        try:
            refuse_damaged(connection, path)
            acting = {text for (text,) in connection.execute(_ACTING)} - _known_acting()
        except sqlite3.Error as error:
            raise _unsound(backup, f"its archive is damaged: {error}") from error
    if acting:
        raise _unsound(backup, "its archive would run statements of its own")
    return version


def _known_acting() -> set[str]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for name in ("schema.sql", "search.sql"):
            script = files("evidence.archive").joinpath(name).read_text("utf-8")
            connection.executescript(script)
        return {text for (text,) in connection.execute(_ACTING)}


def _unsound(backup: Path, reason: str) -> InputError:
    return InputError(
        f"{backup} is no sound backup: {reason}",
        hint="a backup is made by: heichan case backup -o FILE",
        where={"file": str(backup)},
    )
