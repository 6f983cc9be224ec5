"""Names beside values that are struck out: a looser look, since a record is at hand."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from evidence.masking.found import MASK, Found, blank
from evidence.masking.labels import is_label, kind_of
from evidence.masking.latin import LATIN_NAME, NO_NAMES, is_given, is_name_of_words
from evidence.masking.records import record_names
from evidence.masking.shapes import rank

_GAP: Final = rf"[^\w\n{MASK}]{{0,8}}"
_AFTER: Final = re.compile(rf"{_GAP}(?:[a-z]{{1,10}}|[\u4e00-\u9fff]{{1,5}})?{_GAP}{MASK}")
_BEFORE: Final = re.compile(
    rf"{MASK}{_GAP}(?:[a-z]{{1,10}}\b"
    r"|(?:姓名|名字|收件人|收货人|户主|机主)(?![\u4e00-\u9fff]))?"
    rf"{_GAP}\Z"
)
_NEXT_LINE: Final = re.compile(rf"[ \t]*\n[ \t]*{MASK}")
_OTHER_SCRIPT: Final = re.compile(
    r"(?<![\w@])(?:[가-힣]{2,4}|[\u0e00-\u0e7f]{2,20}(?: [\u0e00-\u0e7f]{2,20}){0,2}"
    r"|[\u4e00-\u9fff\u3040-\u30ff]{1,4}[ ]?[\u3040-\u30ff][\u4e00-\u9fff\u3040-\u30ff]{0,5}"
    r"|[\u0600-\u06ff]{2,15}(?: [\u0600-\u06ff]{2,15}){1,3}"
    r"|[\u0900-\u097f]{2,15}(?: [\u0900-\u097f]{2,15}){1,2})(?!\w)"
)
_SLASHED: Final = re.compile(r"(?<![\w@/.])[a-z]{2,15}/[a-z]{2,20}(?![\w/.@])")
_FIRST: Final = re.compile(
    rf"^(?:[0-9]{{1,3}}[.、,) ])?[^\w\n{MASK}]{{0,4}}([\u4e00-\u9fff]{{2,3}})"
    rf"[^\w\n:{MASK}]{{1,8}}{MASK}",
    re.M,
)
_REACH: Final = 24


def names_beside(text: str, cased: str, chosen: Sequence[Found]) -> list[Found]:
    """Names in normal text that stand next to a value that is struck out."""
    struck = blank(text, list(chosen))
    if MASK not in struck:
        return []
    found = [
        Found("name", start, end, text[start:end], sure=True)
        for start, end in _firsts(struck)
        if _is_beside(struck, start, end)
    ]
    firm = [*chosen, *found]
    found += [
        Found("name", start, end, text[start:end], sure=True)
        for start, end in record_names(blank(struck, found), firm)
    ]
    lines = _Lines(text)
    lines.add([name for name in (*chosen, *found) if name.kind == "name"])
    for finder in (_other_words, _single_words):
        behind: list[Found] = []
        before: list[Found] = []
        for start, end in finder(blank(struck, found), cased):
            name = Found("name", start, end, text[start:end], sure=True)
            known = is_given(name.value.split()[0])
            if _before(struck, end) and (known or not lines.named(start)):
                before.append(name)
            elif (known or finder is _other_words) and _is_beside(struck, start, end):
                behind.append(name)
        lines.add(before)
        # Behind a value stands a city as often as a second name.
        behind = [f for f in behind if is_given(f.value.split()[0]) or not lines.named(f.start)]
        lines.add(behind)
        found += (*before, *behind)
    return found


def _firsts(struck: str) -> Iterator[tuple[int, int]]:
    firsts = [match for match in _FIRST.finditer(struck) if match[1] not in NO_NAMES]
    # In a list of records the first field is a name whatever it looks like.
    is_list = len({match[1] for match in firsts}) > 1
    for match in firsts:
        if is_list or rank(match[1]) > 1:
            yield match.span(1)


def _other_words(struck: str, cased: str) -> Iterator[tuple[int, int]]:
    for pattern in (_OTHER_SCRIPT, _SLASHED):
        for match in pattern.finditer(struck):
            told = pattern is _OTHER_SCRIPT and not is_label(match[0])
            if told or cased[match.start() : match.end()].isupper():
                yield match.span()
    for match in LATIN_NAME.finditer(cased):
        start, end = match.span(1)
        if MASK not in struck[start:end] and is_name_of_words(struck[start:end]):
            yield start, end


_WORD: Final = re.compile(r"(?<![\w@./'-])[^\W\d_][^\W\d_'\-]{1,15}(?![\w@'.-])")


def _single_words(struck: str, cased: str) -> Iterator[tuple[int, int]]:
    """A first name alone: one that is known, or any before the value where no name stands yet."""
    for match in _WORD.finditer(cased):
        start, end = match.span()
        if not cased[start].isupper() or cased[end - 1].isupper() or kind_of(struck[start:end]):
            continue
        if MASK not in struck[start:end] and is_name_of_words(struck[start:end]):
            yield start, end


class _Lines:
    """Which lines of a text have their name already, the ones struck out before among them."""

    def __init__(self, text: str) -> None:
        self._edges = [match.start() for match in re.finditer("\n", text)]
        runs = Counter(self._line(match.start()) for match in re.finditer(f"{MASK}+", text))
        self._named = {line for line, count in runs.items() if count > 1}

    def _line(self, place: int) -> int:
        return bisect_left(self._edges, place)

    def named(self, place: int) -> bool:
        """Whether the line of a place has its name."""
        return self._line(place) in self._named

    def add(self, names: Sequence[Found]) -> None:
        """Marks the lines of names."""
        self._named.update(self._line(name.start) for name in names)


def _before(struck: str, end: int) -> bool:
    return bool(_AFTER.match(struck, end) or _NEXT_LINE.match(struck, end))


def _is_beside(struck: str, start: int, end: int) -> bool:
    if _before(struck, end):
        return True
    return _BEFORE.search(struck[max(0, start - _REACH) : start]) is not None
