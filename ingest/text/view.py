"""The view of a text that rules read: normal, undisguised and joined, with its way back."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from ingest.text.composed import (
    PART_FIRSTS,
    PARTS,
    Parts,
    has_squares,
    squares_as_read,
    squares_as_signs,
)
from ingest.text.disguise import Disguises, Row
from ingest.text.figures import disguised_figures
from ingest.text.joined import GAP, LEAD, Joiner, Words
from ingest.text.late import late
from ingest.text.leet import LEET, SPELT, Leet
from ingest.text.lookalikes import LOOKALIKE, lookalikes
from ingest.text.normalise import Normal, normalise
from ingest.text.scan import Hit, Scanner
from ingest.text.spaced import SPACED, spaced_figures, spaced_lines
from ingest.text.stroked import Pairs, stroked

_UNUSUAL: Final = late(f"{LEAD}(?:{LOOKALIKE}|{GAP}|{SPACED})", re.DOTALL)
"""One pass over plain text tells that there is nothing to join or to read as another letter."""
_ODD: Final = re.compile(f"(?=[0-9a-z@$!{PART_FIRSTS}])(?:{LEET}|{SPELT}|{PARTS})")
"""Characters in parts, or figures inside Latin words; one class in front passes over all others."""
_WORD: Final = re.compile("[a-z]{3,}")
_MIXED: Final = re.compile("[a-z]{2}(?:(?=[一-鿿])|(?<=[一-鿿]..))")
"""Half a Chinese word may be spelled: 棋pai."""
STRONG: Final = 2
"""What a term says of the trade: clear, or 1 where it needs company, or nothing at 0."""


class Terms(NamedTuple):
    """The terms of a lexicon by number, as its scanner counts them."""

    scanner: Scanner
    listed: Sequence[str]
    meant: Mapping[int, bool]
    """Whether a term means anything; the others are ordinary words."""
    means: Callable[[str], bool]
    """The same of a term as it is written."""
    opens: Mapping[int, int]


def _words(terms: Terms, cues: Sequence[str]) -> set[str]:
    """The Latin words of terms that mean something, and of contact cues."""
    latin = [*filter(terms.means, filter(str.isascii, terms.listed)), *filter(str.isascii, cues)]
    return set(_WORD.findall("\n".join(latin)))


class Views:
    """Makes views from a lexicon's terms, its contact cues and its disguised forms."""

    def __init__(self, terms: Terms, cues: Sequence[str], disguises: Sequence[Row]) -> None:
        self._terms = terms
        meant = [row for row in disguises if row.written != row.meant]
        forms = [*cues, *(row.written for row in meant)]
        pairs = [len(form) > 2 or not form.isascii() or form in set(cues) for form in forms]
        self._joiner = Joiner(
            [
                Words(terms.scanner, terms.meant, pairs=False, clear=terms.opens),
                Words(Scanner(forms), pairs, pairs=True),
            ]
        )
        known = {row.written for row in disguises if terms.means(row.written)}
        self._disguises = Disguises(disguises, known)
        self._parts = Parts(terms.scanner, terms.meant)
        self._pairs = Pairs(terms.listed)
        latin = [cue for cue in cues if len(cue) > 1]
        self._leet = Leet(lambda: _words(terms, latin), latin)

    def view(self, text: str) -> tuple[Normal, list[Hit]]:
        """The view of a text as written and the places of the terms in it."""
        normal = self.plain(text)
        scan = self._terms.scanner.scan
        if edits := stroked(normal.text, scan, self._terms.opens, self._pairs):
            normal = normal.edited(edits)
        hits = scan(normal.text)
        if hits and (edits := spaced_figures(normal.text)):
            normal = normal.edited(edits)
            hits = scan(normal.text)
        if hits and (edits := disguised_figures(normal.text)):
            normal = normal.edited(edits)
            hits = scan(normal.text)
        if (hits or _MIXED.search(normal.text)) and (edits := self._undisguised(normal.text, hits)):
            normal = normal.edited(edits)
            hits = scan(normal.text)
        return normal, hits

    def plain(self, text: str) -> Normal:
        """Normal text with look-alike letters read and split words joined."""
        normal = normalise(text)
        odd = _ODD.search(normal.text) is not None
        if odd and (edits := self._parts.edits(normal.text)):
            normal = normal.edited(edits)
        if not text.isascii() and has_squares(text):
            signs = squares_as_signs(text, normal)
            normal = squares_as_read(text, self._joined(signs))
        else:
            normal = self._joined(normal)
        if odd and (edits := self._leet.edits(normal.text)):
            normal = normal.edited(edits)
        return normal

    def _joined(self, normal: Normal) -> Normal:
        if not _UNUSUAL.search(normal.text):
            return normal
        for edits_of in (lookalikes, spaced_lines):
            if edits := edits_of(normal.text):
                normal = normal.edited(edits)
        return self._joiner.join(normal)

    def _undisguised(self, text: str, hits: list[Hit]) -> list[tuple[int, int, str]]:
        opens, meant = self._terms.opens, self._terms.meant
        numbers = [number for number, _, _ in hits]
        strong = STRONG in map(opens.__getitem__, numbers)
        if strong or any(map(meant.__getitem__, numbers)) or _MIXED.search(text):
            return self._disguises.edits(text, strong=strong)
        return []
