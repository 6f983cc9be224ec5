"""Originals under the hash of what they hold, written once and encrypted (age format)."""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from evidence.care.layout import VAULT
from evidence.case import Case
from evidence.errors import DataError, HeichanError, NotFoundError
from evidence.vault.kept import kept
from evidence.vault.keys import age, find_key


class Vault:
    """The vault of a case. Whoever reads files into the case needs no key, only its public part."""

    def __init__(self, case: Case) -> None:
        if not case.settings.vault:
            raise NotFoundError(
                "this case keeps no originals",
                hint="a vault is made with the case: heichan init DIR --vault",
            )
        self._case = case
        self.folder = case.root / VAULT

    @classmethod
    def of(cls, case: Case) -> Callable[[str], bool]:
        """Whether the case keeps the original of a SHA-256; never where it has no vault."""
        return cls(case).holds if case.settings.vault else lambda _: False

    def holds(self, digest: str) -> bool:
        """Whether the original of this SHA-256 is kept."""
        return kept(self._case.root, digest) is not None

    def keep(self, digest: str, source: BinaryIO) -> bool:
        """Keeps an original that is not kept yet; True where it was. Raises HeichanError."""
        if self.holds(digest):
            return False
        if not self._case.trusted:
            raise HeichanError(
                "the vault of a case from elsewhere is locked with a key from elsewhere",
                hint=f"if it is yours: heichan case trust {self._case.root}",
            )
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            with self._case.temporary() as folder:
                part = folder / digest
                with _private(part) as target:
                    self._encrypt(digest, source, target)
                part.replace(self.folder / digest)
        except OSError as error:
            raise DataError(
                f"the original cannot be kept: {error.strerror or error}",
                hint="check the free space of the case's folder",
                where={"file": str(self.folder)},
            ) from error
        return True

    def _encrypt(self, digest: str, source: BinaryIO, target: BinaryIO) -> None:
        hashed = _Hashed(source)
        recipient = age().x25519.Recipient.from_str(self._case.settings.vault)
        age().encrypt_io(hashed, target, [recipient])
        if hashed.digest.hexdigest() != digest:
            raise DataError(
                "a file changed while it was read",
                hint="ingest it again when nobody writes to it",
                where={"sha256": digest},
            )

    def check(self, digest: str) -> None:
        """Opens an original and hashes it, keeping nothing. Raises HeichanError."""
        self._open(digest, None)

    def take_out(self, digest: str, target: Path) -> None:
        """Writes the original into a new private file. Raises HeichanError."""
        with _private(target) as plain:
            self._open(digest, plain)

    def _open(self, digest: str, target: BinaryIO | None) -> None:
        key = find_key(self._case.settings.id, self._case.root)
        if not self.holds(digest):
            raise NotFoundError(f"the vault does not hold {digest}", hint="heichan evidence ID")
        plain = _Hashed(target)
        try:
            with (self.folder / digest).open("rb") as source:
                age().decrypt_io(source, plain, [key])
        except (age().DecryptError, OSError) as error:
            raise DataError(
                f"the vault's file {digest} cannot be opened: {error}",
                hint="the key is not that of this vault, or the file is damaged",
            ) from error
        if plain.digest.hexdigest() != digest:
            raise DataError(f"the vault's file {digest} holds something else")


class _Hashed:
    """A stream, or nothing, that hashes what passes."""

    def __init__(self, stream: BinaryIO | None) -> None:
        self._stream = stream
        self.digest = sha256()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size) if self._stream else b""
        self.digest.update(data)
        return data

    def write(self, data: bytes) -> int:
        """Takes all of it."""
        self.digest.update(data)
        return self._stream.write(data) if self._stream else len(data)

    def flush(self) -> None:
        """Nothing is held back here."""


def _private(path: Path) -> BinaryIO:
    """A new file that only its owner may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
