"""Precision, recall and F1 of extraction on the annotated messages, slot by slot, part by part.

`--errors` prints each difference of the development half. The others show numbers alone: who
writes rules does not read them.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec

from benchmarks import gold, scores
from ingest.extract import Rules, extract
from ingest.records import Listing, Text

COMMON: Final = 15


def read(texts: Sequence[str], rules: Rules) -> list[tuple[Listing, ...]]:
    """The listings of each text."""
    batch = [Text(str(number), text) for number, text in enumerate(texts)]
    return [reading.listings for reading in extract(batch, rules)]


def comparisons(part: gold.Part, rules: Rules) -> list[scores.Comparison]:
    """Each annotated message of a part beside its reading."""
    known = gold.messages(part)
    found = read([message.text for message in known], rules)
    return [
        scores.compare(message, [gold.items_of(msgspec.to_builtins(each)) for each in listings])
        for message, listings in zip(known, found, strict=True)
    ]


def score_table(lines: Sequence[scores.Line]) -> str:
    """A Markdown table."""
    rows = ["| slot | annotated | precision | recall | F1 | 95 % |"]
    rows.append("| --- | ---: | ---: | ---: | ---: | --- |")
    rows += [
        f"| {line.slot} | {line.annotated} | {line.count.precision:.3f} | {line.count.recall:.3f} "
        f"| {line.count.f1:.3f} | {line.low:.3f}-{line.high:.3f} |"
        for line in lines
        if line.annotated or line.count.wrong
    ]
    return "\n".join(rows)


def confusion(pairs: Counter[tuple[str, str]]) -> str:
    """A Markdown table: rows as annotated, columns as read."""
    names = sorted({name for pair in pairs for name in pair})
    rows = ["| annotated \\ read | " + " | ".join(names) + " |"]
    rows.append("| --- |" + " ---: |" * len(names))
    rows += [
        f"| {name} | " + " | ".join(str(pairs[name, other] or "") for other in names) + " |"
        for name in names
    ]
    return "\n".join(rows)


def false_listings(part: gold.Part, found: Sequence[scores.Comparison]) -> tuple[int, int]:
    """Messages without a listing from which one was read, and messages without a listing."""
    none = [
        one for message, one in zip(gold.messages(part), found, strict=True) if not message.listings
    ]
    return sum(one.polarities != (("none", "none"),) for one in none), len(none)


def false_links(part: gold.Part, rules: Rules) -> Iterator[tuple[gold.Relation, int, int]]:
    """For each text: forbidden pairs that a listing holds, and wanted pairs that one holds."""
    return links_of(gold.relations(part), rules)


def links_of(
    known: Sequence[gold.Relation], rules: Rules
) -> Iterator[tuple[gold.Relation, int, int]]:
    """The same of some texts."""
    for relation, (false, true) in zip(known, held_by(known, rules), strict=True):
        yield relation, len(false), len(true)


def held_by(
    known: Sequence[gold.Relation], rules: Rules
) -> Iterator[tuple[list[gold.Pair], list[gold.Pair]]]:
    """For each text the forbidden pairs that a listing holds, and the wanted ones."""
    for relation, listings in zip(known, read([r.text for r in known], rules), strict=True):
        held = [_values(msgspec.to_builtins(listing)) for listing in listings]
        false = [pair for pair in relation.false if any(_holds(one, pair) for one in held)]
        true = [pair for pair in relation.true if any(_holds(one, pair) for one in held)]
        yield false, true


def _values(record: dict[str, Any]) -> set[tuple[str, Any]]:
    found: set[tuple[str, Any]] = {("polarity", record["polarity"]), ("polarity", "*")}
    for slot in ("products", "sources", "methods", "escrow"):
        found |= {(slot, value["id"]) for value in record[slot]}
    for slot in ("quantities", "prices"):
        found |= {(slot, value["value"]) for value in record[slot]}
    found |= {("roles", value["role"]) for value in record["roles"]}
    own = (value for value in record["contacts"] if value["owner"] == "seller")
    return found | {("contacts", value["value"]) for value in own}


def _holds(values: set[tuple[str, Any]], pair: gold.Pair) -> bool:
    return all(side in values for side in pair)


def report(part: gold.Part, rules: Rules) -> str:
    """Everything about one part."""
    found = comparisons(part, rules)
    false, none = false_listings(part, found)
    links = list(false_links(part, rules))
    bad = sum(wrong > 0 for _, wrong, _ in links)
    pairs = sum(len(relation.true) for relation, _, _ in links)
    kinds = scores.kinds_of_error(found)[:COMMON]
    lines = gold.innocent(part)
    read_as_listing = sum(bool(listings) for listings in read(lines, rules))
    return "\n".join(
        [
            f"## {part}: {len(found)} messages\n",
            score_table(scores.table(found)),
            f"\nfalse listings on messages without one: {false} of {none}",
            f"innocent chat lines read as a listing: {read_as_listing} of {len(lines)}",
            f"texts with a false link: {bad} of {len(links)}; "
            f"right links found: {sum(true for _, _, true in links)} of {pairs}",
            "\nPolarity\n",
            confusion(Counter(pair for one in found for pair in one.polarities)),
            "\nRoles\n",
            confusion(Counter(pair for one in found for pair in one.roles)),
            "\nCommonest differences\n",
            *(f"- {number} x {kind}" for kind, number in kinds),
            "",
        ]
    )


def errors(rules: Rules) -> Iterator[str]:
    """Each difference of the development half, with its message."""
    for message, one in zip(
        gold.messages("development"), comparisons("development", rules), strict=True
    ):
        if one.differences:
            yield f"{message.id} {' '.join(message.plan)}\n  {message.text!r}"
            for each in one.differences:
                yield f"    {each.kind:6} {each.item.slot} {each.item.key} {each.item.span or ''}"
    for relation, false, true in false_links("development", rules):
        if false or true < len(relation.true):
            yield f"{relation.id} {relation.kind}: {false} false, {true} of {len(relation.true)}"
            yield f"  {relation.text!r}\n  false {relation.false}\n  true {relation.true}"


def main() -> None:
    """Print the report of each part, or the differences of the development half."""
    rules = Rules.load()
    if "--errors" in sys.argv[1:]:
        print("\n".join(errors(rules)))
        return
    for part in gold.PARTS:
        print(report(part, rules))


if __name__ == "__main__":
    main()
