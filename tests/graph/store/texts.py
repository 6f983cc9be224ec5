"""Texts that the ad-hoc filter must let through and must refuse."""

import json
from pathlib import Path
from typing import Any

import msgspec

_FOLDER = Path(__file__).parents[2] / "data" / "cypher"


class Sample(msgspec.Struct, frozen=True):
    text: str
    why: str
    parameters: dict[str, Any] = {}


def read(name: str) -> list[Sample]:
    # The standard reader keeps a lone surrogate, which is one of the samples.
    rows = json.loads((_FOLDER / name).read_text(encoding="utf-8"))
    return [Sample(row["text"], row["why"], row.get("parameters", {})) for row in rows]


PASSES = read("passes.json")
REFUSED = read("refused.json")
