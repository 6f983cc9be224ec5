"""What a post does to another party, read from its own words."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.acts.reader import ActReader
from ingest.extract.acts.rules import ActRules
from ingest.extract.acts.speech import Speech
from ingest.records import Act, Listing, Text
from ingest.text.normalise import Normal

__all__ = ["ActRules", "acts_of", "open_speech", "read_acts"]

_LONGEST: Final = 8_000


def read_acts(
    text: Text,
    normal: Normal,
    listings: Sequence[Listing],
    rules: ActRules,
    mentions: Sequence[str] = (),
) -> tuple[Act, ...]:
    """Acts in order of place; `mentions` are the lexicon ids of goods named in the text."""
    speech = open_speech(text, normal, rules)
    return acts_of(speech, listings, rules, mentions) if speech else ()


def open_speech(text: Text, normal: Normal, rules: ActRules) -> Speech | None:
    """The text laid out for its acts; None where it can hold none."""
    written = normal.text
    if text.voice == "reported" or len(written) > _LONGEST:
        return None
    opened = rules.opened(written)
    if not opened and not rules.brief(written):
        return None
    return Speech(text.text, normal, rules.habits, opened)


def acts_of(
    speech: Speech, listings: Sequence[Listing], rules: ActRules, mentions: Sequence[str]
) -> tuple[Act, ...]:
    """Acts of a text that was laid out, beside the listings it gave."""
    return ActReader(speech, listings, rules, mentions).acts(speech.groups)
