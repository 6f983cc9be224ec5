"""From masked posts to listings, speech acts and mentions, with the span of every value."""

from collections.abc import Sequence
from typing import Final

import msgspec

from ingest.extract.reading import opened, read_text
from ingest.extract.rules import Rules
from ingest.records import Reading, Text

EXTRACTOR: Final = "3"
"""Version of the reading rules in code; the lexicon has a version of its own."""

__all__ = ["EXTRACTOR", "Rules", "extract"]


def extract(batch: Sequence[Text], rules: Rules, *, keep_none: bool = False) -> list[Reading]:
    """Readings in the order of the batch; with `keep_none` each text has at least one record."""
    # A third of a market's lines are exact copies, and each is read once.
    read: dict[tuple[str, str, int], Reading] = {}
    found = []
    with rules.own.chunk(lambda: opened(batch, rules)):
        for text in batch:
            key = (text.text, text.voice, text.masked)
            reading = read.get(key)
            if reading is None:
                reading = read[key] = read_text(text, rules, keep_none=keep_none)
            found.append(_named(reading, text.id))
    return found


def _named(reading: Reading, post: str) -> Reading:
    if not reading.listings or reading.listings[0].post == post:
        return reading
    listings = tuple(msgspec.structs.replace(each, post=post) for each in reading.listings)
    return msgspec.structs.replace(reading, listings=listings)
