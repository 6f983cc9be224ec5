"""Alternatives of many literal words as one expression that reads each character once."""

import re
from collections.abc import Iterable

Tree = dict[str, "Tree"]
_END = ""


def one_of(words: Iterable[str]) -> str:
    """An expression that matches the longest of the words, without a group of its own."""
    tree: Tree = {}
    for word in sorted(set(words)):
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _written(tree)


def _written(tree: Tree) -> str:
    branches = [re.escape(char) + _written(rest) for char, rest in tree.items() if char != _END]
    if not branches:
        return ""
    whole = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    return f"(?:{whole})?" if _END in tree else whole
