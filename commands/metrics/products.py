"""`metrics products`: products and services by posts, texts and sellers."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.metrics.options import (
    PLACES,
    Counted,
    counting_some,
    metrics_options,
    segments_known,
)
from commands.output import cut_off
from commands.pictures import Force, Plot, target_of, told
from commands.session import Session
from evidence.errors import UsageError

if TYPE_CHECKING:
    from graph.analysis.metrics import MetricsOptions
    from queries.run import QueryResult

RANKING: Final = "market.product_ranking"
COLUMNS: Final = ("product", "posts", "clusters", "sellers", "rank")
RANKS: Final = (*COLUMNS, "rank_clusters", "rank_sellers", "rank_change", "lexicon")


@counting_some(*PLACES)
def products(
    session: Session,
    counted: Counted,
    top: Annotated[int, typer.Option(min=1, help="How many.")] = 20,
    lexicon: Annotated[
        str | None,
        typer.Option(metavar="VERSION", help="The series of this lexicon, where there are two."),
    ] = None,
    ranks: Annotated[
        bool, typer.Option("--ranks", help="Also the ranks by texts and by sellers.")
    ] = False,
    ambiguous: Annotated[
        bool,
        typer.Option("--ambiguous", help="Count what was left out: ambiguous words alone."),
    ] = False,
    plot: Plot = None,
    force: Force = False,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Rank products and services by posts, text clusters and sellers.

    Example: heichan metrics products --top 10 --segment mobile
    With prices a record by month: heichan metrics products --plot products.svg
    """
    _refuse_part(plot, counted)
    target = target_of(plot, force=force)
    options = metrics_options(session, counted)
    if ambiguous:
        _left_out(session, options, top, fail_empty=fail_empty)
        return
    series = _series(session, lexicon)
    result = ranking(session, options, series, top)
    if target is not None:
        from commands import product_picture
        from queries.pack import load_packs

        days = (counted.since, counted.until)
        packs = load_packs(lint_shipped=False)
        told(session.out, target, product_picture.draw(session, target, packs, result, days))
    cut = cut_off(result.truncated, top, option="--top")
    rows = [{**row, "lexicon": series} for row in result.rows]
    columns = RANKS if ranks else COLUMNS
    session.out.rows(rows, columns, limit=top, cut=cut, meta={"lexicon": series})
    _say(session, result, series)
    end_if_empty(rows, fail_empty=fail_empty)


def _refuse_part(plot: Path | None, counted: Counted) -> None:
    """The prices of the picture are those of all venues. Raises UsageError."""
    part = (counted.segment, counted.platform, counted.tz, counted.exclude_bots or None)
    if plot is not None and any(each is not None for each in part):
        raise UsageError(
            "--plot draws all venues and accounts, by days of the case's zone",
            hint="Leave --segment, --platform, --tz and --exclude-bots away with --plot.",
        )


def ranking(
    session: Session, options: "MetricsOptions", series: str | None, limit: int
) -> "QueryResult":
    """Mentions in the selected days and venues, of one lexicon (None: there is none)."""
    from evidence.decisions import decisions_in_force
    from graph.analysis.group_days import bot_ids
    from graph.analysis.metrics import chosen_venues
    from graph.analysis.people import resolved
    from queries.pack import load_packs
    from queries.run import run_query

    # Reading a large graph takes longer than counting; without a decision nobody is put together.
    store = session.store if decisions_in_force(session.archive.connection) else None
    people = resolved(store) if store else {}
    every = options.segment is None and options.platform is None
    chosen = chosen_venues(session.archive, segments_known(session), options)
    given: Mapping[str, object] = {
        "since": options.since,
        "until": options.until,
        "lexicon_version": series,
        "venues": None if every else sorted(chosen),
        "actors": [id_ for pair in sorted(people.items()) for id_ in pair],
        "without": sorted(bot_ids(session.archive)) if options.exclude_bots else None,
    }
    query = load_packs(lint_shipped=False).get(RANKING)
    return run_query(query, store, session.archive, given, limit=limit)


def _series(session: Session, wanted: str | None) -> str | None:
    """The lexicon whose mentions are counted: two of them are never one series."""
    from graph.analysis.market.mentions import lexicons

    known = lexicons(session.archive)
    if wanted is not None and wanted not in known:
        told = ", ".join(known) or "no lexicon has counted anything yet"
        raise UsageError(f"--lexicon {wanted!r} counted no mention here", hint=f"Known: {told}.")
    chosen = wanted or _in_use(session, known)
    rest = {name: n for name, n in known.items() if name != chosen}
    if rest and wanted is None:
        left = ", ".join(f"{n} by {name}" for name, n in rest.items())
        session.out.warn(
            f"mentions of other lexicons are another series and are left out: {left}; "
            "`heichan build` reads their posts again, --lexicon chooses one"
        )
    return chosen


def _in_use(session: Session, known: dict[str, int]) -> str | None:
    if len(known) < 2:
        return next(iter(known), None)
    from commands.own_rules import version_in_use

    now, _ = version_in_use(session.case)
    return now if now in known else next(iter(known))


def _say(session: Session, result: "QueryResult", series: str | None) -> None:
    for caveat in result.caveats:
        session.out.note(f"note: {caveat}")
    if series is not None:
        session.out.note(
            f"lexicon {series}; ambiguous words without a second cue are no mention "
            "(--ambiguous counts them)"
        )


def _left_out(session: Session, options: "MetricsOptions", top: int, *, fail_empty: bool) -> None:
    from graph.analysis.market.mentions import COLUMNS as LEFT_OUT
    from graph.analysis.market.mentions import left_out, lexicons
    from ingest.extract.mentions import left_out_of
    from ingest.extract.rules import Rules

    rules = Rules.load(session.case.lexicon())
    rows = left_out(session.archive, segments_known(session), options, left_out_of(rules))
    cut = cut_off(len(rows) > top, top, option="--top")
    listed = [row.document() for row in rows[:top]]
    session.out.rows(listed, LEFT_OUT, limit=top, cut=cut, meta={"lexicon": rules.version})
    if any(name != rules.version for name in lexicons(session.archive)):
        session.out.warn(f"counted by lexicon {rules.version}, the posts were read by another")
    end_if_empty(rows, fail_empty=fail_empty)
