"""From masked posts to listings, speech acts and mentions, with the span of every value."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.reading import read_text
from ingest.extract.rules import Rules
from ingest.records import Reading, Text

EXTRACTOR: Final = "1"
"""Version of the reading rules in code; the lexicon has a version of its own."""

__all__ = ["EXTRACTOR", "Rules", "extract"]


def extract(batch: Sequence[Text], rules: Rules, *, keep_none: bool = False) -> list[Reading]:
    """Readings in the order of the batch; with `keep_none` each text has at least one record."""
    return [read_text(text, rules, keep_none=keep_none) for text in batch]
