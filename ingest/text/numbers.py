"""Reads numbers as they are written in Chinese and English trade posts."""

import re
from decimal import Decimal
from typing import Final

from ingest.text.normalise import normalise

LONGEST: Final = 40
"""Longer strings are no number that anybody means."""
_DIGITS: Final = {
    **dict(zip("零一二三四五六七八九", range(10), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True)),
    "〇": 0,
    "两": 2,
}
_SMALL: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
_LARGE: Final = {
    "万": 10_000,
    "w": 10_000,
    "kw": 10_000_000,
    "m": 1_000_000,
    "kk": 1_000_000,
    "mil": 1_000_000,
    "mln": 1_000_000,
    "亿": 100_000_000,
    "thousand": 1000,
    "grand": 1000,
    "million": 1_000_000,
    "rb": 1000,
    "ribu": 1000,
    "ngan": 1000,
    "ngàn": 1000,
    "trieu": 1_000_000,
    "triệu": 1_000_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "jt": 1_000_000,
    "juta": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
_HAN: Final = "".join(_DIGITS)
_TOKEN: Final = re.compile(
    rf"(?P<latin>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<han>[{_HAN}]+(?:点[{_HAN}]+)?)"
    r"|(?P<unit>[十拾百佰千仟万亿]|(?:thousand|grand|million|billion|mil|mln|bn|kk|rb|ribu"
    r"|ng[aà]n|tri[eệ]u"
    r"|lakhs?|jt|juta|crores?|kw|[kwm])(?![a-z]))|(?P<space>\s+)"
)
_VAGUE: Final = frozenset("百佰千仟")
"""Alone these mean "hundreds" and "thousands"."""
_PLAIN: Final = re.compile(r"[0-9]{1,15}")


class _NoNumberError(Exception):
    pass


def parse_number(text: str) -> int | float | None:
    """The value of a written number, exact where it is whole; None where it is no number.

    三千二 is 3200, 三千零二 is 3002, 36万, 8.5w, 1.7亿, 450k, 3万5, 1,000 and 2 million are read.
    """
    if _PLAIN.fullmatch(text):
        return int(text)
    if len(text) > LONGEST:
        return None
    normal = normalise(text).text.strip()
    if normal in _VAGUE:
        return None
    try:
        value = _Reading().read(normal)
    except _NoNumberError:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


class _Reading:
    """Reads left to right: `small` is the open section below 万, `total` the closed ones."""

    def __init__(self) -> None:
        self.total = Decimal(0)
        self.small = Decimal(0)
        self.coefficient: Decimal | None = None
        self.single = False
        """The open coefficient is one digit without a zero before it."""
        self.last_unit = 0
        self.closed = 0
        """The last 万 or 亿; a larger one after it multiplies what is closed (万亿)."""

    def read(self, text: str) -> Decimal:
        place = 0
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise _NoNumberError
            self._take(match)
            place = match.end()
        return self._finish()

    def _take(self, match: re.Match[str]) -> None:
        if match["unit"]:
            self._unit(match["unit"])
        elif not match["space"]:
            if self.coefficient is not None:
                raise _NoNumberError
            written = match["latin"] or match["han"]
            self.coefficient = _plain(written)
            self.single = len(written) == 1 and written not in "0零〇"
            if match["han"] and self.last_unit and not self.single and written[0] not in "零〇":
                raise _NoNumberError

    def _unit(self, unit: str) -> None:
        if unit in _SMALL:
            self._small(unit)
        else:
            self._large(_LARGE[unit])

    def _small(self, written: str) -> None:
        unit = _SMALL[written]
        opens = unit == 10 or not (written == "k" or self.small or self.total)
        if self.coefficient is None and not opens:
            raise _NoNumberError
        if self.small and self.last_unit <= unit:
            raise _NoNumberError
        self.small += (Decimal(1) if self.coefficient is None else self.coefficient) * unit
        self.coefficient, self.last_unit = None, unit

    def _large(self, unit: int) -> None:
        section = self.small + (self.coefficient or 0)
        if self.coefficient is None and not self.small:
            if not self.total:
                raise _NoNumberError
            self.total *= unit
        elif self.closed and unit > self.closed:
            self.total = (self.total + section) * unit
        elif self.closed and unit == self.closed:
            raise _NoNumberError
        else:
            self.total += section * unit
        self.small, self.coefficient, self.last_unit = Decimal(0), None, unit
        self.closed = unit

    def _finish(self) -> Decimal:
        if self.coefficient is None:
            if not self.last_unit:
                raise _NoNumberError
            return self.total + self.small
        colloquial = self.last_unit >= 100 and self.single
        last = self.coefficient * (Decimal(self.last_unit) / 10 if colloquial else 1)
        return self.total + self.small + last


def _plain(written: str) -> Decimal:
    digits = written.replace(",", "").replace("点", ".")
    return Decimal("".join(str(_DIGITS.get(c, c)) for c in digits))
