"""Lines of invented chat, labelled as ads of the trade or none, each file by another hand.

A line is `act<TAB>text`; in an ad, `{words=id}` marks what names the goods, and `⏎` is the end of a
line within a message.
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
_MARK: Final = re.compile(r"\{([^={}]*)=([^{}]*)\}")


class Line(msgspec.Struct, frozen=True):
    """A message; `act` is `none` or the polarity, `goods` are words and ids, at `places`."""

    act: str
    text: str
    goods: tuple[tuple[str, str], ...]
    places: tuple[tuple[int, int], ...]

    @property
    def is_ad(self) -> bool:
        """Whether it offers or seeks something of the trade."""
        return self.act != "none"


def lines(hand: str) -> Iterator[Line]:
    """The messages of one hand, in order."""
    for row in (_FOLDER / f"{hand}.tsv").read_text("utf-8").splitlines():
        act, _, marked = row.partition("\t")
        marked = marked.replace("⏎", "\n")
        marks = list(_MARK.finditer(marked))
        goods = tuple((found[1], found[2]) for found in marks)
        places = tuple(_places(marks))
        yield Line(act, _MARK.sub(lambda found: found[1], marked), goods, places)


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
