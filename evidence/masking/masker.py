"""The masker: finds the values of the table, decides, and strikes them out."""

import re
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from evidence.masking.addresses import addresses
from evidence.masking.beside import names_beside
from evidence.masking.cards import cards, hidden_cards
from evidence.masking.columns import columns, other_cells
from evidence.masking.decide import Context, decide
from evidence.masking.emails import emails
from evidence.masking.found import MASK, SEP, Found, Kind, blank
from evidence.masking.identity import chinese, others
from evidence.masking.labels import labelled
from evidence.masking.names import names
from evidence.masking.phones import phones
from evidence.masking.pretest import may_hold
from evidence.masking.vcards import visiting_cards
from ingest.text.digits import NUMERALS, digit_view
from ingest.text.normalise import Normal, normalise

_NUMERAL: Final = f"[0-9{''.join(NUMERALS)}]"
_SPOKEN: Final = re.compile(
    f"[{''.join(NUMERALS)}](?:{SEP}{_NUMERAL}){{5}}|{_NUMERAL}(?:{SEP}{_NUMERAL}){{5}}{SEP}[{''.join(NUMERALS)}]"
)
"""Eleven digits with a Chinese numeral have six of them beside it."""
_NUMERALS: Final = re.compile(f"{_NUMERAL}(?:{SEP}{_NUMERAL}){{5,}}")
"""Six digits of any kind and all that go on with them."""


_LETTERED: Final = re.compile(
    r"(?<![a-z0-9])(?:[1li][3-9sз][0-9olizsоз]{9}|[1-8][0-9olizsоз]{16}[0-9olxо])(?![a-z0-9])"
)
"""A mobile or identity number in which letters stand for digits: 138oo46o275."""
_LIKE_DIGITS: Final = str.maketrans("olizsоз", "0112503")
_FEWEST: Final = 6
"""Digits that stay digits in such a number."""


def _as_digits(match: re.Match[str]) -> str:
    written = match[0]
    enough = sum(char.isdigit() for char in written) >= _FEWEST
    return written.translate(_LIKE_DIGITS) if enough else written


_ROW_KEY: Final = re.compile(r"([{(][ \n]?[\"']?id[\"']? ?[:=] ?[\"']?)[0-9]{1,14}(?![0-9a-z-])")
"""The `id` that opens an object is the number of a row."""
_CAPITAL: Final = re.compile(r"[^\W\d_a-z\u3000-\uffff]")
"""A letter that may be large."""


_Finder = Callable[[str], list[Found]]
_PLAIN: Final[tuple[_Finder, ...]] = (emails, chinese, cards)
_OTHERS: Final[tuple[_Finder, ...]] = (hidden_cards, others, phones)


class Identifier(msgspec.Struct, frozen=True):
    """A masked value; `start`, `end` in code points. `value` is normalised and never stored."""

    kind: Kind
    start: int
    end: int
    value: str


class Masked(msgspec.Struct, frozen=True):
    """A text of the same length with victims' identifiers struck out, and what they were."""

    text: str
    identifiers: tuple[Identifier, ...] = ()

    @property
    def count(self) -> int:
        """How many identifiers were masked."""
        return len(self.identifiers)


def mask(text: str, context: Context = "post") -> Masked:
    """Masks the values of the table that are victims'; masking again changes nothing.

    In a report names stay, and phones, e-mails and addresses are masked in sample rows only.
    """
    identifiers: list[Identifier] = []
    while may_hold(text):
        normal = normalise(text)
        cased = _cased(text, normal)
        found = _untold(normal.text, find(normal.text, context, cased))
        chosen = decide(normal.text, found, context)
        if context == "post":
            chosen += _untold(normal.text, names_beside(normal.text, cased, chosen))
        if not chosen:
            break
        # What stood beside a masked value may look different now, so the text is read again.
        fresh = _located(normal, chosen)
        text = _strike(text, fresh)
        identifiers += fresh
    return Masked(text, tuple(sorted(dict.fromkeys(identifiers), key=lambda i: i.start)))


def mask_name(text: str) -> str:
    """A name, title, path or error message without phone, identity number, card or e-mail."""
    while may_hold(text):
        normal = normalise(text)
        found = [f for f in find(normal.text, "report", "") if not f.weak]
        found = [f for f in found if f.kind != "address" or f.sure]
        if not found:
            break
        text = _strike(text, _located(normal, found))
    return text


def find(text: str, context: Context, cased: str) -> list[Found]:
    """All values of the table in normal text, whoever they belong to; none overlap.

    `cased` is the same text with the letters as large as written; only names need it.
    """
    found = list(visiting_cards(text))
    _collect(text, found, _PLAIN)
    if context == "post":
        found += columns(blank(text, found))
    found += (f for f in labelled(blank(text, found)) if context == "post" or f.kind != "name")
    text = _ROW_KEY.sub(_without_digits, text)
    _collect(text, found, _OTHERS)
    if _is_spoken(text):
        _collect(digit_view(text), found, (*_PLAIN, *_OTHERS))
    if _LETTERED.search(text):
        _collect(_LETTERED.sub(_as_digits, text), found, (*_PLAIN, *_OTHERS))
    found += addresses(blank(text, found))
    if context == "post":
        found += names(blank(text, found), cased)
    return found


def _is_spoken(text: str) -> bool:
    """Whether Chinese numerals stand in for digits of a number."""
    mixed = any(not number.isascii() for number in _NUMERALS.findall(text))
    return mixed and _SPOKEN.search(text) is not None


def _without_digits(match: re.Match[str]) -> str:
    return match[1] + " " * (len(match[0]) - len(match[1]))


def _untold(text: str, found: list[Found]) -> list[Found]:
    """The values without names that stand where the head of a table says something else."""
    cells = other_cells(text) if any(value.kind == "name" for value in found) else ()
    if not cells:
        return found
    return [
        value
        for value in found
        if value.kind != "name" or not any(start <= value.start < end for start, end in cells)
    ]


def _cased(text: str, normal: Normal) -> str:
    """The normal text with the letters as large as written."""
    if not _CAPITAL.search(text):
        return normal.text
    if normal.identity and text.isascii():
        return text
    if normal.identity:
        letters = list(normal.text)
        for place, char in enumerate(text):
            if char.isupper() and letters[place].islower():
                letters[place] = letters[place].upper()
        return "".join(letters)
    return "".join(
        char.upper() if char.islower() and text[normal.back(n, n + 1)[0]].isupper() else char
        for n, char in enumerate(normal.text)
    )


def _collect(text: str, found: list[Found], finders: Sequence[_Finder]) -> None:
    for finder in finders:
        found += finder(blank(text, found))


def _located(normal: Normal, found: list[Found]) -> list[Identifier]:
    return [Identifier(f.kind, *normal.back(f.start, f.end), f.value) for f in found]


def _strike(text: str, identifiers: list[Identifier]) -> str:
    pieces: list[str] = []
    done = 0
    for identifier in sorted(identifiers, key=lambda i: i.start):
        start = max(done, identifier.start)
        pieces += (text[done:start], MASK * (identifier.end - start))
        done = max(done, identifier.end)
    pieces.append(text[done:])
    return "".join(pieces)
