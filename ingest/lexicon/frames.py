"""Wordings around the terms: patterns and word lists as data, one alternative a row.

A pattern reads normal text. `{name}` in it stands for all alternatives of the wording `name`.
"""

import re
from functools import cache
from typing import Final

import msgspec

from ingest.lexicon.load import packaged_rows
from ingest.text.late import late


class Head(msgspec.Struct, frozen=True):
    """A character that opens a trade: its act, and characters behind which it is part of a word."""

    written: str
    act: str
    not_behind: str


_REFERENCE: Final = re.compile(r"\{([a-z_]+)\}")


@cache
def frame(name: str) -> re.Pattern[str]:
    """The wording of that name, compiled; KeyError where the data has none."""
    return late(alternatives(name))


@cache
def frame_words(name: str) -> frozenset[str]:
    """The rows of that name taken as plain words; KeyError where the data has none."""
    return frozenset(_rows()[name])


def heads() -> tuple[Head, ...]:
    """Single characters such as 出 and 收 that state an act in front of goods."""
    return tuple(Head(*row[:3]) for row in packaged_rows("heads"))


@cache
def alternatives(name: str) -> str:
    """The wording of that name as one pattern; KeyError where the data has none."""
    return "|".join(rows_of(name))


def rows_of(name: str) -> list[str]:
    """The alternatives of a wording in their order; KeyError where the data has none."""
    return [_REFERENCE.sub(_group, row) for row in _rows()[name]]


def frame_names(prefix: str) -> list[str]:
    """Names of wordings that begin with a prefix, in their order."""
    return [name for name in _rows() if name.startswith(prefix)]


def _group(match: re.Match[str]) -> str:
    return f"(?:{alternatives(match[1])})"


@cache
def _rows() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, _, pattern, _ in packaged_rows("frames"):
        found.setdefault(name, []).append(pattern)
    return found
