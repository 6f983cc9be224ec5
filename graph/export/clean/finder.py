"""Finds values in a text however they are written: width, case, spaces, groups of digits."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

import msgspec
from ahocorasick_rs import AhoCorasick

from ingest.text.normalise import Normal, normalise
from ingest.text.scan import encodable

_WORD_LENGTH: Final = 5
"""A shorter value of Latin letters and digits counts only as a whole word."""
_LEAST_DIGITS: Final = 5
_LEAST_CUT: Final = 5
"""So many characters, and half of a value, at the end of a text that was cut give it away."""
_CUT: Final = 120
"""A shorter text without `…` was cut nowhere; excerpts are, at 200 characters, spaces counted."""
_SPACED: Final = re.compile(r"[0-9]+(?:[ \-.·_/()]{1,2}[0-9]+)+")
_DIGITS: Final = re.compile("[0-9]+")
_DIALLED: Final = re.compile(r"[0-9+ \-.·_/()]+\Z")
_WORD: Final = re.compile("[0-9a-z_]")


class Hit(msgspec.Struct, frozen=True, order=True):
    """A stretch of a normal text that stands for a value, named by its form.

    `cut`: the text ends inside the value, so that another one may be meant.
    """

    start: int
    end: int
    form: str
    cut: bool = False


def form_of(value: str) -> str:
    """The normal form by which a value is found; empty where nothing of it shows."""
    return encodable(normalise(value).text).strip()


class Finder:
    """Finds any of many forms. A number is no part of a longer one, a short word of none."""

    def __init__(self, forms: Iterable[str]) -> None:
        self._forms = sorted(set(forms))
        self._known = frozenset(self._forms)
        self._automaton = AhoCorasick(self._forms) if self._forms else None
        self._dialled = {digits_of(form): form for form in self._forms if _is_dialled(form)}
        self._lengths = sorted({len(digits) for digits in self._dialled}, reverse=True)
        self._heads: dict[str, list[str]] = {}
        for form in self._forms:
            if len(form) > _LEAST_CUT:
                self._heads.setdefault(form[:_LEAST_CUT], []).append(form)
        self._longest = max(map(len, self._forms), default=0)

    def find(self, text: str) -> tuple[Normal, list[Hit]]:
        """The normal text with what is found in it, in order of place, none over another."""
        normal = normalise(text)
        return normal, self._hits(encodable(normal.text))

    def _hits(self, text: str) -> list[Hit]:
        if self._automaton is None:
            return []
        if text.strip() in self._known:
            return [Hit(0, len(text), text.strip())]
        found = [
            Hit(start, end, self._forms[number])
            for number, start, end in self._automaton.find_matches_as_indexes(
                text, overlapping=True
            )
            if _counts(text, start, end)
        ]
        found += self._spaced(text)
        found += self._cut(text)
        return _apart(found)

    def _spaced(self, text: str) -> Iterator[Hit]:
        """Numbers written in groups, as `1000-05512`."""
        if not self._dialled:
            return
        for run in _SPACED.finditer(text):
            groups = list(_DIGITS.finditer(text, *run.span()))
            joined = "".join(group[0] for group in groups)
            starts = [0, *accumulate(len(group[0]) for group in groups)]
            yield from self._in_groups(joined, starts, groups)

    def _in_groups(
        self, joined: str, starts: Sequence[int], groups: Sequence[re.Match[str]]
    ) -> Iterator[Hit]:
        places = {place: number for number, place in enumerate(starts)}
        for first, begin in enumerate(starts[:-1]):
            for length in self._lengths:
                last = places.get(begin + length)
                form = self._dialled.get(joined[begin : begin + length])
                if last is not None and form is not None:
                    yield Hit(groups[first].start(), groups[last - 1].end(), form)
                    break

    def _cut(self, text: str) -> Iterator[Hit]:
        """The beginning of a value at the end of a text that was cut there."""
        body = text.removesuffix("…")
        if body == text and len(body) < _CUT:
            return
        for start in range(max(0, len(body) - self._longest + 1), len(body) - _LEAST_CUT + 1):
            rest = body[start:]
            for form in self._heads.get(rest[:_LEAST_CUT], ()):
                whole = start == 0 or not _one_word(body[start - 1], body[start])
                begun = len(rest) < len(form) <= 2 * len(rest) and form.startswith(rest)
                if whole and begun:
                    yield Hit(start, len(body), form, cut=True)
                    return


def digits_of(text: str) -> str:
    """The digits of a text, run together."""
    return "".join(_DIGITS.findall(text))


def _is_dialled(form: str) -> bool:
    """Whether a value is a number that people write in groups."""
    return bool(_DIALLED.match(form)) and len(digits_of(form)) >= _LEAST_DIGITS


def _counts(text: str, start: int, end: int) -> bool:
    """Whether what stands there is the value and no part of another word or number."""
    form = text[start:end]
    before, after = text[start - 1 : start], text[end : end + 1]
    if len(form) == 1:
        return not (before.isalnum() or after.isalnum())
    if form.isdigit():
        return not (before.isdigit() or after.isdigit())
    if len(form) >= _WORD_LENGTH or not form.isascii():
        return True
    return not (_one_word(before, form[0]) or _one_word(form[-1], after))


def _one_word(one: str, two: str) -> bool:
    """Whether two neighbours are letters of one word, or digits of one number."""
    if not (one and two and _WORD.match(one) and _WORD.match(two)):
        return False
    return one.isdigit() == two.isdigit()


def _apart(found: list[Hit]) -> list[Hit]:
    """Hits that overlap as one, which the longest of them names."""
    merged: list[Hit] = []
    longest = 0
    for hit in sorted(found):
        size = hit.end - hit.start
        if merged and hit.start < merged[-1].end:
            last = merged.pop()
            named = hit if size > longest else last
            end = max(last.end, hit.end)
            merged.append(Hit(last.start, end, named.form, named.cut))
            longest = max(longest, size)
        else:
            merged.append(hit)
            longest = size
    return merged
