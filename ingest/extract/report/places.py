"""Places that a text names, with the ISO code of the country."""

from functools import cache

import msgspec

from ingest.extract.report.page import Page
from ingest.extract.report.tables import TermTable, table
from ingest.records import Span


class Place(msgspec.Struct, frozen=True):
    """A place, or the adjective of one ("Canadian")."""

    span: Span
    code: str
    adjective: bool


@cache
def _terms() -> TermTable[tuple[str, str]]:
    return TermTable((row["term"], (row["code"], row["form"])) for row in table("places.tsv"))


def read_places(page: Page) -> tuple[Place, ...]:
    """Every place of the page in order, adjectives too."""
    return tuple(
        Place(hit.span, hit.entry[0], hit.entry[1].endswith("adjective"))
        for hit in _terms().scan(page)
        if not _dollars(page, hit.span)
    )


def _dollars(page: Page, span: Span) -> bool:
    return page.view[span[1] : span[1] + 2].lstrip().startswith("$")
