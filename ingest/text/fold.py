"""Folding for substring search: the same for the query and for stored text."""

from functools import cache

from ingest.text.normalise import normalise, tables_hash


def fold(text: str) -> str:
    """Normal text with each run of white space as one space, none at the ends."""
    return " ".join(normalise(text).text.split())


@cache
def folding() -> str:
    """Changes when `fold` may give another text than before; kept beside what was folded."""
    return f"1:{tables_hash()}"
