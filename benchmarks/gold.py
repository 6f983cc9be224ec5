"""The annotated messages: two halves, of which only `development` may be read by who writes rules.

A third part, `fresh`, is by hands from which nothing was learned and for which no rule was mended.

A line holds `id`, `plan` (registers and traits it was written for), `text` and `records`: listings
in the shape of the public interface, without `confidence`, scores and cues.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import msgspec

Half = Literal["development", "held"]
HALVES: Final[tuple[Half, Half]] = ("development", "held")
Part = Half | Literal["fresh"]
PARTS: Final[tuple[Part, ...]] = (*HALVES, "fresh")
FOLDER: Final = Path(__file__).parents[1] / "tests" / "data" / "gold"

Key = tuple[Any, ...]
Pair = tuple[tuple[str, Any], tuple[str, Any]]
"""Two values, each with its slot."""


class Item(msgspec.Struct, frozen=True):
    """One value of one slot. Two items agree if slot and key are equal and their quotes overlap."""

    slot: str
    key: Key
    span: tuple[int, int] | None = None

    def agrees(self, other: "Item") -> bool:
        """Whether both say the same of the same place."""
        if self.slot != other.slot or self.key != other.key:
            return False
        if self.span is None or other.span is None:
            return True
        return self.span[0] < other.span[1] and other.span[0] < self.span[1]


class Message(msgspec.Struct, frozen=True):
    """One annotated message; `listings`: the items of each, in the order of the text."""

    id: str
    plan: tuple[str, ...]
    text: str
    listings: tuple[tuple[Item, ...], ...]


class Relation(msgspec.Struct, frozen=True):
    """A text with pairs of `(slot, key)` that no listing may hold, and pairs that one should."""

    id: str
    kind: str
    text: str
    false: tuple[Pair, ...]
    true: tuple[Pair, ...]


_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "products": ("id",),
    "sources": ("id",),
    "methods": ("id",),
    "quantities": ("value", "unit", "period"),
    "prices": ("value", "currency", "per", "min_quantity"),
    "contacts": ("kind", "value", "owner"),
    "escrow": ("id", "named"),
    "roles": ("role",),
}
_PARTS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "source kind": ("sources", ("id", "kind")),
    "source count": ("sources", ("id", "expanded", "cardinality")),
}
"""Parts of a slot that are scored on lines of their own."""
_CLAIMS: Final = ("freshness", "exclusivity", "test")
_CLAIM_LISTS: Final = ("jurisdictions", "fields")
SLOTS: Final = ("polarity", *_KEYS, *_PARTS, *_CLAIMS, *_CLAIM_LISTS)


def items_of(record: dict[str, Any]) -> tuple[Item, ...]:
    """The items of a listing record in the shape of the public interface."""
    found = [Item("polarity", (record["polarity"],))]
    for slot, keys in _KEYS.items():
        found += [_item(slot, keys, value) for value in record.get(slot) or ()]
    for name, (slot, keys) in _PARTS.items():
        found += [_item(name, keys, value) for value in record.get(slot) or ()]
    claims = record.get("claims") or {}
    found += [Item(name, (claims[name],)) for name in _CLAIMS if claims.get(name)]
    for name in _CLAIM_LISTS:
        found += [Item(name, (value,)) for value in claims.get(name) or ()]
    return tuple(found)


def _item(slot: str, keys: Sequence[str], value: dict[str, Any]) -> Item:
    span = value.get("span")
    return Item(slot, tuple(map(value.get, keys)), tuple(span) if span else None)


@cache
def messages(part: Part) -> tuple[Message, ...]:
    """The annotated messages of one part."""
    return tuple(
        Message(
            line["id"],
            tuple(line["plan"]),
            line["text"],
            tuple(map(items_of, line["records"])),
        )
        for line in rows(FOLDER / f"{part}.jsonl")
    )


@cache
def relations(part: Part) -> tuple[Relation, ...]:
    """The texts in which things stand side by side without belonging together."""
    return tuple(
        msgspec.convert(line, Relation) for line in rows(FOLDER / f"relations_{part}.jsonl")
    )


def innocent(part: Part) -> list[str]:
    """Ordinary chat lines, from which no listing may be read; `fresh` has none."""
    if part == "fresh":
        return []
    name = "innocent.txt" if part == "development" else "innocent_held.txt"
    return (FOLDER / name).read_text("utf-8").splitlines()


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
