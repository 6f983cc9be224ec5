"""The figures that Trend Micro published of QQ groups, beside those of a case.

`published.tsv` names the mark and the source of each: S in the article, V read on the page named,
D derived by arithmetic. The published formula is not known; what is counted here is a
reconstruction.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

import msgspec

from graph.analysis.figures import Denominator, ratio
from graph.analysis.market.calendar import months_in, year_before
from graph.analysis.market.comparison import RECONSTRUCTION, basis_of
from graph.analysis.market.sides import Sides, span_of
from graph.analysis.metrics import ALL
from graph.analysis.watching import Span

Stated = Literal["exactly", "about", "above", "below", "derived"]
Mentions = Callable[[str | None, Span], dict[str, tuple[int, int]]]
"""Segment and days -> product -> posts and rank."""
_RATIO: Final = "_ratio"


class Published(msgspec.Struct, frozen=True):
    """One printed figure; `stated`: how exactly; `words`: as printed, or how it was derived."""

    measure: str
    segment: str
    period: str
    stated: Stated
    printed: str
    words: str
    mark: str
    source: str

    @property
    def value(self) -> float:
        """As a number; whole where it was printed whole."""
        return float(self.printed) if self.digits else int(self.printed)

    @property
    def digits(self) -> int:
        """How many were printed behind the point."""
        return len(self.printed.partition(".")[2])

    def agrees(self, here: float | None) -> bool | None:
        """Whether a value is that of print, to the printed digits; None where print says about."""
        if here is None or self.stated == "about":
            return None
        if self.stated in ("above", "below"):
            return here > self.value if self.stated == "above" else here < self.value
        return f"{here:.{self.digits}f}" == self.printed


class Beside(msgspec.Struct, frozen=True):
    """A printed figure with that of the case; null where the case holds nothing of the period.

    `agrees`: to the printed digits, or above or below as stated; null where print says about.
    """

    measure: str
    segment: str
    period: str
    published: float
    stated: Stated
    here: float | None
    difference: float | None
    ratio: float | None
    agrees: bool | None
    basis: str
    mark: str
    source: str
    words: str

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = Beside.__struct_fields__


@cache
def published() -> tuple[Published, ...]:
    """The printed figures, in the order of the data file."""
    text = files("graph.analysis.market").joinpath("published.tsv").read_text("utf-8")
    head, *lines = (line.split("\t") for line in text.splitlines())
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    return tuple(msgspec.convert(row, Published) for row in rows)


def beside(
    sides: Sides, mentions: Mentions, segments: frozenset[str], denominator: Denominator
) -> Iterator[Beside]:
    """Every printed figure with the case's; `segments`: tags that venues of the case carry."""
    for one in published():
        known = one.segment == ALL or one.segment in segments
        here = _here(one, sides, mentions) if known else None
        yield Beside(
            measure=one.measure,
            segment=one.segment,
            period=one.period,
            published=one.value,
            stated=one.stated,
            here=here,
            difference=None if here is None else round(here - one.value, 4),
            ratio=None if here is None else ratio(here, one.value),
            agrees=one.agrees(here),
            basis=_basis(one.measure, denominator),
            mark=one.mark,
            source=one.source,
            words=one.words,
        )


def _basis(measure: str, denominator: Denominator) -> str:
    if " " in measure:
        return f"{RECONSTRUCTION}: posts that mention it; what was counted is not stated"
    basis = basis_of(measure, denominator)
    return basis if RECONSTRUCTION in basis else f"{RECONSTRUCTION}: {basis}"


def _here(one: Published, sides: Sides, mentions: Mentions) -> float | None:
    segment, span = None if one.segment == ALL else one.segment, span_of(one.period)
    kind, _, product = one.measure.partition(" ")
    if product:
        found = mentions(segment, span).get(product)
        return None if found is None else found[kind == "rank"]
    if not kind.endswith(_RATIO):
        return _measure(sides, segment, span, kind)
    name = kind.removesuffix(_RATIO)
    before, now = (_measure(sides, segment, each, name) for each in (_year_before(span), span))
    return None if before is None or now is None else ratio(now, before)


def _measure(sides: Sides, segment: str | None, span: Span, name: str) -> float | None:
    side = sides.side(segment or ALL, segment, span)
    return side.measures()[name] if side.found.messages else None


def _year_before(span: Span) -> Span:
    """Whole months, the same of the year before."""
    months = [then for month in months_in(span) if (then := year_before(month)) is not None]
    return months[0][0], months[-1][1]
