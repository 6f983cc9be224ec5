"""What a post does to another party, read from its own words."""

from collections.abc import Iterator, Sequence
from typing import Final

from ahocorasick_rs import AhoCorasick

from ingest.extract.acts.money import Money
from ingest.extract.acts.notices import NoticeWords, notice
from ingest.extract.acts.phrases import load_phrases
from ingest.extract.acts.praise import praise
from ingest.extract.acts.replies import answer, buying_words, joins, taken_up
from ingest.extract.acts.speech import Habits, Named, Side, Speech
from ingest.extract.acts.statements import accusations, agency, deposits
from ingest.lexicon import load_lexicon
from ingest.lexicon.tables import Lexicon
from ingest.records import Act, ActKind, Listing, Party, Span, Text
from ingest.text.normalise import Normal

__all__ = ["ActRules", "read_acts"]

_SELLING: Final = frozenset({"offer", "swap", "recruit"})
_SIDES: Final[dict[str, Side]] = {
    "agent_of": "principal",
    "accusation": "accused",
    "vouch": "praised",
    "received": "praised",
}
_SHORT_PRICE: Final = 40
_LONGEST: Final = 8_000


class ActRules:
    """Compiled phrases. Pickles as nothing and compiles anew."""

    def __init__(self, lexicon: Lexicon) -> None:
        phrases = load_phrases(lexicon)
        self.version = phrases.version
        self.habits = Habits(phrases)
        self.money = Money(lexicon)
        self.notice_words = NoticeWords(self.habits, phrases.words)
        literals = sorted(phrases.triggers)
        self._groups = [phrases.triggers[literal] for literal in literals]
        self._literals = AhoCorasick(literals)

    @classmethod
    def load(cls) -> "ActRules":
        """The packaged phrases, with units, currencies and services of the packaged lexicon."""
        return cls(load_lexicon())

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return ActRules.load, ()

    def opened(self, normal_text: str) -> set[str]:
        """The classes of phrases that a text may hold; nearly always none."""
        found = self._literals.find_matches_as_indexes(normal_text, overlapping=True)
        return set().union(*(self._groups[number] for number, _, _ in found)) if found else set()


def read_acts(
    text: Text,
    normal: Normal,
    listings: Sequence[Listing],
    rules: ActRules,
    mentions: Sequence[str] = (),
) -> tuple[Act, ...]:
    """Acts in order of place; `mentions` are the lexicon ids of goods named in the text."""
    written = normal.text
    if text.voice == "reported" or len(written) > _LONGEST:
        return ()
    groups = rules.opened(_encodable(written))
    priced = len(written) <= _SHORT_PRICE and any(map(str.isdigit, written))
    if not groups and not priced:
        return ()
    return _Reader(Speech(text.text, normal, rules.habits), listings, rules, mentions).acts(groups)
