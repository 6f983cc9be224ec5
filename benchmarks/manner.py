"""Learns how ads of the trade are worded, and how well that tells lines of a new hand.

`python -m benchmarks.manner` leaves out each hand in turn and prints what the rules and the wording
make of its lines; `--write` learns from all of them and writes the weights.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
import numpy as np
from scipy.sparse import csr_matrix

from benchmarks import gold
from benchmarks.logistic import common, of_two
from ingest.extract import Rules, extract
from ingest.extract.manner import BIAS, UNIT, Manner, features, share
from ingest.extract.scene import Scene
from ingest.lexicon.load import packaged_path
from ingest.records import Text
from tests.ads import HANDS, cases, digest, lines

CORPUS: Final = "corpus"
"""The row that tells from which lines the weights were learned."""
STRENGTH: Final = 0.5
"""Of the squared weights in what is minimised."""
RAREST: Final = 2
"""Lines that a feature must stand in to be learned."""
LEAST: Final = 5
"""Weights of less, in thousandths, are left out."""


class Labelled(msgspec.Struct, frozen=True):
    """A line with its label and what stands in it."""

    text: str
    is_ad: bool
    features: set[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or write the weights."""
    rules = Rules.load()
    hands = {hand: _labelled(_of(hand), rules) for hand in HANDS}
    annotated = _labelled(_annotated(), rules)
    if "--write" in (sys.argv[1:] if arguments is None else arguments):
        _write(learn([*annotated, *(one for hand in hands.values() for one in hand)]))
    else:
        print("\n".join(_table(rules, hands, annotated)))


def _of(hand: str) -> Iterator[tuple[str, bool]]:
    return ((line.text, line.is_ad) for line in lines(hand))


def _annotated() -> Iterator[tuple[str, bool]]:
    """The development half of the annotated messages; warnings are neither."""
    for message in gold.messages("development"):
        acts = {
            item.key[0]
            for listing in message.listings
            for item in listing
            if item.slot == "polarity"
        }
        if acts != {"warning"}:
            yield message.text, bool(acts)
    yield from ((line, False) for line in gold.innocent("development"))
    yield from cases()


def _labelled(found: Iterable[tuple[str, bool]], rules: Rules) -> list[Labelled]:
    return [Labelled(text, is_ad, features(_scene(text, rules))) for text, is_ad in found]


def _scene(text: str, rules: Rules) -> Scene:
    normal, hits = rules.views.view(text)
    return Scene(Text("", text), normal, hits, rules)


def learn(known: Sequence[Labelled]) -> dict[str, int]:
    """Weights in thousandths by logistic regression with squared weights held small."""
    names = common((one.features for one in known), RAREST)
    held = _matrix(known, {name: place for place, name in enumerate(names)})
    signs = np.where([one.is_ad for one in known], 1.0, -1.0)
    found = of_two(held, signs, np.ones(len(known)), STRENGTH)
    whole = np.rint(found * UNIT).astype(int).tolist()
    kept = {
        name: weight for name, weight in zip(names, whole, strict=False) if abs(weight) >= LEAST
    }
    return {BIAS: whole[-1], **kept}


def _matrix(known: Sequence[Labelled], places: Mapping[str, int]) -> csr_matrix:
    columns = [[places[f] for f in one.features if f in places] for one in known]
    starts = np.cumsum([0, *map(len, columns)])
    values = [
        np.full(len(row), share(len(one.features))) for row, one in zip(columns, known, strict=True)
    ]
    cells = (np.concatenate(values), np.concatenate(columns).astype(np.intp), starts)
    return csr_matrix(cells, shape=(len(known), len(places)))


def _table(
    rules: Rules, hands: Mapping[str, Sequence[Labelled]], annotated: Sequence[Labelled]
) -> Iterator[str]:
    yield "| hand left out | lines | ads, rules | ads, both | others, rules | others, both |"
    yield "| --- |" + " ---: |" * 5
    for hand, left in hands.items():
        others = [one for name, some in hands.items() if name != hand for one in some]
        before = _shares(rules, left, Manner({}))
        after = _shares(rules, left, Manner(learn([*annotated, *others])))
        yield (
            f"| {hand} | {len(left)} | {before[0]:.3f} | {after[0]:.3f} "
            f"| {before[1]:.3f} | {after[1]:.3f} |"
        )


def _shares(rules: Rules, known: Sequence[Labelled], manner: Manner) -> tuple[float, float]:
    """Shares of the ads and of the others from which a listing is read."""
    packaged, rules.manner = rules.manner, manner
    found = extract([Text(str(n), one.text) for n, one in enumerate(known)], rules, keep_none=True)
    rules.manner = packaged
    read = np.array([any(x.polarity not in {"none", "warning"} for x in r.listings) for r in found])
    is_ad = np.array([one.is_ad for one in known])
    return float(read[is_ad].mean()), float(read[~is_ad].mean())


def _write(weights: Mapping[str, int]) -> None:
    rows = {CORPUS: digest(), **weights}
    written = "\n".join(f"{feature}\t{weight}" for feature, weight in rows.items())
    packaged_path("manner").write_text(f"feature\tweight\n{written}\n", "utf-8")


if __name__ == "__main__":
    main()
