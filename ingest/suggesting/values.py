"""What the values of a column look like."""

import re
from collections.abc import Sequence
from datetime import datetime

import msgspec

from ingest.readers.clock import FIRST_YEAR, LAST_YEAR, NotATimeError, read_time

_SHARE = 0.9
_DIGITS = re.compile(r"\d{1,20}", re.ASCII)
_UNIX = re.compile(r"\d{10}(?:\d{3})?(?:\.\d+)?", re.ASCII)
_HANDLE = re.compile(r"@[A-Za-z0-9_]{3,64}", re.ASCII)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_MONEY = re.compile(
    r"(?:[$€¥￥£]|USDT?|CNY|RMB|U)?\s?\d[\d,]*(?:\.\d+)?\s?(?:[$€¥￥£元块万uU刀]|USDT?|CNY|RMB)?",
    re.ASCII,
)
_SIGN = re.compile(r"[$€¥￥£元块刀]|USD|CNY|RMB", re.IGNORECASE)
_EARLIEST, _LATEST = 946_684_800, 2_051_222_400
_LONGEST_DATE = 40
_LONGEST_SPAN = 8 * 366 * 86_400
"""Between the first and the last of numbers that are taken for times: account numbers lie wider."""
DAY_FIRST = ("%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%y", "%d/%m/%y")
MONTH_FIRST = ("%m/%d/%Y", "%m-%d-%Y", "%m/%d/%y")
_WORDED = ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%b %d %Y", "%a %b %d %Y", "%Y%m%d")
_CLOCKS = ("", " %H:%M", " %H:%M:%S", ", %H:%M", ", %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
_FORMS = tuple(
    f"{day}{clock}" for day in (*DAY_FIRST, *MONTH_FIRST, *_WORDED) for clock in _CLOCKS
) + tuple(f"%H:%M:%S {day}" for day in DAY_FIRST[:2])


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """Shares are of the filled cells, 0 to 1. `form`: how times are written, where it must be said;
    `also`: another form that fits as well."""

    count: int
    distinct: float
    length: float
    longest: int
    times: float = 0.0
    form: str | None = None
    also: str | None = None
    numbers: float = 0.0
    handles: float = 0.0
    addresses: float = 0.0
    money: float = 0.0

    @property
    def typed(self) -> float:
        """The largest share of times, numbers or addresses."""
        return max(self.times, self.numbers, self.addresses)


def profile(values: Sequence[str]) -> Profile:
    """What these filled cells look like."""
    count = len(values)
    if not count:
        return Profile(count=0, distinct=0, length=0, longest=0)
    times, form, also = _times(values)
    return Profile(
        count=count,
        distinct=len(set(values)) / count,
        length=sum(map(len, values)) / count,
        longest=max(map(len, values)),
        times=times,
        form=form,
        also=also,
        numbers=_share(values, _DIGITS),
        handles=_share(values, _HANDLE),
        addresses=sum(bool(_ADDRESS.match(value)) for value in values) / count,
        money=_money(values),
    )


def _share(values: Sequence[str], form: re.Pattern[str]) -> float:
    return sum(form.fullmatch(value) is not None for value in values) / len(values)


def _money(values: Sequence[str]) -> float:
    """Share of amounts, where at least one bears the sign of a currency or a decimal point."""
    if not any(_SIGN.search(value) or "." in value for value in values):
        return 0.0
    return sum(len(v) <= 24 and _MONEY.fullmatch(v) is not None for v in values) / len(values)


def _times(values: Sequence[str]) -> tuple[float, str | None, str | None]:
    """Share of times, and the form and a second one where these need to be named."""
    if _share(values, _UNIX) >= _SHARE:
        return (1.0 if _are_seconds(values) else 0.0), None, None
    plain = sum(_is_time(value) for value in values if not _DIGITS.fullmatch(value)) / len(values)
    if plain >= _SHARE:
        return plain, None, None
    if not _may_be_dated(values[0]):
        return plain, None, None
    fitting = [(share, form) for form in _FORMS if (share := _fits(values, form)) >= _SHARE]
    if not fitting:
        return plain, None, None
    best = max(share for share, _ in fitting)
    forms = [form for share, form in fitting if share == best]
    return best, forms[0], forms[1] if len(forms) > 1 else None


def _may_be_dated(value: str) -> bool:
    return len(value) <= _LONGEST_DATE and any(char.isdigit() for char in value)


def _are_seconds(values: Sequence[str]) -> bool:
    moments = [int(value[:10]) for value in values if _UNIX.fullmatch(value)]
    first, last = min(moments), max(moments)
    return first >= _EARLIEST and last <= _LATEST and last - first <= _LONGEST_SPAN


def _is_time(value: str) -> bool:
    try:
        read_time(value)
    except NotATimeError:
        return False
    return True


def _fits(values: Sequence[str], form: str) -> float:
    fitting = 0
    for number, value in enumerate(values):
        fitting += _has_form(value, form)
        if number == 2 and not fitting:
            return 0.0
    return fitting / len(values)


def _has_form(value: str, form: str) -> bool:
    try:
        return FIRST_YEAR <= datetime.strptime(value, form).year <= LAST_YEAR
    except ValueError:
        return False
