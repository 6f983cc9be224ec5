"""The compiled phrases that the acts are read with."""

import re
from typing import Final

from ahocorasick_rs import AhoCorasick

from ingest.extract.acts.money import Money
from ingest.extract.acts.notices import NoticeWords
from ingest.extract.acts.phrases import WHO, compiled, load_phrases
from ingest.extract.acts.speech import Habits
from ingest.lexicon import load_lexicon
from ingest.lexicon.tables import Lexicon
from ingest.text.late import late
from ingest.text.normalise import normalise

_BRIEF: Final = 40
_NUMERAL: Final = re.compile(r"[0-9一二两三四五六七八九十几半百千]")
_AHEAD: Final = re.compile(r"\s?[0-9一二两三四五六七八九十几半百]")
_NAMING: Final = re.compile(r"@|t\.me/|[0-9]")
"""What every named one holds: an at-sign, a link or a QQ number."""
_DIGIT: Final = re.compile("[0-9]")
_SPACE: Final = re.compile(r"\s")
Opened = dict[str, list[re.Pattern[str]]]
Chosen = tuple[tuple[str, re.Pattern[str]], ...]


class ActRules:
    """Compiled phrases. Pickles as nothing and compiles anew."""

    def __init__(self, lexicon: Lexicon) -> None:
        phrases = load_phrases(lexicon)
        self.version = phrases.version
        self.habits = Habits(phrases)
        self.money = Money(lexicon)
        self.notice_words = NoticeWords(self.habits, phrases.words)
        assent = phrases.patterns.written("assent")
        self._assent = late(assent)
        self._named = late(rf"\s*(?:{WHO}\s*)?")
        self._opening = late(r"[^\s@]{2,16}(?:\s[^\s@]{1,10})?\s+")
        literals = sorted(phrases.triggers)
        self._phrases = [phrases.triggers[literal] for literal in literals]
        self._counting = [any(p.counts or p.ahead for p in each) for each in self._phrases]
        self._names = [any(p.names for p in each) for each in self._phrases]
        self._literals = AhoCorasick(literals)
        self._choices: dict[tuple[int, bool, bool, bool], Chosen] = {}

    def brief(self, normal_text: str) -> bool:
        """Whether a short text may be a bare yes or a bare price."""
        if len(normal_text) > _BRIEF:
            return False
        if _DIGIT.search(normal_text) and self.money.may_price(normal_text):
            return True
        return self._agrees(normal_text)

    def _agrees(self, normal_text: str) -> bool:
        """Whether a short text may say yes or order a quantity, behind a name or at once."""
        # Most talk names nobody and is written in one piece.
        named = self._named.match(normal_text) if _NAMING.search(normal_text) else None
        start = named.end() if named else len(normal_text) - len(normal_text.lstrip())
        spaced = _SPACE.search(normal_text, start)
        opening = self._opening.match(normal_text, start) if spaced else None
        starts = (start, opening.end()) if opening else (start,)
        firsts = self.habits.firsts
        for place in starts:
            if normal_text[place : place + 1] in firsts and self._says_yes(normal_text, place):
                return True
        return False

    def _says_yes(self, text: str, place: int) -> bool:
        patterns = (self._assent, self.habits.order, self.habits.agreement)
        return any(each.match(text, place) for each in patterns)

    def replies(self, quote: str) -> bool:
        """Whether the words of an answer are said to one other only, never in an advertisement."""
        return self.habits.patterns.stands_in("reply", normalise(quote).text)

    def orders(self, quote: str) -> bool:
        """Whether the words of an act order a quantity."""
        text = normalise(quote).text
        return bool(self.habits.patterns["takes"].search(text) or self.habits.order.fullmatch(text))

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
        numbers = {number for number, _, _ in found}
        counting = any(map(self._counting.__getitem__, numbers))
        counted = counting and _NUMERAL.search(normal_text) is not None
        named = any(map(self._names.__getitem__, numbers)) and bool(_NAMING.search(normal_text))
        opened: Opened = {}
        met: set[tuple[int, bool]] = set()
        for number, _, end in found:
            ahead = counted and _AHEAD.match(normal_text, end) is not None
            if (number, ahead) in met:
                continue
            met.add((number, ahead))
            for group, pattern in self._chosen(number, counted, ahead, named):
                opened.setdefault(group, []).append(pattern)
        return opened

    def _chosen(self, number: int, counted: bool, ahead: bool, named: bool) -> Chosen:
        """The phrases of a literal in a text with these signs, by class."""
        key = number, counted, ahead, named
        found = self._choices.get(key)
        if found is None:
            found = self._choices[key] = tuple(
                (group, compiled(pattern))
                for group, pattern, counts, behind, names in self._phrases[number]
                if (counted or not counts) and (ahead or not behind) and (named or not names)
            )
        return found
