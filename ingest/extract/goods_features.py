"""What the learned readers of goods count: features of pieces, of runs of them, of known words."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.pieces import END_OF_LINE, Piece, numbers_of
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

EDGES: Final = ("", "", "")
"""What stands before the first piece and behind the last."""
_KINDS: Final = GOODS | {"source", "field", "data_word", "people_word", "sell", "buy", "method"}
_FAR: Final = 6
"""Pieces on either side that count."""
_FIRST, _LAST = "^", "$"
"""Stand for the edges of a run."""
_SAID: Final = {"<": "in front", ">": "behind", "L": "lexicon", "w": "all of"}
_MANY: Final = 4
_ALIKE: Final = 3


class Run(NamedTuple):
    """Pieces from `first` to `last`, the last one included."""

    first: int
    last: int


def marks_of(scene: "Scene") -> list[str]:
    """What the terms of the lexicon say of each piece of a post, as one short name."""
    said: list[set[str]] = [set() for _ in scene.pieces]
    for token in scene.tokens:
        if token.kind in _KINDS:
            kind = "goods" if token.kind in GOODS else token.kind
            for number in numbers_of(scene.pieces, (token.start, token.end)):
                said[number].add(f"{kind}{'?' if token.weak else ''}")
    return ["+".join(sorted(one)) for one in said]


def piece_features(names: Sequence[str], marks: Sequence[str], at: int) -> tuple[str, ...]:
    """Features of a piece; `names` and `marks` begin with three edges and end with three."""
    a, b, c, d, e, f, g = names[at : at + 7]
    before, mark, behind = marks[at + 2 : at + 5]
    return (
        f"0{d}", f"1{c}{d}", f"2{d}{e}", f"3{c}{d}{e}", f"4{b}{c}{d}", f"5{d}{e}{f}",
        f"6{b}{c}{d}{e}", f"7{c}{d}{e}{f}", f"8{c}", f"9{e}", f"a{b}{c}", f"b{e}{f}",
        f"c{a}{b}{c}", f"d{e}{f}{g}", f"m{mark}", f"n{before}|{mark}", f"o{mark}|{behind}",
        f"p{before}|{mark}|{behind}", f"q{b}", f"r{f}",
    )  # fmt: skip


def word_features(names: Sequence[str]) -> set[str]:
    """Features of the words that name goods, alone."""
    inner = [_FIRST, *names, _LAST]
    told = {f"u{name}" for name in names}
    told.update(f"b{a}{b}" for a, b in pairwise(inner))
    told.update(f"t{a}{b}{c}" for a, b, c in zip(inner, inner[1:], inner[2:], strict=False))
    told.update(
        f"q{a}{b}{c}{d}" for a, b, c, d in zip(names, names[1:], names[2:], names[3:], strict=False)
    )
    told.add("w" + "".join(names))
    return told


def run_features(scene: "Scene", run: Run) -> set[str]:
    """Features of a run: its words, what the lexicon says of them, what stands around."""
    found = scene.pieces
    told = word_features([piece.name for piece in found[run.first : run.last + 1]])
    start, end = found[run.first].start, found[run.last].end
    for token in scene.tokens:
        if token.kind in GOODS and token.start < end and start < token.end:
            told.add(f"L{token.id}{'?' if token.weak else ''}")
    before, behind = _sides(found, run)
    told.update(f"<{name}" for name in _runs(before))
    told.update(f">{name}" for name in _runs(behind))
    return told


def said(feature: str) -> str:
    """A feature of a run as a person reads it."""
    kind, words = feature[0], feature[1:]
    if kind in _SAID:
        return f"{_SAID[kind]} {words}"
    first, last = words.startswith(_FIRST), words.endswith(_LAST)
    return f"{'begins ' if first else ''}{'ends ' if last else ''}{words.strip(_FIRST + _LAST)}"


def _sides(found: Sequence[Piece], run: Run) -> tuple[list[str], list[str]]:
    before = found[max(0, run.first - _FAR) : run.first]
    behind = found[run.last + 1 : run.last + 1 + _FAR]
    return [piece.name for piece in before], [piece.name for piece in behind]


def _runs(names: Sequence[str]) -> Iterator[str]:
    yield from names
    yield from (f"{a}{b}" for a, b in pairwise(names))


class GoodsSeen(NamedTuple):
    """All that the features of a word for goods of a listing are made of."""

    id: str
    kind: str
    weak: str
    word: str
    names: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    opens: bool
    """The pieces of the word and around it, and whether it opens a line."""
    beside: tuple[str, ...]
    also: tuple[str, ...]
    """Features of the goods beside it, and what else the word says."""

    @property
    def features(self) -> set[str]:
        """What a model counts."""
        weak = self.weak
        told = {f"i{self.id}{weak}", f"k{self.kind}{weak}", f"w{self.word}"}
        if self.names:
            told.update(_around(self.before, self.behind, weak))
            told.update(f"y{name}" for name in _runs(self.names))
            if self.opens:
                told.add(f"l{weak}")
        told.update(self.beside)
        told.update(f"z{kind}{weak}" for kind in self.also)
        return told


def goods_features(scene: "Scene", goods: Sequence[Token], token: Token) -> set[str]:
    """Features of a word that the rules took for goods of a listing, among all of them."""
    return goods_seen(scene, goods, token).features


def goods_seen(scene: "Scene", goods: Sequence[Token], token: Token) -> GoodsSeen:
    """What the features of such a word are made of."""
    found, weak = scene.pieces, "?" if token.weak else ""
    touched = numbers_of(found, (token.start, token.end))
    run = Run(touched[0], touched[-1]) if touched else None
    before, behind = _sides(found, run) if run else ([], [])
    return GoodsSeen(
        token.id,
        token.kind,
        weak,
        "".join(scene.text[token.start : token.end].split()),
        tuple([found[n].name for n in touched]),
        tuple(before),
        tuple(behind),
        run is not None and (not run.first or found[run.first - 1].name == END_OF_LINE),
        tuple(_beside(scene, goods, token, weak)),
        tuple([
            other.kind
            for other in scene.by_start.get(token.start, ())
            if other.end >= token.end and other.kind != token.kind
        ]),
    )  # fmt: skip


def _around(before: Sequence[str], behind: Sequence[str], weak: str) -> Iterator[str]:
    for side, names, near in (("<", before, before[::-1]), (">", behind, behind)):
        yield from (f"{side}{name}" for name in _runs(names))
        one, two, three = (*near[:3], *EDGES)[:3]
        yield from (f"{side}1{one}", f"{side}2{one}{two}", f"{side}3{one}{two}{three}")
        yield f"{side}1{one}{weak}!"


def _beside(scene: "Scene", goods: Sequence[Token], token: Token, weak: str) -> Iterator[str]:
    others = [g for g in goods if g.id != token.id and g.id != DATA_GENERIC]
    yield f"s{min(sum(g.id == token.id for g in goods), _ALIKE)}"
    yield f"n{min(len({g.id for g in others}), _MANY)}{weak}"
    if not others:
        return
    if any(not g.weak for g in others):
        yield f"c{weak}"
    yield f"f{'first' if token.start <= min(g.start for g in others) else 'later'}{weak}"
    before = max((g for g in others if g.end <= token.start), default=None)
    behind = min((g for g in others if g.start >= token.end), default=None)
    yield from _next_to(scene, token, before, "b") if before else (f"xb0{weak}",)
    yield from _next_to(scene, token, behind, "a") if behind else (f"xa0{weak}",)


def _next_to(scene: "Scene", token: Token, other: Token, side: str) -> Iterator[str]:
    """Features of the goods before or behind, and of what stands between."""
    start, end = min(token.end, other.end), max(token.start, other.start)
    gap = scene.text[start:end]
    parted = "/" if "\n" in gap else "," if scene.parted(start, end) else ""
    weak, doubtful = "?" if token.weak else "", "?" if other.weak else ""
    yield f"x{side}{other.id}|{token.id}"
    yield f"x{side}{other.kind}{doubtful}|{token.kind}{weak}|{parted}"
    yield f"x{side}{min(len(gap), _FAR)}{parted}"
    if len(gap) <= _FAR:
        yield f"x{side}gap{''.join(gap.split())}"
