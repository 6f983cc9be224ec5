"""Words for what people are sold for, looked for in a clause that says what they did."""

import re
from collections.abc import Iterable

from ingest.lexicon.tables import Subject


class Topics:
    """Topics of data subjects, and those that name data only as what people did."""

    def __init__(self, subjects: Iterable[Subject]) -> None:
        self._products = {
            stem: subject.product
            for subject in subjects
            if subject.lang != "en"
            for stem in subject.stems
            if len(stem) > 1
        }
        stems = sorted(self._products, key=lambda stem: (-len(stem), stem))
        self._stems = re.compile("|".join(map(re.escape, stems)) or "(?!)")

    def last(self, text: str, start: int, end: int) -> str | None:
        """The product of the last topic between two places."""
        found = None
        for match in self._stems.finditer(text, start, end):
            found = self._products[match[0]]
        return found
