"""Numbers of other countries that their own form or check digits give away without a cue."""

import re
from collections.abc import Callable, Iterator, Set
from datetime import date
from functools import lru_cache
from typing import Final

from evidence.masking.cues import cue_of
from evidence.masking.found import MASK, Found, squeeze
from evidence.masking.sieve import digits

ALONE: Final = rf"(?<![\w{MASK}.@/-])"
END: Final = r"(?![\w-])"


def _cpf(value: str) -> bool:
    """The two check digits of the Brazilian CPF, modulo 11."""
    if len(set(value)) == 1:
        return False
    for size in (9, 10):
        total = sum(int(d) * (size + 1 - n) for n, d in enumerate(value[:size]))
        if int(value[size]) != total * 10 % 11 % 10:
            return False
    return True


def _nric(value: str) -> bool:
    """Whether a Singapore number begins and ends in letters that are used.

    A wrong check letter is masked all the same: samples are mistyped and invented.
    """
    letters = "abcdefghizj" if value[0] in "st" else "klmnpqrtuwx"
    return value[-1] in letters


def born(value: str) -> bool:
    """Whether six digits are year, month and day of birth."""
    try:
        date(2000 + int(value[:2]), int(value[2:4]), int(value[4:6]))
    except ValueError:
        return False
    return True


_PASSPORT: Final = re.compile(rf"{ALONE}(?:[a-z]|(?!qq|vx|wx|tg|dc)[a-z]{{2}})[0-9]{{7,8}}{END}")

_PASSPORT_DIGITS: Final = frozenset({7, 8})
_TOLD: Final = re.compile(
    r"(?:passport|护照|通行证|паспорт|pasaporte|passaporte|reisepass)[^\n]*\Z"
)
"""A word for passports earlier in the line."""
_FAR: Final = 60


def _any(_: str) -> bool:
    return True


_FORMS: Final[tuple[tuple[Set[int], re.Pattern[str], Callable[[str], bool]], ...]] = (
    ({2, 3}, re.compile(rf"{ALONE}[0-9]{{3}}\.[0-9]{{3}}\.[0-9]{{3}}-[0-9]{{2}}{END}"), _any),
    ({11}, re.compile(rf"{ALONE}(?!1[3-9])[0-9]{{11}}{END}"), _cpf),
    ({7}, re.compile(rf"{ALONE}[stfgm][0-9]{{7}}[a-z]{END}"), _nric),
    ({6}, re.compile(rf"{ALONE}[0-9]{{6}}-(?:[0-9]{{2}}-[0-9]{{4}}|[1-8][0-9]{{6}}){END}"), born),
    ({4}, re.compile(rf"{ALONE}[a-z]{{3}}[abcfghjlpt][a-z][0-9]{{4}}[a-z]{END}"), _any),
    (
        {2, 3},
        re.compile(rf"{ALONE}[a-z]{{6}}[0-9]{{2}}[a-ehlmprst][0-9]{{2}}[a-z][0-9]{{3}}[a-z]{END}"),
        _any,
    ),
    ({6}, re.compile(rf"{ALONE}[a-z]{{4}}[0-9]{{6}}[hm][a-z]{{5}}[0-9a-z][0-9]{END}"), _any),
    ({1, 2, 4, 5}, re.compile(rf"{ALONE}[0-9]-[0-9]{{4}}-[0-9]{{5}}-[0-9]{{2}}-[0-9]{END}"), _any),
)
"""CPF, NRIC, Malaysian and Korean numbers, PAN, codice fiscale, CURP, Thai numbers.

The lengths are of their runs of digits.
"""


@lru_cache(4096)
def _possible(runs: frozenset[int]) -> tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...]:
    """The forms that a text with runs of such lengths may hold."""
    return tuple((pattern, fits) for needed, pattern, fits in _FORMS if needed <= runs)


def foreign(text: str) -> Iterator[Found]:
    """Identity numbers of other countries in normal text."""
    for pattern, fits in _possible(digits(text).runs):
        for match in pattern.finditer(text):
            value = squeeze(match[0])
            if fits(value) and cue_of(text, *match.span()) not in ("messenger", "seller"):
                yield Found("identity_number", *match.span(), value, sure=True)


def passports(text: str) -> Iterator[Found]:
    """What may be a passport's number beside a name."""
    for match in () if _PASSPORT_DIGITS.isdisjoint(digits(text).runs) else _PASSPORT.finditer(text):
        told = _TOLD.search(text, max(0, match.start() - _FAR), match.start()) is not None
        if told or not cue_of(text, *match.span()):
            # The form alone says little: a name beside it makes it a passport's number.
            yield Found("identity_number", *match.span(), match[0], sure=told, weak=not told)
