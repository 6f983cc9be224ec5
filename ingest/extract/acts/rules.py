"""The compiled phrases that the acts are read with."""

import re
from typing import Final

from ahocorasick_rs import AhoCorasick

from ingest.extract.acts.money import Money
from ingest.extract.acts.notices import NoticeWords
from ingest.extract.acts.phrases import WHO, load_phrases
from ingest.extract.acts.speech import Habits
from ingest.lexicon import load_lexicon
from ingest.lexicon.tables import Lexicon
from ingest.text.normalise import normalise

_BRIEF: Final = 40
_NUMERAL: Final = re.compile(r"[0-9一二两三四五六七八九十几半百千]")
Opened = dict[str, list[re.Pattern[str]]]


class ActRules:
    """Compiled phrases. Pickles as nothing and compiles anew."""

    def __init__(self, lexicon: Lexicon) -> None:
        phrases = load_phrases(lexicon)
        self.version = phrases.version
        self.habits = Habits(phrases)
        self.money = Money(lexicon)
        self.notice_words = NoticeWords(self.habits, phrases.words)
        assent = phrases.patterns["assent"].pattern
        self._assent = re.compile(rf"\s*(?:{WHO}\s*)?(?:{assent})[\s,.。!~…]*")
        literals = sorted(phrases.triggers)
        self._phrases = [phrases.triggers[literal] for literal in literals]
        self._literals = AhoCorasick(literals)
        self._compiled: dict[str, re.Pattern[str]] = {}

    def brief(self, normal_text: str) -> bool:
        """Whether a short text may be a bare yes or a bare price."""
        if len(normal_text) > _BRIEF:
            return False
        return any(map(str.isdigit, normal_text)) or bool(self._assent.fullmatch(normal_text))

    def replies(self, quote: str) -> bool:
        """Whether the words of an answer are said to one other only, never in an advertisement."""
        return self.habits.patterns["reply"].search(normalise(quote).text) is not None

    @classmethod
    def load(cls) -> "ActRules":
        """The packaged phrases, with units, currencies and services of the packaged lexicon."""
        return cls(load_lexicon())

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return ActRules.load, ()

    def opened(self, normal_text: str) -> Opened:
        """The phrases that a text may hold, by class; nearly always none."""
        try:
            found = self._literals.find_matches_as_indexes(normal_text, overlapping=True)
        except UnicodeEncodeError:  # lone surrogates
            sound = normal_text.encode("utf-8", "replace").decode("utf-8")
            found = self._literals.find_matches_as_indexes(sound, overlapping=True)
        if not found:
            return {}
        counted = _NUMERAL.search(normal_text) is not None
        opened: Opened = {}
        for number in sorted({number for number, _, _ in found}):
            for group, pattern, counts in self._phrases[number]:
                if counted or not counts:
                    opened.setdefault(group, []).append(self._pattern(pattern))
        return opened

    def _pattern(self, pattern: str) -> re.Pattern[str]:
        # compiling all of them takes half a second, and a text needs a few
        if pattern not in self._compiled:
            self._compiled[pattern] = re.compile(pattern)
        return self._compiled[pattern]
