"""The words that may say a measure: verbs, nouns of an act, and what a subject undergoes."""

import re
from functools import cache
from typing import Final, Literal

import msgspec

from ingest.extract.report.findings import Measure
from ingest.extract.report.tables import table
from ingest.records import Span

Form = Literal["verb", "noun", "subject", "count"]
"""`verb`: an authority does it to its object; `noun`: "the arrest of"; `subject`: whoever stands in
front undergoes it ("stood trial", 落网); `count`: the words hold the number ("seven arrests")."""


class Trigger(msgspec.Struct, frozen=True):
    """Words that may say a measure."""

    span: Span
    measure: Measure
    form: Form = "verb"


class _Row(msgspec.Struct, frozen=True):
    measure: Measure
    form: Form
    pattern: re.Pattern[str]


_FLAGS: Final = {"noun": re.I, "count": re.I}
_EDGES: Final = {"en": r"\b", "zh": ""}


@cache
def _rows(lang: str) -> tuple[_Row, ...]:
    """The forms of each measure, from `data/measures.tsv`."""
    edge = _EDGES[lang]
    return tuple(
        _Row(
            msgspec.convert(row["measure"], Measure),
            msgspec.convert(row["form"], Form),
            # Nouns may begin a sentence; the patterns of verbs ask for the capitals of names.
            re.compile(f"{edge}(?:{row['pattern']}){edge}", _FLAGS.get(row["form"], re.NOFLAG)),
        )
        for row in table("measures.tsv")
        if row["lang"] == lang
    )


def find_triggers(view: str, start: int, end: int, lang: str) -> list[Trigger]:
    """The words for measures in a stretch in order, none inside another, the longest first."""
    rows = _rows(lang)
    found = [
        (match.start(), -match.end(), rank)
        for rank, row in enumerate(rows)
        for match in row.pattern.finditer(view, start, end)
    ]
    chosen: list[Trigger] = []
    for at, minus_end, rank in sorted(found):
        if not chosen or at >= chosen[-1].span[1]:
            chosen.append(Trigger((at, -minus_end), rows[rank].measure, rows[rank].form))
    return chosen
