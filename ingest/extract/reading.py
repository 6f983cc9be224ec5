"""Reads one text: one scan, a gate, then the grammars."""

import re
from typing import Final

from ingest.extract.acts import read_acts
from ingest.extract.confidence import MAYBE_LISTING, NO_LISTING
from ingest.extract.language import language
from ingest.extract.listing import read_listings
from ingest.extract.mentions import read_mentions
from ingest.extract.rules import Rules
from ingest.extract.scene import Scene
from ingest.records import Listing, Reading, Text
from ingest.text.normalise import Normal, normalise
from ingest.text.scan import Hit

_FIGURE: Final = re.compile(r"[0-9a-z@一二两三四五六七八九十百千万]")


def read_text(text: Text, rules: Rules, *, keep_none: bool) -> Reading:
    """Everything one text gives."""
    normal = normalise(text.text)
    hits = rules.scanner.scan(normal.text)
    listings: tuple[Listing, ...] = ()
    mentions: tuple[str, ...] = ()
    if hits and _opens(normal.text, hits, rules.opens):
        mentions = read_mentions(hits, rules)
        listings = read_listings(Scene(text, normal, hits, rules))
    acts = read_acts(text, normal, listings, rules.acts, mentions)
    if keep_none and not listings:
        listings = (_none(text, normal, bool(mentions)),)
    return Reading(listings, acts, mentions)


def _opens(text: str, hits: list[Hit], opens: list[int]) -> bool:
    """Whether the text may be a listing: an ambiguous word needs a word or a figure beside it."""
    found = [opens[number] for number, _, _ in hits]
    strongest = max(found)
    return strongest == 2 or (strongest == 1 and (len(hits) > 1 or bool(_FIGURE.search(text))))


def _none(text: Text, normal: Normal, goods: bool) -> Listing:
    return Listing(
        post=text.id,
        listing=0,
        text=text.text,
        lang=language(text.text, normal),
        voice=text.voice,
        polarity="none",
        confidence=MAYBE_LISTING if goods else NO_LISTING,
        masked=text.masked,
    )
