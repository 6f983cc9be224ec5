"""Which days, venues and accounts the market commands count."""

from typing import TYPE_CHECKING, Annotated, Any, Final, get_args
from zoneinfo import ZoneInfo

import msgspec
import typer

from commands.option_groups import Group
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.analysis.metrics import MetricsOptions, Segments


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """The options as they were typed; each field is an option."""

    by: str = "month"
    since: str | None = None
    until: str | None = None
    denominator: str = "active"
    segment: str | None = None
    platform: str | None = None
    tz: str | None = None
    exclude_bots: bool = False
    min_coverage: float = 0.9


_TYPES: Final[dict[str, Any]] = {
    "by": Annotated[str, typer.Option(help="day, month, year or all.")],
    "since": Annotated[str | None, typer.Option(help="From this day or time.")],
    "until": Annotated[str | None, typer.Option(help="Until this day or time, included.")],
    "denominator": Annotated[str, typer.Option(help="active, observed or monitored group-days.")],
    "segment": Annotated[
        str | None, typer.Option("--segment", "--tag", help="Venues that carry this tag.")
    ],
    "platform": Annotated[str | None, typer.Option(help="Venues of this platform.")],
    "tz": Annotated[str | None, typer.Option("--tz", help="Zone of the days.")],
    "exclude_bots": Annotated[bool, typer.Option("--exclude-bots", help="Leave bots out.")],
    "min_coverage": Annotated[
        float, typer.Option(min=0, max=1, help="Below it growth is not stated.")
    ],
}
_COUNTED: Final = Group(Counted, _TYPES, "counted")
PLACES: Final = ("since", "until", "segment", "platform", "tz", "exclude_bots")
counting = _COUNTED.every
"""A command of (session, …, counted) with all these options."""
counting_some = _COUNTED.some
"""The same with some of them."""


def metrics_options(session: Session, counted: Counted) -> "MetricsOptions":
    """Checked and in UTC. Raises UsageError, NotFoundError for a segment that nothing carries."""
    from commands import clock
    from graph.analysis.figures import Denominator
    from graph.analysis.metrics import MetricsOptions
    from graph.analysis.periods import By
    from graph.knowledge.tagged import tagged

    zone = zone_used(session, counted.tz)
    options = MetricsOptions(
        by=choose("--by", counted.by, By),
        since=clock.since(counted.since, zone),
        until=clock.until(counted.until, zone),
        denominator=choose("--denominator", counted.denominator, Denominator),
        zone=zone.key,
        segment=counted.segment,
        platform=counted.platform,
        exclude_bots=counted.exclude_bots,
        min_coverage=counted.min_coverage,
    )
    if options.since and options.until and options.since >= options.until:
        raise UsageError(
            f"--since {counted.since} lies behind --until {counted.until}",
            hint="Give the earlier one to --since.",
        )
    if counted.segment is not None:
        tagged(session.archive.connection, session.case.settings, [counted.segment])
    return options


def zone_used(session: Session, tz: str | None) -> ZoneInfo:
    """The zone of the days: as given, else the case's."""
    from evidence.settings import zone_of

    return zone_of(tz) if tz else session.out.zone


def segments_known(session: Session) -> "Segments":
    """Venue id -> its tags."""
    from graph.knowledge.tagged import segments_of

    return segments_of(session.archive.connection, session.case.settings)


def choose(option: str, value: str, choices: Any) -> Any:
    """The value, if it is one of a Literal's. Raises UsageError."""
    if value in get_args(choices):
        return value
    raise UsageError(
        f"{option} {value!r} is unknown", hint=f"Choose {', '.join(get_args(choices))}."
    )


def warn(session: Session, told: list[str]) -> None:
    """Cautions on standard error."""
    for each in told:
        session.out.warn(each)
