"""What a post does to another party, read from its own words."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.acts.reader import ActReader
from ingest.extract.acts.rules import ActRules
from ingest.extract.acts.speech import Speech
from ingest.records import Act, Listing, Text
from ingest.text.normalise import Normal

__all__ = ["ActRules", "read_acts"]

_LONGEST: Final = 8_000


def read_acts(
    text: Text,
    normal: Normal,
    listings: Sequence[Listing],
    rules: ActRules,
    mentions: Sequence[str] = (),
) -> tuple[Act, ...]:
    """Acts in order of place; `mentions` are the lexicon ids of goods named in the text."""
    written = normal.text
    if text.voice == "reported" or len(written) > _LONGEST:
        return ()
    opened = rules.opened(written)
    if not opened and not rules.brief(written):
        return ()
    speech = Speech(text.text, normal, rules.habits, opened)
    return ActReader(speech, listings, rules, mentions).acts(opened.keys())
