"""Normal text for matching, with the way back to the text as written."""

import re
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate, chain, repeat
from typing import Final

from ingest.text.dropped import ASTRAL_INVISIBLE, ASTRAL_MARKS, INVISIBLE, MARKS
from ingest.text.tables import table_rows

Span = tuple[int, int]
Edit = tuple[int, int, str]
"""Start and end in a normal text, and what stands there instead."""


class Normal:
    """A text in normal form. `text` is lower case, simplified, half-width, without marks.

    For every span of `text` the text as written at `back(span)` has that span as its normal form,
    unless an edge cuts an expanded character (⑩ is `10`): then the whole character is meant.
    """

    __slots__ = ("_ends", "_size", "_starts", "text")

    def __init__(
        self,
        text: str,
        size: int,
        starts: "array[int] | None" = None,
        ends: "array[int] | None" = None,
    ) -> None:
        self.text = text
        self._size = size
        self._starts = starts
        self._ends = ends

    @property
    def identity(self) -> bool:
        """Whether every offset is the same in both texts."""
        return self._starts is None

    def back(self, start: int, end: int) -> Span:
        """The span of the text as written, in code points, with the last character's marks."""
        if self._starts is None or self._ends is None:
            return start, end
        first = self._starts[start] if start < len(self.text) else self._size
        return first, self._ends[end - 1] if end > start else first

    def part(self, start: int, end: int) -> "Normal":
        """A stretch of this text; its way back leads to the whole text as written."""
        starts = self._placed(self._starts, start, end, 0)
        return Normal(
            self.text[start:end],
            self.back(start, end)[1],
            starts,
            self._placed(self._ends, start, end, 1),
        )

    def edited(self, edits: Sequence[Edit]) -> "Normal":
        """This text with edits, in order of place and apart from each other, mapped back still.

        What replaces a text of its own length is mapped letter by letter, any other as a whole.
        """
        starts, ends = array("I"), array("I")
        pieces: list[str] = []
        done = 0
        for start, end, becomes in (*edits, (len(self.text), len(self.text), "")):
            kept = end if len(becomes) == end - start else start
            pieces += (self.text[done:start], becomes)
            starts += self._placed(self._starts, done, kept, 0)
            ends += self._placed(self._ends, done, kept, 1)
            if kept < end and becomes:
                first, last = self.back(start, end)
                starts.extend(repeat(first, len(becomes)))
                ends.extend(repeat(last, len(becomes)))
            done = end
        text = "".join(pieces)
        if self.identity and all(len(new) == end - start for start, end, new in edits):
            return Normal(text, self._size)
        return Normal(text, self._size, starts, ends)

    @staticmethod
    def _placed(known: "array[int] | None", start: int, end: int, shift: int) -> "array[int]":
        return array("I", range(start + shift, end + shift)) if known is None else known[start:end]


def _table(name: str) -> dict[str, str]:
    return {chr(int(code, 16)): becomes for code, becomes in table_rows(name)}


def _dense(pairs: dict[str, str]) -> list[int]:
    # A dense list is the fastest table of str.translate: a missing key would raise inside.
    dense = list(range(max(map(ord, pairs)) + 1))
    for char, becomes in pairs.items():
        dense[ord(char)] = ord(becomes)
    return dense


_SINGLE: Final = _table("one_to_one.tsv")
_EXPAND: Final = _table("expand.tsv")
_DENSE: Final = _dense(_SINGLE)
_WIDE_EXPAND: Final = "".join(c for c in _EXPAND if c > "\uffff")
_NARROW_EXPAND: Final = "".join(c for c in _EXPAND if c <= "\uffff")
# One class with characters of both planes runs fifteen times slower than one of the basic plane.
_DIRTY: Final = re.compile(f"[{MARKS}{INVISIBLE}{_NARROW_EXPAND}]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_DIRTY_ASTRAL: Final = re.compile(f"[{ASTRAL_MARKS}{ASTRAL_INVISIBLE}{_WIDE_EXPAND}]")
_BETWEEN: Final = "\uffff"
"""No character, and its own normal form: stands between texts."""
_ANY_DIGIT: Final = re.compile("[0-9]")
_CHANGE: Final = re.compile(
    f"([{MARKS}{ASTRAL_MARKS}]+)|[{INVISIBLE}{ASTRAL_INVISIBLE}]+"
    f"|([{_NARROW_EXPAND}{_WIDE_EXPAND}])"
)


def normalise(text: str) -> Normal:
    """The normal form of any text, lone surrogates and NUL included; linear in its length."""
    if text.isascii():
        return Normal(text.lower(), len(text))
    if _DIRTY.search(text) or (_ASTRAL.search(text) and _DIRTY_ASTRAL.search(text)):
        return _with_map(text)
    return Normal(text.translate(_DENSE), len(text))


def normalise_all(texts: Sequence[str]) -> list[str]:
    """The normal forms of many texts, without the ways back: quicker than one by one."""
    whole = _BETWEEN.join(texts)
    if whole.count(_BETWEEN) != max(0, len(texts) - 1):
        return [normalise(text).text for text in texts]
    normal = whole.translate(_DENSE).split(_BETWEEN) if texts else []
    ends = list(accumulate(map(len, texts), lambda end, size: end + 1 + size, initial=-1))
    found = [_DIRTY.finditer(whole)]
    if _ASTRAL.search(whole):
        found.append(_DIRTY_ASTRAL.finditer(whole))
    for place in {bisect_left(ends, match.start()) - 1 for match in chain(*found)}:
        normal[place] = normalise(texts[place]).text
    return normal


def digit_forms() -> tuple[str, str]:
    """Characters whose normal form holds a digit: of the basic plane, and above it."""
    forms = [c for table in (_SINGLE, _EXPAND) for c, n in table.items() if _ANY_DIGIT.search(n)]
    return "".join(c for c in forms if c <= "\uffff"), "".join(c for c in forms if c > "\uffff")


def tables_hash() -> str:
    """A hash of all tables that decide a normal form."""
    dropped = "|".join((MARKS, INVISIBLE, ASTRAL_MARKS, ASTRAL_INVISIBLE))
    expanded = sorted(_EXPAND.items())
    data = array("I", _DENSE).tobytes() + f"{dropped}{expanded}".encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=8).hexdigest()


def _with_map(text: str) -> Normal:
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    done = 0
    for match in _CHANGE.finditer(text):
        at, after = match.span()
        _keep(text, done, at, pieces, starts, ends)
        if match[2]:
            becomes = _EXPAND[match[2]]
            pieces.append(becomes)
            starts.extend(repeat(at, len(becomes)))
            ends.extend(repeat(after, len(becomes)))
        elif match[1] and ends and ends[-1] == at:
            _stretch(starts, ends, after)
        done = after
    _keep(text, done, len(text), pieces, starts, ends)
    return Normal("".join(pieces), len(text), starts, ends)


def _keep(
    text: str, start: int, end: int, pieces: list[str], starts: "array[int]", ends: "array[int]"
) -> None:
    if start < end:
        pieces.append(text[start:end].translate(_DENSE))
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))


def _stretch(starts: "array[int]", ends: "array[int]", after: int) -> None:
    # Marks belong to the character before them: to all of it where it was expanded.
    place, first = len(ends) - 1, starts[-1]
    while place >= 0 and starts[place] == first:
        ends[place] = after
        place -= 1
