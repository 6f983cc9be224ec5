"""Language of a post by its share of Han characters."""

import re
from typing import Final, Literal

from ingest.text.normalise import Normal

Language = Literal["zh", "zh-Hant", "en", "mixed", "other"]
_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_WIDE_HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_WIDE: Final = re.compile("[\U00020000-\U0003ffff]")
"""One class with characters of both planes is by far slower than one of the basic plane."""
_WORD: Final = re.compile(r"(?<![@\w./])[A-Za-z]{3,}(?![\w@]|\.[a-z])")
_OTHER: Final = re.compile("[\u0370-\u1fff\u3040-\u30ff\uac00-\ud7af]")
_MOSTLY: Final = 0.7
_HARDLY: Final = 0.2
_TRADITIONAL: Final = 0.15
"""Running traditional text differs from simplified in a third of its characters."""


def language(text: str, normal: Normal) -> Language:
    """Language code of a text as written; links and handles are no words."""
    han = (_WIDE_HAN if _WIDE.search(text) else _HAN).findall(text)
    words = len(_WORD.findall(text))
    other = len(_OTHER.findall(text))
    if other > len(han) + 4 * words:
        return "other"
    if not han:
        return "en" if words or any("a" <= c <= "z" for c in normal.text) else "other"
    share = len(han) / (len(han) + 2 * words)
    if share < _HARDLY:
        return "en"
    if share < _MOSTLY:
        return "mixed"
    return "zh-Hant" if _traditional(han, text, normal) else "zh"


def _traditional(han: list[str], written: str, normal: Normal) -> bool:
    if normal.text == written:
        return False
    simple = set(normal.text)
    if simple.issuperset(han):
        return False
    changed = len([char for char in han if char not in simple])
    return changed >= 2 and changed / len(han) >= _TRADITIONAL
