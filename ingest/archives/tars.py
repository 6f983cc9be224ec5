"""Tar archives, as a flow of bytes: ustar, GNU and pax."""

import tarfile
from collections.abc import Iterator
from typing import Final

from ingest.archives.entries import LINK, SPECIAL, Entries, Entry, NoFile
from ingest.archives.names import LONGEST, codec_of, decoded
from ingest.archives.packed import CutOffError, DamagedError, Flow
from ingest.posts import BreaksOff, Problem

_BLOCK: Final = tarfile.BLOCKSIZE
_LONGEST_HEADER: Final = 1 << 20
_PAX: Final = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
_LONG_NAMES: Final = (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_FILES: Final = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_LINKS: Final = (tarfile.LNKTYPE, tarfile.SYMTYPE)
_SPARSE: Final = "GNU.sparse"
_RAW: Final = "latin-1"


def is_tar(head: bytes) -> bool:
    """Whether these first bytes are the head of a tar: its checksum is right."""
    try:
        return bool(_header(head[:_BLOCK]).name)
    except tarfile.TarError:
        return False


def read_tar(flow: Flow) -> Entries:
    """The members in order; ends with where the archive breaks off."""
    tar = _Tar(flow)
    try:
        yield from tar.entries()
    except CutOffError as error:
        yield BreaksOff(tar.place, f"{error}")
    except DamagedError as error:
        yield BreaksOff(tar.place, f"{error}; what follows is not read")


def _header(block: bytes) -> tarfile.TarInfo:
    # Latin-1 gives back every byte of a name, whose encoding is judged later.
    return tarfile.TarInfo.frombuf(block, _RAW, "strict")


class _Tar:
    """One pass over an archive. `place`: the last member that was begun, or the byte."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._last = ""
        self._left = 0
        self._padding = 0
        self._common: dict[str, bytes] = {}

    @property
    def place(self) -> str:
        return f"byte {self._flow.offset}" + (f", after {self._last}" if self._last else "")

    def entries(self) -> Entries:
        """The members; DamagedError where what follows is no member."""
        own: dict[str, bytes] = {}
        while (header := self._next()) is not None:
            if header.type in _PAX + _LONG_NAMES:
                fields = self._extension(header)
                # Fields of a global header hold for every member that follows.
                (self._common if header.type == tarfile.XGLTYPE else own).update(fields)
                continue
            yield self._entry(header, self._common | own)
            own = {}

    def _next(self) -> tarfile.TarInfo | None:
        """The next header; None at the end. Behind an end mark another archive may begin."""
        self._pass_over()
        ended = False
        while not (block := self._flow.read(_BLOCK)).strip(b"\0"):
            if len(block) < _BLOCK and not ended:
                raise CutOffError("cut off: it ends without its end mark")
            if not block:
                return None
            ended = True
        if len(block) < _BLOCK:
            raise CutOffError("cut off: it ends in the head of a member")
        try:
            return _header(block)
        except tarfile.TarError as error:
            raise DamagedError(f"damaged: {error}") from error

    def _pass_over(self) -> None:
        for _ in self._content():
            pass
        self._flow.read(self._padding)
        self._padding = 0

    def _begin(self, size: int) -> None:
        if size < 0:
            raise DamagedError("damaged: a size below zero")
        self._left, self._padding = size, -size % _BLOCK

    def _content(self) -> Iterator[bytes]:
        """What is left of the member's bytes."""
        while self._left:
            piece = next(self._flow.pieces(self._left), b"")
            if not piece:
                self._left = 0
                raise CutOffError("cut off: the archive ends in it")
            self._left -= len(piece)
            yield piece

    def _extension(self, header: tarfile.TarInfo) -> dict[str, bytes]:
        """What a header in front of a member says of it."""
        self._begin(header.size)
        if header.size > _LONGEST_HEADER:
            raise DamagedError(f"a header of {header.size:,} bytes")
        raw = b"".join(self._content())
        if header.type in _PAX:
            return dict(_pax_fields(raw))
        key = "path" if header.type == tarfile.GNUTYPE_LONGNAME else "linkpath"
        return {key: raw.split(b"\0", 1)[0]}

    def _entry(self, header: tarfile.TarInfo, fields: dict[str, bytes]) -> Entry | NoFile | Problem:
        raw = fields.get("path") or header.name.encode(_RAW)
        name = self._last = decoded(raw, codec_of([raw]))
        self._begin(_size(fields, header.size) if header.type not in _LINKS else 0)
        if len(name) > LONGEST:
            return Problem(name[:100], f"a name longer than {LONGEST:,} characters")
        if header.type == tarfile.DIRTYPE:
            return NoFile(name)
        if header.type in _LINKS:
            return NoFile(name, LINK)
        if header.type == tarfile.GNUTYPE_SPARSE or any(key.startswith(_SPARSE) for key in fields):
            return Problem(name, "stored with its gaps left out, which is not read")
        if header.type not in _FILES:
            return NoFile(name, SPECIAL)
        return Entry(name, self._content)


def _size(fields: dict[str, bytes], stated: int) -> int:
    written = fields.get("size", b"")
    return int(written) if written.isdigit() else stated


def _pax_fields(raw: bytes) -> Iterator[tuple[str, bytes]]:
    """Records `<length> <key>=<value>` and a line feed; what is no record ends them."""
    while raw:
        written, space, _ = raw[:20].partition(b" ")
        if not space or not written.isdigit() or int(written) <= len(written) + 1:
            return
        record, raw = raw[len(written) + 1 : int(written)], raw[int(written) :]
        key, _, value = record.removesuffix(b"\n").partition(b"=")
        yield key.decode("utf-8", "replace"), value
