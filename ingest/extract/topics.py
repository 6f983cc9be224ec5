"""Words for what people are sold for, looked for in a clause that says what they did."""

import re
from collections.abc import Iterable

from ingest.lexicon.tables import Subject
from ingest.text.late import late


class Topics:
    """Topics of data subjects, and those that name data only as what people did."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._products = {
            stem.replace("-", " "): subject.product
            for subject in subjects
            for stem in subject.stems
            if len(stem) > 1
        }
        stems = sorted(self._products, key=lambda stem: (-len(stem), stem))
        han = "|".join(re.escape(stem) for stem in stems if not stem.isascii())
        latin = "|".join(
            stem.replace(r"\ ", "[ -]") for stem in map(re.escape, stems) if stem.isascii()
        )
        self._stems = late(rf"{han or '(?!)'}|(?<![a-z])(?:{latin or '(?!)'})(?![a-z])")

    def last(self, text: str, start: int, end: int) -> tuple[int, str] | None:
        """Place and product of the last topic between two places."""
        found = None
        for match in self._stems.finditer(text, start, end):
            found = match.start(), self._products[match[0].replace("-", " ")]
        return found
