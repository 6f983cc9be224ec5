"""Colours and shapes by which a page tells kinds, layers and ties apart."""

from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

TIES: Final = {
    "FLOWS_TO": "goods",
    "SUPPLIES": "trade",
    "BUYS_FROM": "trade",
    "BROKERS_FOR": "trade",
    "RECRUITS": "trade",
    "INSTRUCTS": "trade",
    "EXTRACTS_FROM": "trade",
    "VOUCHES_FOR": "speech",
    "ACCUSES": "speech",
    "MAYBE_SAME": "same",
    "MAYBE_IMPERSONATES": "same",
    "RESOLVED_TO": "same",
}
"""The family of a relationship type, which gives its colour; of all others `other`."""


class Sign(msgspec.Struct, frozen=True):
    """A colour, told apart by colour-blind eyes, and a shape that says the same."""

    colour: str
    shape: str


@cache
def signs() -> dict[str, dict[str, Sign]]:
    """By table (`kind`, `layer`, `tie`) and key."""
    tables: dict[str, dict[str, Sign]] = {}
    text = files("graph.view").joinpath("signs.tsv").read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        table, key, colour, shape = line.split("\t")
        tables.setdefault(table, {})[key] = Sign(colour, shape)
    families = tables["tie"]
    tables["tie"] = families | {name: families[family] for name, family in TIES.items()}
    return tables
