"""All changes, by kind and name.

`words.tsv` holds the words of a kind, in which `␣` is a space and `⏎` the end of a line.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Final

from benchmarks.rewordings import edits
from benchmarks.rewordings.numbers import CNY, COUNTS, USD, USDT, Writing
from benchmarks.rewordings.places import Change, Edit, Place

_FILE: Final = Path(__file__).with_name("words.tsv")
_MONEY: Final = {"CNY": CNY, "USD": USD, "USDT": USDT}
_WORDED: Final[Mapping[str, Callable[[str, Place], Edit | None]]] = {
    "for one": edits.term,
    "for one, Latin": edits.latin_term,
    "between": edits.between,
    "lead word": edits.lead,
    "behind": edits.behind,
    "stock": edits.stock,
    "daily": edits.daily,
    "least": edits.least,
}
_COUNTERS: Final = "条个份单"


def changes() -> Iterator[tuple[str, str, Change]]:
    """All changes with their kinds and names."""
    for currency, ways in _MONEY.items():
        yield from _written(currency, ways, partial(edits.money, currency))
    yield from _written("count", COUNTS, edits.count)
    yield "for one", "in front", edits.led
    yield from (("counter", unit, partial(edits.counter, unit)) for unit in _COUNTERS)
    yield "order", "price, goods", edits.swapped
    for kind, change in _WORDED.items():
        for word in _words()[kind]:
            yield kind, _shown(word), partial(change, word)
    for slot in ("prices", "quantities"):
        for form in _words()["signs"]:
            yield f"signs, {slot}", form, partial(edits.around, form, slot)


def _written(
    kind: str, ways: Mapping[str, Writing], change: Callable[[Writing, Place], Edit | None]
) -> Iterator[tuple[str, str, Change]]:
    for name, way in ways.items():
        yield kind, name, partial(change, way)


def _shown(word: str) -> str:
    return word.replace(" ", "␣").replace("\n", "⏎")


@cache
def _words() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in _FILE.read_text("utf-8").splitlines():
        kind, word = row.split("\t")
        found[kind].append(word.replace("␣", " ").replace("⏎", "\n"))
    return found
