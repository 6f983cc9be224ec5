"""Terms that are composed of lists of words: who is sold, what is looked up, how it is said."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Final, NamedTuple

from evidence.errors import InputError
from ingest.lexicon.tables import Sense

Row = tuple[str, ...]
_LIST: Final = re.compile(r"\{([a-z_0-9]+)\}")
_CATEGORIES: Final = {"product": "data_product", "service": "service"}


class Composed(NamedTuple):
    """A term as it is written, what it means, and the row that says so, from 0."""

    term: str
    sense: Sense
    row: int


class Family(NamedTuple):
    """What the terms of one template mean, the row of the template, and the terms."""

    sense: Sense
    row: int
    terms: Iterator[str]


def composed(rows: Iterable[Row]) -> Iterator[Composed]:
    """Terms with what they mean: each template of an id with the words of its lists.

    A row without a slash in its name is a list, its words apart by `|`. InputError where a
    template names a list that no row above it holds.
    """
    for family in families(rows):
        for term in family.terms:
            yield Composed(term, family.sense, family.row)


def families(rows: Iterable[Row]) -> Iterator[Family]:
    """The same, with all terms of a template together."""
    lists: dict[str, tuple[str, ...]] = {}
    for number, (name, lang, ambiguous, words, _) in enumerate(rows):
        category = _CATEGORIES.get(name.split("/")[0])
        if category is None:
            lists[name] = tuple(words.split("|"))
            continue
        sense = Sense(category, name, ambiguous == "y", lang)
        yield Family(sense, number, _filled(words, lists))


def _filled(template: str, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    pieces = _LIST.split(template)
    unknown = [name for name in pieces[1::2] if name not in lists]
    if unknown:
        raise InputError(
            f"composed terms name no list {unknown[0]!r}",
            hint="put the row of the list above the rows that use it",
            where={"file": "composed"},
        )
    choices = [
        lists[piece] if number % 2 else (piece,) for number, piece in enumerate(pieces) if piece
    ]
    return map("".join, product(*choices))
