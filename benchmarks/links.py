"""Learns which amounts belong to which goods; and how well that tells those of a new hand.

`python -m benchmarks.links` leaves out each hand that wrote texts in which things stand side by
side (the letters in front of the number of a row), and prints, for the rules alone and for both,
texts with a false link and right links found. `--write` learns from all and writes the weights.
"""

import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import numpy as np

from benchmarks import gold
from benchmarks.extraction import links_of
from benchmarks.logistic import common, matrix, of_two
from ingest.extract import Rules, extract
from ingest.extract.classes import BIAS, UNIT
from ingest.extract.links import CORPUS, COUNTED, Links, Pair, asked
from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.lexicon.load import packaged_path
from ingest.records import Listing, Text

STRENGTH: Final = 4.0
"""Of the squared weights in what is minimised."""
RAREST, LEAST, STEPS = 5, 3, 400
"""Examples that a feature must stand in; smaller weights are left out; steps of the search."""
OF_HANDS, OF_HALF = 1.0, 0.5
"""What one pair counts: annotated messages hold few texts in which anything stands side by side."""
_HALF: Final = "messages"
_FEWEST: Final = 40
"""A hand of fewer texts is learned from and never left out."""


class Known(msgspec.Struct, frozen=True):
    """A pair of goods and a figure, and whether it is right."""

    features: frozenset[str]
    right: bool
    weight: float


class Noting(Links):
    """Keeps the pairs that it is asked about and changes nothing."""

    def __init__(self) -> None:
        super().__init__({})
        self.pairs: list[Pair] = []

    def relinked(
        self, scene: Scene, goods: Sequence[Token], listings: Sequence[Listing]
    ) -> list[Listing]:
        self.pairs += asked(scene, goods)
        return list(listings)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or write the weights."""
    rules = Rules.load()
    known = examples(rules)
    if "--write" in (sys.argv[1:] if arguments is None else arguments):
        _write(learn(one for some in known.values() for one in some))
    else:
        print("\n".join(table(rules, known)))
        print(f"\n{of_a_fresh_hand(rules)}")


def of_a_fresh_hand(rules: Rules) -> str:
    """What the program as it is makes of texts that nobody looked at."""
    known = gold.relations("fresh")
    found = list(links_of(known, rules))
    bad, right = sum(false > 0 for _, false, _ in found), sum(true for _, _, true in found)
    return (
        f"by hands that nobody learned from: {bad} of {len(known)} texts with a false link, "
        f"{right} of {sum(len(one.true) for one in known)} right links found"
    )


def examples(rules: Rules) -> dict[str, list[Known]]:
    """The pairs of each hand, and those of the annotated messages."""
    found: dict[str, list[Known]] = {_HALF: []}
    for relation in gold.relations("development"):
        pairs = _pairs(relation.text, rules)
        found.setdefault(hand_of(relation), []).extend(_of_relation(relation, pairs))
    for message in gold.rows(gold.FOLDER / "development.jsonl"):
        pairs = _pairs(message["text"], rules)
        found[_HALF] += _of_message(message["records"], pairs)
    return found


def hand_of(relation: gold.Relation) -> str:
    """Who wrote a text: the letters in front of its number."""
    return relation.id.partition("-")[0]


def _pairs(text: str, rules: Rules) -> list[Pair]:
    packaged, rules.links = rules.links, (noting := Noting())
    extract([Text("", text)], rules)
    rules.links = packaged
    return noting.pairs


def _of_relation(relation: gold.Relation, pairs: Iterable[Pair]) -> Iterator[Known]:
    true, false = set(relation.true), set(relation.false)
    none = any(one == other and one[0] == "polarity" for one, other in false)
    for pair in pairs:
        named = ("products", pair.token.id), (COUNTED[pair.figure.kind], pair.figure.value)
        if none or named in true or named in false:
            right = not none and named in true
            yield Known(frozenset(pair.features), right, OF_HANDS)


def _of_message(records: Sequence[dict[str, Any]], pairs: Iterable[Pair]) -> Iterator[Known]:
    for pair in pairs:
        slot = COUNTED[pair.figure.kind]
        holding = [
            r for r in records
            if any(_meet(each["span"], pair.span) for each in r.get(slot) or ())
        ]  # fmt: skip
        named = [r for r in records if any(p["id"] == pair.token.id for p in r["products"])]
        if not records or (named and holding):
            right = any(record in holding for record in named)
            yield Known(frozenset(pair.features), right, OF_HALF)


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def learn(known: Iterable[Known]) -> dict[str, int]:
    """Weights by feature, in hundredths of log-odds."""
    rows = list(known)
    features = common((one.features for one in rows), RAREST)
    held = matrix([one.features for one in rows], features)
    signs = np.array([1.0 if one.right else -1.0 for one in rows])
    counts = np.array([one.weight for one in rows])
    found = np.rint(of_two(held, signs, counts, STRENGTH, STEPS) * UNIT).astype(int).tolist()
    kept = {BIAS: found[-1]}
    kept.update(
        (name, weight)
        for name, weight in zip(features, found, strict=False)
        if abs(weight) >= LEAST
    )
    return kept


def table(rules: Rules, known: Mapping[str, Sequence[Known]]) -> Iterator[str]:
    """Rows of a Markdown table, one a hand that is left out."""
    yield "| left out | texts | false: rules | both | right pairs | rules | both |"
    yield "| --- |" + " ---: |" * 6
    sums = [0] * 6
    for hand in sorted(known):
        texts = [r for r in gold.relations("development") if hand_of(r) == hand]
        if len(texts) < _FEWEST:
            continue
        others = [one for name, some in known.items() if name != hand for one in some]
        cells = _cells(rules, texts, Links(learn(others)))
        sums = [a + b for a, b in zip(sums, cells, strict=True)]
        yield f"| {hand} | {' | '.join(map(str, cells))} |"
    yield f"| all | {' | '.join(map(str, sums))} |"


def _cells(rules: Rules, texts: Sequence[gold.Relation], links: Links) -> list[int]:
    packaged = rules.links
    counted = []
    for model in (Links({}), links):
        rules.links = model
        told = list(links_of(texts, rules))
        counted.append((sum(wrong > 0 for _, wrong, _ in told), sum(true for _, _, true in told)))
    rules.links = packaged
    (wrong, right), (left, kept) = counted
    return [len(texts), wrong, left, sum(len(r.true) for r in texts), right, kept]


def corpus() -> int:
    """A digest of the texts that the weights are learned from."""
    names = ("relations_development.jsonl", "development.jsonl")
    return zlib.crc32(b"".join((gold.FOLDER / name).read_bytes() for name in names))


def _write(weights: Mapping[str, int]) -> None:
    rows = [(CORPUS, corpus()), *weights.items()]
    written = "\n".join(f"{key}\t{value}" for key, value in rows)
    packaged_path("links").write_text(f"feature\tweight\n{written}\n", "utf-8")


if __name__ == "__main__":
    main()
