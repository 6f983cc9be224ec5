"""What the learned judge of pairs counts of the sentence of a number: talk or a list."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ingest.extract.figure import Figure
from ingest.text.once import once

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

_SENTENCE: Final = re.compile(r"[;!?。\n…~]+|\.(?=\s|$)")
_TALK: Final = re.compile(
    r"[了的是就才还都也吧啊吗呢嘛啦呀着过把被让给不没别再又很太真这那哪谁么怎]"
    r"|(?<![a-z])(?:is|are|was|were|the|that|this|it|its|it's|so|but|just|still|only|for|they|"
    r"them|to|do|don't|did|had|has|have|be|been|if|when|not|no|who|what|why)(?![a-z])"
)
_PERSONS: Final = (
    ("i", re.compile(r"[我咱俺]|本人|自己|(?<![a-z])(?:i|we|my|mine|our|ours|me|us)(?![a-z])")),
    ("y", re.compile(r"[你您]|(?<![a-z])(?:you|your|u)(?![a-z])")),
    (
        "t",
        re.compile(
            r"[他她它]|人家|别人|有人|谁"
            r"|(?<![a-z])(?:he|she|they|him|her|them|his|their|someone|somebody|people|everyone)"
            r"(?![a-z])"
        ),
    ),
    ("d", re.compile(r"[那这]|(?<![a-z])(?:that|those|this|these)(?![a-z])")),
)  # fmt: skip
_SIGNS: Final = {"\n": "n", "。": ".", "…": ".", "~": "!"}
_MOST: Final = 4


class Prose:
    """The sentences of a post, and how much each is running talk."""

    def __init__(self, scene: "Scene", figures: Sequence[Figure]) -> None:
        self._text = scene.text
        self._contacts = scene.contacts
        self._figures = figures

    @once
    def _bounds(self) -> list[tuple[int, int, str]]:
        found, start = [], 0
        for match in _SENTENCE.finditer(self._text):
            found.append((start, match.start(), _SIGNS.get(match[0][0], match[0][0])))
            start = match.end()
        found.append((start, len(self._text), "$"))
        return found

    def features(self, figure: Figure) -> Iterator[str]:
        """Features of a figure by its sentence and by those around it."""
        number = self._number(figure)
        start, end, sign = self._bounds[number]
        same = [f for f in self._figures if f.kind == figure.kind and f.per != "percent"]
        places = [self._number(f) for f in same]
        later = any(place > number for place in places)
        earlier = any(place < number for place in places)
        beside = min(places.count(number), _MOST)
        talk = min(sum(1 for _ in _TALK.finditer(self._text, start, end)), _MOST)
        who, ahead = self._persons(start, figure.start), self._persons(figure.end, end)
        after = "".join(self._persons(*self._bounds[n][:2]) for n in set(places) if n > number)
        turn = f"{int(earlier)}{int(later)}"
        yield from (
            f"talk{talk}", f"talk{talk}{turn}", f"talk{talk}{turn}{beside}", f"ends{sign}{turn}",
            f"who{who}", f"who{who}{turn}", f"ahead{ahead}", f"next{who}>{after}{int(later)}",
            f"sent{sign}{talk > 1}{later}", f"pct{figure.per == 'percent'}{len(same) > 0}",
        )  # fmt: skip
        named = any(start <= c.start < figure.start for c in self._contacts)
        yield f"named{named}{later}"

    @once
    def _ends(self) -> list[int]:
        return [end for _, end, _ in self._bounds]

    def _number(self, figure: Figure) -> int:
        return bisect_left(self._ends, figure.start)

    def _persons(self, start: int, end: int) -> str:
        return "".join(name for name, words in _PERSONS if words.search(self._text, start, end))
