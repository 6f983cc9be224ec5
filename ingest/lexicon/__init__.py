"""The lexicon: terms, cues, units, names and words of context, as data files with their sources."""

from ingest.lexicon.load import load_lexicon
from ingest.lexicon.tables import (
    ContactCue,
    Currency,
    Lexicon,
    RoleCue,
    Sense,
    Subject,
    UnitWord,
)

__all__ = [
    "ContactCue",
    "Currency",
    "Lexicon",
    "RoleCue",
    "Sense",
    "Subject",
    "UnitWord",
    "load_lexicon",
]
