"""Digit view: spoken and written Chinese numerals as digits, one to one."""

from typing import Final

NUMERALS: Final = {
    **dict(zip("零一二三四五六七八九", "0123456789", strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖", "123456789", strict=True)),
    "〇": "0",
    "○": "0",
    "参": "3",
    "两": "2",
    "洞": "0",
    "幺": "1",
    "拐": "7",
    "勾": "9",
}
"""Chinese numeral to digit; 参 is 參 made simple, the last four are how numbers are read out."""
_TABLE: Final = str.maketrans(NUMERALS)


def digit_view(normal_text: str) -> str:
    """Normal text with each Chinese numeral as a digit; same length. For contact windows only."""
    return normal_text if normal_text.isascii() else normal_text.translate(_TABLE)
