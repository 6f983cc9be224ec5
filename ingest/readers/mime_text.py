"""The text of a MIME part: its transfer encoding undone piece by piece, with file offsets."""

import binascii
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec

from ingest.readers.mime_parts import Piece

PLAIN = frozenset({"", "7bit", "8bit", "binary"})
QUOTED = "quoted-printable"
# Some characters at a time, none of them cut through, so that a place is found in few steps.
_RUN = re.compile(rb"(?:=\r?\n|=[0-9A-Fa-f]{2}|=?[^\n]){1,400}\n?|\n")
# As binascii reads them: two signs are one, a return alone leaves out the rest of its line.
_ESCAPE = re.compile(rb"=(?:[0-9A-Fa-f]{2}|=|\n|\r[^\n]*\n?|\Z)")
_NOTHING = frozenset({b"", b"\r", b"\n"})
"""What follows the sign in an escape that stands for no byte."""


class Stretch(msgspec.Struct, frozen=True):
    """Decoded bytes. `runs` are the raw bytes they came from; none where nothing was encoded."""

    offset: int
    data: bytes
    runs: Sequence[bytes] = ()
    ends: Sequence[int] = ()
    """Where each run ends in `data`."""
    raw_ends: Sequence[int] = ()

    def place(self, at: int) -> int:
        """Where in the file the decoded byte at this place stands."""
        if not self.runs:
            return self.offset + at
        run = min(bisect_right(self.ends, at), len(self.runs) - 1)
        decoded, raw = (self.ends[run - 1], self.raw_ends[run - 1]) if run else (0, 0)
        return self.offset + raw + _raw_place(self.runs[run], at - decoded)


def _raw_place(run: bytes, at: int) -> int:
    """Where in a run the byte stands that is decoded as this one."""
    count = behind = 0
    for escape in _ESCAPE.finditer(run):
        plain = escape.start() - behind
        if count + plain > at:
            break
        count += plain
        if escape[0][1:2] not in _NOTHING:
            if count == at:
                return escape.start()
            count += 1
        behind = escape.end()
    return behind + at - count


def decoded(pieces: Iterable[Piece], encoding: str) -> Iterator[Stretch]:
    """The decoded stretches of a body in this transfer encoding."""
    if encoding != QUOTED:
        yield from (Stretch(piece.offset, piece.data) for piece in pieces)
        return
    for piece in _uncut(pieces):
        runs = _RUN.findall(piece.data)
        parts = [binascii.a2b_qp(run) for run in runs]
        ends, raw_ends = list(accumulate(map(len, parts))), list(accumulate(map(len, runs)))
        yield Stretch(piece.offset, b"".join(parts), runs, ends, raw_ends)


def _uncut(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same bytes in pieces that end where no escape does go on."""
    rest = b""
    offset = 0
    for piece in pieces:
        offset = offset if rest else piece.offset
        data = rest + piece.data
        end = data.rfind(b"\n") + 1
        if not end:
            escape = data.rfind(b"=", max(0, len(data) - 3))
            end = escape if escape >= 0 else len(data)
        rest = data[end:]
        if end:
            yield Piece(offset, data[:end])
            offset += end
    if rest:
        yield Piece(offset, rest)
