"""What a confined child sends: length, then MessagePack. Both ends take nothing from elsewhere."""

from typing import IO

import msgspec

LONGEST = 64 << 20
_LENGTH = 4


class End(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The work is done; without it, the child died."""


class Failure(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The work cannot be done. `kind`: missing, encrypted, memory, too_long or damaged."""

    kind: str
    text: str


class Faulty(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """One part of the file cannot be read; the rest goes on."""

    place: str
    reason: str


class Line(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A line of a page; its edges in points from the lower left corner."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


class Page(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """A page of a document: its lines as the library orders them."""

    number: int
    height: float
    lines: list[Line]
    objects: int
    """How many things are drawn on the page."""


class Document(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """What stands before the pages."""

    pages: int
    title: str


class Columns(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """The columns of a sheet or table that are read, and those of which nothing can be."""

    sheet: str
    names: list[str]
    left_out: list[tuple[str, str]] = []
    """Name and kind."""
    hidden: bool = False


class Cells(msgspec.Struct, frozen=True, tag=True, array_like=True):
    """Rows from number `first` on. `times`: columns whose cells are times of the format itself."""

    first: int
    rows: list[list[str]]
    times: list[int] = []


Frame = End | Failure | Faulty | Page | Document | Columns | Cells
_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(Frame)


def send(stream: IO[bytes], frame: Frame) -> None:
    """Writes one frame; ValueError where it is longer than a frame may be."""
    data = _encode(frame)
    if len(data) > LONGEST:
        raise ValueError("more than a frame may hold")
    stream.write(len(data).to_bytes(_LENGTH, "big") + data)
    stream.flush()


def receive(stream: IO[bytes]) -> Frame | None:
    """The next frame; None at the end of the stream or where it is no frame."""
    length = int.from_bytes(_exactly(stream, _LENGTH), "big")
    if not 0 < length <= LONGEST:
        return None
    try:
        frame: Frame = _decoder.decode(_exactly(stream, length))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return frame


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    return data if len(data) == size else b""
