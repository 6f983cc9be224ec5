"""Identity numbers: Chinese ones of 18 and 15 digits, and others after a cue word."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from evidence.masking.choice import one_of
from evidence.masking.cues import UNIT_AFTER
from evidence.masking.found import BEGINS, ENDS, MASK, SEP, Found, blank, squeeze
from evidence.masking.identity_foreign import foreign, passports
from evidence.masking.identity_weak import unsure
from evidence.masking.labels import accounts, forms
from evidence.masking.machine import machine_lines
from evidence.masking.sieve import Sieved, digits

_REGIONS: Final = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 "
    "71 81 82 83"
)
_FEWEST: Final = 15
"""Digits of the old number; the new one has 17 or 18."""
PROVINCES: Final = frozenset(_REGIONS.split())
"""First two digits of the region, GB/T 2260; 83 stands for residence permits."""
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LONG: Final = re.compile(rf"{BEGINS}(?=([1-8](?:{SEP}[0-9]){{16}}{SEP}[0-9x]){ENDS})")
_OLD: Final = re.compile(
    rf"(?<![0-9a-z{MASK}])(?=([1-8][0-9]{{5}}[ -]?[0-9]{{6}}[ -]?[0-9]{{3}})(?![0-9a-z{MASK}]))"
)
_BROKEN: Final = re.compile(
    rf"((?:证|身份|证件|(?<![a-z])(?:sfz|id))(?:号码?)?[ :=]{{0,3}})?"
    rf"(?<![0-9a-z{MASK}])([1-8][0-9]{{5,16}})[ \t]?\n[ \t]?([0-9]{{0,11}}[0-9x])(?![0-9a-z{MASK}])"
)
_GLUED: Final = re.compile(
    rf"(?<![0-9a-z{MASK}])[0-9]{{17,18}}[0-9x][0-9]{{9,40}}x?(?![0-9a-z{MASK}])"
)
_GLUED_DIGITS: Final = 26
_HIDDEN: Final = Sieved(
    rf"(?<![0-9{MASK}])[1-8][0-9]{{2,13}}(?:[*x]{{3,12}}|([●•○_.#?])\1{{3,11}})"
    rf"[0-9]{{0,4}}x?(?![0-9*{MASK}])"
)
_SOCIAL: Final = Sieved(
    rf"(?<![0-9{MASK}-])(?!000|666|9)[0-9]{{3}}-(?!00)[0-9]{{2}}-(?!0000)[0-9]{{4}}(?![0-9-])"
)
_TAIWAN: Final = re.compile(rf"(?<![a-z0-9{MASK}_])[a-z][1289][0-9]{{8}}(?![a-z0-9_])")
_TAIWAN_DIGITS: Final = 9
_HONG_KONG: Final = Sieved(rf"(?<![a-z0-9{MASK}_])[a-z]{{1,2}}[0-9]{{6}}\([0-9a]\)")
_LABELS: Final = one_of(forms("identity"))
_CUED: Final = Sieved(
    r"(?:身份证号?码?|身份号码?|身分证号?码?|证件号?码?|证号|护照号?码?|通行证号?码?|回乡证号?码?|"
    r"台胞证号?码?|(?:军官|士兵|警官|居住|居留|出生)证号?码?|身份证字号|统一编号|"
    r"паспорт|инн|снилс|pesel|personnummer|codice fiscale|社保号码?|驾驶证号?码?|驾照号?码?|"
    r"(?<![a-z])sfz(?:号)?|passport|(?<![a-z])ssn|"
    r"social security|nric|aadhaar|id card|identity card|identity|national id|"
    r"id number|id no|(?<![a-z])cpf|"
    r"(?<![a-z])(?:nik|nid|nin|sin|tin|pan|curp|bsn|dl|ic|hkid|rrn)(?![a-z])|"
    rf"driver'?s? licen[cs]e|(?<![a-z])(?:dni|{_LABELS})(?![a-z]))"
    r"(?: ?(?:number|num|no|card|id)\b)?\.?[\s:=#是为\"']{0,5}"
    r"((?:[a-z]{1,4} ?|[\u4e00-\u9fff]{1,2}字第?)?[0-9](?:[ \-.]?[0-9]){4,18}"
    r"(?:[a-z]|[ -][a-z](?![a-z]))?号?)(?![0-9a-z])"
)


_ALIKE: Final = re.compile(r"([0-9]{3,4})(?: [0-9]{3,4}){2}(?= [0-9]{1,5}\Z)")
"""Three groups of a length, and what may be a house number behind them."""
_WORD_AFTER: Final = re.compile(r"[a-z]? [a-z]{2}")


def check_character(digits: str) -> str:
    """The last character that GB 11643-1999 gives to 17 digits."""
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True))
    return "10x98765432"[total % 11]


def _is_day(year: str, month: str, day: str) -> bool:
    try:
        return 1850 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False


def is_chinese(value: str) -> bool:
    """Whether region and date of birth fit; a wrong check character is masked all the same.

    Sellers mistype and invent samples, and an 18-digit number with a region and a date in the
    right places is hardly ever anything else.
    """
    if value[:2] not in PROVINCES:
        return False
    if len(value) == 18:
        return value[6:8] in ("18", "19", "20") and _is_day(value[6:10], value[10:12], value[12:14])
    return len(value) == 15 and _is_day("19" + value[6:8], value[8:10], value[10:12])


def _grouped(pattern: re.Pattern[str], text: str) -> Iterator[Found]:
    done = 0
    for match in pattern.finditer(text):
        value = squeeze(match[1])
        if match.start() >= done and is_chinese(value):
            done = match.end(1)
            yield Found("identity_number", match.start(), done, value, sure=True)


def chinese(text: str) -> list[Found]:
    """Chinese identity numbers by themselves, separators tolerated."""
    plain = digits(text)
    if plain.total < _FEWEST or (plain.chained < _FEWEST and "\n" not in text):
        return []
    found = [*_grouped(_LONG, text), *_broken(text)]
    ends = {f.start: f.end for f in found}
    for old in _grouped(_OLD, text):
        if not any(start <= old.start < end for start, end in ends.items() if start <= old.start):
            found.append(old)
    return found


def _broken(text: str) -> Iterator[Found]:
    """Numbers of which the end stands on the next line; a cue or the check character says so."""
    for match in _BROKEN.finditer(text) if "\n" in text else ():
        value = match[2] + match[3]
        if len(value) != 18 or not is_chinese(value):
            continue
        if match[1] is not None or check_character(value[:17]) == value[-1]:
            yield Found("identity_number", match.start(2), match.end(3), value, sure=True)


def glued(text: str) -> Iterator[Found]:
    """Runs of digits without any separator in which an identity number opens or ends the run."""
    for run in _GLUED.finditer(text) if digits(text).total >= _GLUED_DIGITS else ():
        written = run[0]
        for start in (0, 11, len(written) - 18):
            value = written[start : start + 18]
            rest = written[:start] + written[start + 18 :]
            phone = len(rest) == 11 and rest[0] == "1" and rest[1] > "2"
            checked = len(value) == 18 and check_character(value[:17]) == value[17]
            if is_chinese(value) and (phone or checked):
                yield _whole(run)
                break


def _taiwan_checks(value: str) -> bool:
    code = "abcdefghjklmnpqrstuvxywzio".index(value[0]) + 10
    digits = [code // 10, code % 10, *map(int, value[1:])]
    weights = (1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1)
    return sum(d * w for d, w in zip(digits, weights, strict=True)) % 10 == 0


def _cued(text: str, match: re.Match[str]) -> Found:
    """A number behind its cue; a house number that begins the next field is none of it."""
    end = match.end(1)
    alike = _ALIKE.match(match[1])
    if alike and alike.end() < len(match[1]) and _WORD_AFTER.match(text, end):
        end = match.start(1) + alike.end()
    return Found(
        "identity_number", match.start(1), end, squeeze(text[match.start(1) : end]), sure=True
    )


def _whole(match: re.Match[str], group: int = 0) -> Found:
    value = squeeze(match[group])
    return Found("identity_number", match.start(group), match.end(group), value, sure=True)


def others(text: str) -> list[Found]:
    """Half-hidden and foreign numbers, and whatever stands after a cue word."""
    found = [*machine_lines(text), *glued(text), *foreign(text)]
    found += [
        _cued(text, match)
        for match in _CUED.finditer(blank(text, found))
        if not UNIT_AFTER.match(text, match.end(1))
    ]
    found += [_whole(m) for m in _HIDDEN.finditer(text) if _hides_identity(m[0])]
    found += [_whole(m) for m in _SOCIAL.finditer(text)]
    if _TAIWAN_DIGITS in digits(text).runs:
        found += [_whole(m) for m in _TAIWAN.finditer(text) if _taiwan_checks(m[0])]
    found += [_whole(m) for m in _HONG_KONG.finditer(text)]
    found += passports(blank(text, found))
    found += unsure(blank(text, found))
    found += accounts(blank(text, found))
    return found


def _hides_identity(written: str) -> bool:
    return len(written) in (15, 18) and written[:2] in PROVINCES
