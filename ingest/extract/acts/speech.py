"""A text as the acts see it: its sentences, who is named in it, what is denied or asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from graph.ids import normal_name
from ingest.extract.acts.phrases import (
    HANDLE,
    LINK,
    NICKNAME,
    ORDERED,
    QQ,
    Phrases,
    alternatives,
    compiled,
)
from ingest.records import Party, Span
from ingest.text.late import late
from ingest.text.normalise import Normal
from ingest.text.once import once

Side = Literal["buyer", "seller", "principal", "praised", "accused", "escrow", "other"]
_STOP: Final = late(r"[。!?;\n.](?:(?<!\.)|(?=\s|\Z))")
"""One class in front lets a search pass over all other characters at once."""
_PARTY: Final = late(
    rf"(?P<handle>{HANDLE})|(?P<link>{LINK})|(?P<qq>{QQ})|(?P<nickname>{NICKNAME})"
)
_NAMING: Final = late(r"@|t\.me/|[0-9]{5}")
"""What every named one holds: an at-sign, a link or a QQ number."""
_IN_BRACKETS: Final = late(r"\(([1-9][0-9]{4,11})\)")
_DIGITS: Final = late(r"[0-9]{5,12}\Z")
_MARKS: Final = ",.;:!?。、\n~)"
_EDGE: Final = late(r"[\s,.。!~:;、…]+|[\U0001f300-\U0001faff☀-➿]+")


_TAIL: Final = late(r"(?:[\s,.。!~:;、…()]|\[[^\[\]\s]{1,4}\]|[\U0001f300-\U0001faff☀-➿])+\Z")
_LONGEST_TAIL: Final = 16
_OPENING_NAME: Final = late(r"[^\s@]{2,16}(?:\s[^\s@]{1,10})?(?:\s[0-9]{1,4})?\s+")
_NAMELIKE: Final = late(r"[A-Z0-9_]|[^\x00-\x7f]")
"""What bare names hold and plain Latin words do not."""
_BRIEF: Final = 40
_COUNTING: Final = "0123456789一二两三五十就先要再"


class Named(NamedTuple):
    """Somebody named in the normal text."""

    start: int
    end: int
    kind: Literal["handle", "qq"]
    value: str


class Habits:
    """Compiled words for denial, question, hearsay and the small words around a short reply."""

    def __init__(self, phrases: Phrases) -> None:
        self.patterns = phrases.patterns
        self.named = phrases.named
        self._no_name = phrases.words["no_name"]
        self._no_name_openings = tuple(word for word in self._no_name if len(word) > 1)
        negation = phrases.words["negation"]
        han = alternatives(word for word in negation if not word.isascii())
        latin = alternatives(word for word in negation if word.isascii())
        self.denial = late(
            rf"(?:(?<!@)(?:{han})[^。!?;,\n@]{{0,2}}|(?<![a-z])(?:{latin})\s+(?:[a-z']+\s+){{0,2}})\Z"
        )
        alone = alternatives(phrases.words["filler_alone"])
        self.filler = late(rf"(?:(?:{alone})(?=[\s,.。!~]|\Z)|{_filler(phrases.words['filler'])})")
        openings = (*phrases.words["assent"], *phrases.words["assent_lead"])
        self.firsts = frozenset({*(word[0] for word in openings), *_COUNTING})
        """What a yes or an order may begin with."""
        self.order = _order(phrases)
        self.agreement = _agreement(phrases)
        self.before = {
            group.removesuffix("_not_before"): _ends_with(words)
            for group, words in phrases.words.items()
            if group.endswith("_not_before")
        }
        self.after = {
            group.removesuffix("_not_after"): _begins_with(words)
            for group, words in phrases.words.items()
            if group.endswith("_not_after")
        }

    def is_plain(self, name: str) -> bool:
        """Whether a bare name is a plain word, or begins with one, so that it names nobody."""
        return name in self._no_name or name.startswith(self._no_name_openings)


def _order(phrases: Phrases) -> re.Pattern[str]:
    """A whole turn of a yes, a quantity, and the small words of an order."""
    lead, tail = phrases.patterns.written("assent_lead"), phrases.patterns.written("order_tail")
    gap = r"[\s,.!~…]{0,3}"
    return late(
        rf"(?P<lead>(?:(?:{lead}){gap}){{1,2}})?(?:就|先|要|再要)?"
        rf"(?P<count>{ORDERED})(?P<unit>\s?(?:{phrases.units}))?"
        rf"{gap}(?P<tail>(?:(?:{tail}){gap}){{1,3}})?[哈啊吧呀嘛]?"
    )


def _agreement(phrases: Phrases) -> re.Pattern[str]:
    """A whole turn of a yes and the small words that promise to act on it."""
    lead, tail = phrases.patterns.written("assent_lead"), phrases.patterns.written("agree_tail")
    gap = r"[\s,.!~…]{0,3}"
    return late(rf"(?:(?:{lead}){gap}){{1,2}}(?:(?:{tail}){gap}){{1,2}}[哈啊吧呀哦]?")


def _filler(words: tuple[str, ...]) -> str:
    han = alternatives(word for word in words if not word.isascii())
    latin = alternatives(word for word in words if word.isascii())
    return rf"{han}|(?<![a-z0-9_])(?:{latin})(?![a-z0-9_'])"


def _ends_with(words: tuple[str, ...]) -> re.Pattern[str]:
    han = alternatives(word for word in words if not word.isascii())
    latin = alternatives(word for word in words if word.isascii())
    return late(rf"(?:{han or '(?!)'}|(?<![a-z])(?:{latin or '(?!)'})\s?)\s?\Z")


def _begins_with(words: tuple[str, ...]) -> re.Pattern[str]:
    han = alternatives(word for word in words if not word.isascii())
    latin = alternatives(word for word in words if word.isascii())
    return late(rf"\s?(?:{han or '(?!)'}|(?:{latin or '(?!)'})(?![a-z]))")


class Speech:
    """One normal text with its reading aids; spans count in the normal text."""

    def __init__(
        self,
        written: str,
        normal: Normal,
        habits: Habits,
        opened: Mapping[str, Sequence[re.Pattern[str]]],
    ) -> None:
        self.written = written
        self.normal = normal
        self.text = normal.text
        self.habits = habits
        self._opened = opened
        self.groups = frozenset(opened)

    @once
    def named(self) -> tuple[Named, ...]:
        """Everybody named by handle, link, QQ number or at-sign, in order of place."""
        if not _NAMING.search(self.text):
            return ()
        return tuple(map(_named, _PARTY.finditer(self.text)))

    @once
    def core(self) -> Span:
        """The text without names, small words and marks around it: the core of a short reply."""
        start, end = 0, len(self.text)
        while moved := self._opening(start):
            start = moved
        while end > start and (moved := self._closing(start, end)):
            end = moved
        return start, end

    def named_opening(self) -> int | None:
        """Where the words begin behind a bare name that may open a short turn; None for none."""
        found = _OPENING_NAME.match(self.text)
        if found is None or len(self.text) > _BRIEF:
            return None
        written = self.quote(found.start(), found.end())[1]
        return found.end() if _NAMELIKE.search(written) else None

    @once
    def bare(self) -> Span:
        """The text without the names in front of it and the marks around it."""
        start, end = 0, len(self.text)
        while match := _EDGE.match(self.text, start) or _PARTY.match(self.text, start):
            start = match.end()
        # A word at the end leaves no tail, and most texts end with one.
        worded = "一" <= self.text[-1:] <= "鿿"
        tail = None if worded else _TAIL.search(self.text, max(start, end - _LONGEST_TAIL))
        return start, max(start, tail.start() if tail else end)

    def behind_marks(self, start: int) -> int:
        """The first place from here on that is no white space or mark."""
        match = _EDGE.match(self.text, start)
        return match.end() if match else start

    def _opening(self, start: int) -> int:
        for pattern in (_EDGE, _PARTY, self.habits.filler):
            if match := pattern.match(self.text, start):
                return match.end()
        return 0

    def _closing(self, start: int, end: int) -> int:
        for party in reversed(self.named):
            if party.end == end and party.start > start:
                return party.start
        cut = self.text[start:end].rstrip(" \t\r\n,.。!~:;、…")
        return start + len(cut) if len(cut) < end - start else 0

    def opens_clause(self, start: int) -> bool:
        """Whether nothing but small words stands between a mark and this place."""
        if start and self.text[start - 1].isspace() and not self.text[start].isascii():
            return True
        before = self.text[:start].rstrip(" \t")
        while before and before[-1] not in _MARKS:
            fillers = self.habits.filler.finditer(before)
            cut = next((each.start() for each in fillers if each.end() == len(before)), None)
            if cut is None:
                return False
            before = before[:cut].rstrip(" \t")
        return True

    def sentence(self, start: int, end: int) -> Span:
        """The sentence around a span."""
        first, last = 0, len(self.text)
        for stop in _STOP.finditer(self.text):
            if stop.end() <= start:
                first = stop.end()
            elif stop.start() >= end:
                last = stop.end()
                break
        return first, last

    def stands(self, group: str, start: int, end: int) -> bool:
        """Whether a phrase of this class is meant: not denied, and no word beside it forbids it."""
        before = self.text[max(self.sentence(start, end)[0], start - 14) : start]
        habits = self.habits
        if habits.denial.search(before):
            return False
        if (forbidden := habits.before.get(group)) and forbidden.search(before):
            return False
        following = habits.after.get(group)
        return not (following and following.match(self.text, end))

    def asked(self, start: int, end: int) -> bool:
        """Whether the sentence around a span is a question or hearsay."""
        first, last = self.sentence(start, end)
        patterns = self.habits.patterns
        return any(
            patterns.stands_in(group, self.text, first, last) for group in ("question", "hearsay")
        )

    def matches(self, group: str, first: int = 0, last: int | None = None) -> Iterator[Span]:
        """Spans of the phrases of a class that stand, in order of place, longest first."""
        end = len(self.text) if last is None else last
        patterns = self._opened.get(group, ())
        if not patterns and group in self.habits.patterns:
            patterns = (self.habits.patterns[group],)
        if not patterns:
            return
        spans = {match.span() for p in patterns for match in p.finditer(self.text, first, end)}
        behind = -1
        for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
            if start >= behind and self.stands(group, start, stop):
                behind = stop
                yield start, stop

    def templates(self, group: str) -> Iterator[re.Pattern[str]]:
        """The templates of a class whose literal stands in the text."""
        named = self.habits.named[group]
        return (compiled(pattern) for literal, pattern in named if literal in self.text)

    def caught(self, match: re.Match[str], group: str) -> Named | None:
        """Who a template's group caught: one of those named, or a bare name that may be one."""
        start, end = match.span(group)
        while start < end and self.text[start].isspace():
            start += 1
        if here := self.named_in(start, end):
            return here[0]
        if number := _IN_BRACKETS.match(self.text, end):
            return Named(start, number.end(), "qq", number[1])
        name = self.text[start:end].strip().removeprefix("@")
        if not name or name.isdecimal() or self.habits.is_plain(name):
            return None
        return Named(start, end, "handle", name)

    def named_in(self, start: int, end: int) -> list[Named]:
        """Everybody named inside a span."""
        return [each for each in self.named if start <= each.start and each.end <= end]

    def quote(self, start: int, end: int) -> tuple[Span, str]:
        """The span in the text as written, without white space at its ends, and its quote."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        first, last = self.normal.back(start, end)
        return (first, last), self.written[first:last]

    def party(self, named: Named, side: Side) -> Party:
        """A named one as a party of an act."""
        span, quote = self.quote(named.start, named.end)
        if named.kind == "handle" and not named.value.isascii():
            named = named._replace(value=normal_name(quote.removeprefix("@")))
        return Party(side, named.kind, named.value, quote, span)


def _named(match: re.Match[str]) -> Named:
    written = match[0]
    if match["qq"]:
        digits = _DIGITS.search(written)
        return Named(*match.span(), "qq", digits[0] if digits else written)
    value = written.rsplit("/", 1)[-1] if match["link"] else written.removeprefix("@")
    return Named(*match.span(), "handle", value)
