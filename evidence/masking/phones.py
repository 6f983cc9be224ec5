"""Phone numbers: the Chinese plans, international ones after `+`, any after a phone word."""

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from evidence.masking.choice import one_of
from evidence.masking.cues import UNIT_AFTER, UNIT_RIGHT_AFTER, cue_of, in_handle, is_qq
from evidence.masking.found import BEGINS, ENDS, MASK, SEP, Found, group_sizes, in_word, squeeze
from evidence.masking.labels import forms, label_at
from evidence.masking.sieve import Sieved, digits

_MOBILE: Final = re.compile(
    rf"{BEGINS}(?=((?:(?:\+ ?|00)?86{SEP}|\(\+?86\){SEP}|0)?1{SEP}[3-9](?:{SEP}[0-9]){{9}}){ENDS})"
)
_MOBILE_DIGITS: Final = 11
_COUNTRY: Final = re.compile(rf"^(?:(?:(?:\+ ?|00)?86|\(\+?86\)){SEP}|0)(?=1)")
_LANDLINE: Final = re.compile(
    rf"(?<![0-9{MASK}])(?:\(0(?:10|2[0-9]|[3-9][0-9]{{2}})\)|0(?:10|2[0-9]|[3-9][0-9]{{2}}))[ -]?"
    r"[2-8][0-9]{2,3}[ -]?[0-9]{4}(?![0-9])"
)
_INTERNATIONAL: Final = Sieved(rf"(?<![0-9{MASK}+])\+ ?[1-9](?:[ \-.()]{{0,2}}[0-9]){{7,14}}{ENDS}")
_GROUP: Final = re.compile("[0-9]+")
_AMERICAN: Final = Sieved(
    rf"(?<![0-9{MASK}.-])(?:1[-. ])?(?:\([2-9][0-9]{{2}}\) ?|[2-9][0-9]{{2}}[-.])"
    r"[2-9][0-9]{2}[-.][0-9]{4}(?![0-9.-])"
)
_LOCAL: Final = re.compile(
    rf"(?<![0-9{MASK}.+-])(?:[2-9][0-9]{{9}}"
    r"|(?:\(0[0-9]{1,3}\)|0[0-9]{1,4})(?:[ .-]?[0-9]{2,4}){2,4}"
    r"|[1-9][0-9] [0-9]{4} [0-9]{4}|[1-9][0-9] 9[0-9]{4}-[0-9]{4}"
    r"|\([0-9]{2}\) ?9?[0-9]{4}[ -]?[0-9]{4}"
    r"|[5689][0-9]{3}[ -](?!0000)[0-9]{4}|[689][0-9]{7}"
    r"|[2-9][0-9]{2}[ .-][0-9]{3}[ .-][0-9]{3,4}|[6-9][0-9]{4} [0-9]{5}"
    r"|8[ -]?\(?9[0-9]{2}\)?[ -]?[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{2})(?![0-9.-])"
)
"""Local forms of other countries, which only a name or an address beside them makes a phone."""
_MOBILE_ABROAD: Final = re.compile(
    rf"(?<![0-9{MASK}.+-])(?:0[689][0-9]-[0-9]{{3}}-[0-9]{{4}}|0[789]0-[0-9]{{4}}-[0-9]{{4}}"
    r"|09[0-9]{2}-[0-9]{3}-[0-9]{3}|01[016789]([ -]?)[0-9]{4}\1[0-9]{4})(?![0-9.-])"
)
"""Thai, Japanese, Taiwanese and Korean mobile numbers with their hyphens."""
_NOUGHT: Final = re.compile("0(?<![0-9].)")
"""How the numbers of a country begin that are dialled with its own area code."""
_COVERED: Final = re.compile("[*x×●•○_.#?]{3}")
_TOLL_FREE: Final = re.compile(r"[48]00[ -]?[0-9]{3}[ -]?[0-9]{4}")
_LABELS: Final = one_of(forms("phone"))
_CUED: Final = Sieved(
    r"(?:电话|手机|手提|座机|固话|热线|☎|📱|📞|"
    rf"(?<![a-z])(?:tel|telephone|phone|mobile|cell|hp|tlf|sdt|{_LABELS})(?![a-z]))"
    r"(?:号码?|号|num(?:ber)?|no)?\.?[\s:=是为]{0,4}(\(?[0-9](?:[ \-.()]{0,2}[0-9]){6,13})(?![0-9])"
)
_HIDDEN: Final = re.compile(
    rf"(?<![0-9{MASK}])1[3-9][0-9]{{0,6}}(?:[*x×]{{3,8}}|([●•○_.#?])\1{{2,7}})[0-9]{{0,4}}(?![0-9*{MASK}])"
)
_WEB: Final = re.compile(r"https?://[^\s\u4e00-\u9fff,|;]*\Z")
_WHOLE_SHAPES: Final = frozenset(
    {(3, 8), (7, 4), (4, 7), (3, 4, 4), (3, 3, 5), (3, 5, 3), (4, 3, 4)}
)


def _shaped(written: str) -> bool:
    if len(written) == 11:
        return True
    sizes = group_sizes(written)
    if len(sizes) == 1 or max(sizes) == 1 or tuple(sizes) in _WHOLE_SHAPES:
        return True
    return len(sizes) > 3 and len(set(sizes[:-1])) == 1 and len(set(_separators(written))) == 1


def _separators(written: str) -> list[str]:
    return [part for part in re.split("[0-9]+", written) if part]


def _local(written: str) -> str:
    """The number without the country code, separators kept."""
    return written if len(written) == 11 else _COUNTRY.sub("", written)


def _mobiles(text: str) -> Iterator[Found]:
    done = 0
    for match in _MOBILE.finditer(text) if digits(text).chained >= _MOBILE_DIGITS else ():
        start, end = match.start(), match.end(1)
        local = _local(match[1])
        if start < done or in_word(text, start, end) or not _shaped(local):
            continue
        done = end
        yield _found(text, start, end, squeeze(local))


def _found(text: str, start: int, end: int, value: str) -> Found:
    return Found("phone", start, end, value, cue=cue_of(text, start, end))


def _simple(text: str) -> Iterator[Found]:
    national = (_LANDLINE, _AMERICAN, _MOBILE_ABROAD)
    for pattern in national if _NOUGHT.search(text) else (_AMERICAN,):
        for match in pattern.finditer(text):
            if not in_word(text, *match.span()):
                yield _found(text, *match.span(), squeeze(match[0]))


def _international(text: str) -> Iterator[Found]:
    for match in _INTERNATIONAL.finditer(text):
        if text[max(0, match.start() - 5) : match.start()] == "t.me/":
            continue
        # Digits of the next field may stand right behind: the longest possible number counts.
        for end in reversed([group.end() for group in _GROUP.finditer(match[0])][-4:]):
            value = squeeze(match[0][:end])
            if _possible(value):
                yield _found(text, match.start(), match.start() + end, value)
                break


def _possible(value: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(value))
    except phonenumbers.NumberParseException:
        return False


def _cued(text: str) -> Iterator[Found]:
    for match in _CUED.finditer(text):
        yield _found(text, *match.span(1), squeeze(match[1]))


def _hidden(text: str) -> Iterator[Found]:
    for match in _HIDDEN.finditer(text) if _COVERED.search(text) else ():
        if match.end() - match.start() == 11:
            yield Found("phone", *match.span(), match[0], sure=True)


def _in_address(text: str, start: int) -> bool:
    """Whether digits are part of a web address, and not the value of a phone's key in it."""
    within = _WEB.search(text[max(0, start - 200) : start]) is not None
    return within and label_at(text, start) != "phone"


def _locals(text: str) -> Iterator[Found]:
    for match in _LOCAL.finditer(text):
        long_enough = 8 <= len(squeeze(match[0])) <= 12
        # Most are QQ numbers, which is seen sooner than that no cue stands there.
        if not long_enough or is_qq(text, match.start()) or in_word(text, *match.span()):
            continue
        if not cue_of(text, *match.span()):
            yield Found("phone", *match.span(), squeeze(match[0]), weak=True)


def phones(text: str) -> list[Found]:
    """Phone numbers in normal text, in no order; QQ numbers and quantities are left out."""
    found: list[Found] = []
    for finder in (_mobiles, _international, _simple, _cued, _hidden, _locals):
        for phone in finder(text):
            if any(phone.start < f.end and f.start < phone.end for f in found[-50:]):
                continue
            unit = UNIT_RIGHT_AFTER if finder in (_mobiles, _hidden) else UNIT_AFTER
            if _TOLL_FREE.fullmatch(text, phone.start, phone.end):
                continue
            if in_handle(text, phone.start) or _in_address(text, phone.start):
                continue
            if is_qq(text, phone.start) or unit.match(text, phone.end):
                continue
            found.append(phone)
    return found
