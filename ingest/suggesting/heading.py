"""Whether the first row of a table names its columns, or holds values like the others."""

from collections.abc import Sequence
from statistics import mode

import msgspec

from evidence.archive.cleaning import clean_message
from ingest.readers.mapping import MOST_COLUMNS
from ingest.readers.tables.columns import known_field
from ingest.suggesting.values import profile

_LONGEST_NAME = 40
_AMONG = 20
_TYPED = 0.9


class Headed(msgspec.Struct, frozen=True):
    """Names and rows. `stated`: the names stand in the file; else they are numbers from 1."""

    names: list[str]
    rows: list[list[str]]
    stated: bool
    skipped: int
    """Rows above the first of `rows`."""


def headed(rows: Sequence[list[str]], *, above: bool = False) -> Headed:
    """The rows with their heading taken off; `above`: titles may stand over it."""
    at = _first_whole(rows) if above else 0
    names = [name.strip() for name in rows[at]]
    below = list(rows[at + 1 :])
    if names_columns(names, below):
        return Headed(names, below, True, at + 1)
    width = min(max(map(len, rows)), MOST_COLUMNS)
    return Headed([str(number) for number in range(1, width + 1)], list(rows), False, 0)


def _first_whole(rows: Sequence[Sequence[str]]) -> int:
    """The first of the first rows in which as many cells are filled as in most."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    usual = mode(filled[1:] or filled)
    among = enumerate(filled[:_AMONG])
    return next((at for at, cells in among if cells >= min(usual, max(filled[:_AMONG]))), 0)


def names_columns(names: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a row reads like names of columns and not like the rows below it."""
    filled = [name for name in names if name]
    if not filled or len(set(filled)) < len(filled):
        return False
    if any(len(name) > _LONGEST_NAME or clean_message(name) != name for name in filled):
        return False
    if any(known_field(name) for name in filled):
        return True
    if any(profile([name]).typed for name in filled):
        return False
    columns = [_column(below, at) for at in range(len(names))]
    if any(values and profile(values).typed >= _TYPED for values in columns):
        return True
    again = sum(
        name in values for name, values in zip(names, columns, strict=True) if name and values
    )
    return not again and max(map(len, filled)) <= _LONGEST_NAME // 2


def _column(rows: Sequence[Sequence[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
