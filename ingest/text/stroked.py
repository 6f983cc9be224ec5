"""One stroke or space inside a word of the trade, in running text: 出面/单, 求车 主料."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from operator import add
from typing import Final

from ingest.text.late import late
from ingest.text.normalise import Edit
from ingest.text.scan import Hit

_HAN: Final = "㐀-䶿一-鿿"
_STROKE: Final = late(rf"[/|\\=+丨](?<=[{_HAN}].)(?=[{_HAN}])")
_SPACE: Final = late(rf" (?<=[{_HAN}].)(?=[{_HAN}])")
"""The sign leads, so that plain text is passed over at once."""
_REACH: Final = 6
_PAIR: Final = 2
_LONGER: Final = 3
_OF_PHRASES: Final = frozenset("出收求卖买换招接要有的找")
"""Letters that are words: a space behind or in front of them parts phrases."""
_WORTH: Final = 20_000
"""So many signs are looked at in the time that it takes to list all pairs of letters."""


class Pairs:
    """The letters that stand beside each other in some term."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = terms
        self._left = _WORTH

    @cached_property
    def _pairs(self) -> frozenset[str]:
        every = "\n".join(self._terms)
        return frozenset(map(add, every, every[1:]))

    def may_hold(self, pair: str) -> bool:
        """Whether a term may hold two letters side by side; a few texts are not worth the list."""
        if self._left > 0:
            self._left -= 1
            return True
        return pair in self._pairs


def stroked(
    text: str, scan: Callable[[str], list[Hit]], opens: Mapping[int, int], pairs: Pairs
) -> list[Edit]:
    """Edits of normal text without the signs that part a word of the trade, and no two words."""
    edits: list[Edit] = []
    for pattern in (_STROKE, _SPACE):
        for match in pattern.finditer(text):
            at = match.start()
            if not pairs.may_hold(text[at - 1] + text[at + 1]):
                continue
            least = _PAIR if pattern is _STROKE or _stands_alone(text, at) else _LONGER
            if _parts_a_word(text, at, scan, opens, least):
                edits.append((at, at + 1, ""))
    return sorted(edits)


def _stands_alone(text: str, at: int) -> bool:
    """Whether a letter beside a space is alone and no word by itself."""
    before = text[at - 1] if at < 2 or not text[at - 2].isalnum() else ""
    after = text[at + 1] if not text[at + 2 : at + 3].isalnum() else ""
    return (before != "" and before not in _OF_PHRASES) or (
        after != "" and after not in _OF_PHRASES
    )


def _parts_a_word(
    text: str, at: int, scan: Callable[[str], list[Hit]], opens: Mapping[int, int], least: int
) -> bool:
    """Whether a term of so many letters lies across a sign that parts no two terms."""
    before, after = text[max(0, at - _REACH) : at], text[at + 1 : at + 1 + _REACH]
    if not text[at].isspace():
        # 股/民/料: the other strokes of the word are no letters of it.
        before, after = before.replace(text[at], ""), after.replace(text[at], "")
    # Most signs part plain words: the one scan that tells so goes before the two others.
    if not any(
        opens[number] and end - start >= least
        for number, start, end in scan(before + after)
        if start < len(before) < end
    ):
        return False
    return not (_ends(scan(before), len(before)) or _begins(scan(after)))


def _ends(hits: Sequence[Hit], size: int) -> bool:
    return any(end == size and end - start > 1 for _, start, end in hits)


def _begins(hits: Sequence[Hit]) -> bool:
    return any(start == 0 and end > 1 for _, start, end in hits)
