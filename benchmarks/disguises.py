"""How many values survive a disguise: annotated messages of the development half, rewritten.

Each disguise is put on the quotes of products, or of prices and quantities, of every message where
the value was read; a value counts as lost where it is read no longer. Nothing else changes, so the
plain reading is the yardstick.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from benchmarks import gold
from benchmarks.extraction import read
from ingest.extract import Rules

Disguise = Callable[[str], str]
_DIGITS: Final = "0123456789"
_CAPITALS: Final = str.maketrans("零一二三四五六七八九十百千万", "零壹贰叁肆伍陆柒捌玖拾佰仟萬")


def _letters(old: str, new: str) -> Disguise:
    table = str.maketrans(old, new)
    return lambda quote: quote.translate(table)


def _inside(sign: str) -> Disguise:
    """The sign behind the first letter of a word of Han letters."""
    return lambda quote: quote[0] + sign + quote[1:] if _is_han(quote) else quote


def _between(sign: str) -> Disguise:
    return lambda quote: sign.join(quote) if _is_han(quote) else quote


def _is_han(quote: str) -> bool:
    return len(quote) > 1 and all("一" <= char <= "鿿" for char in quote)


AMOUNTS: Final[dict[str, Disguise]] = {
    "full width": _letters(_DIGITS, "０１２３４５６７８９"),
    "circled": _letters(_DIGITS, "⓪①②③④⑤⑥⑦⑧⑨"),
    "in brackets": _letters(_DIGITS, "⓪⑴⑵⑶⑷⑸⑹⑺⑻⑼"),
    "l and O": _letters("01", "Ol"),
    "capital numerals": lambda quote: quote.translate(_CAPITALS),
    "快 for 块": _letters("块", "快"),
    "干 for 千": _letters("千", "干"),
    "。 for a point": _letters(".", "。"),
    "米 for 元": _letters("元块", "米米"),
}
PRODUCTS: Final[dict[str, Disguise]] = {
    "emoji, one": _inside("🔥"),
    "star, one": _inside("*"),
    "stroke, one": _inside("/"),
    "stroke, all": _between("/"),
    "bar, one": _inside("丨"),
    "space, one": _inside(" "),
    "space, all": _between(" "),
}
_PARTS: Final[tuple[tuple[str, frozenset[str], dict[str, Disguise]], ...]] = (
    ("amounts", frozenset({"prices", "quantities"}), AMOUNTS),
    ("products", frozenset({"products"}), PRODUCTS),
)


class Rewritten(msgspec.Struct, frozen=True):
    """A message with a disguise on some quotes, and the items whose quotes changed."""

    text: str
    items: tuple[gold.Item, ...]


def rewritten(message: gold.Message, slots: frozenset[str], disguise: Disguise) -> Rewritten:
    """The message with the disguise on each quote of the slots; quotes that cross stay plain."""
    items = [item for listing in message.listings for item in listing if item.slot in slots]
    spans = sorted({item.span for item in items if item.span})
    changed: set[tuple[int, int]] = set()
    parts: list[str] = []
    done = 0
    for start, end in spans:
        if start < done:
            continue
        quote = message.text[start:end]
        becomes = disguise(quote)
        if becomes != quote:
            changed.add((start, end))
        parts += (message.text[done:start], becomes)
        done = end
    text = "".join((*parts, message.text[done:]))
    return Rewritten(text, tuple(item for item in items if item.span in changed))


def rows(rules: Rules) -> Iterator[str]:
    """The lines of a Markdown table."""
    known = [message for message in gold.messages("development") if message.listings]
    plain = _values(read([message.text for message in known], rules))
    yield "| put on | disguise | values | lost | share |"
    yield "| --- | --- | ---: | ---: | ---: |"
    for part, slots, disguises in _PARTS:
        for name, disguise in disguises.items():
            made = [rewritten(message, slots, disguise) for message in known]
            found = _values(read([one.text for one in made], rules))
            asked = lost = 0
            for one, before, after in zip(made, plain, found, strict=True):
                keys = [(item.slot, item.key) for item in one.items]
                were = [key for key in keys if key in before]
                asked += len(were)
                lost += sum(key not in after for key in were)
            yield f"| {part} | {name} | {asked} | {lost} | {lost / max(asked, 1):.2f} |"


def _values(found: Sequence[Sequence[object]]) -> list[set[tuple[str, gold.Key]]]:
    """Slots and keys of what was read of each text."""
    return [
        {
            (item.slot, item.key)
            for listing in listings
            for item in gold.items_of(msgspec.to_builtins(listing))
        }
        for listings in found
    ]


def main() -> None:
    """Print the table."""
    for row in rows(Rules.load()):
        print(row, flush=True)


if __name__ == "__main__":
    main()
