"""What strict checking would still find in stored text and in exports."""

import re
from typing import Final

from evidence.masking.cards import cards
from evidence.masking.found import Found, blank
from evidence.masking.identity import chinese
from evidence.masking.masker import Identifier
from evidence.masking.pretest import may_hold
from ingest.text.digits import digit_view
from ingest.text.normalise import normalise

_OWN_ID: Final = re.compile(r"[a-z_]{3,12}:$")


def leaks(text: str) -> list[Identifier]:
    """Identity and card numbers whose structure alone gives them away, wherever they stand."""
    if not may_hold(text):
        return []
    normal = normalise(text)
    found: list[Found] = []
    for view in (normal.text, digit_view(normal.text)):
        for finder in (chinese, cards):
            found += finder(blank(view, found))
    found = [f for f in found if not _OWN_ID.search(normal.text[max(0, f.start - 13) : f.start])]
    ordered = sorted(found, key=lambda f: f.start)
    return [Identifier(f.kind, *normal.back(f.start, f.end), f.value) for f in ordered]
