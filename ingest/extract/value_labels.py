"""What stands beside each price, quantity and contact of a post, up to a sign or the next one."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from ingest.extract.scene import Scene
from ingest.extract.spans import Placed, Span, SpanIndex

_CUT: Final = re.compile(
    r"[,;!?。\n|、/()\[\]【】~]|\.(?!\d)|:(?!\s*[\d$¥€£一二两三四五六七八九十])"
)
CONTACT: Final = "contact"
_KINDS: Final = {"price": "price", "problem": "price", "quantity": "quantity"}
_FEWEST, _MOST = 2, 240
"""Values between which goods may be shared out; a catalogue of more is left as it is."""


class Label(NamedTuple):
    """A value with what stands in front of it and behind it up to a sign or the next value."""

    kind: str
    front: Span
    back: Span
    since: int
    """Where the value of its kind before it ends."""
    above: Span
    """The clause before the one that it stands in."""


def value_labels(scene: Scene) -> list[Label]:
    """The labels of a post with several values, by place; contacts count where there are two."""
    values: list[tuple[Placed, str]] = [
        (f, _KINDS[f.kind]) for f in scene.figures if f.kind in _KINDS
    ]
    if len(scene.contacts) >= _FEWEST:
        values += [(c, CONTACT) for c in scene.contacts]
        values.sort(key=_start)
    if not _FEWEST <= len(values) <= _MOST:
        return []
    held = SpanIndex([(f.start, f.end) for f in scene.figures])
    cuts = [m.span() for m in _CUT.finditer(scene.text) if not held.overlaps(*m.span())]
    ends: dict[str, int] = {}
    found: list[Label] = []
    for number, (value, kind) in enumerate(values):
        last = values[number - 1][0].end if number else 0
        following = values[number + 1][0].start if number + 1 < len(values) else len(scene.text)
        start, above = _opening(scene.text, cuts, value.start, last)
        cut = bisect_left(cuts, (value.end, 0))
        end = min(following, cuts[cut][0]) if cut < len(cuts) else following
        since = ends.get(kind, 0)
        found.append(Label(kind, (start, value.start), (value.end, end), since, above))
        ends[kind] = value.end
    return found


def _start(each: tuple[Placed, str]) -> int:
    return each[0].start


def _opening(text: str, cuts: Sequence[Span], place: int, last: int) -> tuple[int, Span]:
    """Where the label in front of a place begins, and the last clause before it with any words."""
    number = bisect_right(cuts, (place, 0))
    while number and cuts[number - 1][1] > place:
        number -= 1
    start = max(last, cuts[number - 1][1] if number else 0)
    if not number or start != cuts[number - 1][1]:
        return start, (start, start)
    while number:
        stop, opens = cuts[number - 1][0], cuts[number - 2][1] if number > 1 else 0
        if text[opens:stop].strip():
            return start, (opens, stop)
        number -= 1
    return start, (start, start)
