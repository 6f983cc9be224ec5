"""What a pattern cannot match without: literals of which one stands in the text of a match."""

import re
from collections.abc import Sequence
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Final, NamedTuple

from ingest.text.scan import holds_one

Words = frozenset[str]
_NONE: Final[Words] = frozenset()
_NOTHING: Final[Words] = frozenset({""})
_MOST: Final = 64
"""A part with more spellings than this is not spelt out."""
_REPEATS: Final = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_WIDTHLESS: Final = (op.AT, op.ASSERT_NOT)


def needed(pattern: str) -> frozenset[str]:
    """Literals of which every text with a match holds one; empty where there are no such."""
    return next(iter(all_needed(pattern)), _NONE)


def all_needed(pattern: str) -> Sequence[frozenset[str]]:
    """Sets of literals of each of which every text with a match holds one, the rarest first."""
    parsed = _parser.parse(pattern)
    if parsed.state.flags & re.IGNORECASE:
        return ()
    needs = filter(None, map(_least, _of_sequence(parsed.data).needs))
    return sorted(dict.fromkeys(needs), key=_worth, reverse=True)


class _Read(NamedTuple):
    """What is known of some parts: all that they can match, empty where that is too much or
    cannot be told, and sets of literals that they need one of each."""

    spelt: Words
    needs: Sequence[Words]


_NO_READ: Final = _Read(_NONE, ())


def _of_sequence(parts: Sequence[tuple[Any, Any]]) -> _Read:
    """Neighbours with few spellings are taken together."""
    needs: list[Words] = []
    run = _NOTHING
    whole = True
    for kind, what in parts:
        if kind is op.LITERAL and len(run) == 1:
            (before,) = run
            run = frozenset((before + chr(what),))
            continue
        part = _of_part(kind, what)
        if kind is op.ASSERT:
            needs += part.needs
        if part.spelt and len(run) * len(part.spelt) <= _MOST:
            run = frozenset(map("".join, product(run, part.spelt)))
            continue
        whole = False
        needs += (run, *part.needs)
        run = part.spelt or _NOTHING
    needs.append(run)
    return _Read(run if whole else _NONE, needs)


def _best(read: _Read) -> Words:
    return max(map(_least, read.needs), key=_worth)


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


def _of_part(kind: Any, what: Any) -> _Read:
    if kind is op.LITERAL:
        return _Read(frozenset(chr(what)), ())
    if kind is op.IN:
        alike = all(each is op.LITERAL for each, _ in what)
        return _Read(frozenset(chr(code) for _, code in what) if alike else _NONE, ())
    if kind is op.SUBPATTERN:
        return _NO_READ if what[1] & re.IGNORECASE else _of_sequence(what[3].data)
    if kind is op.BRANCH:
        return _of_choice([_of_sequence(each.data) for each in what[1]])
    if kind in _REPEATS:
        inside = _of_sequence(what[2].data)
        spelt = inside.spelt | _NOTHING if inside.spelt and what[:2] == (0, 1) else _NONE
        return _Read(spelt, (_best(inside),) if what[0] else ())
    if kind is op.ASSERT:
        return _Read(_NOTHING, (_best(_of_sequence(what[1].data)),))
    if kind is op.ATOMIC_GROUP:
        return _Read(_NONE, (_best(_of_sequence(what.data)),))
    return _Read(_NOTHING, ()) if kind in _WIDTHLESS else _NO_READ


def _of_choice(reads: Sequence[_Read]) -> _Read:
    spelt = _either([read.spelt for read in reads])
    if spelt and len(spelt) <= _MOST:
        return _Read(spelt, ())
    return _Read(spelt, (_either([_best(read) for read in reads]),))


def _either(choices: Sequence[Words]) -> Words:
    """What one of several needs; empty where one of them needs nothing."""
    return frozenset().union(*choices) if all(choices) else _NONE
