"""Bank cards: 13 to 19 digits, Luhn, and an issuer prefix or a card cue."""

import re
from typing import Final

from evidence.masking.found import BEGINS, MASK, SEP, Found, group_sizes, in_word, squeeze
from evidence.masking.sieve import Sieved, digits

_RUN: Final = re.compile(rf"{BEGINS}(?=([0-9](?:{SEP}[0-9]){{12,18}}))")
_FEWEST: Final = 13
_ISSUERS: Final = re.compile(
    r"62[0-9]{14,17}|60[0-9]{14,17}|6[459][0-9]{14,17}|4[0-9]{12}(?:[0-9]{3}(?:[0-9]{3})?)?"
    r"|5[0-9]{15}|5[0678][0-9]{14,17}|2[2-7][0-9]{14}|220[0-4][0-9]{12,15}|3[47][0-9]{13}"
    r"|35[0-9]{14,17}|3[0689][0-9]{12,17}|81[0-9]{14,17}|82[0-9]{14}"
    r"|9(?:558|400|843)[0-9]{12,15}|10[13][0-9]{13,16}"
)
"""UnionPay, RuPay, Discover, Visa, Mastercard, Maestro, Mir, Amex, JCB, Diners, old Chinese."""
_CUE: Final = re.compile(
    r"(?:银行卡号?码?|卡号|账号|账户|储蓄卡号?|信用卡号?|借记卡号?|卡|"
    r"card(?: number| no)?|cc|mc|visa|master(?:card)?|amex|account|acct)"
    r"[\s:=#.是为]{0,4}$"
)
_OPENS: Final = re.compile("[0-9]{13}|(?:[0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9])(?![0-9])")
"""Whole, in fours, as 4-6-5, 6-13 or 8-8, or digit by digit."""
_GOES_ON: Final = re.compile(rf"[0-9{MASK}]")
_HIDDEN: Final = Sieved(
    rf"(?<![0-9{MASK}])[2-69][0-9]{{3,5}}(?:[ -]?[*x]{{2,4}}){{1,4}}[ -]?[0-9]{{3,4}}"
    rf"(?![0-9*{MASK}])"
)


def luhn(value: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1."""
    total = 0
    for place, digit in enumerate(reversed(value)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def _shaped(written: str) -> bool:
    sizes = group_sizes(written)
    if len(sizes) == 1 or max(sizes) == 1:
        return True
    if all(part.endswith("00") for part in re.findall("[0-9]+", written)):
        return False
    return set(sizes[:-1]) <= {4} or sizes == [4, 6, 5] or (len(sizes) == 2 and sizes[0] in (6, 8))


def _digit_ends(written: str) -> list[int]:
    return [place + 1 for place, c in enumerate(written) if c.isdigit()]


def cards(text: str) -> list[Found]:
    """Bank card numbers in normal text; hashes and wallets are left out."""
    found: list[Found] = []
    done = 0
    for match in _RUN.finditer(text) if digits(text).chained >= _FEWEST else ():
        start = match.start()
        if start < done:
            continue
        length = _card_at(text, start, match[1])
        if length:
            done = start + length
            value = squeeze(match[1][:length])
            found.append(Found("card", start, done, value, sure=True))
    return found


def hidden_cards(text: str) -> list[Found]:
    """Card numbers of which the middle is starred out."""
    return [_hidden(m) for m in _HIDDEN.finditer(text) if _long_enough(m[0])]


def _hidden(match: re.Match[str]) -> Found:
    return Found("card", match.start(), match.end(), match[0], sure=True)


def _long_enough(written: str) -> bool:
    return len(written) - written.count(" ") - written.count("-") >= 13


def _card_at(text: str, start: int, written: str) -> int:
    """Length of the card number that starts here, 0 if none does."""
    if not _OPENS.match(written):
        return 0
    ends = _digit_ends(written)
    for count in range(len(ends), 12, -1):
        end = ends[count - 1]
        if _GOES_ON.match(text, start + end):
            continue
        value = squeeze(written[:end])
        if not _shaped(written[:end]) or not _is_card(text, start, value):
            continue
        if not in_word(text, start, start + end):
            return end
    return 0


def _is_card(text: str, start: int, value: str) -> bool:
    """Luhn's check with an issuer or a cue, or both of these: invented samples fail the check."""
    issued = _ISSUERS.fullmatch(value) is not None
    if luhn(value):
        return issued or _cued(text, start)
    return issued and len(value) >= 15 and _cued(text, start)


def _cued(text: str, start: int) -> bool:
    return _CUE.search(text[max(0, start - 16) : start]) is not None
