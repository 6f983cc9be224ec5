"""What the learned readers of numbers count: features of a number, and of a figure of a listing."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.figure import Figure
from ingest.extract.pieces import names_between, numbers_of
from ingest.extract.tokens import GOODS, Token
from ingest.text.once import once

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

_NUMERALS: Final = re.compile(
    r"[0-9.,]+|[一二两三四五六七八九十百千万亿半零]+(?=[^一二两三四五六七八九十百千万])"
    r"|(?<=[0-9 ])[kw](?![a-z])"
)
_AROUND: Final = 4
"""Pieces on either side of a figure that count."""
_BESIDE: Final = 6
"""Pieces on either side of a number that count."""
_REACH: Final = 24
"""Code points on either side of a number that are cut into pieces."""
_CLOSE: Final = 3
_SMALL_MONEY: Final = 7
"""How many yuan a dollar is, roughly."""
_DOLLARS: Final = frozenset({"USD", "USDT"})
_NONE: Final = "-"
_YEARS: Final = range(1990, 2036)
_FAR: Final = 9
_MANY: Final = 3
_SAID: Final = {"<": "in front", ">": "behind", "m": "written", "n": "goods", "i": "goods"}


class FigureSeen(NamedTuple):
    """All that the features of a figure of a listing are made of."""

    said: str | None
    per: str | None
    unit: str | None
    shape: str
    size: int
    currency: str | None
    ids: tuple[str, ...]
    name: str
    word: str
    """The goods named last in front of it, and their words."""
    before: tuple[str, ...]
    behind: tuple[str, ...]
    others: frozenset[str]

    @property
    def features(self) -> set[str]:
        """What a model counts."""
        said, shape, size, name, word = self.said, self.shape, self.size, self.name, self.word
        last = shape[-1:]
        told = {
            f"r{said}", f"q{self.per}", f"U{self.unit}", f"m{shape}", f"l{last}",
            f"L{shape[-2:]}", f"f{shape[:1]}", f"b{size}", f"c{self.currency}", f"i{name}",
            f"n{len(self.ids)}", f"w{word}", f"ri{said}|{name}", f"rm{said}|{shape}",
            f"rl{said}|{last}", f"rb{said}|{size}", f"mi{last}|{name}", f"Mi{shape}|{name}",
            f"bi{size}|{name}", f"bm{size}|{last}", f"rw{said}|{word}",
            f"B{said}|{size}|{name}", f"M{said}|{last}|{name}", f"p{name.split('/')[0]}|{said}",
        }  # fmt: skip
        told.update(self._around())
        told.update([f"I{each}" for each in self.ids])
        told.update([f"o{key}" for key in self.others])
        told.update([f"O{said}|{key}" for key in self.others])
        return told

    def _around(self) -> set[str]:
        said = self.said
        _, b, c, d = self.before
        e, f, g, _ = self.behind
        told = {
            f"<1{d}", f"<2{c}{d}", f"<3{b}{c}{d}", f">1{e}", f">2{e}{f}", f">3{e}{f}{g}",
            f"r<2{said}|{c}{d}", f"r>2{said}|{e}{f}", f"r<1{said}|{d}", f"r>1{said}|{e}",
        }  # fmt: skip
        told.update([f"<{name}" for name in self.before])
        told.update([f">{name}" for name in self.behind])
        return told


class Setting:
    """The figures of one listing beside its goods."""

    def __init__(
        self, scene: "Scene", figures: Sequence[Figure], products: Sequence[Token]
    ) -> None:
        self._scene, self._figures, self._products = scene, figures, products

    @once
    def _ids(self) -> tuple[str, ...]:
        return tuple(sorted({product.id for product in self._products}))

    @once
    def _others(self) -> Counter[str]:
        return Counter(map(_said_of, self._figures))

    def sign(self, figure: Figure, said: str | None) -> str:
        """What the rules say of a figure, and the sign that it ends with."""
        return f"{said}|{self._scene.text[figure.start : figure.end].rstrip()[-1:].lower()}"

    def features(self, figure: Figure, said: str | None) -> set[str]:
        """Features of a figure whose unit, or what it is for, the rules say."""
        return self.seen(figure, said).features

    def seen(self, figure: Figure, said: str | None) -> FigureSeen:
        """What the features of such a figure are made of."""
        written = "".join(self._scene.text[figure.start : figure.end].lower().split())
        own = _said_of(figure)
        return FigureSeen(
            said,
            figure.per,
            figure.unit,
            _NUMERALS.sub("0", written),
            _size(figure.value, figure.currency),
            figure.currency,
            self._ids,
            *self._nearest(figure),
            *self._around(figure),
            frozenset([key for key, often in self._others.items() if often > (key == own)]),
        )

    def _nearest(self, figure: Figure) -> tuple[str, str]:
        """The goods named last in front of a figure, and their words."""
        if not self._products:
            return _NONE, _NONE
        before = [p for p in self._products if p.start < figure.end]
        near = max(before, key=_end) if before else self._products[0]
        return near.id, "".join(self._scene.text[near.start : near.end].lower().split())

    def _around(self, figure: Figure) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the pieces in front of a figure and behind."""
        found = self._scene.pieces
        touched = numbers_of(found, (figure.start, figure.end))
        first, last = touched.start, touched.stop
        before = _padded([p.name for p in found[max(0, first - _AROUND) : first]], _AROUND)
        behind = [p.name for p in found[last : last + _AROUND]]
        behind += [""] * (_AROUND - len(behind))
        return tuple(before), tuple(behind)


class NumberSeen(NamedTuple):
    """All that the features of a number of a post are made of."""

    kind: str
    told: str
    """What the rules read over it."""
    size: int
    whole: bool
    digit: bool
    shape: str
    last: str
    ahead: str
    next: str
    distance: str
    """The goods in front of it and behind, and how far off the former are."""
    kinds: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    year: str | None
    """The sign behind what may be a year."""

    @property
    def features(self) -> set[str]:
        """What a model counts."""
        kind, size, ahead, last = self.kind, self.size, self.ahead, self.last
        told = {
            f"k{kind}", f"K{self.told}", f"b{size}",
            f"w{self.digit}", f"kb{kind}|{size}", f"n{ahead}", f"a{self.next}",
            f"kn{kind}|{ahead}", f"bn{size}|{ahead}", f"d{self.distance}|{kind}",
            f"e{last}", f"E{last}|{kind}", f"W{self.whole}|{kind}", f"s{self.shape}",
        }  # fmt: skip
        told.update([f"c{kind}|{each}" for each in self.kinds])
        told.update(self._around())
        if self.year is not None:
            told.add(f"y{self.year}")
            told.add("Y")
        return told

    def _around(self) -> set[str]:
        kind, size, before, behind = self.kind, self.size, self.before, self.behind
        a, b, c = before[-3:]
        d, e, f = behind[:3]
        told = {
            f"<1{c}", f"<2{b}{c}", f"<3{a}{b}{c}", f">1{d}", f">2{d}{e}", f">3{d}{e}{f}",
            f"x{c}|{d}", f"x2{b}{c}|{d}", f"x3{c}|{d}{e}", f"b>{size}|{d}", f"b<{size}|{c}",
            f"k>{kind}|{d}", f"k<{kind}|{c}", f"k>2{kind}|{d}{e}", f"k<2{kind}|{b}{c}",
        }  # fmt: skip
        told.update([f"<{name}" for name in before])
        told.update([f">{name}" for name in behind])
        told.update([f"<k{kind}|{name}" for name in before[-_CLOSE:]])
        told.update([f">k{kind}|{name}" for name in behind[:_CLOSE]])
        told.update([f"<p{x}{y}" for x, y in pairwise(before)])
        return told


class Numbers:
    """The numbers of one post beside what the rules read in it."""

    def __init__(self, scene: "Scene", text: str) -> None:
        self._written = text
        self._tokens = scene.tokens
        self._figures = scene.figures
        self._starts = [figure.start for figure in scene.figures]

    @once
    def _text(self) -> str:
        small = self._written.lower()
        return small if len(small) == len(self._written) else self._written

    @once
    def _goods(self) -> list[Token]:
        return [token for token in self._tokens if token.kind in GOODS]

    @once
    def _begins(self) -> list[int]:
        return [token.start for token in self._goods]

    @once
    def _kinds(self) -> tuple[str, ...]:
        kinds = Counter([figure.kind for figure in self._figures])
        return tuple([f"{kind}{min(often, _MANY)}" for kind, often in kinds.items()])

    def figure(self, start: int, end: int) -> Figure | None:
        """What the rules read over a place."""
        number = bisect_right(self._starts, end - 1) - 1
        if number < 0:
            return None
        for each in self._figures[number - 1 if number else 0 : number + 1]:
            if each.start < end and start < each.end:
                return each
        return None

    def seen(self, start: int, end: int, value: float) -> NumberSeen:
        """What the features of a number at a place of the text are made of."""
        figure = self.figure(start, end)
        text = self._text
        whole = float(value).is_integer()
        return NumberSeen(
            figure.kind if figure else _NONE,
            _said_of(figure) if figure else _NONE,
            _size(value, None),
            whole,
            text[start].isdigit(),
            _NUMERALS.sub("0", text[start:end]),
            text[end - 1],
            *self._beside(start, end),
            self._kinds,
            *self._around(start, end),
            text[end : end + 1].strip() if whole and value in _YEARS else None,
        )

    def _beside(self, start: int, end: int) -> tuple[str, str, str]:
        """The goods in front of a number and behind, and how far off the former are."""
        number = bisect_right(self._begins, start) - 1
        before = self._goods[number] if number >= 0 else None
        behind = self._goods[number + 1] if number + 1 < len(self._goods) else None
        distance = str(min(_FAR, (start - before.end) // 2)) if before else ""
        return before.id if before else _NONE, behind.id if behind else _NONE, distance

    def _around(self, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the pieces in front of a number and behind."""
        before = names_between(self._text, max(0, start - _REACH), start)[-_BESIDE:]
        behind = names_between(self._text, end, end + _REACH)[:_BESIDE]
        behind += [""] * (_BESIDE - len(behind))
        return tuple(_padded(before, _BESIDE)), tuple(behind)


def said(feature: str) -> str:
    """A feature as a person reads it."""
    kind, words = feature[0], feature[1:]
    return f"{_SAID[kind]} {words}" if kind in _SAID else feature


def _said_of(figure: Figure) -> str:
    return f"{figure.kind}:{figure.per if figure.kind == 'price' else figure.unit}"


def _size(value: float, currency: str | None) -> int:
    """How many digits a value has, prices in yuan."""
    if value <= 0:
        return -_FAR
    return math.floor(math.log10(value * (_SMALL_MONEY if currency in _DOLLARS else 1)))


def _padded(names: list[str], size: int) -> list[str]:
    return [""] * (size - len(names)) + names


def _end(token: Token) -> int:
    return token.end
