"""Numbers of other countries whose form alone says little: a value beside them says the rest."""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from typing import Final, NamedTuple

from evidence.masking.cards import luhn
from evidence.masking.cues import cue_of, is_qq
from evidence.masking.found import MASK, Found, squeeze
from evidence.masking.identity_foreign import END, born
from evidence.masking.labels import label_at
from evidence.masking.sieve import Digits, Sieved, digits

_ALONE: Final = (
    rf"(?<![\w{MASK}.@/+-])(?<!\+[0-9] )(?<!\+[0-9]{{2}} )(?<!\+[0-9]{{3}} )(?<!\+[0-9]-)"
)
_STARTS: Final = (
    rf"(?<![\w{MASK}.@/+-].)(?<!\+[0-9] .)(?<!\+[0-9]{{2}} .)(?<!\+[0-9]{{3}} .)(?<!\+[0-9]-.)"
)
"""The same behind the first letter: led by a class, plain text is passed over by it."""


def _luhn_nine(value: str) -> bool:
    return luhn(value) and value[0] not in "08"


def _nhs(value: str) -> bool:
    """The check digit of the NHS number, modulo 11."""
    total = sum(int(d) * (10 - n) for n, d in enumerate(value[:9]))
    return (11 - total % 11) % 11 == int(value[9])


_INDONESIA: Final = frozenset(
    str(number)
    for first in ((11, 20), (21, 22), (31, 37), (51, 54), (61, 66), (71, 77), (81, 83), (91, 95))
    for number in range(*first)
)
"""First two digits of the Indonesian number: the province."""


def _nik(value: str) -> bool:
    """Whether the Indonesian number opens with a province; invented samples have no birthday."""
    return value[:2] in _INDONESIA


def _thai(value: str) -> bool:
    """The check digit of the Thai number, modulo 11."""
    total = sum(int(d) * (13 - n) for n, d in enumerate(value[:12]))
    return (11 - total % 11) % 10 == int(value[12])


def _iban(value: str) -> bool:
    """ISO 13616: the number modulo 97."""
    turned = value[4:] + value[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _dni(value: str) -> bool:
    """The check letter of the Spanish DNI and NIE, modulo 23."""
    digits = value[:-1].translate(str.maketrans("xyz", "012"))
    return "trwagmyfpdxbnjzsqvhlcke"[int(digits) % 23] == value[-1]


def _hong_kong(value: str) -> bool:
    """The check digit of the Hong Kong identity card, modulo 11."""
    head, digits = value[:-7], value[-7:]
    codes = [36, *(ord(c) - 87 for c in head)][-2:] + [int(d, 16) for d in digits]
    return sum(code * (9 - n) for n, code in enumerate(codes)) % 11 == 0


def _eleven(value: str) -> bool:
    """The check digits of the Polish PESEL or of the Turkish number."""
    digits = [int(d) for d in value]
    polish = sum(d * w for d, w in zip(digits, (1, 3, 7, 9) * 3, strict=False)) - digits[10]
    if (10 - polish % 10) % 10 == digits[10] and 1 <= digits[4] * 10 + digits[5] <= 31:
        return 1 <= digits[2] % 2 * 10 + digits[3] <= 12
    tenth = (7 * sum(digits[0:9:2]) - sum(digits[1:8:2])) % 10
    return value[0] != "0" and tenth == digits[9] and sum(digits[:10]) % 10 == digits[10]


class _Form(NamedTuple):
    """A form, the check of a value, and what a text with one holds."""

    pattern: re.Pattern[str] | Sieved
    fits: Callable[[str], bool] | None = None
    runs: Sequence[Set[int]] = ()
    """Lengths of the runs of digits that it has for certain, in one way or another."""
    parted: bool = False
    """Whether its digits are never written in one run."""
    fewest: int = 0
    """Digits that stand in it, separators tolerated."""

    def may_stand(self, plain: Digits) -> bool:
        """Whether a text with such digits may hold a number of the form."""
        if self.runs and not any(lengths <= plain.runs for lengths in self.runs):
            return False
        return plain.chained >= self.fewest and (plain.parted or not self.parted)


_WEAK: Final = (
    _Form(
        re.compile(rf"{_ALONE}[2-9][0-9]{{3}}([ -])[0-9]{{4}}\1[0-9]{{4}}{END}"),
        runs=({4},),
        parted=True,
    ),
    _Form(
        re.compile(rf"{_ALONE}[0-9]{{12}}{END}"),
        lambda v: born(v[:6]) or v[0] == "0",
        runs=({12},),
    ),
    _Form(re.compile(rf"{_ALONE}[0-9]{{16}}{END}"), _nik, runs=({16},)),
    _Form(
        re.compile(rf"{_ALONE}[0-9]{{3}}([ -])[0-9]{{3}}\1[0-9]{{4}}{END}"),
        _nhs,
        runs=({3, 4},),
        parted=True,
    ),
    _Form(
        re.compile(rf"{_ALONE}[0-9]{{3}}([ -])[0-9]{{3}}\1[0-9]{{3}}{END}"),
        _luhn_nine,
        runs=({3},),
        parted=True,
    ),
    _Form(
        re.compile(rf"{_ALONE}(?!000|666|9)[0-9]{{3}} (?!00)[0-9]{{2}} (?!0000)[0-9]{{4}}{END}"),
        runs=({2, 3, 4},),
        parted=True,
    ),
    _Form(
        re.compile(rf"{_ALONE}[0-9]{{13}}{END}"), lambda v: born(v[:6]) and luhn(v), runs=({13},)
    ),
    _Form(re.compile(rf"{_ALONE}[0-9]{{5}}-[0-9]{{7}}-[0-9]{END}"), runs=({1, 5, 7},)),
    _Form(re.compile(rf"{_ALONE}[0-9]{{4}} [0-9]{{6}}{END}"), runs=({4, 6},), parted=True),
    _Form(
        re.compile(rf"{_ALONE}[0-9]{{3}}-[0-9]{{3}}-[0-9]{{3}} [0-9]{{2}}{END}"),
        runs=({2, 3},),
        parted=True,
    ),
    _Form(
        re.compile(rf"{_ALONE}[0-9]{{2}}\.[0-9]{{3}}\.[0-9]{{3}}(?:-[0-9k])?{END}"),
        runs=({2, 3},),
        parted=True,
    ),
    _Form(Sieved(rf"{_ALONE}[0-9]{{1,2}}\.?[0-9]{{3}}\.?[0-9]{{3}}-[0-9k]{END}")),
    _Form(re.compile(rf"{_ALONE}[xyz]?[0-9]{{7,8}}[a-hj-np-tv-z]{END}"), _dni, runs=({7}, {8})),
    _Form(
        re.compile(rf"{_ALONE}[a-z]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[0-9]{{2}} ?[a-d]{END}"),
        runs=({6}, {2}),
    ),
    _Form(re.compile(rf"{_ALONE}[a-z]{{1,2}}[0-9]{{6}}[0-9a]{END}"), _hong_kong, runs=({6}, {7})),
    _Form(re.compile(rf"{_ALONE}[a-z][1289][0-9]{{8}}{END}"), runs=({9},)),
    _Form(
        re.compile(r"(?:(?<=[,|;\t])|(?<=, ))(?!000|666|9)[0-9]{9}(?=[,|;\t\n]|\Z)"), runs=({9},)
    ),
    _Form(re.compile(rf"{_ALONE}[1-8][0-9]{{12}}{END}"), _thai, runs=({13},)),
    _Form(re.compile(rf"{_ALONE}(?:20|23|24|27|30|33)-[0-9]{{8}}-[0-9]{END}"), runs=({1, 2, 8},)),
    _Form(Sieved(r"серия ?[0-9]{2} ?[0-9]{2},? (?:№|номер|n) ?[0-9]{6}")),
    _Form(
        re.compile(
            rf"[a-z]{_STARTS}[a-z][0-9]{{2}}(?: ?[a-z0-9]{{4}}){{3,7}}(?: ?[a-z0-9]{{1,3}})?{END}"
        ),
        _iban,
    ),
    _Form(re.compile(rf"{_ALONE}(?!1[3-9])[0-9]{{11}}{END}"), _eleven, runs=({11},)),
    _Form(
        re.compile(
            rf"{_ALONE}[12] ?[0-9]{{2}} ?(?:0[1-9]|1[0-2]) ?[0-9]{{2}} ?"
            rf"[0-9]{{3}} ?[0-9]{{3}}(?: ?[0-9]{{2}})?{END}"
        ),
        fewest=13,
    ),
)
"""Aadhaar, numbers of twelve digits that open with a birthday (Malaysia, Kazakhstan) or a zero
(Vietnam), NIK, NHS, Canada's SIN, the American one with spaces, South Africa, Pakistan, Russian
passports and SNILS, Argentina and Chile, DNI and NIE, Britain's NINO, Hong Kong without brackets,
PESEL, Turkey, France: numbers that need another value beside them."""


@lru_cache(4096)
def _possible(plain: Digits) -> tuple[_Form, ...]:
    """The forms that a text with such digits may hold."""
    return tuple(form for form in _WEAK if form.may_stand(plain))


def unsure(text: str) -> Iterator[Found]:
    """Numbers whose form alone says little, in normal text; a value beside them says the rest."""
    for form in _possible(digits(text)):
        for match in form.pattern.finditer(text):
            value = squeeze(match[0])
            if (form.fits and not form.fits(value)) or _is_other(text, *match.span()):
                continue
            yield Found("identity_number", *match.span(), value, weak=True)


def _is_other(text: str, start: int, end: int) -> bool:
    """Whether a label or a cue says that the number is something else."""
    if label_at(text, start) == "other" or is_qq(text, start):
        return True
    return bool(cue_of(text, start, end))
