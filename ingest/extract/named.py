"""What words name goods, and which goods, by how they are written and what stands around them.

Linear models: one tells of each piece of a post whether it names goods, one tells of a run of
pieces which goods it names, one tells of words that the rules took for goods whether they are the
goods of the listing. `python -m benchmarks.named` learns them.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.classes import BIAS, UNIT, Choice, Classes, Pairs, read, written
from ingest.extract.goods_features import (
    EDGES,
    GoodsSeen,
    Run,
    goods_seen,
    marks_of,
    piece_features,
    run_features,
    said,
)
from ingest.extract.pieces import END_OF_LINE, Piece, numbers_of
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.lexicon.load import packaged_rows

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

OTHER: Final = "product/other"
"""Goods that no id stands for."""
CORPUS: Final = "corpus"
"""The row that tells from which lines the weights were learned."""
NAMES: Final = "names"
"""The row with the ids whose numbers the other rows hold."""
WORDS, IDS, KEPT = "w", "g", "k"
"""First letters of the rows of each model."""
_VALUES: Final = frozenset(("T", "M", "N", END_OF_LINE))
_NAMES_GOODS: Final = -1.0
"""Log-odds over which a piece belongs to words that name goods."""
_CLEAR: Final = -0.5
"""Log-odds that one piece of them must have.

With `_SURE`, of goods added to lines of hands from which nothing was learned 83 in 100 were
right.
"""
_BRIDGED: Final = -2.0
"""Log-odds over which one piece between two that name goods belongs to them."""
_SURE: Final = 0.7
"""Share of the likelihood that an id must have to be read."""
_STRAY: Final = -1.0
"""Log-odds under which a word is not the goods of a listing that has others."""
_REMEMBERED: Final = 8192
"""Ads are made alike: most words stand as they stood before."""
_CATALOGUE: Final = 60
"""Each word is judged beside all others: a listing of more is left as it is."""


class Weights(NamedTuple):
    """`words` and `kept`: weight by feature; `ids`: by feature, weights by number in `names`."""

    words: Mapping[str, int] = {}
    names: tuple[str, ...] = ()
    ids: Mapping[str, Pairs] = {}
    kept: Mapping[str, int] = {}


class Named:
    """The models. Without weights nothing is added and nothing left out."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._ids = Classes(weights.names, weights.ids)
        self._judged = lru_cache(_REMEMBERED)(self._fitness)

    @classmethod
    def packaged(cls) -> "Named":
        """The weights that come with the program."""
        return cls(weights_of(packaged_rows("named")))

    def with_added(self, scene: "Scene", goods: list[Token]) -> list[Token]:
        """Goods of a post that is worded as an ad: what is found where the rules find none."""
        if any(g.id != DATA_GENERIC for g in goods):
            return goods
        return sorted([*goods, *self.added(scene)])

    def added(self, scene: "Scene") -> Iterator[Token]:
        """Runs of pieces that name goods of a sure id, as ambiguous words."""
        found, odds = scene.pieces, self.odds(scene)
        for run in runs_of(found, odds):
            if max(odds[run.first : run.last + 1]) < _CLEAR:
                continue
            span = found[run.first].start, found[run.last].end
            best = self.best(scene, run)
            if best is None or best.share < _SURE or best.id in {OTHER, DATA_GENERIC}:
                continue
            if not scene.is_negated(*span):
                yield Token(*span, best.id.split("/")[0], best.id, True)

    def kept(self, scene: "Scene", goods: list[Token]) -> list[Token]:
        """The goods of a listing without what names a use, a detail or an origin; never none."""
        if not 1 < len(goods) <= _CATALOGUE:
            return goods
        judged = [(self._judged(goods_seen(scene, goods, token)), token) for token in goods]
        left = [
            token for fit, token in judged
            if fit >= _STRAY or _in_a_row(token, goods)
        ]  # fmt: skip
        return left or [max(judged, key=_first)[1]]

    def odds(self, scene: "Scene") -> list[float]:
        """Log-odds of each piece of a post that it names goods."""
        known = self._weights.words
        if not known:
            return [-math.inf] * len(scene.pieces)
        names = [*EDGES, *(piece.name for piece in scene.pieces), *EDGES]
        marks = [*EDGES, *marks_of(scene), *EDGES]
        weight = known.get
        bias = known[BIAS]
        return [
            (bias + sum([weight(f, 0) for f in piece_features(names, marks, at)])) / UNIT
            for at in range(len(scene.pieces))
        ]

    def best(self, scene: "Scene", run: Run) -> Choice | None:
        """The goods that a run most likely names; None without weights."""
        return self._ids.best(run_features(scene, run))

    def _fitness(self, seen: GoodsSeen) -> float:
        known = self._weights.kept
        return (known.get(BIAS, 0) + sum(filter(None, map(known.get, seen.features)))) / UNIT

    def reasons(self, scene: "Scene", token: Token) -> list[str]:
        """What speaks most for the id of an added token, in words, the weightiest first."""
        touched = numbers_of(scene.pieces, (token.start, token.end))
        features = run_features(scene, Run(touched[0], touched[-1]))
        told = self._ids.strongest(features, token.id)
        return [f"{said(feature)} {weight:+.2f}" for feature, weight in told]


def _in_a_row(token: Token, goods: list[Token]) -> bool:
    """Whether other goods stand one sign away: what is listed together is sold together."""
    return any(1 in (token.start - other.end, other.start - token.end) for other in goods)


def _first(judged: tuple[float, Token]) -> float:
    return judged[0]


def runs_of(found: Sequence[Piece], odds: Sequence[float]) -> Iterator[Run]:
    """Stretches whose pieces name goods; one doubtful piece between two of them belongs to it."""
    first = last = -1
    for number, (piece, odd) in enumerate(zip(found, odds, strict=True)):
        value = piece.name in _VALUES
        if odd > _NAMES_GOODS and not value:
            first, last = (first if first >= 0 else number), number
        elif first >= 0 and (value or odd < _BRIDGED or number > last + 1):
            yield Run(first, last)
            first = -1
    if first >= 0:
        yield Run(first, last)


def rows_of(weights: Weights, corpus: int) -> Iterator[tuple[str, str]]:
    """Rows of the data file: a model's letter and a feature, and weights."""
    yield CORPUS, str(corpus)
    yield NAMES, " ".join(weights.names)
    yield from ((f"{WORDS}{name}", str(weight)) for name, weight in weights.words.items())
    yield from ((f"{KEPT}{name}", str(weight)) for name, weight in weights.kept.items())
    yield from ((f"{IDS}{name}", told) for name, told in written(weights.ids))


def weights_of(rows: Iterator[tuple[str, ...]]) -> Weights:
    """The weights that rows of the data file hold."""
    told: dict[str, str] = {key: value for key, value in rows}  # noqa: C416 — rows of any length
    found: dict[str, dict[str, str]] = {WORDS: {}, IDS: {}, KEPT: {}}
    names = tuple(told.pop(NAMES, "").split())
    told.pop(CORPUS, None)
    for key, value in told.items():
        found[key[0]][key[1:]] = value
    return Weights(
        {key: int(value) for key, value in found[WORDS].items()},
        names,
        {key: read(value) for key, value in found[IDS].items()},
        {key: int(value) for key, value in found[KEPT].items()},
    )
