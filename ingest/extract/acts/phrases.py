"""The phrases of the speech acts: templates from a data file, compiled to patterns."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from sys import maxsize
from typing import Final, NamedTuple

import msgspec

from ingest.lexicon.tables import Lexicon
from ingest.text.needed import needed
from ingest.text.normalise import normalise
from ingest.text.scan import holds_one

_DATA: Final = Path(__file__).with_name("data") / "phrases.tsv"
COLUMNS: Final = ("class", "phrase", "lang", "source")
HANDLE: Final = r"(?<![a-z0-9_.▮])@[a-z][a-z0-9_]{3,31}(?![a-z0-9_▮])"
NICKNAME: Final = r"(?<![a-z0-9_.▮])@[^\s@,.:;!?。、()<>\[\]▮]{1,20}(?=[\s,.:;!?。、)]|\Z)"
LINK: Final = r"(?:https?://)?(?<![a-z0-9.])t\.me/[a-z][a-z0-9_]{3,31}(?![a-z0-9_▮])"
QQ: Final = r"(?<![a-z0-9])(?:qq|q|扣扣|企鹅)(?:号|号码)?[:\s]{0,2}[1-9][0-9]{4,11}(?![0-9▮])"
WHO: Final = f"(?:{HANDLE}|{LINK}|{QQ}|{NICKNAME})"
NAME: Final = r"@?[^\s@,.:;!?。、()<>\[\]【】↔|/的]{2,20}?"
NUMBER: Final = r"(?<![0-9▮])(?!1[3-9][0-9]{9}(?![0-9]))[1-9][0-9]{5,10}(?![0-9▮])"
AMOUNT: Final = r"[0-9][0-9,]{0,10}(?:\.[0-9]{1,4})?\s?(?:[wk万千亿](?![a-z]))?"
_NAMED: Final = ("agent_named", "both", "got_named", "pair", "praised_name", "sold_named")
_NAMES: Final = ("name", "buyer", "seller", "one", "other")
_EDGE: Final = r"[\s,.:;!?。、()\[\]【】↔]"
_INNER: Final = r"[^\s,.:;!?。、()\[\]【】↔]"
_COUNT: Final = (
    r"(?:[0-9][0-9,.]{0,9}|[一二两三四五六七八九十几半百]{1,3})\s?(?:[wk万千百](?![a-z]))?"
)
_BULK: Final = (
    r"(?:[0-9]{1,4}(?:\.[0-9])?\s?[wk万千]|[一二两三四五六七八九十]{1,2}[万千])"
    r"(?![a-z元块人年月公米个分])"
)
ORDERED: Final = (
    r"(?:[1-9][0-9]{1,6}|[1-9][0-9]{0,2}(?:\.[0-9])?\s?[wk万千]|[一二两三五十]{1,2}[万千])"
)
_PLACE: Final = re.compile(r"\{(\w+)\}")
_BEFORE_PLACE: Final = r"[\s:('\"【\[-]{0,3}"
_BEHIND_PLACE: Final = r"[\s)'\"】\]-]{0,3}"


class Trigger(NamedTuple):
    """A phrase to look for where its literal was met; its pattern is compiled when needed."""

    group: str
    pattern: str
    counts: bool
    """Holds a number or a sum."""
    ahead: bool
    """Its number stands right behind the literal."""
    names: bool
    """Holds a named one."""


class Patterns(Mapping[str, re.Pattern[str]]):
    """Patterns by class, each compiled when first asked for."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self._written = written
        self._literals: dict[str, frozenset[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        return compiled(self._written[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)

    def __contains__(self, name: object) -> bool:
        # What the base class does would compile the pattern.
        return name in self._written

    def stands_in(self, name: str, text: str, start: int = 0, end: int = maxsize) -> bool:
        """Whether a match of a class stands between two places of a text."""
        literals = self._literals.get(name)
        if literals is None:
            literals = self._literals[name] = needed(self._written[name])
        if literals and not holds_one(text, literals):
            return False
        return self[name].search(text, start, end) is not None

    def written(self, name: str) -> str:
        """The pattern of a class as text."""
        return self._written[name]


class Phrases(msgspec.Struct, frozen=True):
    """The phrases by class: as written, and as patterns."""

    words: dict[str, tuple[str, ...]]
    patterns: Patterns
    """Classes that are looked for as a whole."""
    named: dict[str, tuple[tuple[str, str], ...]]
    """Classes whose templates catch bare names: a literal that a match holds, and the pattern
    with the groups name, buyer, seller."""
    triggers: dict[str, tuple["Trigger", ...]]
    """A literal -> the phrases that hold it."""
    units: str
    """The words for what is counted, as a pattern."""
    version: str
    """Hash of the data file."""


def phrases_version() -> str:
    """The version of the packaged phrases, without reading them."""
    return _version(_DATA.read_bytes())


def _version(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]


def load_phrases(lexicon: Lexicon) -> Phrases:
    """The packaged phrases, with units, currencies and names of services from the lexicon."""
    content = _DATA.read_bytes()
    header, *lines = content.decode("utf-8").splitlines()
    if tuple(header.split("\t")) != COLUMNS:
        raise ValueError(f"phrases.tsv must have the columns {' '.join(COLUMNS)}")
    rows = sorted(tuple(line.split("\t")[:2]) for line in lines if line)
    words = {
        group: tuple(phrase for _, phrase in found)
        for group, found in groupby(rows, key=lambda row: row[0])
    }
    places = _places(lexicon)
    return Phrases(
        words=words,
        patterns=Patterns(
            {
                group: _pattern(found, places)
                for group, found in words.items()
                if group not in _NAMED and group not in OPENING
            }
        ),
        named={
            group: tuple((literal(p), _template(p, places)) for p in words[group])
            for group in _NAMED
        },
        triggers=_triggers(words, places),
        units=places["u"],
        version=_version(content),
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern, compiled when first needed: all of them take half a second, a text few."""
    return re.compile(pattern)


def literal(phrase: str) -> str:
    """The longest piece of a template that every match holds, in normal form."""
    return max((normalise(part).text.strip() for part in _PLACE.split(phrase)[::2]), key=len)


def sum_pattern(lexicon: Lexicon) -> str:
    """A sum of money: an amount with a currency, or a sign and an amount."""
    written = alternatives(each.written for each in lexicon.currencies)
    return rf"(?:(?:{written})\s?{AMOUNT}|{AMOUNT}\s?(?:{written})(?![a-z])|\$\s?{AMOUNT})"


def alternatives(words: Iterable[str]) -> str:
    """A pattern of literal words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _places(lexicon: Lexicon) -> dict[str, str]:
    units = alternatives(each.written for each in lexicon.units)
    currencies = alternatives(each.written for each in lexicon.currencies)
    return {
        "who": WHO,
        "number": NUMBER,
        "n": _COUNT,
        "num": r"[0-9]{3,7}(?=[\s,.!?]|\Z)",
        "u": rf"(?:{units})",
        "sum": sum_pattern(lexicon),
        "bulk": _BULK,
        "word": r"[a-z][a-z0-9]{1,19}\s+",
        "amount": rf"{AMOUNT}(?:\s?(?:{currencies}))?",
        "gap": r"[^。!?;\n@]{0,8}?",
        "far": r"[^@]{0,80}?",
    }


def _pattern(phrases: Sequence[str], places: dict[str, str]) -> str:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(_template(phrase, places) for phrase in longest_first)


def _template(phrase: str, places: dict[str, str]) -> str:
    parts = _PLACE.split(phrase)
    pattern = ""
    for number, part in enumerate(parts):
        if number % 2 == 0:
            pattern += _literal(part)
        elif part in _NAMES:
            open_behind = not parts[number + 1].strip() and parts[number + 2 : number + 3] != [
                "sum"
            ]
            pattern += _name(part, first=number == 1 and not parts[0], open_behind=open_behind)
        else:
            pattern += _hole(part, places)
    return pattern


def _name(group: str, *, first: bool, open_behind: bool) -> str:
    """A named one or a bare name, which begins and ends at a mark where no literal stands."""
    name = NAME + (rf"(?={_EDGE}|\Z)" if open_behind else "")
    start = rf"(?<!{_INNER})" if first else ""
    return rf"\s{{0,3}}{start}(?P<{group}>{WHO}|{name})(?:\([1-9][0-9]{{4,11}}\))?\s{{0,3}}"


def _literal(part: str) -> str:
    text = normalise(part).text.strip()
    if not text:
        return ""
    start = r"(?<![a-z0-9_@])" if text[0].isascii() and text[0].isalnum() else ""
    end = r"(?![a-z0-9_])" if text[-1].isascii() and text[-1].isalnum() else ""
    return start + re.escape(text).replace(r"\ ", r"\s+") + end


def _hole(name: str, places: dict[str, str]) -> str:
    if name in ("who", "number", "sum"):
        return f"{_BEFORE_PLACE}{places[name]}{_BEHIND_PLACE}"
    return rf"\s?{places[name]}" if name != "gap" else places[name]


def _triggers(
    words: dict[str, tuple[str, ...]], places: dict[str, str]
) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for group in OPENING:
        for phrase in words[group]:
            found.setdefault(literal(phrase), []).append(_trigger(group, phrase, places))
    return {word: tuple(phrases) for word, phrases in found.items() if word}


def _trigger(group: str, phrase: str, places: dict[str, str]) -> Trigger:
    holes = set(_PLACE.findall(phrase))
    parts = _PLACE.split(phrase)
    behind = {
        hole
        for text, hole in zip(parts[::2], parts[1::2], strict=False)
        if normalise(text).text.strip() == literal(phrase)
    }
    return Trigger(
        group,
        _template(phrase, places),
        counts=not holes.isdisjoint({"n", "num", "sum", "bulk"}),
        ahead=not behind.isdisjoint({"n", "num", "bulk"}),
        names="who" in holes,
    )


OPENING: Final = (
    "accusation",
    "agent_named",
    "agent_of",
    "answer",
    "buying_words",
    "deal",
    "delivers",
    "deposit",
    "got",
    "joins",
    "praise",
    "settles",
    "sold",
    "sold_named",
    "taken_up",
    "tried",
)
"""The classes that a text must hold a word of before it is looked at."""
