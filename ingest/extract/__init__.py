"""From masked posts to listings, speech acts and mentions, with the span of every value."""

from collections.abc import Sequence
from typing import Final

import msgspec

from ingest.extract.rules import Rules
from ingest.records import Reading, Text

EXTRACTOR: Final = "6"
"""Version of the reading rules in code; the lexicon has a version of its own."""

__all__ = ["EXTRACTOR", "Rules", "extract"]


def extract(
    batch: Sequence[Text],
    rules: Rules,
    *,
    keep_none: bool = False,
    slow: dict[str, float] | None = None,
) -> list[Reading]:
    """Readings in the order of the batch; with `keep_none` each text has at least one record.

    `slow`: given the seconds of those texts that took long.
    """
    # Whoever asks for the version alone reads no text.
    from ingest.extract.reading import opened, read_texts

    # A third of a market's lines are exact copies, and each is read once.
    keys = [(text.text, text.voice, text.masked) for text in batch]
    first: dict[tuple[str, str, int], Text] = {}
    for key, text in zip(keys, batch, strict=True):
        first.setdefault(key, text)
    with rules.own.chunk(lambda: opened(batch, rules)):
        read = read_texts(list(first.values()), rules, keep_none=keep_none, slow=slow)
    found = dict(zip(first, read, strict=True))
    return [_named(found[key], text.id) for key, text in zip(keys, batch, strict=True)]


def _named(reading: Reading, post: str) -> Reading:
    if not reading.listings or reading.listings[0].post == post:
        return reading
    listings = tuple(msgspec.structs.replace(each, post=post) for each in reading.listings)
    return msgspec.structs.replace(reading, listings=listings)
