"""A case: the folder that holds the archive, the graph, the settings and the secret."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from evidence.archive.archive import (
    Archive,
    create_archive,
    needed,
    open_reader,
    open_writer,
)
from evidence.archive.lock import write_lock
from evidence.care.erasing import finish_erasing
from evidence.care.layout import VAULT
from evidence.care.places import refuse_network
from evidence.care.secret import refuse_other_secret
from evidence.care.temporary import sweep, temporary
from evidence.errors import DataError, HeichanError, NotFoundError, UsageError
from evidence.settings import DEFAULT_ZONE, Settings, read_settings, toml_of, zone_of
from evidence.trust import is_trusted, trust

SETTINGS = "case.toml"
ARCHIVE = "archive.sqlite"
SECRET = "secret"
LOCK = "archive.lock"
TEMPORARY = "tmp"
FOLDERS = ("graph", "exports", "lexicon", "patterns", "queries")
_SECRET_BYTES = 32


@dataclass(frozen=True)
class Case:
    """An open case. What lies in an untrusted one beside the archive is not to be used."""

    root: Path
    settings: Settings
    kept_secret: bytes | None = field(repr=False)
    """None where the case was restored without it: it can be read, and nothing read into it."""
    trusted: bool

    @property
    def secret(self) -> bytes:
        """What keys are made with. Raises DataError where the case came without it."""
        return needed(self.kept_secret, self.root)

    @property
    def graph(self) -> Path:
        return self.root / "graph"

    @property
    def exports(self) -> Path:
        return self.root / "exports"

    def packs(self) -> tuple[Path, ...]:
        """Folders with the case's own queries; none in an untrusted case."""
        return (self.root / "queries",) if self.trusted else ()

    def lexicon(self) -> tuple[Path, ...]:
        """The case's own lexicon and pattern folders that hold something; none if untrusted."""
        folders = (self.root / "lexicon", self.root / "patterns") if self.trusted else ()
        return tuple(folder for folder in folders if folder.is_dir() and any(folder.iterdir()))

    def withheld(self) -> tuple[str, ...]:
        """Names of own folders that hold something and are not used, since nobody trusted them."""
        folders = () if self.trusted else ("lexicon", "patterns", "queries")
        found = (self.root / name for name in folders)
        return tuple(f.name for f in found if f.is_dir() and any(f.iterdir()))

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """The archive for writing, under the case's one lock; HeichanError where refused."""
        with (
            self.writing(),
            open_writer(self.root / ARCHIVE, self.kept_secret) as archive,
        ):
            refuse_other_secret(archive)
            finish_erasing(archive)
            yield archive

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The case's one write lock; what dead processes left under `tmp` goes first."""
        refuse_network(self.root)
        with write_lock(self.root / LOCK):
            sweep(self.root / TEMPORARY)
            yield

    def temporary(self) -> AbstractContextManager[Path]:
        """A fresh private folder of the case, removed at the end, at the latest by a writer."""
        return temporary(self.root / TEMPORARY)

    @contextmanager
    def reader(self) -> Iterator[Archive]:
        """The archive for reading only; works beside a writer."""
        with open_reader(self.root / ARCHIVE, self.kept_secret) as archive:
            yield archive


def create_case(
    root: Path,
    *,
    zone: str = DEFAULT_ZONE,
    purpose: str = "",
    owner: str = "",
    vault: Callable[[str], str] | None = None,
) -> Case:
    """Makes an empty case in a new or empty-enough folder; UsageError where something stands.

    `vault`: from the case's id to the public part of the key for its originals.
    """
    zone_of(zone)
    refuse_network(root.absolute())
    _refuse_existing(root)
    number = secrets.token_hex(16)
    key = vault(number) if vault else ""
    settings = Settings(id=number, zone=zone, purpose=purpose, owner=owner, vault=key)
    try:
        _lay_out(root, settings)
        trust(settings.id, root)
    except DataError:
        _take_back(root)
        raise
    except OSError as error:
        _take_back(root)
        raise DataError(
            f"cannot make a case in {root}: {error.strerror or error}",
            hint="choose a folder that you may write to",
            where={"file": str(error.filename or root)},
        ) from error
    return open_case(root)


def _refuse_existing(root: Path) -> None:
    if (root / SETTINGS).exists():
        raise UsageError(f"{root} is a case already", hint=f"use it: heichan --case {root} status")
    for name in (ARCHIVE, SECRET, *FOLDERS):
        if (root / name).exists() and not _left_over(root, name):
            raise UsageError(
                f"{root} holds {name}, but is no case", hint="choose a new or an empty folder"
            )


def _take_back(root: Path) -> None:
    """Removes what a creation made that failed; nothing of it stood there before."""
    for name in (SECRET, SETTINGS, f"{SETTINGS}.new", ARCHIVE, f"{ARCHIVE}-wal", f"{ARCHIVE}-shm"):
        (root / name).unlink(missing_ok=True)


def _left_over(root: Path, name: str) -> bool:
    """Whether a creation that was interrupted left this: an empty folder."""
    return (root / name).is_dir() and not any((root / name).iterdir())


def _lay_out(root: Path, settings: Settings) -> None:
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o700)
    for name in FOLDERS:
        (root / name).mkdir(mode=0o700, exist_ok=True)
    if settings.vault:
        (root / VAULT).mkdir(mode=0o700, exist_ok=True)
    _write_private(root / SECRET, secrets.token_hex(_SECRET_BYTES) + "\n")
    create_archive(root / ARCHIVE)
    # Last and whole: a folder without case.toml is no case yet.
    _write_private(root / f"{SETTINGS}.new", toml_of(settings))
    (root / f"{SETTINGS}.new").replace(root / SETTINGS)


def _write_private(path: Path, text: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def open_case(root: Path) -> Case:
    """Opens the case in exactly this folder; NotFoundError or DataError where there is none."""
    root = root.absolute()
    if not (root / SETTINGS).is_file():
        raise NotFoundError(
            f"{root} is not a case",
            hint=f"make one: heichan init {root}",
            where={"file": str(root)},
        )
    settings = read_settings(root / SETTINGS)
    if not (root / ARCHIVE).is_file():
        raise DataError(
            f"{root} holds no {ARCHIVE}", hint="restore it from a copy", where={"file": str(root)}
        )
    return Case(root, settings, _read_secret(root / SECRET), is_trusted(settings.id, root))


def _read_secret(path: Path) -> bytes | None:
    if not path.exists():
        return None
    try:
        secret = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is damaged"
        raise DataError(
            f"the case's secret cannot be read: {reason}",
            hint="without it no further file can be read into the case; put it back from a copy",
            where={"file": str(path)},
        ) from error
    if len(secret) != _SECRET_BYTES:
        raise DataError("the case's secret is damaged", where={"file": str(path)})
    return secret


def find_case(start: Path) -> Path | None:
    """The nearest folder upwards that holds a case; HeichanError where it is not trusted."""
    for folder in (start.absolute(), *start.absolute().parents):
        if not (folder / SETTINGS).is_file():
            continue
        if not is_trusted(read_settings(folder / SETTINGS).id, folder):
            raise HeichanError(
                f"{folder} holds a case that you neither made nor trusted",
                hint=f"name it to open it: --case {folder} (its own queries and terms stay unused)",
                where={"file": str(folder / SETTINGS)},
            )
        return folder
    return None


def resolve_case(named: Path | None, start: Path) -> Case:
    """The named case, else the nearest one upwards from `start`; NotFoundError without one."""
    found = named or find_case(start)
    if found is None:
        raise NotFoundError(
            "no case here or in a folder above",
            hint="make one: heichan init DIR, or name it: --case DIR",
        )
    return open_case(found)
