"""How much of a clause is plain speech: what an ad says of its goods stands in few words."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from ingest.extract.spans import Placed, within
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

_FILLER: Final = frame("ad_filler")
_LABEL: Final = wording("price_label")
"""Words for kinds of the same goods, each with its price (国内0.8 国外0.3)."""
_PRICE_WORD: Final = wording("price_word")
_BREAK: Final = re.compile(r"[,;!?。\n()|]|\.(?!\d)")
_LETTERS: Final = re.compile("[一-鿿]|[a-z][a-z']+")
_REACH: Final = 80
_MUCH: Final = 6
"""Characters beyond those of the plainest clause; a word of letters counts two."""
P = TypeVar("P", bound=Placed)


def unread(scene: "Scene", start: int, end: int) -> str:
    """A stretch with spaces for what tokens, figures and words around goods explain."""
    text = scene.text
    left = list(text[start:end])
    span = [(start, end)]
    spans = [(t.start, t.end) for t in within(scene.all_tokens, span)]
    spans += [(f.start, f.end) for f in within(scene.figures, span)]
    spans += [(c.start, c.end) for c in within(scene.contacts, span)]
    for words in (_FILLER, _LABEL, _PRICE_WORD):
        spans += [match.span() for match in words.finditer(text, start, end)]
    for first, last in spans:
        left[first - start : last - start] = " " * (last - first)
    return "".join(left)


def plainest(scene: "Scene", items: Sequence[P]) -> list[P]:
    """Those of several things that stand in clauses with few other words, if any does."""
    spoken = [_spoken(scene, item) for item in items]
    least = min(spoken, default=0)
    return [i for i, many in zip(items, spoken, strict=True) if many < least + _MUCH]


def _spoken(scene: "Scene", item: Placed) -> int:
    """Characters of the clause of a thing that nothing explains."""
    text = scene.text
    first = max(0, item.start - _REACH)
    start = max((m.end() for m in _BREAK.finditer(text, first, item.start)), default=first)
    stop = _BREAK.search(text, item.end, item.end + _REACH)
    end = stop.start() if stop else min(len(text), item.end + _REACH)
    return speech(scene, start, end)


def speech(scene: "Scene", start: int, end: int) -> int:
    """Characters of a stretch that nothing explains; a word of letters counts two."""
    words = _LETTERS.findall(unread(scene, start, end))
    return sum(1 if len(word) == 1 else 2 for word in words)
