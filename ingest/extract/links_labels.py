"""What stands beside a number in its own clause: goods, and words that nothing explains."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from ingest.extract.figure import Figure
from ingest.extract.tokens import Token

_CUT: Final = re.compile(r"[,;!?。\n|]|\.(?=\s|$)")
_CLOSE: Final = 1
"""Characters between a number and what stands right beside it."""
_KEPT: Final = frozenset("GUVESBXRO")
STRANGE: Final = frozenset("UVE")
"""Words that nothing explains, and pictures."""
_ACTS: Final = frozenset("SBR")
_LONGEST: Final = 3


class Event(Protocol):
    """Something at a place of a post, and the letter that it counts as."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def sign(self) -> str: ...

    @property
    def of(self) -> Token | Figure | None: ...


class Label(NamedTuple):
    """Letters of what stands in front of a number, and behind it, up to the next of its kind."""

    front: Sequence[Event]
    back: Sequence[Event]


class Labels:
    """The labels of the numbers of a post."""

    def __init__(self, text: str, events: Sequence[Event], figures: Sequence[Figure]) -> None:
        self._figures = figures
        self._events = events
        self._breaks = [m.start() for m in _CUT.finditer(text)]
        self._found: dict[Figure, Label] = {}

    def of(self, figure: Figure) -> Label:
        """What stands beside a number."""
        if figure not in self._found:
            self._found[figure] = self._read(figure)
        return self._found[figure]

    def _read(self, figure: Figure) -> Label:
        start = max((b + 1 for b in self._breaks if b < figure.start), default=0)
        end = min((b for b in self._breaks if b >= figure.end), default=1 << 30)
        for each in self._figures:
            if each.kind == figure.kind and each.end <= figure.start:
                start = max(start, each.end)
            elif each.kind == figure.kind and each.start >= figure.end:
                end = min(end, each.start)
        kept = [e for e in self._events if e.sign in _KEPT]
        front = [e for e in kept if start <= e.start and e.end <= figure.start]
        back = [e for e in kept if figure.end <= e.start and e.end <= end]
        return Label(front, back)

    def features(self, token: Token, figure: Figure, opens: str) -> Iterator[str]:
        """Features of goods and a number by what stands beside the number."""
        label = self.of(figure)
        side = "A" if token.start < figure.start else "B"
        front, back = _letters(label.front, token), _letters(label.back, token)
        own = self._own(token, figure)
        near = _near(label, figure, token)
        last, first = front[-1:], back[:1]
        yield from (
            f"l{side}{front}", f"l{side}{front}|{back}", f"l{opens}{side}{front}|{first}",
            f"lo{own}{side}", f"lo{own}{side}{last}{opens}", f"lo{own}{side}{front}|{first}",
            f"ln{own}{side}{near}{opens}", f"lp{self._parallel(figure)}{side}{last}{own}",
        )  # fmt: skip

    def _own(self, token: Token, figure: Figure) -> str:
        """Whether goods have another number of the kind beside them, and on the same terms."""
        found = ""
        for each in self._figures:
            if each.kind != figure.kind or each is figure:
                continue
            label = self.of(each)
            if any(_is(e, token) for e in (*label.front, *label.back)):
                alike = each.per == figure.per and each.unit == figure.unit
                found = "2" if alike or found == "2" else "1"
        return found or "0"

    def _parallel(self, figure: Figure) -> int:
        """How many other numbers of the kind have goods beside them."""
        return sum(
            any(e.sign == "G" for e in (*self.of(each).front, *self.of(each).back))
            for each in self._figures
            if each.kind == figure.kind and each is not figure
        )


def _is(event: Event, token: Token) -> bool:
    return isinstance(event.of, Token) and event.of.id == token.id


def _letters(events: Sequence[Event], token: Token) -> str:
    said = "".join("g" if _is(e, token) else "U" if e.sign in STRANGE else e.sign for e in events)
    return said[-_LONGEST:]


def _near(label: Label, figure: Figure, token: Token) -> str:
    """What stands right in front of a number and right behind it."""
    front = [e for e in label.front if figure.start - e.end <= _CLOSE]
    back = [e for e in label.back if e.start - figure.end <= _CLOSE]
    return f"{_letters(front, token)[-1:]}|{_letters(back, token)[:1]}"
