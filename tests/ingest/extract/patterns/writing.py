"""Small pattern files for the tests."""

import json
from pathlib import Path
from typing import Any

from ingest.extract import Rules, extract
from ingest.records import Listing, Text

RADAR: dict[str, Any] = {
    "id": "radar",
    "label": "product/stock_leads",
    "pattern": [{"LOWER": "雷达"}, {"LOWER": {"IN": ["货", "包"]}}],
    "source": "invented",
}


def write(folder: Path, *rows: Any, name: str = "own.jsonl") -> Path:
    """A pattern file with one JSON object a line; the folder."""
    folder.mkdir(exist_ok=True)
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / name).write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def rules(folder: Path, *rows: Any) -> Rules:
    """Rules with these patterns."""
    return Rules.load([write(folder / "patterns", *rows)])


def read(text: str, by: Rules) -> tuple[Listing, ...]:
    """The listings of one text; every quote is what the text says."""
    (reading,) = extract([Text("1", text)], by)
    for listing in reading.listings:
        pairs = [(value.quote, value.span) for value in listing.products]
        pairs += [(value.quote, value.span) for value in listing.sources]
        pairs += [(value.quote, value.span) for value in listing.methods]
        pairs += [(value.quote, value.span) for value in listing.escrow]
        for quote, (start, end) in pairs:
            assert text[start:end] == quote
    return reading.listings
