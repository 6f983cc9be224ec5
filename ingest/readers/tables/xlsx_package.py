"""The parts of an Office package: found, limited in their expansion, parsed without a DTD."""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import IO
from xml.parsers import expat

from evidence.errors import InputError
from ingest.readers.base import Source

MOST_MEMBERS = 20_000
MOST_EXPANSION = 400
"""Times the packed size that a part may have, once it is larger than `SMALL`."""
SMALL = 64 << 20
_BLOCK = 1 << 16
_LONGEST_TAG = 1 << 20
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError)
_ROOTS = ("[Content_Types].xml", "_rels/", "docProps/", "customXml/")
_NAME = re.compile(rb"PK\x03\x04.{22}[^\x00]\x00..xl/", re.DOTALL)
_HEADER = 30


class PartError(ValueError):
    """A part is damaged, expands too far, or is no plain XML."""


class Package:
    """An open package; InputError where it is none."""

    def __init__(self, source: Source, stream: IO[bytes]) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except _DAMAGED as error:
            raise unusable(source, f"cut off or damaged: {error}") from error
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise unusable(source, f"more than {MOST_MEMBERS} parts")

    def names(self) -> list[str]:
        """The names of its parts, sorted."""
        return sorted(set(self._zip.namelist()))

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part in pieces; PartError where it is missing, damaged or expands too far."""
        try:
            info = self._zip.getinfo(name)
            most = max(SMALL, info.compress_size * MOST_EXPANSION)
            size = 0
            with closing(self._zip.open(info)) as part:
                while block := part.read(_BLOCK):
                    size += len(block)
                    if size > most:
                        raise PartError(f"expands more than {MOST_EXPANSION} times")
                    yield block
        except KeyError as error:
            raise PartError("missing from the file") from error
        except PartError:
            raise
        except _DAMAGED as error:
            raise PartError(f"damaged: {error}"[:200]) from error

    def parse(self, name: str, handler: "Handler") -> Iterator[None]:
        """Feeds a part to a handler, with a stop after each piece; PartError as above."""
        parser = _parser(handler)
        done = 0
        try:
            for block in self.blocks(name):
                parser.Parse(block, False)
                done += len(block)
                if done - parser.CurrentByteIndex > _LONGEST_TAG:
                    raise PartError("a tag that is too long")
                yield
            parser.Parse(b"", True)
            yield
        except expat.ExpatError as error:
            raise PartError(
                f"no XML in line {error.lineno}: {expat.ErrorString(error.code)}"
            ) from (error)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id -> type and name of each part inside the package that a part refers to."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.join("/", folder, attributes.get("Target", ""))
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = kind, posixpath.normpath(target).lstrip("/")

        self.read(posixpath.join(folder, "_rels", f"{name}.rels"), Handler(start))
        return found

    def read(self, name: str, handler: "Handler") -> None:
        """A whole part; PartError as above."""
        for _ in self.parse(name, handler):
            pass


class Handler:
    """What is done with elements, by their names without prefix."""

    def __init__(
        self,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] = lambda _: None,
        text: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.start, self.end, self.text = start, end, text


def _parser(handler: Handler) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    start, end = handler.start, handler.end

    def begin(name: str, attributes: dict[str, str]) -> None:
        start(name.rpartition(":")[2], attributes)

    def finish(name: str) -> None:
        end(name.rpartition(":")[2])

    def refuse(*_: object) -> None:
        raise PartError("declares a document type, which no workbook does")

    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = refuse
    return parser


def zip_kind(data: bytes) -> str | None:
    """What sort of zip these first bytes begin; None for a workbook."""
    size = int.from_bytes(data[26:28], "little")
    first = data[_HEADER : _HEADER + size].decode("utf-8", "replace")
    if first == "mimetype" and b"opendocument" in data[:200]:
        return "file of OpenDocument (save a table as .xlsx)"
    if first.startswith("xl/"):
        return None
    if first.startswith(_ROOTS):
        return None if _NAME.search(data) else "document of an Office program"
    return "archive"


def unusable(source: Source, reason: str) -> InputError:
    """The error for a workbook that cannot be read at all."""
    return InputError(
        f"{source.name}: {reason}",
        hint="open it in a spreadsheet program and save it as .xlsx",
        where={"file": source.name},
    )
