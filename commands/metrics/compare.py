"""`metrics compare`: two periods or two segments side by side, or a case beside print."""

from typing import TYPE_CHECKING, Annotated, Final

import msgspec
import typer

from commands.answers import FailEmpty, Raw
from commands.metrics.market import show
from commands.metrics.options import (
    PLACES,
    Counted,
    counting_some,
    metrics_options,
    segments_known,
    warn,
)
from commands.metrics.products import ranking
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.analysis.market.published import Mentions
    from graph.analysis.market.sides import Side, Sides
    from graph.analysis.metrics import MetricsOptions
    from graph.analysis.watching import Span

_HINT: Final = "heichan metrics compare 2012 2013, or heichan metrics compare mobile all"
_EVERY: Final = 1_000_000


@counting_some("denominator", "min_coverage", *PLACES)
def compare(
    session: Session,
    counted: Counted,
    left: Annotated[
        str | None, typer.Argument(help="A period (2012, 2012-06, 2012-03-01/2012-12-31) or a tag.")
    ] = None,
    right: Annotated[str | None, typer.Argument(help="Another one; `all` for every venue.")] = None,
    published: Annotated[
        bool,
        typer.Option(
            "--published", help="The printed figures of the QQ groups beside those of the case."
        ),
    ] = False,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Two periods or two segments side by side; --published sets print beside the case.

    Example: heichan metrics compare 2012 2013 --segment mobile
    Segments: heichan metrics compare mobile all --since 2013-01-01
    """
    if published:
        _beside(session, counted, (left, right), fail_empty=fail_empty)
        return
    if left is None or right is None:
        raise UsageError("two sides are compared", hint=f"Write {_HINT}.")
    from graph.analysis.market.comparison import COLUMNS, compared, warnings

    options = metrics_options(session, counted)
    sides, one, other = _sides(session, counted, options, left, right)
    panel = one.material is other.material
    rows = compared(sides, one, other, options.denominator, panel=panel)
    show(session, rows, COLUMNS, top=None, fail=fail_empty)
    warn(session, warnings(one, other, options.min_coverage))
    session.out.note(f"{left} | {right}; {options.denominator} group-days of {options.zone}")


def _sides(
    session: Session, counted: Counted, options: "MetricsOptions", left: str, right: str
) -> "tuple[Sides, Side, Side]":
    from graph.analysis.market.sides import Sides, is_period, span_of

    sides = Sides(session.archive, segments_known(session), options)
    days = [is_period(name) for name in (left, right)]
    if all(days):
        if counted.since or counted.until:
            raise UsageError("--since and --until do not go with two periods", hint=_HINT)
        one, other = (sides.side(name, options.segment, span_of(name)) for name in (left, right))
        return sides, one, other
    if any(days):
        raise UsageError(f"{left} and {right} are a period and a segment", hint=_HINT)
    if options.segment is not None:
        raise UsageError("--segment does not go with two segments", hint=_HINT)
    tags = [_segment(session, name) for name in (left, right)]
    one, other = (sides.side(tag or "all", tag, None) for tag in tags)
    return sides, one, other


def _segment(session: Session, name: str) -> str | None:
    """The tag, None for every venue. Raises NotFoundError."""
    from graph.analysis.metrics import ALL
    from graph.knowledge.tagged import tagged

    if name == ALL:
        return None
    tagged(session.archive.connection, session.case.settings, [name])
    return name


def _beside(
    session: Session, counted: Counted, named: tuple[str | None, ...], *, fail_empty: bool
) -> None:
    from graph.analysis.market.published import COLUMNS, beside
    from graph.analysis.market.sides import Sides

    cut = (*named, counted.since, counted.until, counted.segment)
    if any(word is not None for word in cut):
        raise UsageError(
            "--published has periods and segments of its own", hint="Give no other ones."
        )
    options = metrics_options(session, counted)
    known = segments_known(session)
    sides = Sides(session.archive, known, options)
    rows = [*beside(sides, _mentions(session, options), _tags(session), options.denominator)]
    show(session, rows, COLUMNS, top=None, fail=fail_empty)
    session.out.note(
        "the published formula is not known: each value here is a reconstruction. Marks: S in the "
        "article, V read on the page named, D derived by arithmetic"
    )


def _tags(session: Session) -> frozenset[str]:
    """Segments that venues of the case carry."""
    from graph.analysis.watching import venues

    known = segments_known(session)
    return frozenset(tag for venue in venues(session.archive) for tag in known(venue))


def _mentions(session: Session, options: "MetricsOptions") -> "Mentions":
    from functools import cache

    from graph.analysis.market.mentions import lexicons
    from graph.analysis.market.sides import moments

    series = next(iter(lexicons(session.archive)), None)

    @cache
    def mentions(segment: str | None, span: "Span") -> dict[str, tuple[int, int]]:
        since, until = moments(span, options.zone)
        asked = msgspec.structs.replace(options, segment=segment, since=since, until=until)
        rows = ranking(session, asked, series, _EVERY).rows
        return {row["product"]: (row["posts"], row["rank"]) for row in rows}

    return mentions
