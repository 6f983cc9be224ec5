"""How deep the elements of a page nest, told before it is parsed.

The parser looks at all open elements for each new one, so its time grows with the square of the
depth: 64,000 nested blocks take 12 seconds, all of a page's usual markup next to nothing.
"""

import re

DEEPEST = 1000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]{0,30})")
# Elements without content, and those that writers leave open because the next one closes them.
_SHORT = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup"),
        *("tbody", "thead", "tfoot", "colgroup", "rt", "rp"),
    }
)


def too_deep(page: str) -> bool:
    """Whether elements nest more than 1,000 deep, counted by the tags that open and close them."""
    if page.count("<") <= DEEPEST:
        return False
    depth = 0
    for closing, name in _TAG.findall(page):
        if name.lower() in _SHORT:
            continue
        depth += -(depth > 0) if closing else 1
        if depth > DEEPEST:
            return True
    return False
