"""What a post does to another party, read from its own words."""

from collections.abc import Sequence
from typing import Final

from ingest.extract.acts.reader import SELLING, STATING, ActReader
from ingest.extract.acts.rules import ActRules, Opened
from ingest.extract.acts.speech import Speech
from ingest.records import Act, Listing, Text
from ingest.text.normalise import Normal

__all__ = ["ActRules", "acts_of", "only_sells", "open_speech", "phrases_in", "read_acts"]

_LONGEST: Final = 8_000


def read_acts(
    text: Text,
    normal: Normal,
    listings: Sequence[Listing],
    rules: ActRules,
    mentions: Sequence[str] = (),
) -> tuple[Act, ...]:
    """Acts in order of place; `mentions` are the lexicon ids of goods named in the text."""
    speech = open_speech(text, normal, rules, phrases_in(text, normal, rules))
    return acts_of(speech, listings, rules, mentions) if speech else ()


def phrases_in(text: Text, normal: Normal, rules: ActRules) -> Opened | None:
    """The phrases of acts that a text may hold; None where no acts are looked for."""
    if text.voice == "reported" or len(normal.text) > _LONGEST:
        return None
    return rules.opened(normal.text)


def open_speech(
    text: Text, normal: Normal, rules: ActRules, phrases: Opened | None
) -> Speech | None:
    """The text laid out for its acts; None where it can hold none."""
    if phrases or (phrases is not None and rules.brief(normal.text)):
        return Speech(text.text, normal, rules.habits, phrases)
    return None


def only_sells(listings: Sequence[Listing]) -> bool:
    """Whether a text is an advertisement: without a phrase of its own it holds no act."""
    polarities = {each.polarity for each in listings}
    return not polarities.isdisjoint(SELLING) and "warning" not in polarities


def acts_of(
    speech: Speech, listings: Sequence[Listing], rules: ActRules, mentions: Sequence[str]
) -> tuple[Act, ...]:
    """Acts of a text that was laid out, beside the listings it gave."""
    if STATING.isdisjoint(speech.groups) and only_sells(listings):
        return ()
    return ActReader(speech, listings, rules, mentions).acts(speech.groups)
