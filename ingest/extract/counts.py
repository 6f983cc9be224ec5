"""What a number of an ad says, by how it is written and what stands around it.

Linear models beside the rules: one tells the unit of a quantity, one what a price is for, one
whether a number is a price, a quantity or neither. `python -m benchmarks.counts` learns them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.classes import Classes, Pairs, read, written
from ingest.extract.counts_features import FigureSeen, Numbers, NumberSeen, Setting, said
from ingest.extract.figure import Figure
from ingest.extract.numbers_of import number, numbers
from ingest.extract.spans import SpanIndex
from ingest.lexicon.load import packaged_rows

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

UNITS, PERS, KINDS = "u", "p", "k"
"""First letters of the rows of each model: units, what prices are for, classes of numbers."""
CORPUS: Final = "corpus"
"""The row that tells from which lines the weights were learned."""
NAMES: Final = "names "
"""In front of a model's letter: the row with the classes whose numbers the others hold."""
PLAIN: Final = "plain "
"""In front of a model's letter: the row with the signs behind which the rules are not doubted."""
NOTHING: Final = "-"
"""A price for nothing that is said; a number that is neither price nor quantity."""
PRICE, QUANTITY = "price", "quantity"
_LEAST: Final = {UNITS: 0.5, PERS: 0.5, KINDS: 0.7}
"""Share of the likelihood that a class must have to be read in place of what the rules say."""
OPEN: Final = frozenset({None, "other", "order"})
"""Written units that do not say what is counted."""
_LONGEST: Final = 1500
"""Code points of a post whose numbers are judged."""
_KEPT: Final = 8192
"""Ads are made alike: most of what is seen of a number was seen before."""
_CATALOGUE: Final = 60
"""Each figure is judged beside all others: a listing of more is left as it is."""


Plain = Mapping[str, frozenset[str]]
"""By model, what the rules say beside the sign at the end of a figure, where they are right."""


class Vote(NamedTuple):
    """What was learned that overrules what the rules say of the figure at a place."""

    model: str
    start: int
    chosen: str
    features: set[str]


class Ask(NamedTuple):
    """A number that a model is asked about. `figure`: what the rules read over it."""

    start: int
    end: int
    figure: Figure | None
    seen: NumberSeen

    @property
    def features(self) -> set[str]:
        """What the model counts."""
        return self.seen.features


class Counts:
    """The models. Without weights nothing changes."""

    def __init__(self, models: Mapping[str, Classes], plain: Plain | None = None) -> None:
        self._models = models
        self._plain = plain or {}
        self._likeliest = lru_cache(_KEPT)(self._judged)

    @classmethod
    def packaged(cls) -> "Counts":
        """The weights that come with the program."""
        return cls(*models_of(packaged_rows("counts")))

    def settled(
        self,
        model: str,
        setting: Setting,
        figures: Sequence[Figure],
        told: tuple[Figure, str | None],
    ) -> Vote | None:
        """What a figure counts or is for, where that is not what the rules say of it."""
        figure, known = told
        if len(figures) > _CATALOGUE or model not in self._models:
            return None
        if model == UNITS and figure.unit not in OPEN:
            return None
        if setting.sign(figure, known) in self._plain.get(model, ()):
            return None
        seen = setting.seen(figure, known)
        chosen = self._likeliest(model, seen)
        if chosen is None or chosen == (known or NOTHING):
            return None
        return Vote(model, figure.start, chosen, seen.features)

    def _judged(self, model: str, seen: FigureSeen | NumberSeen) -> str | None:
        return self.chosen(model, seen.features)

    def chosen(self, model: str, features: set[str], sign: str = "") -> str | None:
        """The class of a number that is likely enough to be read; None where none is asked."""
        if sign in self._plain.get(model, ()):
            return None
        best = self._models[model].best(features) if model in self._models else None
        return best.id if best and best.share >= _LEAST[model] else None

    def recounted(self, scene: "Scene") -> tuple[list[Figure], list[Vote]]:
        """The figures of an ad with what was left unread, without quantities that are none."""
        if KINDS not in self._models:
            return scene.figures, []
        text = scene.counting
        votes: list[Vote] = []
        added: list[Figure] = []
        kept: set[Figure] = set()
        doubted: set[Figure] = set()
        for ask in asked(scene, text):
            kind = self._likeliest(KINDS, ask.seen)
            if ask.figure:
                (doubted if kind == NOTHING else kept).add(ask.figure)
            elif kind not in {None, NOTHING} and (figure := _read(scene, text, ask, kind, added)):
                added.append(figure)
                votes.append(Vote(KINDS, figure.start, kind, ask.features))
        left = scene.figures
        if doubted:
            left = [f for f in left if f in kept or f not in doubted]
        if added:
            left = scene.rules.money.with_currency(text, sorted([*left, *added]))
        return left, votes

    def reasons(self, vote: Vote) -> str:
        """What speaks most for a vote, in words, the weightiest first."""
        told = self._models[vote.model].strongest(vote.features, vote.chosen)
        return ", ".join(f"{said(feature)} {weight:+.2f}" for feature, weight in told)


def _read(scene: "Scene", text: str, ask: Ask, kind: str, added: Sequence[Figure]) -> Figure | None:
    """The figure at the place of a number that no rule read, apart from all others."""
    before = max((f.end for f in (*scene.figures, *added) if f.end <= ask.start), default=0)
    figure = scene.rules.money.reread(text, ask.start, ask.end, kind, before)
    others = (*scene.figures, *added)
    if figure is None or any(f.start < figure.end and figure.start < f.end for f in others):
        return None
    return figure


def asked(scene: "Scene", text: str, *, every: bool = False) -> Iterator[Ask]:
    """Numbers of a post that the rules left unread or took for quantities, or all that count."""
    found = Numbers(scene, text)
    taken: SpanIndex | None = None
    for match in numbers(text):
        start, end = match.span()
        if end > _LONGEST:
            break
        figure = found.figure(start, end)
        if figure and figure.kind != QUANTITY and not every:
            continue
        value = number(match[0])
        taken = taken or _taken(scene)
        if value and not taken.overlaps(start, end) and not _is_idle(scene, start, end):
            yield Ask(start, end, figure, found.seen(start, end, value))


def _is_idle(scene: "Scene", start: int, end: int) -> bool:
    """Whether a number is denied, told of others, a fee or one that another took the place of."""
    aside = scene.aside
    return (
        scene.is_denied(start, end)
        or aside.void.covers(start, end)
        or aside.past.covers(start, end)
    )


def _taken(scene: "Scene") -> SpanIndex:
    """Places of contacts, and of figures that are not said of the author's goods."""
    kept = set(scene.figures)
    left_out = [(f.start, f.end) for f in scene.all_figures if f not in kept]
    return SpanIndex([*((c.start, c.end) for c in scene.contacts), *left_out])


def rows_of(models: Mapping[str, Classes], plain: Plain, corpus: int) -> Iterator[tuple[str, str]]:
    """Rows of the data file: a model's letter and a feature, and weights by class."""
    yield CORPUS, str(corpus)
    yield from ((f"{PLAIN}{letter}", " ".join(sorted(signs))) for letter, signs in plain.items())
    for letter, model in models.items():
        yield f"{NAMES}{letter}", " ".join(model.names)
        yield from ((f"{letter}{name}", told) for name, told in written(model.weights))


def models_of(rows: Iterator[tuple[str, ...]]) -> tuple[dict[str, Classes], Plain]:
    """The models that rows of the data file hold, and where none is asked."""
    plain: dict[str, frozenset[str]] = {}
    names: dict[str, tuple[str, ...]] = {}
    weights: dict[str, dict[str, Pairs]] = {}
    for key, value in rows:
        if key.startswith(NAMES):
            letter = key.removeprefix(NAMES)
            names[letter], weights[letter] = tuple(value.split()), {}
        elif key.startswith(PLAIN):
            plain[key.removeprefix(PLAIN)] = frozenset(value.split())
        elif key != CORPUS:
            weights[key[0]][key[1:]] = read(value)
    return {letter: Classes(names[letter], weights[letter]) for letter in names}, plain
