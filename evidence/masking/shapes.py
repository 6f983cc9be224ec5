"""Whether a word of Han characters has the shape of a name, by surnames and given characters."""

from typing import Final, Literal

from evidence.masking.data import words
from evidence.masking.labels import is_label
from evidence.masking.latin import NO_NAMES

FIRST, *PAIRS = words("surnames.txt")
SINGLE: Final = frozenset(FIRST)
_DOUBLE: Final = frozenset(PAIRS)
SINGLE_OR_DOUBLE: Final = SINGLE | {pair[0] for pair in PAIRS}
_GIVEN: Final = frozenset(words("given.txt")[0])
_RARE: Final = SINGLE | frozenset(words("surnames_rare.txt")[0])
"""Surnames that begin too many everyday words to be looked for anywhere but in records."""
_ELEMENTS: Final = frozenset(words("elements.txt"))
_FIRSTS: Final = frozenset(element[0] for element in _ELEMENTS)
_LASTS: Final = frozenset(element[-1] for element in _ELEMENTS)
_SOUNDS: Final = frozenset(words("sounds.txt")[0])
"""Characters in which names of other languages are written by sound."""
_PLACES: Final = frozenset(words("places.txt"))
_EVERYDAY: Final = NO_NAMES | frozenset(words("everyday.txt"))
TITLES: Final = frozenset({"经理", "总监", "老板", "老师", "主管", "客服", "总", "哥", "姐"})
_POLITE: Final = frozenset({"先生", "女士", "小姐", "太太", "生", "太"})
_GOODS: Final = frozenset("料粉库单条号群卡户码价款链票盘网站店厂量费率套")
"""A word that ends so is goods or a counter, not a given name."""
_BODIES: Final = frozenset("省市县区镇乡村局院校司行所部店社团厅")
"""A longer word that ends so is a place or an organisation."""
Shape = Literal["", "firm", "rare", "polite"]


def is_compound(word: str) -> bool:
    """Whether a word is a surname of two characters with a given name."""
    return word[:2] in _DOUBLE and 3 <= len(word) <= 4


def is_place(word: str) -> bool:
    """Whether a word is known as a place, whatever else it may be."""
    return word in _PLACES


def shape(word: str) -> Shape:
    """Whether a word of Han characters has the shape of a name, and how sure that is."""
    if is_compound(word):
        return "firm"
    if word[0] not in SINGLE or not 2 <= len(word) <= 3:
        return ""
    if word in _EVERYDAY or word in _PLACES or word[1:] in TITLES:
        return ""
    if word[1:] in _POLITE:
        return "polite"
    if _GIVEN.issuperset(word[1:]):
        return "firm"
    return "" if word[-1] in _GOODS or word[:2] in _EVERYDAY else "rare"


def of_elements(word: str) -> bool:
    """Whether a word opens or ends as names of other peoples do: 扎西顿珠, 买买提江, 田中太郎."""
    if not 3 <= len(word) <= 6 or (word[0] not in _FIRSTS and word[-1] not in _LASTS):
        return False
    return any(word[:n] in _ELEMENTS or word[-n:] in _ELEMENTS for n in (2, 3, 4))


def rank(word: str) -> int:
    """How much a field of a record looks like a name: 3 plainly, 2 well, 1 by its place, 0 not.

    1 is an everyday word or a place that begins with a surname (幸福, 安宁), or a longer one.
    """
    if not _may_name(word):
        return 0
    if of_elements(word) or is_compound(word):
        return 3
    if len(word) > 2 and _SOUNDS.issuperset(word):
        return 2
    if len(word) >= 4 and sum(char in _SOUNDS for char in word) >= len(word) - 1:
        return 1
    if word[0] not in _RARE or len(word) > 4:
        return 0
    if len(word) == 4:
        return 0 if _everyday(word[:2]) or _everyday(word[2:]) else 1
    if _everyday(word) or word in _PLACES or (len(word) == 3 and is_label(word[:2])):
        return 1
    if len(word) == 3 and word[:2] in _EVERYDAY and not _GIVEN.issuperset(word[1:]):
        return 1
    return 3 if word[0] in SINGLE and (_GIVEN.issuperset(word[1:]) or shape(word)) else 2


def opens_as_name(word: str) -> bool:
    """Whether a word begins with a surname and is no label: enough where somebody is called so."""
    return 2 <= len(word) <= 4 and word[0] in _RARE and not is_label(word)


def may_be_first(word: str) -> bool:
    """Whether a word may be a name where only its place in a list of records speaks for it."""
    return _may_name(word) and not is_place(word) and word not in NO_NAMES


def _everyday(word: str) -> bool:
    return word in _EVERYDAY or is_label(word)


def _may_name(word: str) -> bool:
    if not 2 <= len(word) <= 6 or is_label(word):
        return False
    if word in NO_NAMES and (word[0] not in _RARE or len(word) > 2):
        return False
    if word[-1] in _GOODS or word[1:] in TITLES:
        return False
    return len(word) == 2 or word[-1] not in _BODIES
