"""Learns what the numbers of an ad say; and how well that tells those of a new hand.

`python -m benchmarks.counts` leaves out each hand that marks numbers in turn, and prints what the
rules alone and both say rightly. `--write` learns from all hands and from the development half and
writes the weights.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from benchmarks import gold, scores
from benchmarks.logistic import Held, by_class
from ingest.extract import Rules, extract
from ingest.extract.classes import Classes
from ingest.extract.counting import counting_text
from ingest.extract.counts import (
    KINDS,
    NOTHING,
    OPEN,
    PERS,
    PRICE,
    QUANTITY,
    UNITS,
    Counts,
    Plain,
    Vote,
    asked,
    rows_of,
)
from ingest.extract.counts_features import Setting
from ingest.extract.figure import Figure
from ingest.extract.scene import Scene
from ingest.lexicon.load import packaged_path
from ingest.records import Span, Text
from tests.ads import COUNTING, digest, lines

OF_HANDS, OF_HALF = 1.0, 0.5
"""What one number of each counts: the half was read by who wrote the rules."""
HOW: Final = {
    UNITS: Held(1.0, 3, 5, 40),
    PERS: Held(1.0, 3, 5, 40),
    KINDS: Held(1.5, 3, 5, 40),
}
OFTEN, ALWAYS = 20, 0.97
"""Examples of a sign behind which the rules are not doubted, and how many of them are right."""
_HALF: Final = "the half"
_SLOTS: Final = {UNITS: "quantities", PERS: "prices"}
_KINDS: Final = {"prices": PRICE, "quantities": QUANTITY}
_PARTS: Final = {UNITS: 1, PERS: 2}
"""Where the unit, or what a price is for, stands in the key of an amount."""
_SENT: Final = frozenset({"service/sms_spam", "service/imessage_spam"})
"""What is sold by the message, which the hands call a unit and the record a record."""


class Marked(msgspec.Struct, frozen=True):
    """An ad and its prices and quantities: slot, place, key."""

    text: str
    amounts: tuple[tuple[str, Span, gold.Key], ...]
    by_hand: bool


class Known(msgspec.Struct, frozen=True):
    """A number with what the rules and the hand say of it."""

    model: str
    features: set[str]
    rule: str
    right: str
    weight: float
    sign: str = ""
    asked: bool = True
    """Whether the model is asked about such a number, or only learns from it."""


class Noting(Counts):
    """Keeps what it is asked about and changes nothing."""

    def __init__(self) -> None:
        super().__init__({})
        self.asked: list[tuple[str, Figure, str, set[str], str]] = []

    def settled(
        self,
        model: str,
        setting: Setting,
        figures: Sequence[Figure],
        told: tuple[Figure, str | None],
    ) -> Vote | None:
        figure, said = told
        features = setting.features(figure, said)
        sign = setting.sign(figure, said)
        self.asked.append((model, figure, said or NOTHING, features, sign))
        return None


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, or write the weights."""
    rules = Rules.load()
    lots = {hand: list(_of(hand)) for hand in COUNTING}
    known = {name: [x for one in some for x in _known(one, rules)] for name, some in lots.items()}
    known[_HALF] = [x for one in _annotated() for x in _known(one, rules)]
    if "--write" in (sys.argv[1:] if arguments is None else arguments):
        every = [one for some in known.values() for one in some]
        _write(learn(every), plain(every))
    else:
        print("\n".join(_table(rules, lots, known)))


def learn(known: Sequence[Known]) -> dict[str, Classes]:
    """The models of units, of what prices are for, and of classes of numbers."""
    models = {}
    for model, how in HOW.items():
        rows = [(one.features, one.right, one.weight) for one in known if one.model == model]
        names = tuple(sorted({name for _, name, _ in rows}))
        models[model] = Classes(names, by_class(rows, names, how))
    return models


def plain(known: Sequence[Known]) -> Plain:
    """Signs behind which the rules are as good as always right, so that no model is asked."""
    stands = Counter((one.model, one.sign) for one in known if one.sign)
    right = Counter((one.model, one.sign) for one in known if one.rule == one.right)
    found = {model: set[str]() for model in _SLOTS}
    for (model, sign), often in stands.items():
        if often >= OFTEN and right[model, sign] >= ALWAYS * often and len(sign.split()) == 1:
            found[model].add(sign)
    return {model: frozenset(signs) for model, signs in found.items()}


def _of(hand: str) -> Iterator[Marked]:
    for line in lines(hand):
        if line.is_ad:
            amounts = ((a.slot, a.span, key) for a in line.amounts for key in a.keys)
            yield Marked(line.text, tuple(amounts), by_hand=True)


def _annotated() -> Iterator[Marked]:
    for message in gold.messages("development"):
        items = [item for listing in message.listings for item in listing]
        if items:
            amounts = ((i.slot, i.span, i.key) for i in items if i.slot in _KINDS and i.span)
            yield Marked(message.text, tuple(amounts), by_hand=False)


def _known(marked: Marked, rules: Rules) -> Iterator[Known]:
    normal, hits = rules.views.view(marked.text)
    scene = Scene(Text("", marked.text), normal, hits, rules)
    weight = OF_HANDS if marked.by_hand else OF_HALF
    for ask in asked(scene, counting_text(marked.text, normal), every=True):
        span = scene.written(ask.start, ask.end)[1]
        right = next(
            (_KINDS[slot] for slot, place, _ in marked.amounts if _meet(place, span)), None
        )
        rule = ask.figure.kind if ask.figure else NOTHING
        open_ = rule in {NOTHING, QUANTITY}
        yield Known(KINDS, ask.features, rule, right or NOTHING, weight, asked=open_)
    packaged, rules.counts = rules.counts, (noting := Noting())
    extract([Text("", marked.text)], rules)
    rules.counts = packaged
    for model, figure, rule, features, sign in noting.asked:
        span = scene.written(figure.start, figure.end)[1]
        key = _key(marked, _SLOTS[model], span, figure.value)
        if key:
            right = key[_PARTS[model]] or NOTHING
            sent = any(f"I{name}" in features for name in _SENT)
            if marked.by_hand and model == PERS and sent and right == "unit":
                right = "record"
            open_ = model != UNITS or figure.unit in OPEN
            yield Known(model, features, rule, right, weight, sign, open_)


def _key(marked: Marked, slot: str, span: Span, value: float) -> gold.Key | None:
    for name, place, key in marked.amounts:
        if name == slot and _meet(place, span) and key[0] == value:
            return key
    return None


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _table(
    rules: Rules, lots: Mapping[str, Sequence[Marked]], known: Mapping[str, Sequence[Known]]
) -> Iterator[str]:
    yield (
        "| left out | units | rules | both | for what | rules | both | numbers | rules | both "
        "| prices: rules | both | quantities: rules | both |"
    )
    yield "| --- |" + " ---: |" * 13
    sums: Counter[str] = Counter()
    totals = [scores.Count() for _ in range(4)]
    for hand, left in lots.items():
        others = [one for name, some in known.items() if name != hand for one in some]
        counts = Counts(learn(others), plain(others))
        right = _right(known[hand], counts)
        sums.update(right)
        found = [*_count(rules, left, Counts({})), *_count(rules, left, counts)]
        for total, count in zip(totals, found, strict=True):
            total.add(count)
        yield _row(hand, right, found)
    yield _row("all", sums, totals)


def _row(name: str, right: Counter[str], found: Sequence[scores.Count]) -> str:
    cells = [str(right[f"{model}{what}"]) for model in HOW for what in ("", "rules", "both")]
    cells += [f"{found[number].f1:.3f}" for number in (0, 2, 1, 3)]
    return f"| {name} | {' | '.join(cells)} |"


def _right(known: Sequence[Known], counts: Counts) -> Counter[str]:
    """Of each model: numbers asked about, right by the rules, and right by both."""
    found: Counter[str] = Counter()
    for one in known:
        if not one.asked:
            continue
        said = counts.chosen(one.model, one.features, one.sign) or one.rule
        found[one.model] += 1
        found[f"{one.model}rules"] += one.rule == one.right
        found[f"{one.model}both"] += said == one.right
    return found


def _count(
    rules: Rules, left: Sequence[Marked], counts: Counts
) -> tuple[scores.Count, scores.Count]:
    """Prices and quantities of each ad that is read as one."""
    packaged, rules.counts = rules.counts, counts
    batch = [Text(str(number), one.text) for number, one in enumerate(left)]
    totals = scores.Count(), scores.Count()
    for reading, one in zip(extract(batch, rules), left, strict=True):
        items = [gold.items_of(msgspec.to_builtins(listing)) for listing in reading.listings]
        got = {item for listing in items for item in listing if item.slot in _KINDS}
        if items:
            for slot, total in zip(_KINDS, totals, strict=True):
                wanted = {gold.Item(name, key, span) for name, span, key in one.amounts}
                total.add(_compared(slot, wanted, got))
    rules.counts = packaged
    return totals


def _compared(slot: str, wanted: set[gold.Item], got: set[gold.Item]) -> scores.Count:
    wanted = {item for item in wanted if item.slot == slot}
    free = sorted((item for item in got if item.slot == slot), key=repr)
    right = 0
    for item in sorted(wanted, key=repr):
        same = next((other for other in free if item.agrees(other)), None)
        if same:
            right += 1
            free.remove(same)
    return scores.Count(right, len(free), len(wanted) - right)


def _write(models: Mapping[str, Classes], signs: Plain) -> None:
    rows = rows_of(models, signs, digest())
    written = "\n".join(f"{key}\t{value}" for key, value in rows)
    packaged_path("counts").write_text(f"feature\tweights\n{written}\n", "utf-8")


if __name__ == "__main__":
    main()
