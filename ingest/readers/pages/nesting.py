"""A look at a page's tags before it is parsed: time and memory grow with the square of nesting."""

import re
from collections import Counter

from evidence.errors import InputError

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_NAMES = {
    "ruby": "rt rp",
    "void": "area base br col embed hr img input link meta param source track wbr",
    "implied": "html head body p li dt dd tr td th tbody thead tfoot option optgroup",
    "formatting": "a b big code em font i nobr s small strike strong tt u",
}
_VOID = frozenset(_NAMES["void"].split())
# Their end may be missing: the next one, or the end of what holds them, closes them.
_CLOSED_BY_OTHERS = frozenset((*_NAMES["implied"].split(), *_NAMES["ruby"].split()))
_FORMATTING = frozenset(_NAMES["formatting"].split())
_MOST_STEPS = 400_000_000
"""Open elements summed over all tags: 20,000 elements in each other are half of it, and the
parser takes some seconds for them."""
_MOST_COPIES = 5_000_000
"""Open formatting elements summed over all tags: a parser opens them anew in each paragraph."""
_MOST_TAGS = 1_000_000
DEEPEST = 1000
"""For the markup of one message, of which a file may hold many."""


def check_nesting(text: str, name: str) -> None:
    """InputError where a page's elements are so many, or so deep in each other, as in no page."""
    still_open: Counter[str] = Counter()
    depth = formatting = steps = copies = 0
    for count, found in enumerate(_TAG.finditer(text)):
        tag = found[2].lower()
        if count >= _MOST_TAGS:
            raise _no_page(name, f"more than {_MOST_TAGS} tags", found.start())
        steps += depth
        copies += formatting
        if tag in _VOID or tag in _CLOSED_BY_OTHERS:
            continue
        if not found[1]:
            still_open[tag] += 1
            depth += 1
            formatting += tag in _FORMATTING
        elif still_open[tag]:
            still_open[tag] -= 1
            depth -= 1
            formatting -= tag in _FORMATTING
        if steps > _MOST_STEPS or copies > _MOST_COPIES:
            raise _no_page(name, f"elements stand in each other {depth} deep", found.start())


def too_deep(text: str) -> bool:
    """Whether the elements of one message's markup stand more than `DEEPEST` in each other."""
    if text.count("<") <= DEEPEST:
        return False
    depth = 0
    for closing, name in _TAG.findall(text):
        if (tag := name.lower()) in _VOID or tag in _CLOSED_BY_OTHERS:
            continue
        depth += -(depth > 0) if closing else 1
        if depth > DEEPEST:
            return True
    return False


def _no_page(name: str, reason: str, place: int) -> InputError:
    return InputError(
        f"{name}: {reason}",
        hint="no browser saves a page like this; look at it in a text editor",
        where={"file": name, "character": place},
    )
