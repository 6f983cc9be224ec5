"""A key for each recipient of redacted files: kept in the user's state folder, not in the case."""

import os
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from evidence.errors import DataError, UsageError
from evidence.trust import state_folder
from graph.ids import normal_name

_BYTES = 32


def recipient_key(name: str) -> bytes:
    """The recipient's key, made at first; UsageError for an empty name, DataError if unreadable.

    The empty string is no name; case and width of the letters of a name make no difference.
    """
    known = normal_name(name)
    if not known:
        raise UsageError("a recipient needs a name", hint="--recipient NAME")
    path = _path(known)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _make(path)
        return _read(path)
    except OSError as error:
        raise DataError(
            f"the recipient's key cannot be kept: {error.strerror or error}",
            hint="put the permissions of the state folder right",
            where={"file": str(path)},
        ) from error


def _path(known: str) -> Path:
    # A name is no safe file name; its hash is.
    return (
        state_folder() / "recipients" / sha256(known.encode("utf-8", "surrogatepass")).hexdigest()
    )


def _make(path: Path) -> None:
    """Puts a new key in place in one step: of two processes at once the first one's key stays."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_hex(_BYTES) + "\n")
        with suppress(FileExistsError):
            os.link(part, path)
    finally:
        part.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as stream:
        path.chmod(0o600)
        text = stream.read()
    try:
        key = bytes.fromhex(text.decode("ascii").strip())
    except ValueError:
        key = b""
    if len(key) != _BYTES:
        raise DataError(
            "the recipient's key is damaged",
            hint="restore it from a copy; with another key later files fit none made before",
            where={"file": str(path)},
        )
    return key
