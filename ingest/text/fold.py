"""Folding for substring search: the same for the query and for stored text."""

import re
from typing import Final

from ingest.text.normalise import normalise

_SPACES: Final = re.compile(r"\s+")


def fold(text: str) -> str:
    """Normal text with each run of white space as one space, none at the ends."""
    return _SPACES.sub(" ", normalise(text).text).strip()
