"""Latin words of the trade with figures for letters: s3lling, c0mbo l1sts, w1ckr."""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from itertools import product
from typing import Final

from ingest.text.normalise import Edit

_LETTERS: Final = {"0": "o", "1": "il", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b",
                   "@": "a", "$": "s", "!": "i"}  # fmt: skip
LEET: Final = (
    "[0134578@$!](?:(?<=[a-z].)(?=[0134578@$!]?[a-z])|(?<=[a-z]{2}[0134578$])(?![0-9])"
    "|(?<![a-z0-9].)(?=[a-z]{3}))"
)
"""Where a word may hold any; plain text has it seldom."""
_WORD: Final = re.compile(r"(?<![^\s\"'(\[\]/:,+&>*~|-])[a-z0-9@$!]{3,24}(?![\w@-]|\.\w)")
SPELT: Final = r"(?<=[a-z$][-_*~])[0-9a-z$!](?=[-_*~][0-9a-z$!](?![0-9a-z]))"
"""Where the letters of a word may be parted."""
_SPELT: Final = re.compile(SPELT)
_RUN: Final = re.compile(
    r"(?<![^\s\"'(\[,+&>|])[a-z$](?:([-_*~])[0-9a-z$!])(?:\1[0-9a-z$!]){1,18}(?![\w@-])"
)
_FIGURES: Final = re.compile("[0134578@$!]")
_ALONE: Final = 2
_MOST: Final = 4
_BEHIND: Final = re.compile(r"[\s:=>~➡→»-]{0,6}\Z")
_LINK: Final = re.compile(r"(?:@|[.:][^\s一-鿿]*/)\Z")
_REACH: Final = 48


class Leet:
    """Reads words that are known without their figures. Behind a contact cue stands an id.

    The words are asked for when a text holds one with figures.
    """

    def __init__(self, words: Callable[[], Collection[str]], cues: Collection[str]) -> None:
        self._known = words
        self._cues = tuple(cues)

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(word for word in self._known() if len(word) > _ALONE)

    def edits(self, text: str) -> list[Edit]:
        """Edits of normal text."""
        return list(self._found(text))

    def _found(self, text: str) -> Iterator[Edit]:
        if _SPELT.search(text):
            yield from self._spelt(text)
        else:
            yield from self._plain(text, 0, len(text))

    def _plain(self, text: str, start: int, end: int) -> Iterator[Edit]:
        for match in _WORD.finditer(text, start, end):
            word = match[0]
            figures = _FIGURES.findall(word)
            letters = sum(char.isalpha() for char in word)
            if not figures or len(figures) > _MOST or letters < len(figures) or letters < _ALONE:
                continue
            before = text[max(0, match.start() - _REACH) : match.start()]
            if _LINK.search(before) or self._behind_cue(before):
                continue
            if meant := self._meant(word):
                yield (*match.span(), meant)

    def _spelt(self, text: str) -> Iterator[Edit]:
        """p-h-1-s-h-1-n-g: words whose letters stand apart, beside those that do not."""
        done = 0
        for match in _RUN.finditer(text):
            if meant := self._meant(match[0].replace(match[1], "")):
                yield from self._plain(text, done, match.start())
                yield (*match.span(), meant)
                done = match.end()
        yield from self._plain(text, done, len(text))

    def _meant(self, word: str) -> str | None:
        choices = [_LETTERS.get(char, char) for char in word]
        for letters in product(*choices):
            if (read := "".join(letters)) in self._words:
                return read
        return None

    def _behind_cue(self, before: str) -> bool:
        cut = _BEHIND.search(before)
        return cut is not None and before[: cut.start()].endswith(self._cues)
