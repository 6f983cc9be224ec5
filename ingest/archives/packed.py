"""Packed bytes unpacked in pieces of bounded size, whatever they expand to."""

import bz2
import lzma
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

BLOCK: Final = 1 << 16
_MEMORY: Final = 256 << 20


class DamagedError(ValueError):
    """Packed bytes that do not unpack."""


class CutOffError(DamagedError):
    """Packed bytes that end too early, or before the file does; those before are good."""


class Decoder(Protocol):
    """One packed stream, as the standard library's incremental decoders have it."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Deflate:
    """Deflate in the shape of the other decoders; `bits` as in zlib."""

    def __init__(self, bits: int) -> None:
        self._decoder = zlib.decompressobj(bits)
        self._full = False

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        return not (self._full or self._decoder.unconsumed_tail)

    @property
    def unused_data(self) -> bytes:
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        piece = self._decoder.decompress(self._decoder.unconsumed_tail + data, max_length)
        self._full = len(piece) == max_length
        return piece


def _raw_deflate() -> Decoder:
    return Deflate(-zlib.MAX_WBITS)


def _gzip() -> Decoder:
    return Deflate(16 + zlib.MAX_WBITS)


def _xz() -> Decoder:
    return lzma.LZMADecompressor(memlimit=_MEMORY)


ZIP_METHODS: dict[int, Callable[[], Decoder]] = {8: _raw_deflate, 12: bz2.BZ2Decompressor}
STREAMS: dict[str, tuple[bytes, Callable[[], Decoder]]] = {
    "gzip": (b"\x1f\x8b\x08", _gzip),
    "bzip2": (b"BZh", bz2.BZ2Decompressor),
    "xz": (b"\xfd7zXZ\0", _xz),
}
"""Packed single files: what they begin with, and what unpacks them."""
_FAULTS: tuple[type[Exception], ...] = (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)

if sys.version_info >= (3, 14):
    from compression import zstd

    ZIP_METHODS[93] = zstd.ZstdDecompressor
    STREAMS["zstd"] = (b"\x28\xb5\x2f\xfd", zstd.ZstdDecompressor)
    _FAULTS += (zstd.ZstdError,)


def expand(decoder: Decoder, data: bytes) -> Iterator[bytes]:
    """What these packed bytes give, in pieces; DamagedError where they give nothing good."""
    while not decoder.eof and (data or not decoder.needs_input):
        piece = _piece(decoder, data)
        data = b""
        if piece:
            yield piece


def _piece(decoder: Decoder, data: bytes) -> bytes:
    try:
        return decoder.decompress(data, BLOCK)
    except _FAULTS as error:
        raise DamagedError(f"damaged: {error}"[:200]) from error


def stream_of(packing: str, blocks: Iterable[bytes]) -> Iterator[bytes]:
    """A packed file, streams behind each other as one; CutOffError where it ends too early."""
    magic, make = STREAMS[packing]
    decoder = make()
    for block in blocks:
        data = block
        while data:
            if decoder.eof:
                data = data.lstrip(b"\0")
                if not data:
                    break
                if not magic.startswith(data[: len(magic)]):
                    raise CutOffError("bytes that belong to nothing stand behind its end")
                decoder = make()
            yield from expand(decoder, data)
            data = decoder.unused_data if decoder.eof else b""
    if not decoder.eof:
        raise CutOffError("cut off: it ends before its end mark")


class Flow:
    """Blocks that follow each other, read by count."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._held = b""
        self.offset = 0

    def read(self, size: int) -> bytes:
        """So many bytes, fewer at the end."""
        return b"".join(self.pieces(size))

    def pieces(self, size: int) -> Iterator[bytes]:
        """The same in pieces."""
        while size > 0:
            self._held = self._held or next(self._blocks, b"")
            if not self._held:
                return
            piece, self._held = self._held[:size], self._held[size:]
            self.offset += len(piece)
            size -= len(piece)
            yield piece
