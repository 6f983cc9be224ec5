"""Reads one place of a pattern, in the words of spaCy's Matcher."""

import re
from collections.abc import Mapping
from typing import Final

from ingest.extract.patterns.records import TYPES, Element
from ingest.text.normalise import normalise

_TEXTS: Final = ("TEXT", "LOWER", "ORTH")
_KNOWN: Final = ("ENT_TYPE", "ENT_ID", *_TEXTS, "OP")
_BOUNDS: Final = re.compile(r"\{(\d{1,2})?(,)?(\d{1,2})?\}")
MOST: Final = 8
"""How often `*` and `+` repeat at most: a match stays near, and its cost bounded."""
_HIGHEST: Final = 20
_Sets = tuple[frozenset[str] | None, frozenset[str] | None]


def read_element(spec: object) -> Element:
    """One place of a pattern; ValueError says in words what is wrong with it."""
    if not isinstance(spec, Mapping):
        raise ValueError('each place is an object such as {"ENT_TYPE": "SELL"}')
    for name in spec:
        if name not in _KNOWN:
            raise ValueError(f"{_shown(name)} is none of {', '.join(_KNOWN)}")
    given = [name for name in _TEXTS if name in spec]
    if len(given) > 1:
        raise ValueError(f"{' and '.join(given)} mean the same: give one")
    types, types_not = _sets(spec.get("ENT_TYPE"), "ENT_TYPE")
    for name in (types or frozenset()) | (types_not or frozenset()):
        if name not in TYPES:
            raise ValueError(f"ENT_TYPE {_shown(name)} is none of {', '.join(TYPES)}")
    words, words_not = _sets(spec.get(given[0]) if given else None, "LOWER")
    ids, ids_not = _sets(spec.get("ENT_ID"), "ENT_ID")
    low, high = _bounds(spec.get("OP"))
    return Element(
        types=types,
        types_not=types_not,
        words=_normal(words),
        words_not=_normal(words_not),
        ids=ids,
        ids_not=ids_not,
        low=low,
        high=high,
    )


def _sets(value: object, name: str) -> _Sets:
    if value is None:
        return None, None
    if isinstance(value, str):
        return frozenset({value}), None
    if not isinstance(value, Mapping) or not value or set(value) - {"IN", "NOT_IN"}:
        raise ValueError(f'{name} is text, {{"IN": [...]}} or {{"NOT_IN": [...]}}')
    return _listed(value.get("IN"), name), _listed(value.get("NOT_IN"), name)


def _listed(value: object, name: str) -> frozenset[str] | None:
    if value is None:
        return None
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        raise ValueError(f"{name}: IN and NOT_IN hold a list of texts")
    return frozenset(value)


def _normal(words: frozenset[str] | None) -> frozenset[str] | None:
    if words is None:
        return None
    found = frozenset(normalise(word).text.strip() for word in words)
    if "" in found:
        raise ValueError("a word is empty")
    return found


def _bounds(value: object) -> tuple[int, int]:
    if value is None:
        return 1, 1
    if value == "!":
        raise ValueError('OP "!" is not read; use NOT_IN')
    plain = {"?": (0, 1), "*": (0, MOST), "+": (1, MOST), "1": (1, 1)}
    if isinstance(value, str) and value in plain:
        return plain[value]
    match = _BOUNDS.fullmatch(value) if isinstance(value, str) else None
    if match is None or not (match[1] or match[3]):
        raise ValueError(f"OP {_shown(value)} is none of ? * + {{n}} {{n,m}} {{n,}} {{,m}}")
    low = int(match[1] or 0)
    high = low if not match[2] else int(match[3]) if match[3] else max(low, MOST)
    if not low <= high <= _HIGHEST or high == 0:
        raise ValueError(f"OP {value}: between 1 and {_HIGHEST}, the smaller number first")
    return low, high


def _shown(value: object) -> str:
    return repr(str(value)[:40])
