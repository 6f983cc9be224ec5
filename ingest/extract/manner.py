"""How the wording of a post is made: like an ad of this trade or like anything else.

A linear model over what stands in a post: runs of one to three characters of its normal text,
in which contacts, amounts and digits are reduced to their kinds, and the kinds of terms, contacts
and figures that the rules found. `python -m benchmarks.manner` learns its weights.
"""

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import add
from typing import TYPE_CHECKING, Final

from ingest.extract.tokens import GOODS
from ingest.lexicon.load import packaged_rows

if TYPE_CHECKING:
    from ingest.extract.scene import Scene

BIAS: Final = "bias"
UNIT: Final = 1000
"""Weights are whole thousandths of log-odds."""
_DIGITS: Final = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SPACE: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[a-z]{3,}")
_LONGEST: Final = 600
"""Code points of a post that are looked at; an ad shows by then what it is."""
_SHARE: Final = 5.0
_FEW: Final = 40
"""So many features more a text is taken to have: a short one proves little."""
_KEPT: Final = 8192
"""Ads that come again with another contact or price are made alike."""
_CONTACT: Final = {"telegram": "T", "qq": "T", "wechat": "W"}


class Manner:
    """Weights by feature, in thousandths."""

    def __init__(self, weights: Mapping[str, int]) -> None:
        self._weights = dict(weights)
        self._bias = self._weights.pop(BIAS, 0)
        self._likeness = lru_cache(_KEPT)(self._weighed)

    @classmethod
    def packaged(cls) -> "Manner":
        """The weights that come with the program."""
        return cls({feature: int(weight) for feature, weight in packaged_rows("manner")})

    def likeness(self, scene: "Scene") -> float:
        """Log-odds that a post is an ad of this trade, by its wording alone; 0 is undecided."""
        return self._likeness(_shape(scene), tuple(_kinds(scene)))

    def _weighed(self, shape: str, kinds: tuple[str, ...]) -> float:
        found = _features(shape, kinds)
        total = sum(filter(None, map(self._weights.get, found)))
        return (total * share(len(found)) + self._bias) / UNIT

    def reasons(self, scene: "Scene", most: int = 5) -> list[tuple[str, int]]:
        """The features that say most for or against an ad, the weightiest first."""
        told = [(self._weights[name], name) for name in features(scene) if name in self._weights]
        told.sort(key=lambda one: (-abs(one[0]), one[1]))
        return [(name, weight) for weight, name in told[:most]]


def share(number: int) -> float:
    """What each of so many features counts: a long post is not surer for its length."""
    return _SHARE / math.sqrt(number + _FEW)


def features(scene: "Scene") -> set[str]:
    """What stands in a post, as names of features."""
    return _features(_shape(scene), tuple(_kinds(scene)))


def _features(shape: str, kinds: tuple[str, ...]) -> set[str]:
    shape = f"^{shape}$"
    pairs = list(map(add, shape, shape[1:]))
    found = {*shape, *pairs, *map(add, pairs, shape[2:])}
    found.update([f"word:{word}" for word in _WORD.findall(shape)])
    found.update(kinds)
    found.add(f"length:{min(8, len(shape).bit_length())}")
    return found


def _shape(scene: "Scene") -> str:
    """The normal text with its contacts, prices and quantities as one capital letter each."""
    text = scene.text[:_LONGEST].lower()
    marks = [(c.start, c.end, _CONTACT.get(c.kind, "C")) for c in scene.contacts]
    marks += [(f.start, f.end, "M") for f in scene.figures if f.kind == "price"]
    marks += [(f.start, f.end, "N") for f in scene.figures if f.kind == "quantity"]
    parts: list[str] = []
    done = 0
    for start, end, mark in sorted(marks):
        if start >= done:
            parts += (text[done:start], mark)
            done = end
    parts.append(text[done:])
    return _SPACE.sub(" ", _DIGITS.sub("0", "".join(parts)))


def _kinds(scene: "Scene") -> Iterator[str]:
    for token in scene.tokens:
        name = "goods" if token.kind in GOODS else token.kind
        yield f"term:{name}:{'weak' if token.weak else 'clear'}"
    for contact in scene.contacts:
        yield f"contact:{contact.kind}"
    for figure in scene.figures:
        yield f"figure:{figure.kind}"
        yield f"figure:{figure.kind}:{figure.per if figure.kind == 'price' else figure.unit}"
