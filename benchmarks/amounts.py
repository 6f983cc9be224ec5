"""Prices and quantities of posts full of numbers, from which nothing is learned.

Each file of `tests/data/amounts` holds invented posts whose prices and quantities are marked as in
`tests.ads`, with nothing where the text leaves open what a price is for. Values of ads that are not
read count as missed. What an amount is said of is not asked.
"""

from pathlib import Path
from typing import Final

import msgspec

from benchmarks import gold, scores
from ingest.extract import Rules, extract
from ingest.records import Text
from tests.ads import Line, marked_lines

FOLDER: Final = Path(__file__).parents[1] / "tests" / "data" / "amounts"
_SLOTS: Final = ("prices", "quantities")


def main() -> None:
    """Print the table."""
    rules = Rules.load()
    print("| file | ads | read | slot | annotated | precision | recall | F1 |")
    print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    for path in sorted(FOLDER.glob("*.tsv")):
        print("\n".join(rows(path.stem, list(marked_lines(path)), rules)))


def rows(name: str, lines: list[Line], rules: Rules) -> list[str]:
    """A row of the table for each slot."""
    found = extract([Text(str(place), line.text) for place, line in enumerate(lines)], rules)
    totals = {slot: scores.Count() for slot in _SLOTS}
    read = 0
    for line, reading in zip(lines, found, strict=True):
        items = [gold.items_of(msgspec.to_builtins(each)) for each in reading.listings]
        read += line.is_ad and bool(items)
        got = {item for listing in items for item in listing if item.slot in totals}
        for slot, total in totals.items():
            total.add(_compared(line, slot, sorted(got, key=repr)))
    ads = sum(line.is_ad for line in lines)
    return [
        f"| {name} | {ads} | {read} | {slot} | {total.right + total.missed} "
        f"| {total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f} |"
        for slot, total in totals.items()
    ]


def _compared(line: Line, slot: str, got: list[gold.Item]) -> scores.Count:
    amounts = [one for one in line.amounts if one.slot == slot]
    wanted = [gold.Item(slot, key, one.span) for one in amounts for key in one.keys]
    free = [item for item in got if item.slot == slot]
    right = 0
    for item in wanted:
        same = next((other for other in free if item.agrees(other)), None)
        if same:
            right += 1
            free.remove(same)
    return scores.Count(right, len(free), len(wanted) - right)


if __name__ == "__main__":
    main()
