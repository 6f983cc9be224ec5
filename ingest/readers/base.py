"""What every reader is given and gives: a source, its first bytes, options, items in file order."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import BinaryIO, Protocol

from evidence.errors import InputError, UsageError
from graph import ids
from ingest.posts import Item
from ingest.readers.encoding import BOMS, Encoding, detect_encoding
from ingest.readers.mapping import Mapping

HEAD_BYTES = 64 * 1024


@dataclass(frozen=True)
class Head:
    """The first 64 KiB of a source. `text` is decoded best effort and is for sniffing only."""

    data: bytes
    name: str

    @cached_property
    def encoding(self) -> Encoding:
        return detect_encoding(self.data)

    @cached_property
    def text(self) -> str:
        codec = self.encoding.codec or "utf-8"
        return self.data[self.encoding.bom :].decode(codec, "replace")


@dataclass(frozen=True)
class Source:
    """A file to read: where it lies and the name to show for it."""

    path: Path
    name: str
    keep: object = field(default=None, repr=False, compare=False)
    """Holds the temporary folder that it lies in for as long as the source is in use."""
    alone: bool = False
    """Nothing lies beside it, since it came as standard input."""

    @property
    def size(self) -> int:
        """Size in bytes."""
        try:
            return self.path.stat().st_size
        except OSError as error:
            raise self._unreadable(error) from error

    def open(self) -> BinaryIO:
        """A fresh binary stream from the first byte; InputError where the system refuses."""
        try:
            return self.path.open("rb")
        except (OSError, ValueError) as error:
            raise self._unreadable(error) from error

    def head(self) -> Head:
        """The first 64 KiB."""
        with self.open() as stream:
            return Head(stream.read(HEAD_BYTES), self.name)

    def encoding(self) -> Encoding:
        """The encoding, judged where the first bytes beyond ASCII stand."""
        with self.open() as stream:
            data = stream.read(HEAD_BYTES)
            while data.isascii() and not data.startswith(BOMS) and b"\0" not in data:
                more = stream.read(HEAD_BYTES)
                if not more:
                    break
                data = data[-4:] + more
        return detect_encoding(data)

    def require_encoding(self) -> Encoding:
        """The encoding; InputError with file and byte where none fits."""
        encoding = self.encoding()
        if encoding.codec is None:
            raise InputError(
                f"{self.name}: not in a known encoding (byte {encoding.bad_byte})",
                hint="convert the file to UTF-8 and ingest it again",
                where={"file": self.name, "byte": encoding.bad_byte},
            )
        return encoding

    def require_utf8(self) -> Encoding:
        """For formats that are UTF-8 always: InputError where the whole file is in another.

        A file with some bad bytes passes; the records that hold them are its reader's problem.
        """
        encoding = self.encoding()
        if encoding.codec in ("utf-8", None):
            return encoding
        raise InputError(
            f"{self.name}: written in {encoding.codec} (byte {encoding.bad_byte} is not UTF-8)",
            hint=f"convert it: iconv -f {encoding.codec} -t utf-8 FILE > NEW",
            where={"file": self.name, "byte": encoding.bad_byte},
        )

    def _unreadable(self, error: Exception) -> InputError:
        reason = getattr(error, "strerror", None) or str(error)
        return InputError(
            f"{self.name}: {reason}",
            hint="check the path and its permissions",
            where={"file": self.name},
        )


@dataclass(frozen=True)
class ReadOptions:
    """What the user said about the files: a column mapping, and the venue they belong to."""

    mapping: Mapping | None = None
    venue: str | None = None
    """A venue id, or the number or name that the platform gives it."""

    def venue_id(self, platform: str) -> str | None:
        """The venue id that the user named, for this platform; None where nothing was named."""
        named = self.venue or (self.mapping.venue if self.mapping else None)
        if not named:
            return None
        if not named.startswith("venue:"):
            return (
                ids.venue(platform, named) if named.isdecimal() else ids.venue_name(platform, named)
            )
        if len(parts := named.split(":", 2)) < 3 or not all(parts):
            raise UsageError(
                f"not a venue id: {named}", hint="write venue:<platform>:<number> or name/<name>"
            )
        return named


class Signs(int):
    """How strongly a head shows a format, 0 (not) to 100, and what it is seen by.

    `missing`: what a head that shows some of it lacks.
    """

    seen: tuple[str, ...]
    missing: str

    def __new__(cls, strength: int, *seen: str, missing: str = "") -> "Signs":
        signs = super().__new__(cls, strength)
        signs.seen = seen
        signs.missing = missing
        return signs


NO_SIGNS = Signs(0)


def weighed(
    weights: Iterable[tuple[re.Pattern[str], int]], text: str, enough: int, missing: str
) -> Signs:
    """The signs found in a text, each with its weight; none where they do not weigh enough."""
    found = [(match[0], weight) for sign, weight in weights if (match := sign.search(text))]
    strength = min(sum(weight for _, weight in found), 100)
    return Signs(
        strength if strength >= enough else 0, *(shown for shown, _ in found), missing=missing
    )


class Reader(Protocol):
    """One format. `sniff` says what speaks for it; `encoding` is None where a file has no single
    one."""

    name: str

    def sniff(self, head: Head) -> Signs: ...

    def encoding(self, source: Source) -> Encoding | None: ...

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]: ...


def native_part(entity_id: str) -> str:
    """`venue:qq:name/x` -> `name/x`: what stands behind the platform."""
    return entity_id.split(":", 2)[2]
