"""Lines of invented chat, labelled as ads of the trade or none, each file by another hand.

A line is `act<TAB>text`; in an ad, `{words=id}` marks what names the goods, and `⏎` is the end of a
line within a message. Hands of `COUNTING` also mark prices, `{words=$value|currency|per|least}`
(the two values of a range parted by a comma), and quantities, `{words=#value|unit|period}`.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec

_FOLDER: Final = Path(__file__).parent / "data" / "ads"
HANDS: Final = tuple(sorted(path.stem for path in _FOLDER.glob("*.tsv")))
COUNTING: Final = tuple(hand for hand in HANDS if hand >= "h")
"""Hands that mark numbers too."""
_SLOTS: Final = {"$": "prices", "#": "quantities"}
_MARK: Final = re.compile(r"\{([^={}]*)=([^{}]*)\}")


class Amount(msgspec.Struct, frozen=True):
    """A marked price or quantity, with one key for each value as `benchmarks.gold` compares it."""

    slot: str
    span: tuple[int, int]
    keys: tuple[tuple[object, ...], ...]


class Line(msgspec.Struct, frozen=True):
    """A message; `act` is `none` or the polarity, `goods` are words and ids, at `places`."""

    act: str
    text: str
    goods: tuple[tuple[str, str], ...]
    places: tuple[tuple[int, int], ...]
    amounts: tuple[Amount, ...] = ()

    @property
    def is_ad(self) -> bool:
        """Whether it offers or seeks something of the trade."""
        return self.act != "none"


def lines(hand: str) -> Iterator[Line]:
    """The messages of one hand, in order."""
    return marked_lines(_FOLDER / f"{hand}.tsv")


def marked_lines(path: Path) -> Iterator[Line]:
    """The messages of a file, in order."""
    for row in path.read_text("utf-8").splitlines():
        act, _, marked = row.partition("\t")
        marked = marked.replace("⏎", "\n")
        marks = list(_MARK.finditer(marked))
        spans = list(zip(marks, _places(marks), strict=True))
        goods = [(mark, span) for mark, span in spans if mark[2][0] not in _SLOTS]
        yield Line(
            act,
            _MARK.sub(lambda found: found[1], marked),
            tuple((mark[1], mark[2]) for mark, _ in goods),
            tuple(span for _, span in goods),
            tuple(_amount(mark[2], span) for mark, span in spans if mark[2][0] in _SLOTS),
        )


def _amount(told: str, span: tuple[int, int]) -> Amount:
    values, *rest = told[1:].split("|")
    named = [one or None for one in (*rest, "", "")]
    if told[0] == "$":
        least = float(named[2]) if named[2] else None
        tail: tuple[object, ...] = (named[0], named[1], least)
    else:
        tail = (named[0], named[1])
    keys = tuple((float(value), *tail) for value in values.split(","))
    return Amount(_SLOTS[told[0]], span, keys)


def _places(marks: Iterable[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Where marked words stand once the signs of the marks are gone."""
    gone = 0
    for mark in marks:
        start = mark.start() - gone
        yield start, start + len(mark[1])
        gone += len(mark[0]) - len(mark[1])


def cases() -> Iterator[tuple[str, bool]]:
    """Invented posts of the extractor's own tests with whether a listing is read; no warnings."""
    for path in sorted(_FOLDER.parent.glob("*_cases*.jsonl")):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            found = row["listings"]
            acts = {one if isinstance(one, str) else one.get("polarity") for one in found}
            if "warning" not in acts:
                yield row["text"], bool(acts - {"none"})


def digest() -> int:
    """A number that changes with any of the files."""
    found = hashlib.sha256()
    for hand in HANDS:
        found.update((_FOLDER / f"{hand}.tsv").read_bytes())
    return int.from_bytes(found.digest()[:4])
