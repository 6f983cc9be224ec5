"""Folding for substring search: the same for the query and for stored text."""

from collections.abc import Sequence
from functools import cache

from ingest.text.normalise import normalise, normalise_all, tables_hash


def fold(text: str) -> str:
    """Normal text with each run of white space as one space, none at the ends."""
    return " ".join(normalise(text).text.split())


def fold_all(texts: Sequence[str]) -> list[str]:
    """`fold` of each."""
    return [" ".join(normal.split()) for normal in normalise_all(texts)]


@cache
def folding() -> str:
    """Changes when `fold` may give another text than before; kept beside what was folded."""
    return f"1:{tables_hash()}"
