"""What the learned judge of pairs counts: how goods and a number of a post stand to each other."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.chatty import unread
from ingest.extract.figure import Figure
from ingest.extract.pieces import numbers_of
from ingest.extract.spans import SpanIndex
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.text.once import once

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

_BREAKS: Final = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("N", r"\n\s*\n"),
        ("n", r"\n"),
        ("s", r"[;!?。]|\.(?=\s|$)"),
        ("c", r"[,|、/()\[\]]|[-=—]{2}"),
        ("w", r"\s"),
    )
)
"""What parts two places, the strongest first."""
_STRENGTH: Final = {sign: place for place, sign in enumerate("x-0wcsnN")}
_JOIN: Final = re.compile(r"\s*(?:[/|、,+&]|and|or|[和与跟及]|还有|以及)?\s*")
_CUT: Final = re.compile(r"[,;!?。\n|、/()]")
_UNREAD: Final = re.compile("[一-鿿]{2,}|[a-z]{3,}")
_LONG_WORD: Final = 6
_SIGN: Final = re.compile(r"\n|[;!?。]|\.(?=\s|$)|[,、/|]|[()\[\]]|[:=→➡]|-{2}|—")
_SIGNS: Final = {"\n": "n", "、": "、", "/": "/", ",": ",", "|": ",", "(": "(", "[": "("}
_CLOSING: Final = {**dict.fromkeys(";!?。.", "s"), ")": ")", "]": ")"}
_VALUES: Final = {"price": "P", "quantity": "Q"}
_WORDS: Final = {
    "sell": "S", "buy": "B", "recruit": "R", "source": "O", "rival": "X", "quoted": "X",
    "past": "t", "own": "I", "first_person": "I",
}  # fmt: skip
_GOODS, _THESE, _FIGURE = "G", "g", "F"
_ROWS: Final = 3
_MANY: Final = 2
_ALIKE: Final = 4
_SHAPE: Final = 6
_NEAR_GAP: Final = 3
_NEXT: Final = 2


class Event(NamedTuple):
    """Something at a place of a post, and the letter that it counts as."""

    start: int
    end: int
    sign: str
    of: Token | Figure | None


def figures_once(scene: "Scene") -> list[Figure]:
    """All figures of a post by place, those left out for others' and old ones included."""
    found = {(f.start, f.end): f for f in (*scene.all_figures, *scene.figures)}
    return sorted(found.values(), key=_by_start)


class Geometry(NamedTuple):
    """How goods and a figure lie to each other and to the others."""

    key: str
    kind: str
    level: str
    front: str
    back: str
    taken: str
    opens: str
    many: int
    often: int
    beside: bool
    negated: bool
    denied: bool
    joined: bool | None
    strange: bool | None

    def features(self) -> set[str]:
        """What the model counts of it."""
        key, level, opens, taken = self.key, self.level, self.opens, self.taken
        many, often, front, back = self.many, self.often, self.front, self.back
        nearer = _compared(front, back)
        even = "=" if many == often else "<" if many < often else ">"
        told = {
            key, f"{key}{level}", f"{key}{nearer}", f"{key}{nearer}{opens}", f"{key}{front}{back}",
            f"{key}{nearer}{opens}{even}", f"{key}{taken}{nearer}", f"{key}{level}{nearer}{opens}",
            f"{key}|{min(many, _ALIKE)}|{min(often, _ALIKE)}", f"{key}{level}{opens}{even}",
            f"k{self.kind}{key}", f"opens{opens}{key[0]}", f"t{self.beside}{nearer}{taken}",
            f"neg{self.negated}", f"den{self.denied}",
        }  # fmt: skip
        if self.joined is not None:
            told.update((f"row{self.joined}{key}", f"row{self.joined}{key}{level}"))
        if self.strange is not None:
            told.update((f"un{self.strange}{key}", f"un{self.strange}{level}{key}"))
        return told


class Wording(NamedTuple):
    """The pieces on either side of a figure, and between it and goods where they are few."""

    key: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    size: int
    between: tuple[str, ...] | None

    def features(self) -> set[str]:
        """What the model counts of them."""
        key, left, right = self.key, self.left, self.right
        side = key[0]
        told = {f"len{side}{min(self.size // 3, 6)}"}
        told.update([f"<{number}{name}{side}" for number, name in enumerate(left[::-1])])
        told.update([f">{number}{name}{side}" for number, name in enumerate(right)])
        told.update([f"<{name}{key}" for name in left])
        told.update([f">{name}{key}" for name in right])
        if len(left) > 1:
            told.add(f"<<{left[-2]}{left[-1]}{key}")
        if len(right) > 1:
            told.add(f">>{right[0]}{right[1]}{key}")
        if self.between is not None:
            told.add(f"gap{side}{''.join(self.between)}")
        return told


class Shape(NamedTuple):
    """The letters of a post, and the places of goods and a figure among them."""

    signs: str
    kind: str
    """The letter of other figures of the kind."""
    one: int
    other: int

    def features(self) -> set[str]:
        """What the model counts of it."""
        signs, one, other = self.signs, self.one, self.other
        side = "A" if one < other else "B"
        right = signs[other + 1 : other + _NEXT]
        between = signs[min(one, other) + 1 : max(one, other)]
        front, back = signs[max(0, one - 3) : one], signs[one + 1 : one + 4]
        told = {
            f"m{side}{between[:_SHAPE]}|{right}", f"f{side}{front[-1:]}", f"f{side}{front}",
            f"b{side}{back[:1]}", f"b{side}{back[:2]}", f"b{side}{back}",
            f"o{side}{_order(signs, self.kind)}",
        }  # fmt: skip
        for name, kept in (("M", ""), ("C", "GPQn;s,"), ("K", "GPQ"), ("U", "GPQUX")):
            some = "".join([s for s in between if s in kept]) if kept else between
            told.add(f"{name}{side}{some if len(some) <= _SHAPE else 'long'}")
        return told


class Seen(NamedTuple):
    """All that the features of goods and a figure are made of."""

    geometry: Geometry
    wording: Wording
    shape: Shape | None

    @property
    def features(self) -> set[str]:
        """What the model counts."""
        shape = self.shape.features() if self.shape else {"hidden"}
        return self.geometry.features() | self.wording.features() | shape


class Placement:
    """The goods of a post beside its numbers."""

    def __init__(self, scene: "Scene", goods: Sequence[Token], figures: Sequence[Figure]) -> None:
        self._scene = scene
        exact = [t for t in goods if t.id != DATA_GENERIC] or list(goods)
        self.goods = _apart(sorted(exact))
        self.figures = figures
        self.ids = {t.id for t in self.goods}

    @once
    def _starts(self) -> list[int]:
        return [token.start for token in self.goods]

    @once
    def _events(self) -> list[Event]:
        """What stands in the post, by place: values, goods, words that nothing explains, signs."""
        scene = self._scene
        found = [Event(t.start, t.end, _GOODS, t) for t in self.goods]
        found += [Event(f.start, f.end, _VALUES.get(f.kind, "L"), f) for f in figures_once(scene)]
        found += [Event(c.start, c.end, "C", None) for c in scene.contacts]
        found = _apart(sorted(found, key=_by_place))
        used = SpanIndex([(e.start, e.end) for e in found])
        free = [
            Event(t.start, t.end, _WORDS[t.kind], None)
            for t in scene.all_tokens if t.kind in _WORDS
        ]  # fmt: skip
        free += (
            Event(*m.span(), "U" if len(m[0]) < _LONG_WORD else "V", None)
            for m in _UNREAD.finditer(unread(scene, 0, len(scene.text)))
        )
        free += (Event(*m.span(), _sign(m[0]), None) for m in _SIGN.finditer(scene.text))
        found += [e for e in free if not used.overlaps(e.start, e.end)]
        return sorted(found, key=_by_start)

    @once
    def _signs(self) -> str:
        return "".join(event.sign for event in self._events)

    @once
    def _place_of(self) -> dict[Token | Figure, int]:
        return {event.of: n for n, event in enumerate(self._events) if event.of is not None}

    @once
    def _in_step(self) -> dict[Figure, str]:
        """Goods of each price where goods and prices of a post take turns: 8毛 股民 5毛 网贷."""
        prices = [f for f in self.figures if f.kind == "price"]
        if not len(prices) == len(self.goods) == len(self.ids) >= _ROWS:
            return {}
        pairs = list(zip(self.goods, prices, strict=True))
        ahead = {goods.start < price.start for goods, price in pairs}
        apart = all(
            max(a[0].end, a[1].end) <= min(b[0].start, b[1].start) for a, b in pairwise(pairs)
        )
        return {price: goods.id for goods, price in pairs} if apart and len(ahead) == 1 else {}

    @once
    def _is_list(self) -> bool:
        """Whether the post is a list with a line for each price."""
        lines = Counter(
            self._scene.text.count("\n", 0, f.start) for f in self.figures if f.kind == "price"
        )
        return len(lines) >= _ROWS and max(lines.values()) == 1

    def settled(self, figure: Figure) -> frozenset[str]:
        """Goods that a figure is plainly said of: those of its row in a list of prices.

        Elsewhere the only ones of a line with one such figure; a lone figure of a line may be said
        of the goods in other lines, where all are the same.
        """
        if figure in self._in_step:
            return frozenset({self._in_step[figure]})
        text = self._scene.text
        start = text.rfind("\n", 0, figure.start) + 1
        stop = text.find("\n", figure.end)
        end = stop if stop >= 0 else len(text)
        beside = sum(f.kind == figure.kind and start <= f.start < end for f in self.figures)
        own = {t.id for t in self._between(start, end)}
        ids = own or self.ids
        if beside == 1 and (len(ids) == 1 or (own and self._is_list)):
            return frozenset(ids)
        return frozenset()

    def nearest(self, name: str, figure: Figure) -> Token | None:
        """Where goods of an id are named with the fewest others between them and a figure."""
        named = [t for t in self.goods if t.id == name]
        return min(
            named,
            key=lambda t: (self._others(t, figure), abs(t.start - figure.start)),
            default=None,
        )

    def _others(self, token: Token, figure: Figure) -> int:
        start, end = min(token.end, figure.end), max(token.start, figure.start)
        return len({t.id for t in self._between(start, end)} - {token.id})

    def _between(self, start: int, end: int) -> list[Token]:
        return self.goods[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def features(self, token: Token, figure: Figure) -> set[str]:
        """Features of goods and a figure that may be said of them."""
        return self.seen(token, figure).features

    def seen(self, token: Token, figure: Figure) -> Seen:
        """What the features of such a pair are made of."""
        start, end, key = self._gap(token, figure)
        return Seen(
            self._geometry(token, figure, (start, end, key)),
            self._wording(figure, (start, end, key)),
            self._shape(token, figure),
        )

    @once
    def _by_kind(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.kind, []).append(figure)
        return found

    def _geometry(self, token: Token, figure: Figure, gap: tuple[int, int, str]) -> Geometry:
        scene, text = self._scene, self._scene.text
        start, end, key = gap
        number = bisect_right(self._starts, figure.start)
        before = self.goods[number - 1] if number else None
        behind = self.goods[number] if number < len(self.goods) else None
        first = self._by_kind[figure.kind][0]
        return Geometry(
            key,
            figure.kind,
            _strength(text, start, end) if start < end else "-",
            _strength(text, before.end, figure.start) if before else "x",
            _strength(text, figure.end, behind.start) if behind else "x",
            f"{self._taken(before, figure)}{self._taken(figure, behind)}",
            _GOODS if self.goods[0].start < first.start else _FIGURE,
            len(self.ids),
            len(self._by_kind[figure.kind]),
            token in (before, behind),
            scene.is_negated(token.start, token.end),
            scene.is_denied(figure.start, figure.end),
            self._in_a_row(token, start, end, ahead=key[0] == "A"),
            self._is_strange(start, end) if key[0] == "A" and start < end else None,
        )

    def _in_a_row(self, token: Token, start: int, end: int, *, ahead: bool) -> bool | None:
        """Whether goods in the gap stand in a row with those of the pair; None without any."""
        others = [t for t in self._between(start, end) if t.id != token.id] if start < end else []
        if not others:
            return None
        row = [token, *others] if ahead else [*others, token]
        return all(_JOIN.fullmatch(self._scene.text, a.end, b.start) for a, b in pairwise(row))

    def _is_strange(self, start: int, end: int) -> bool:
        """Whether nothing explains a word in the last clause of a gap."""
        cut = max((m.end() for m in _CUT.finditer(self._scene.text, start, end)), default=start)
        return cut < end and _UNREAD.search(unread(self._scene, cut, end)) is not None

    def _gap(self, token: Token, figure: Figure) -> tuple[int, int, str]:
        """Where the gap of a pair begins and ends; which is first, and how much stands between."""
        ahead = token.start < figure.start
        start, end = (token.end, figure.start) if ahead else (figure.end, token.start)
        goods = {t.id for t in self._between(start, end)} - {token.id} if start < end else set()
        figures = [
            f for f in self.figures
            if f.kind == figure.kind and start <= f.start < end and f is not figure
        ]  # fmt: skip
        key = f"{'A' if ahead else 'B'}{min(len(goods), _MANY)}{min(len(figures), _MANY)}"
        return start, end, key

    def _taken(self, first: Token | Figure | None, last: Token | Figure | None) -> int:
        """Whether another figure of the kind stands between a figure and goods beside it."""
        if first is None or last is None:
            return 0
        kind = first.kind if isinstance(first, Figure) else last.kind
        return int(any(f.kind == kind and first.end <= f.start < last.start for f in self.figures))

    def _wording(self, figure: Figure, gap: tuple[int, int, str]) -> Wording:
        start, end, key = gap
        pieces = self._scene.pieces
        touched = numbers_of(pieces, (figure.start, figure.end))
        first = bisect_left(pieces, start, key=_by_start)
        last = bisect_left(pieces, end, key=_by_start)
        return Wording(
            key,
            tuple([p.name for p in pieces[max(0, touched.start - 3) : touched.start]]),
            tuple([p.name for p in pieces[touched.stop : touched.stop + 3]]),
            last - first if last > first else 0,
            tuple([p.name for p in pieces[first:last]]) if last - first <= _NEAR_GAP else None,
        )

    def _shape(self, token: Token, figure: Figure) -> Shape | None:
        """The letters of what stands around the figure and between it and the goods."""
        one, other = self._place_of.get(token), self._place_of.get(figure)
        if one is None or other is None:
            return None
        return Shape(self._named(token, other), self._signs[other], one, other)

    def _named(self, token: Token, place: int) -> str:
        """The letters of the post, with other ones for these goods and this figure."""
        signs = list(self._signs)
        for each, number in self._place_of.items():
            if isinstance(each, Token) and each.id == token.id:
                signs[number] = _THESE
        signs[place] = _FIGURE
        return "".join(signs)


_OTHERS: Final = re.compile("G+")


def _order(signs: str, kind: str) -> str:
    """Goods and figures of a kind in their order, these goods and this figure by name."""
    named = (_GOODS, _THESE, _FIGURE, kind)
    kept = "".join([s for s in signs if s in named])
    return _OTHERS.sub(_GOODS, re.sub("g+", _THESE, kept))[:9]


def _strength(text: str, start: int, end: int) -> str:
    """The strongest break between two places."""
    if start >= end:
        return "-"
    for sign, pattern in _BREAKS:
        if pattern.search(text, start, end):
            return sign
    return "0"


def _compared(front: str, back: str) -> str:
    """Whether less parts a figure from the goods in front of it than from those behind."""
    if "x" in {front, back}:
        return "n" if front == "x" else "p"
    near, far = _STRENGTH[front], _STRENGTH[back]
    return "<" if near < far else ">" if near > far else "="


def _sign(written: str) -> str:
    return _SIGNS.get(written) or _CLOSING.get(written, ":")


def _apart(items: list[Token] | list[Event]) -> list:  # type: ignore[type-arg]
    """Items by place without those inside another."""
    found: list[Token | Event] = []
    for item in items:
        if not found or item.start >= found[-1].end:
            found.append(item)
    return found


def _by_start(item: object) -> int:
    start: int = item.start  # type: ignore[attr-defined]
    return start


def _by_place(event: Event) -> tuple[int, int]:
    return event.start, -event.end
