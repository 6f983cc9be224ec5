"""Letters of other scripts inside Latin words, and flag letters that spell no flag."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.text.normalise import Edit
from ingest.text.tables import table_rows

_ROWS: Final = table_rows("lookalikes.tsv")[1:]
_LETTERS: Final = {written: meant for written, meant, kind, _ in _ROWS if kind == "letter"}
_FLAGS: Final = frozenset(
    code.lower() for codes, _, kind, _ in _ROWS if kind == "flags" for code in codes.split()
)
_TURNED: Final = {written: meant for written, meant, kind, _ in _ROWS if kind == "turned"}
_UPSIDE: Final = str.maketrans(
    {**_TURNED, "q": "b", "p": "d", "u": "n", "d": "p", "b": "q", "n": "u"}
)
_TURNED_RUN: Final = re.compile(
    f"(?:[a-z0-9{''.join(_TURNED)}]*[{''.join(_TURNED)}][a-z0-9{''.join(_TURNED)}]* ?){{1,12}}"
)
_FEWEST_TURNED: Final = 3
_IS_TURNED: Final = re.compile(f"[{''.join(_TURNED)}]")
_TABLE: Final = str.maketrans(_LETTERS)
_FOREIGN: Final = re.compile(f"[{''.join(_LETTERS)}]")
_WORD: Final = re.compile(f"[a-z{''.join(_LETTERS)}]+")
LOOKALIKE: Final = r"(?<=[\u0180-\u02af\u0370-\u052f\U0001f1e6-\U0001f1ff])|(?<=\()[0-9]\)\("
"""Behind a sign, where `lookalikes` may find any."""
_MIXED: Final = re.compile("[a-z]")
_REGIONAL: Final = re.compile("[\U0001f1e6-\U0001f1ff]+")
_FIRST: Final = 0x1F1E6
_BRACKETED: Final = re.compile(r"(?:\([0-9]\)){5,}")
"""Five digits are the shortest id: (1) alone counts the items of a list."""


def lookalikes(text: str) -> list[Edit]:
    """Edits of normal text: telegram with a Cyrillic letter, 🇶🇶, ⑴⑵⑶⑷⑸ that became (1)(2)."""
    edits = [*_letters(text), *_turned(text)]
    for match in _BRACKETED.finditer(text):
        digits = range(match.start(), match.end(), 3)
        edits += [(place, place + 3, text[place + 1]) for place in digits]
    return sorted(edits)


def _turned(text: str) -> Iterator[Edit]:
    """sƃol ʞuɐq: letters that stand on their heads, to be read from the end."""
    if not _IS_TURNED.search(text):
        return
    for match in _TURNED_RUN.finditer(text):
        if sum(char in _TURNED for char in match[0]) >= _FEWEST_TURNED:
            # One more space: what has another length is mapped back as a whole.
            written = match[0].rstrip(" ")
            read = written[::-1].translate(_UPSIDE)
            yield match.start(), match.start() + len(written), f"{read} "


def _letters(text: str) -> Iterator[Edit]:
    for match in _WORD.finditer(text):
        if _MIXED.search(match[0]) and _FOREIGN.search(match[0]):
            yield (*match.span(), match[0].translate(_TABLE))
    for match in _REGIONAL.finditer(text):
        spelled = "".join(chr(ord(char) - _FIRST + ord("a")) for char in match[0])
        if not _are_flags(spelled):
            yield (*match.span(), spelled)


def _are_flags(spelled: str) -> bool:
    pairs = {spelled[place : place + 2] for place in range(0, len(spelled), 2)}
    return pairs <= _FLAGS
