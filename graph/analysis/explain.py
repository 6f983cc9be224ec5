"""An account as a page that an investigator can check line by line, from top to bottom."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from graph.analysis.brokers import COMPOSED
from graph.analysis.cautions import BY_ACTIVITY, Caution
from graph.analysis.explain_position import consequences, firmness, position
from graph.analysis.reasons import Reasons
from graph.analysis.rows import BrokerRow, Triple
from graph.analysis.wording import ENGLISH

LEAD = "A rank is a lead, not a finding."
NOTHING_MATCHED: Final = ENGLISH.say("unmatched")
PLAIN: Final = Reasons(ENGLISH)
"""English, with times and names as documents have them."""
_QUOTES = 3
_POSTS = 6


def explanation(
    row: BrokerRow, quotes: Mapping[str, str], reasons: Reasons = PLAIN
) -> Iterator[str]:
    """Lines of text, those of a section indented; `quotes`: post id -> words of the post."""
    yield f"{row.name}   {row.id}"
    sections: list[tuple[str, Sequence[str]]] = [
        ("In short", [*reasons.short(row)]),
        ("Take care", [*_care(row, reasons)]),
        ("Who stands on both sides", [*_triples(row, quotes, reasons)]),
        ("How firm the rank is", [*firmness(row)]),
        ("Where it stands in the network of goods", [*position(row)]),
        ("What would break without it", [*consequences(row)]),
    ]
    for title, lines in sections:
        if lines:
            yield ""
            yield title
            yield from (f"  {line}" for line in lines)
    yield ""
    yield LEAD


def brief(row: BrokerRow, quotes: Mapping[str, str], reasons: Reasons = PLAIN) -> Iterator[str]:
    """The beginning of the page: the rank, what to take care of, and triples."""
    yield f"{row.name}   {row.id}"
    yield from reasons.short(row)
    for caution in reasons.cautions(row):
        yield reasons.words.say("care", what=caution)
    yield from _told(row, quotes, reasons)


def _care(row: BrokerRow, reasons: Reasons) -> Iterator[str]:
    for one in row.cautions:
        if not one.unranked:
            below = " (see below)" if one.code == BY_ACTIVITY else ""
            yield f"{_code(one)}{reasons.caution(one)}{below}"


def _code(one: Caution) -> str:
    """The word that the table shows, before what it means."""
    return "" if one.taken is not None else f"{one.code}: "


def _triples(row: BrokerRow, quotes: Mapping[str, str], reasons: Reasons) -> Iterator[str]:
    yield from _told(row, quotes, reasons)
    if row.triples:
        yield COMPOSED


def _told(row: BrokerRow, quotes: Mapping[str, str], reasons: Reasons) -> Iterator[str]:
    if not row.triples:
        yield NOTHING_MATCHED
        yield from _posts(row, quotes)
    for number, triple in enumerate(row.triples, 1):
        yield reasons.head(number, row, triple)
        yield from _sides(triple, quotes, reasons)


def _posts(row: BrokerRow, quotes: Mapping[str, str]) -> Iterator[str]:
    told = [post for post in row.evidence if post in quotes]
    if told:
        yield "Posts behind its ties, the earliest and the latest:"
    half = _POSTS // 2
    for post in told if len(told) <= _POSTS else [*told[:half], *told[-half:]]:
        yield f"   “{quotes[post]}”  {post}"


def _sides(triple: Triple, quotes: Mapping[str, str], reasons: Reasons) -> Iterator[str]:
    for line, side in reasons.sides(triple):
        yield f"   {line}"
        for post in side.posts[:_QUOTES]:
            if post in quotes:
                yield f"      “{quotes[post]}”  {post}"
