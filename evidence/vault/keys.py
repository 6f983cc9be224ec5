"""The key that opens a vault: in the environment, or in a file outside the case."""

import os
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from evidence.errors import DataError, HeichanError, UsageError
from evidence.trust import state_folder

VARIABLE = "HEICHAN_VAULT_KEY"
Identity = Any
"""A key of the library, which says nothing of its types."""
_BEGINS = "AGE-SECRET-KEY-1"
_READ_BY_OTHERS = 0o077


def age() -> ModuleType:
    """The library of the age format. Raises HeichanError where it is not installed."""
    try:
        return import_module("pyrage")
    except ImportError as error:
        raise HeichanError(
            "a vault needs the package pyrage", hint="install heichan[vault]"
        ) from error


def key_file(case_id: str) -> Path:
    """Where the key of a case lies unless the environment names another."""
    return state_folder() / "vault" / f"{case_id}.key"


class NewVault:
    """Gives a new case the public part of its key; `file`: where a key that was made lies."""

    def __init__(self) -> None:
        self.file: Path | None = None

    def __call__(self, case_id: str) -> str:
        """The public part of the user's own key, or of one that is made."""
        if os.environ.get(VARIABLE):
            return str(_identity(_given()).to_public())
        made, self.file = age().x25519.Identity.generate(), key_file(case_id)
        self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            # The shape that the age tools read and write.
            stream.write(f"# public key: {made.to_public()}\n{made}\n")
        return str(made.to_public())


def find_key(case_id: str, root: Path) -> Identity:
    """The key of a case's vault. Raises HeichanError where there is none, or others may read it."""
    if os.environ.get(VARIABLE):
        return _identity(_given())
    path = key_file(case_id)
    if not path.exists():
        raise HeichanError(
            "the key of this vault is not here",
            hint=f"set {VARIABLE} to the key, or to the file that holds it",
            where={"file": str(path)},
        )
    return _identity(_read(path, root))


def _given() -> str:
    value = os.environ[VARIABLE].strip()
    return value if value.startswith(_BEGINS) else _read(Path(value), None)


def _read(path: Path, root: Path | None) -> str:
    try:
        mode, text = path.stat().st_mode, path.read_text("ascii")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise UsageError(f"the vault's key cannot be read: {reason}", hint=str(path)) from error
    if os.name == "posix" and mode & _READ_BY_OTHERS:
        raise UsageError(f"others may read the vault's key {path}", hint=f"chmod 600 {path}")
    if root is not None and path.resolve().is_relative_to(root.resolve()):
        raise UsageError(f"the vault's key {path} lies inside the case", hint="move it elsewhere")
    lines = [line.strip() for line in text.splitlines()]
    return next((line for line in lines if line.startswith(_BEGINS)), "")


def _identity(text: str) -> Identity:
    try:
        return age().x25519.Identity.from_str(text)
    except age().IdentityError as error:
        raise DataError(
            "the vault's key is no key of the age format",
            hint=f"{_BEGINS}…, as age-keygen writes it",
        ) from error
