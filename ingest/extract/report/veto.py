"""Words before a verb by which it states no fact: "not", "could", "yet to"."""

import re
from typing import Final

from ingest.extract.report.words import words

# Case matters: "may" forbids, "May" dates.
_VETO: Final = re.compile(
    rf"(?:\b|(?=n't))(?:{words('veto', 'en')}|No|Nobody|None|Never)\b(?:[ ,]+[\w']+){{0,2}} ?$"
)
_REACH: Final = 40


def vetoed(view: str, start: int, verb: int) -> bool:
    """Whether up to two words before a verb, not before `start`, take its fact away."""
    return _VETO.search(view, max(start, verb - _REACH), verb) is not None
