"""Terms by how they begin: made in a tenth of the time of an automaton, and read slower."""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Final

from ahocorasick_rs import AhoCorasick

Hit = tuple[int, int, int]
"""Term index, start, end."""
_HEAD: Final = 2
_SHORT: Final = (2, 1)
_NOTHING: Final[frozenset[str]] = frozenset()


class Starts:
    """Leftmost-longest matches of terms in normal form. `clash`: edge of a term -> what may not
    stand beside it. Of equal terms the first counts; an empty one never matches."""

    def __init__(self, terms: Sequence[str], clash: Mapping[str, frozenset[str]]) -> None:
        self._clash = clash
        self._numbers = dict(zip(reversed(terms), reversed(range(len(terms))), strict=True))
        self._numbers.pop("", None)
        sizes: dict[str, list[int]] = {}
        shapes = {(term[:_HEAD], len(term)) for term in self._numbers}
        for head, size in sorted(shapes, key=itemgetter(1), reverse=True):
            sizes.setdefault(head, []).append(size)
        self._pairs = {head for head in sizes if len(head) == _HEAD}
        for head in self._pairs:
            if head[0] in sizes:
                sizes[head].append(1)
        self._lengths = list(sizes.values())
        self._longer = {term[: _HEAD + 1] for term in self._numbers if len(term) > _HEAD}
        self._before = [clash.get(head[0], _NOTHING) for head in sizes]
        # Most beginnings are no term by themselves.
        self._short = [head in self._numbers or head[0] in self._numbers for head in sizes]
        self._automaton = AhoCorasick(list(sizes))

    def scan(self, text: str) -> list[Hit]:
        """Hits in order of place, none overlapping another; for a text without lone surrogates."""
        hits: list[Hit] = []
        done = 0
        lengths, before, longer, short = self._lengths, self._before, self._longer, self._short
        for head, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if start < done or (start and text[start - 1] in before[head]):
                continue
            # What begins with two characters is longer than a term of the first alone.
            if end - start < _HEAD and text[start : start + _HEAD] in self._pairs:
                continue
            if text[start : start + _HEAD + 1] in longer:
                found = self._longest(text, start, lengths[head])
            elif short[head]:
                found = self._longest(text, start, _SHORT)
            else:
                continue
            if found is not None:
                hits.append(found)
                done = found[2]
        return hits

    def _longest(self, text: str, start: int, lengths: Sequence[int]) -> Hit | None:
        for length in lengths:
            end = start + length
            number = self._numbers.get(text[start:end])
            # At the end of a text a slice is shorter than it was to be.
            if number is None or end > len(text):
                continue
            if end == len(text) or text[end] not in self._clash.get(text[end - 1], _NOTHING):
                return number, start, end
        return None
