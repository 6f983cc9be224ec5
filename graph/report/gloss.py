"""What the lexicon says of the words of a trade: `股民料` is `stock leads`."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from ingest.lexicon.tables import Lexicon

_MOST: Final = 8
_VAGUE: Final = "generic"


class Gloss:
    """Finds terms of a lexicon in Chinese text: the longest at each place, none that is unsure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._terms: dict[str, dict[str, str]] = defaultdict(dict)
        for term, senses in lexicon.terms.items():
            codes = {sense.canonical for sense in senses}
            chinese = senses[0].lang.startswith("zh") and not term.isascii()
            canonical = senses[0].canonical
            told = lexicon.names.get(canonical) or _plain(canonical)
            sure = len(codes) == 1 and not senses[0].ambiguous and told != _VAGUE
            if chinese and len(term) > 1 and sure:
                self._terms[term[0]][term] = told
        self._longest = {
            first: max(map(len, terms)) for first, terms in self._terms.items() if terms
        }

    def of(self, text: str) -> Mapping[str, str]:
        """Term -> English, in the order of the text, each once."""
        found: dict[str, str] = {}
        at = 0
        while at < len(text) and len(found) < _MOST:
            term = self._at(text, at)
            if term:
                found.setdefault(term, self._terms[term[0]][term])
            at += len(term) or 1
        return found

    def _at(self, text: str, at: int) -> str:
        terms = self._terms.get(text[at])
        if not terms:
            return ""
        for length in range(self._longest[text[at]], 1, -1):
            if text[at : at + length] in terms:
                return text[at : at + length]
        return ""


def _plain(canonical: str) -> str:
    return canonical.rpartition("/")[2].replace("_", " ")
