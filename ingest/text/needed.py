"""What a pattern cannot match without: literals of which one stands in the text of a match."""

import re
from collections.abc import Iterable
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final

from ingest.text.scan import holds_one

Words = frozenset[str]
_NONE: Final[Words] = frozenset()
_NOTHING: Final[Words] = frozenset({""})
_MOST: Final = 64
"""A part with more spellings than this is not spelt out."""
_REPEATS: Final = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_WIDTHLESS: Final = (op.AT, op.ASSERT, op.ASSERT_NOT)


def needed(pattern: str) -> frozenset[str]:
    """Literals of which every text with a match holds one; empty where there are no such."""
    parsed = _parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return _NONE
    return _of_sequence(parsed)


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> Words:
    """The best of what the parts need, neighbours with few spellings taken together."""
    found: list[Words] = []
    run = _NOTHING
    for kind, what in parts:
        if kind is op.ASSERT:
            found.append(_of_sequence(what[1]))
        spelt = _spellings(kind, what)
        if spelt and len(run) * len(spelt) <= _MOST:
            run = frozenset(map("".join, product(run, spelt)))
            continue
        found += (run, _of_part(kind, what))
        run = spelt or _NOTHING
    return max(map(_least, (*found, run)), key=_worth)


def _least(words: Words) -> Words:
    """The words without those that hold another one; none where nothing at all is needed."""
    if "" in words:
        return _NONE
    sizes = set(map(len, words))
    if len(sizes) < 2 or len(words) > _MOST:
        return words
    kept: list[str] = []
    for word in sorted(words, key=len):
        if not holds_one(word, kept):
            kept.append(word)
    return frozenset(kept)


def _worth(words: Words) -> tuple[int, int]:
    """Long literals are seldom met; of equally long ones few are better than many."""
    return min(map(len, words), default=0), -len(words)


def _of_part(kind: Any, what: Any) -> Words:
    if kind is op.BRANCH:
        return _either(_of_sequence(each) for each in what[1])
    if kind is op.SUBPATTERN:
        return _NONE if what[1] & re.IGNORECASE else _of_sequence(what[3])
    if kind in _REPEATS and what[0]:
        return _of_sequence(what[2])
    return _of_sequence(what) if kind is op.ATOMIC_GROUP else _NONE


def _spellings(kind: Any, what: Any) -> Words:
    """All that a part can match; empty where that is too much or cannot be told."""
    if kind in _WIDTHLESS:
        return _NOTHING
    if kind is op.LITERAL:
        return frozenset({chr(what)})
    if kind is op.IN and all(each is op.LITERAL for each, _ in what):
        return frozenset(chr(code) for _, code in what)
    if kind is op.BRANCH:
        return _either(_spelt(each) for each in what[1])
    if kind is op.SUBPATTERN and not what[1] & re.IGNORECASE:
        return _spelt(what[3])
    if kind in _REPEATS and what[:2] == (0, 1):
        inside = _spelt(what[2])
        return inside and inside | _NOTHING
    return _NONE


def _spelt(parts: Iterable[tuple[Any, Any]]) -> Words:
    run = _NOTHING
    for kind, what in parts:
        spelt = _spellings(kind, what)
        if not spelt or len(run) * len(spelt) > _MOST:
            return _NONE
        run = frozenset(map("".join, product(run, spelt)))
    return run


def _either(choices: Iterable[Words]) -> Words:
    """What one of several needs; empty where one of them needs nothing."""
    found = list(choices)
    return frozenset().union(*found) if all(found) else _NONE
