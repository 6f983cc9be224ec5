"""Planted identifiers of victims that stay readable, and sellers' contacts that are lost.

`--errors` prints them for the development half; the held half shows numbers alone.
"""

import sys
from collections import Counter
from collections.abc import Iterator

import msgspec

from benchmarks import gold
from evidence.masking import mask

MARK = "▮"
_SHOWN = 3
"""So many letters or digits of a planted value in a row may stay: a unit or a separator word."""


class Planted(msgspec.Struct, frozen=True):
    """An identifier as it stands in the text."""

    kind: str
    value: str


class Sample(msgspec.Struct, frozen=True):
    """An invented text: what must go, and substrings that must stay as they are."""

    id: str
    kind: str
    text: str
    planted: tuple[Planted, ...]
    kept: tuple[str, ...]


class Result(msgspec.Struct, frozen=True):
    """What went wrong in one text."""

    sample: Sample
    masked: str
    left: tuple[Planted, ...]
    lost: tuple[str, ...]


def samples(half: gold.Half) -> list[Sample]:
    """The texts of one half."""
    rows = gold.rows(gold.FOLDER / f"masking_{half}.jsonl")
    return [msgspec.convert(row, Sample) for row in rows]


def results(half: gold.Half) -> Iterator[Result]:
    """Each text masked as a post is."""
    for sample in samples(half):
        masked = mask(sample.text).text
        left = tuple(each for each in sample.planted if _readable(sample.text, masked, each.value))
        lost = tuple(word for word in sample.kept if word not in masked)
        yield Result(sample, masked, left, lost)


def _readable(text: str, masked: str, value: str) -> bool:
    """Whether a place of the value keeps more than a few letters or digits in a row."""
    place = text.find(value)
    while place >= 0:
        run = 0
        for char in masked[place : place + len(value)]:
            run = run + 1 if char.isalnum() else 0
            if run > _SHOWN or (run and run == len(value)):
                return True
        place = text.find(value, place + 1)
    return False


def report(half: gold.Half) -> str:
    """The table of one half."""
    found = list(results(half))
    planted = Counter(each.kind for one in found for each in one.sample.planted)
    left = Counter(each.kind for one in found for each in one.left)
    kept = sum(len(one.sample.kept) for one in found)
    lost = sum(len(one.lost) for one in found)
    rows = [f"## {half}: {len(found)} texts\n", "| planted | number | left readable |"]
    rows.append("| --- | ---: | ---: |")
    rows += [f"| {kind} | {planted[kind]} | {left[kind]} |" for kind in sorted(planted)]
    rows.append(f"| all | {planted.total()} | {left.total()} |")
    rows.append(f"\ncontacts and other words kept: {kept - lost} of {kept}\n")
    return "\n".join(rows)


def errors() -> Iterator[str]:
    """The faults of the development half."""
    for one in results("development"):
        if one.left or one.lost:
            yield f"{one.sample.id} {one.sample.kind}\n  {one.sample.text!r}\n  {one.masked!r}"
            yield f"  left {[(e.kind, e.value) for e in one.left]} lost {list(one.lost)}"


def main() -> None:
    """Print the table of both halves, or the faults of the development half."""
    if "--errors" in sys.argv[1:]:
        print("\n".join(errors()))
        return
    for half in gold.HALVES:
        print(report(half))


if __name__ == "__main__":
    main()
