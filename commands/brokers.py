"""`brokers`: who ranks high as a middleman, and why."""

from collections.abc import Sequence, Sized
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import broker_months
from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.decided import Tags
from commands.output import cut_off, short_ids
from commands.pictures import Force, Plot, target_of, told
from commands.session import Session
from commands.which import which
from evidence.errors import UsageError

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from evidence.archive.archive import Archive
    from graph.analysis.brokers import BrokerOptions, Identities, Scene
    from graph.analysis.reasons import Reasons
    from graph.analysis.rows import BrokerReport, BrokerRow
    from graph.analysis.trajectories import Trajectories
    from graph.export.plots.target import Target

BY = "month"
TABLE = ("rank", "name", "id", "score", "stability", "roles", "triples", "warnings")


def brokers(
    session: Session,
    top: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
    since: Annotated[str | None, typer.Option(help="From this day or time.")] = None,
    until: Annotated[str | None, typer.Option(help="Until this day or time, included.")] = None,
    product: Annotated[str | None, typer.Option(help="One product only, by its id.")] = None,
    role: Annotated[str | None, typer.Option(help="Only those with this role, by code.")] = None,
    tag: Tags = None,
    window_days: Annotated[
        int, typer.Option(min=1, help="How far apart a supply and its sale may lie.")
    ] = 45,
    include_shared: Annotated[
        bool, typer.Option("--include-shared", help="Rank shared services too.")
    ] = False,
    identities: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help="Whom to count as one: accounts (nobody), decided, or candidates (strong ones "
            "that nobody decided too; each row says so).",
        ),
    ] = "candidates",
    explain: Annotated[
        str | None, typer.Option(metavar="ID", help="One account, ranked or not, in full.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            metavar="month", help="Each one's place in every month: who entered, rose, fell, left."
        ),
    ] = None,
    plot: Plot = None,
    force: Force = False,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Rank brokers by matched dealings, with triples and quotes. A rank is a lead, no finding.

    Example: heichan brokers --by month --product product:stock_leads --since 2023-10-01
    """
    from commands import clock
    from graph.analysis.brokers import BrokerOptions, report_of, scene_of

    if by not in (None, BY):
        raise UsageError(f"--by {by!r} is unknown", hint=f"Choose {BY}.")
    target = target_of(plot, force=force)
    zone = session.out.zone
    options = BrokerOptions(
        top=top,
        since=clock.since(since, zone),
        until=clock.until(until, zone),
        product=product,
        role=role,
        window_days=window_days,
        include_shared=include_shared,
        explain=None if explain is None else which(session, explain),
        identities=_identities(identities),
        among=_among(session, tag),
    )
    if by is not None and target is None:
        end_if_empty(_by_month(session, options), fail_empty=fail_empty)
        return
    scene = scene_of(session.archive, session.store, options)
    report = report_of(scene)
    if target is not None:
        found = _with_picture(session, scene, target, (since, until))
    if by is not None:
        broker_months.show(session, found, options)
    else:
        _show(session, report, top, full=explain is not None)
    end_if_empty(report.rows, fail_empty=fail_empty)


def _among(session: Session, tags: list[str] | None) -> frozenset[str] | None:
    """Who carries one of the tags, or posts in a venue that does."""
    from graph.knowledge.tagged import people_of, tagged

    nodes = tagged(session.archive.connection, session.case.settings, tags)
    return None if nodes is None else people_of(session.store, nodes)


def _by_month(session: Session, options: "BrokerOptions") -> Sized:
    from graph.analysis.trajectories import by_month

    found = by_month(session.archive, session.store, options, session.out.zone)
    broker_months.show(session, found, options)
    return found.rows


def _with_picture(
    session: Session, scene: "Scene", target: "Target", days: tuple[str | None, str | None]
) -> "Trajectories":
    """Draws the ranking; its months, which a listing by month shows too."""
    from graph.analysis.sketch import selected, sketch
    from graph.analysis.trajectories import trajectories
    from graph.export.plots.brokers import draw_brokers

    found = trajectories(scene, session.out.zone)
    selection = selected(scene.options, [one.month.name for one in found.months], days)
    snapshot = (session.store.build_info() or {}).get("snapshot")
    drawn = draw_brokers(sketch(scene, found, selection, snapshot), target)
    told(session.out, target, drawn)
    return found


def _identities(typed: str) -> "Identities":
    from graph.analysis.brokers import IDENTITIES

    for known in IDENTITIES:
        if known == typed:
            return known
    raise UsageError(f"--identities {typed!r} is unknown", hint=f"Choose {', '.join(IDENTITIES)}.")


def _show(session: Session, report: "BrokerReport", limit: int, *, full: bool) -> None:
    from graph.analysis.brokers import COMPOSED, LEAD
    from graph.analysis.rows import COLUMNS

    out = session.out
    documents = [row.document() for row in report.rows]
    cut = cut_off(report.more > 0, limit, "brokers", "--top")
    if not out.human:
        out.rows(documents, COLUMNS, limit=limit, cut=cut)
    elif full:
        for row in report.rows:
            _page(session, row)
    else:
        out.rows([_table_row(row) for row in report.rows], TABLE, cut=cut)
    for note in [*report.notes, *_undecided(report, full=out.human and full)]:
        # The page of an account says them already.
        if note not in (COMPOSED, LEAD) or not (out.human and full):
            out.note(note)
    if out.human and documents and not full:
        out.note(f"Next: heichan brokers --explain {documents[0]['id']}")


def _undecided(report: "BrokerReport", *, full: bool) -> list[str]:
    """Who is taken as one; the page of an account that rests on it says so itself."""
    from graph.analysis.concerned import taken_notes

    return [] if full else taken_notes(report.undecided, report.rows)


def _page(session: Session, row: "BrokerRow") -> None:
    from graph.analysis.explain import explanation
    from graph.explore.evidence import words

    out, archive = session.out, session.archive
    quotes = words(archive, row.posts or row.evidence)
    for line in explanation(row, quotes, reasons(archive, [row], out.zone)):
        out.hanging(short_ids(line), style="" if line.startswith(" ") else "bold")


def reasons(archive: "Archive", rows: Sequence["BrokerRow"], zone: "ZoneInfo") -> "Reasons":
    """Tells rows in English, goods with the words of the trade and times in a zone."""
    from graph.analysis.goods import trade_words
    from graph.analysis.reasons import Reasons
    from graph.analysis.wording import ENGLISH

    goods = trade_words(archive, [name for row in rows for name in row.listings])
    return Reasons(ENGLISH, day=partial(_local, zone), goods=goods)


def _local(zone: "ZoneInfo", utc: str) -> str:
    from commands.clock import local_text

    return local_text(datetime.fromisoformat(utc), zone)


def _table_row(row: "BrokerRow") -> dict[str, Any]:
    from graph.analysis.explain import PLAIN

    first, *rest = PLAIN.claimed(row)
    return {
        **row.document(),
        "roles": f"{first} +{len(rest)}" if rest else first,
        "triples": len(row.triples),
        # Who is taken as one is said once, under the table.
        "warnings": list(dict.fromkeys(caution.short for caution in row.cautions)),
    }


def register(app: typer.Typer) -> None:
    command(app, "brokers")(brokers)
