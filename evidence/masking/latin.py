"""Names in letters: words written as names are, and first names that are known."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from evidence.masking.data import words
from evidence.masking.found import MASK, Found
from evidence.masking.sieve import Sieved

NO_NAMES: Final = frozenset(words("no_names.txt"))
"""Words that fill a name's field, or a field of Latin words, and are no name."""
_GIVEN: Final = frozenset(words("given_latin.txt"))
_SMALL: Final = "a-zß-öø-ÿ\u0100-\u024f\u1e00-\u1effа-яё"
_LARGE: Final = "A-ZÀ-ÖØ-Þ\u0100-\u024f\u1e00-\u1effА-ЯЁ"
_INSIDE: Final = rf"[{_LARGE}{_SMALL}'’\-]"
_MIXED: Final = rf"[{_LARGE}]{_INSIDE}{{0,15}}[{_SMALL}]"
_CAPS: Final = (
    r"(?!(?:IC|ID|SSN|DOB|PAN|CPF|DNI|NIK|DL|SIN|TIN|NRIC|CC|CVV|TEL|PH|NO|USA|UK|US|EU)\b)"
    rf"[{_LARGE}][{_LARGE}'’\-]{{1,17}}"
)
_PARTICLE: Final = (
    r"(?:(?:de la|de|del|dela|da|das|do|dos|du|van der|van den|van|der|den|von|zu|bin|binti|ibn|"
    r"al|el|la|le|di) )?"
)
LATIN_NAME: Final = re.compile(
    r"(?<![\w@./'-])("
    rf"{_MIXED}(?: [A-Z]\.?(?= ))?(?:,? {_PARTICLE}(?:{_MIXED}|[A-Z]\.)){{1,3}}"
    rf"|{_CAPS},? {_MIXED}(?: {_MIXED}){{0,2}}"
    rf"|{_CAPS}(?: [A-Z]\.?(?= ))?(?:,? {_CAPS}){{1,3}})(?![\w@'-])"
)
_TWO_WORDS: Final = re.compile(rf"[{_LARGE}{_SMALL}.'’\-],? [{_LARGE}{_SMALL}'’\-]")
"""What stands in every name of two words."""
_LABEL: Final = (
    r"(?:last|first|middle|phone|mobile|tel|dob|email|mail|ssn|address|addr|name|id|city|street|"
    r"number|passport)\b"
)
_FORM: Final = Sieved(
    r"(?:(?<![a-z])(?:(?P<plain>name)|full ?name|(?:first|last|given|middle|family)[ _]?(?:name)?|"
    r"surname|card ?holder|holder|nama|nombre|nome|nom|apellidos?|vorname|nachname)|"
    r"姓名|户名|持卡人)"
    rf"[\"']?\s?(?:[:=]|\bis\b|(?<=holder)|(?= (?:[a-z.'’\-]{{1,20}} ){{2,3}}{_LABEL}))"
    r"\s?[\"']?(?P<value>[a-z][a-z.'’\-]{1,20}"
    rf"(?: (?!{_LABEL})[a-z][a-z.'’\-]{{0,20}}){{0,3}})"
)
_FIELD: Final = re.compile(
    r"(?:(?<![^|,;\t\n])|(?<=----)) ?"
    r"([a-z][a-z'\-]{1,15}(?: [a-z]\.?)?(?: [a-z][a-z'\-]{1,15}){1,2}) ?"
    r"(?=----|[|,;\t\n]|\Z)"
)
_KNOWN: Final = re.compile(
    rf"(?<![\w@./'-])(?=([a-z]{{2,15}}(?: [a-z]\.?)?(?: [a-z'\-]{{2,17}}){{1,2}})"
    rf"(?: ?[|,;:]| ?[0-9+(<{MASK}]))"
)


_PAIR: Final = re.compile(r"(?<=[|,;\t])(?=([a-z'\-]{2,15})[|,;\t]([a-z][a-z'\-]{1,17})[|,;\t])")
"""First and last name in fields of their own."""
_FIELDS: Final = re.compile(r"[|,;\t]")


def is_given(word: str) -> bool:
    """Whether a word in small letters is a known first name."""
    return word in _GIVEN


def is_name_of_words(words: str) -> bool:
    """Whether words in small letters may be a name: none of them, and no two, is said of goods."""
    parts = words.replace(",", " ").replace("-", " ").split()
    return NO_NAMES.isdisjoint(parts) and NO_NAMES.isdisjoint(map("_".join, pairwise(parts)))


def latin_names(text: str, cased: str) -> Iterator[Found]:
    """Names in normal text; `cased` is the same text with the letters as large as written."""
    for match in _FORM.finditer(text):
        if is_name_of_words(match["value"]):
            # "name:" alone is said of databases and files too.
            yield Found("name", *match.span("value"), match["value"], sure=match["plain"] is None)
    spaced = _TWO_WORDS.search(text) is not None
    fields = _FIELD.finditer(text) if spaced else ()
    named = LATIN_NAME.finditer(cased) if spaced or _TWO_WORDS.search(cased) else ()
    for match in (*fields, *named):
        start, end = match.span(1)
        if is_name_of_words(text[start:end]) and _is_cased(cased, start, end):
            known = cased[start].isupper() and text[start:end].split()[0] in _GIVEN
            yield Found("name", start, end, text[start:end], weak=not known)
    for match in _PAIR.finditer(text) if _FIELDS.search(text) else ():
        if match[1] in _GIVEN and is_name_of_words(match[2]) and cased[match.start(2)].isupper():
            yield Found("name", *match.span(1), match[1])
            yield Found("name", *match.span(2), match[2])
    for match in _KNOWN.finditer(text) if spaced else ():
        start, end = match.span(1)
        if text[start:end].split()[0] in _GIVEN and is_name_of_words(text[start:end]):
            yield Found("name", start, end, text[start:end], weak=True)


def _is_cased(cased: str, start: int, end: int) -> bool:
    """Whether words are written as names are, or nothing around them has a capital."""
    if cased[start].isupper():
        return True
    begins = cased.rfind("\n", 0, start) + 1
    ends = cased.find("\n", end) % (len(cased) + 1)
    return not any(char.isupper() for char in cased[begins:ends])
