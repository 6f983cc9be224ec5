"""Organisations that a post names in passing, which are no source of its data."""

import re
from typing import Final

from ingest.extract.chatty import speech
from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, SpanIndex, within
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.frames import frame

_INSIDE: Final = frame("insider_behind")
_INSIDE_BEFORE: Final = frame("insider_before")
_SPOKEN_OF: Final = ("org/app/", "org/bank/", "org/courier/")
"""Names that all people speak of, dealers or not."""
_SAYING: Final = GOODS | {"data_word", "people_word", "quality", "method", "insider_word", "field"}
_TELLING: Final = _SAYING - {"quality", "people_word"}
_PASSAGE: Final = re.compile(r"[,;!?。\n|]|\.(?!\d)")
_FILLER: Final = frame("source_filler")
_REACH: Final = 120
_MUCH: Final = 12
_SPEECH: Final = 6
_SENTENCE: Final = re.compile(r"[;!?。\n]|\.(?!\d)")
"""Unexplained letters of a clause, a Chinese character counting three."""


def in_passing(scene: Scene, token: Token) -> bool:
    """抖音也搜不到我: a name in a clause that speaks of neither goods, data, people nor numbers."""
    if _is_detached(scene, token):
        return True
    if not token.id.startswith(_SPOKEN_OF):
        return False
    text = scene.text
    first = max(0, token.start - _REACH)
    start = max((m.end() for m in _PASSAGE.finditer(text, first, token.start)), default=first)
    stop = _PASSAGE.search(text, token.end)
    clause = [(start, stop.start() if stop else len(text))]
    held = within(scene.tokens, clause)
    if any(t.kind in _SAYING for t in held) or within(scene.figures, clause):
        return False
    if _INSIDE.search(text, *clause[0]) or _INSIDE_BEFORE.search(text[start : token.start]):
        return False
    placed: list[Placed] = [*held, *within(scene.contacts, clause)]
    taken = SpanIndex(
        [(p.start, p.end) for p in placed] + [m.span() for m in _FILLER.finditer(text, *clause[0])]
    )
    left = [text[p] for p in range(*clause[0]) if text[p].isalpha() and not taken.covers(p, p + 1)]
    return sum(3 if char > "\u2e80" else 1 for char in left) >= _MUCH


def _is_detached(scene: Scene, token: Token) -> bool:
    """招行今晚维护,别催。股民九毛: plain speech, and goods with a figure in another sentence."""
    text = scene.text
    stop = _SENTENCE.search(text, token.end)
    start = max((m.end() for m in _SENTENCE.finditer(text, 0, token.start)), default=0)
    if stop is None and not start:
        return False
    end = stop.start() if stop else len(text)
    span = [(start, end)]
    if any(t.kind in _TELLING for t in within(scene.tokens, span)) or within(scene.figures, span):
        return False
    around = [(0, start), (end, len(text))]
    goods = any(t.kind in GOODS for t in within(scene.tokens, around))
    if not goods or not any(f.kind == "price" for f in within(scene.figures, around)):
        return False
    return speech(scene, start, end) >= _SPEECH
