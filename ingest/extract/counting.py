"""The text in which numbers are looked for: signs that only look like a part of one are blank."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ingest.text.normalise import Normal

_MAY_MISLEAD: Final = re.compile(
    r"\d(?:，\d{3}(?!\d)|[oOlI])|[俩倆仨][百千万萬]|[①-⑳❶-❿➀-➓╱∕⁄÷\\]|[lI]\.?\d"
)
_LIKE_DIGITS: Final = re.compile(
    r"(?<![a-z\d@_.-])(?=[\doil.]*\d)(?=[\d.]*[oil])(?:[\doil]{2,7}|[\doil]{1,3}\.[\doil]{1,2})"
    r"(?= ?(?:[条个套元块毛万千张份组单/一]|[wkmu](?![a-z])))"
)
"""A number of which some digits are written as letters (5O0条, l.2一条)."""
_LIKE_ZEROS: Final = re.compile(
    r"(?<![a-z\d@_.,-])(?=[\do,]*o)\d[\do]{0,2}(?:,[\do]{3})+(?![a-z\d,])"
)
"""Thousands of which some zeros are written as letters (9O,OOO)."""
_BOTH: Final = {"俩": "两", "仨": "三"}
"""A numeral with its counter in one, in front of a greater numeral (俩万条)."""
_SLASHES: Final = "╱∕⁄÷\\"
_DIGITS: Final = str.maketrans("oil", "011")
_RINGS: Final = {
    **{chr(0x2460 + n): n + 1 for n in range(20)},
    **{chr(0x2776 + n): n + 1 for n in range(10)},
    **{chr(0x2780 + n): n + 1 for n in range(10)},
    **{chr(0x278A + n): n + 1 for n in range(10)},
}
"""Numbers in rings, which number the items of a list."""
_FEWEST: Final = 2
_LARGE: Final = "百千万"
_COUNTERS: Final = "块毛分元角千百万条个套张份组单次"


def counting_text(written: str, normal: Normal) -> str:
    """The normal text, as long as it is, with what misleads about its numbers put right.

    ①一千条 650 ②五千条 2900 numbers its items; in 2块8，200条起 the wide comma parts two numbers.
    """
    if not normal.text or not _MAY_MISLEAD.search(written, *normal.back(0, len(normal.text))):
        return normal.text
    chars = list(normal.text)
    for place in _commas(written, normal):
        chars[place] = ";"
    for place in _markers(written, normal):
        chars[place] = " "
    for sign in _SLASHES:
        if sign in normal.text:
            chars = ["/" if char == sign else char for char in chars]
    for signs in (_LIKE_DIGITS, _LIKE_ZEROS):
        for match in signs.finditer(normal.text):
            chars[match.start() : match.end()] = match[0].translate(_DIGITS)
    for place, (char, behind) in enumerate(pairwise(normal.text)):
        if char in _BOTH and behind in _LARGE:
            chars[place] = _BOTH[char]
    return "".join(chars)


def _commas(written: str, normal: Normal) -> Iterator[int]:
    for place, char in enumerate(normal.text):
        if char == "," and written[normal.back(place, place + 1)[0]] == "，":
            yield place


def _opens_item(written: str, at: int) -> bool:
    """Whether a ring stands in front of a word, behind the end of another or of a number."""
    before, behind = written[at - 1 : at], written[at + 1 : at + 2]
    if not before.isalnum() or not at:
        return True
    return before.isdecimal() and behind.isalpha() and behind not in _COUNTERS


def _markers(written: str, normal: Normal) -> list[int]:
    """Places of ringed numbers that count up from one, each at the beginning of a word."""
    found: list[tuple[int, int]] = []
    for place, char in enumerate(normal.text):
        at = normal.back(place, place + 1)[0] if char.isdigit() else -1
        if at >= 0 and written[at] in _RINGS and _opens_item(written, at):
            found.append((_RINGS[written[at]], place))
    values = list(dict.fromkeys(value for value, _ in found))
    if len(values) < _FEWEST or values != list(range(1, len(values) + 1)):
        return []
    return [place for _, place in found]
