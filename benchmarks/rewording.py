"""How many amounts survive other words: prices and quantities of the development half, reworded.

Each change writes the amounts of every message, or what stands around them, in another way that
says the same. A value that was read is lost where it is read no longer, and one is new where it
was neither read before nor written by the change. `--lost` prints the texts of a change with what
became of them (`--lost "lead word 售"`); names of kinds alone print these.
"""

import sys
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from benchmarks import gold
from benchmarks.extraction import read
from benchmarks.rewordings.places import Change, Edit, Place
from benchmarks.rewordings.words import changes
from ingest.extract import Rules
from ingest.records import Listing

_SLOTS: Final = frozenset({"prices", "quantities"})
Known = tuple[str, gold.Key]
"""A slot and what it says."""


class Reworded(msgspec.Struct, frozen=True):
    """A message with other words: what its changed amounts were, and what they say now."""

    text: str
    were: tuple[Known, ...]
    now: tuple[Known, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What became of the amounts of one message."""

    text: str
    asked: int
    lost: tuple[Known, ...]
    new: tuple[Known, ...]


def reworded(message: gold.Message, change: Change) -> Reworded | None:
    """The message with a change on each amount that it can be made on; None where on none."""
    edits: list[Edit] = []
    done = 0
    were: list[Known] = []
    now: list[Known] = []
    for place in places(message):
        edit = change(place)
        if edit is None or edit.start < done:
            continue
        edits.append(edit)
        done = edit.end
        were.append((place.slot, place.key))
        now.append((place.slot, edit.key or place.key))
    return Reworded(_with(message.text, edits), tuple(were), tuple(now)) if edits else None


def places(message: gold.Message) -> Iterator[Place]:
    """The amounts of a message, by place, each once."""
    items = {
        (item.span, item.slot, item.key): item
        for listing in message.listings
        for item in listing
        if item.slot in _SLOTS and item.span
    }
    goods = frozenset(
        item.span
        for listing in message.listings
        for item in listing
        if item.slot == "products" and item.span
    )
    for _, item in sorted(items.items(), key=repr):
        if item.span:
            yield Place(message.text, item.span, item.slot, item.key, goods)


def _with(text: str, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    done = 0
    for edit in edits:
        parts += (text[done : edit.start], edit.text)
        done = edit.end
    return "".join((*parts, text[done:]))


def outcomes(
    known: Sequence[gold.Message], plain: Sequence[set[Known]], change: Change, rules: Rules
) -> Iterator[Outcome]:
    """What becomes of each message that a change can be made on."""
    made = [(place, one) for place, m in enumerate(known) if (one := reworded(m, change))]
    found = read([one.text for _, one in made], rules)
    for (place, one), listings in zip(made, found, strict=True):
        before, after = plain[place], _values(listings)
        asked = [now for was, now in zip(one.were, one.now, strict=True) if was in before]
        lost = tuple(each for each in asked if each not in after)
        new = after - before - set(one.now)
        yield Outcome(one.text, len(asked), lost, tuple(sorted(new, key=repr)))


def _values(listings: Sequence[Listing]) -> set[Known]:
    return {
        (item.slot, item.key)
        for listing in listings
        for item in gold.items_of(msgspec.to_builtins(listing))
        if item.slot in _SLOTS
    }


def rows(rules: Rules, wanted: Sequence[str]) -> Iterator[str]:
    """The lines of a Markdown table. `wanted`: kinds of changes; none: all."""
    yield "| kind | change | values | lost | share | new |"
    yield "| --- | --- | ---: | ---: | ---: | ---: |"
    known, plain = _plain(rules)
    for kind, name, change in changes():
        if wanted and kind not in wanted:
            continue
        found = list(outcomes(known, plain, change, rules))
        asked = sum(one.asked for one in found)
        lost = sum(len(one.lost) for one in found)
        new = sum(len(one.new) for one in found)
        yield f"| {kind} | {name} | {asked} | {lost} | {lost / max(asked, 1):.2f} | {new} |"


def shown(rules: Rules, wanted: str) -> Iterator[str]:
    """The texts of which a change costs a value or adds one."""
    known, plain = _plain(rules)
    chosen = {f"{kind} {name}": change for kind, name, change in changes()}
    for one in outcomes(known, plain, chosen[wanted], rules):
        if one.lost or one.new:
            yield repr(one.text)
            yield from (f"    lost {slot} {key}" for slot, key in one.lost)
            yield from (f"    new  {slot} {key}" for slot, key in one.new)


def _plain(rules: Rules) -> tuple[list[gold.Message], list[set[Known]]]:
    known = [message for message in gold.messages("development") if message.listings]
    return known, [_values(each) for each in read([m.text for m in known], rules)]


def main() -> None:
    """Print the table, or what one change costs."""
    rules = Rules.load()
    if "--lost" in sys.argv[1:]:
        print("\n".join(shown(rules, sys.argv[sys.argv.index("--lost") + 1])))
        return
    for row in rows(rules, sys.argv[1:]):
        print(row, flush=True)


if __name__ == "__main__":
    main()
