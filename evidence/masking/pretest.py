"""Quick tests that let ordinary chat lines pass."""

import re
from importlib.resources import files
from typing import Final

from ingest.text.digits import NUMERALS
from ingest.text.dropped import INVISIBLE, MARKS
from ingest.text.normalise import digit_forms

_NARROW, _WIDE = digit_forms()
_DIGIT: Final = f"[0-9{_NARROW}{''.join(NUMERALS)}壹貳參陸兩玖]"
_BETWEEN: Final = rf"[ \-._·、,，*~/|\\\t()（）xX×{MARKS}{INVISIBLE}]{{0,8}}"
_RUN: Final = re.compile(f"{_DIGIT}(?:{_BETWEEN}{_DIGIT}){{6}}|[*xX×]{{4}}")
_ASCII_RUN: Final = re.compile(r"[0-9](?:[ \-._,*~/|\\\t()xX]{0,4}[0-9]){6}|[*xX]{4}")
_WIDE_DIGITS: Final = re.compile(f"[{_WIDE}]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")
_CUES: Final = re.compile(
    r"(?:姓名|户名|戶名|持卡人|机主|機主|户主|戶主|收件人|收货人|收貨人|寄件人|真名|本名|护照|護照|passport|"
    r"[Nn][Aa][Mm][Ee]|[Hh]older)\s?[:：=＝]"
)
_HAN: Final = "\u4e00-\u9fff"
_ADDRESS: Final = re.compile(
    "[省市区區县縣镇鎮乡鄉村街路州旗巷][^\n]{0,30}?"
    f"{_DIGIT}[号號栋棟幢座室单單层層楼樓组組户戶弄巷-]"
)


def _two_names() -> re.Pattern[str]:
    tables = files("evidence.masking.data")
    surnames = (tables / "surnames.txt").read_text("utf-8").split()[0]
    given = (tables / "given.txt").read_text("utf-8").strip()
    name = f"[{surnames}][{given}]{{1,2}}"
    return re.compile(
        f"(?<![{_HAN}]){name}(?:[ \\t,，、;；|/]|-{{2,8}}){{1,3}}{name}(?![{_HAN}])"
    )


_TWO_NAMES: Final = _two_names()


def may_hold(text: str) -> bool:
    """Whether a text as written may hold any value of the table; never wrong when it says no."""
    if "@" in text or "at)" in text or "at]" in text:
        return True
    if text.isascii():
        return bool(_ASCII_RUN.search(text) or _CUES.search(text))
    return bool(
        _RUN.search(text)
        or "＠" in text
        or _CUES.search(text)
        or _ADDRESS.search(text)
        or _TWO_NAMES.search(text)
        or (_ASTRAL.search(text) and _WIDE_DIGITS.search(text))
    )
