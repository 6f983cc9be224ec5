"""Files, runs, venues, and what was watched."""

from datetime import date
from functools import cache
from pathlib import PurePath

from evidence.grading.handling import file_marks
from graph.build.clock import days_between
from graph.build.draft import Draft, Ref, moment
from graph.build.packed import day as packed_day
from graph.build.rows import TALK_SQL, platform_node
from graph.build.world import World

_FILES = """
SELECT f.id, f.path, f.size, f.media_kind, f.reader, f.origin, f.parent_id, f.n, f.captured_at,
  r.id
FROM file f JOIN run r ON r.n = f.run_n
WHERE f.state IN ('read', 'broken_off') OR f.n IN (SELECT DISTINCT file_n FROM capture)
ORDER BY f.id
"""
_RUNS = """
SELECT id, tool_version, operator, legal_basis, tz, started_at, ended_at FROM run
WHERE n IN (SELECT run_n FROM file WHERE state IN ('read', 'broken_off', 'reading'))
  OR n IN (SELECT run_n FROM coverage)
ORDER BY id
"""
_HOLDS = f"""
SELECT f.id, p.venue_n, count(DISTINCT p.n), min(p.utc), max(p.utc)
FROM capture c JOIN file f ON f.n = c.file_n JOIN post_version v ON v.n = c.version_n
LEFT JOIN joined j ON j.post_n = v.post_n JOIN post p ON p.n = coalesce(j.kept_n, v.post_n)
WHERE p.venue_n IS NOT NULL AND p.kind IN {TALK_SQL}
GROUP BY c.file_n, p.venue_n
"""
_COVERAGE = (
    "SELECT r.id, c.venue_id, c.from_day, c.to_day FROM coverage c JOIN run r ON r.n=c.run_n"
)
_PLATFORM_KINDS = {"board": "forum", "market_section": "tor_market"}


def add_provenance(world: World) -> None:
    """Runs, files, venues and which file holds what."""
    _add_runs(world)
    _add_files(world)
    for venue in world.venues.values():
        kind = _PLATFORM_KINDS.get(venue.kind, "im")
        node = world.draft.node(
            "Venue",
            venue.id,
            venue.name,
            platform=venue.platform,
            kind=venue.kind,
            private=venue.private,
            segments=world.settings.segments(venue.id) or None,
            shared=False,
        )
        world.draft.rel("ON_PLATFORM", node, add_platform(world.draft, venue.platform, kind))
    add_holds(world)


def add_platform(draft: Draft, code: str, kind: str | None = None) -> Ref:
    """The node of a platform."""
    return draft.node("Platform", platform_node(code), code, kind=kind)


def _add_runs(world: World) -> None:
    for id_, version, operator, basis, zone, started, ended in world.connection.execute(_RUNS):
        world.draft.node(
            "Run",
            id_,
            f"run {id_[4:12]}",
            collector=operator,
            tool="heichan",
            tool_version=version,
            legal_basis=basis,
            tz=zone,
            started_at=moment(started),
            ended_at=None if ended is None else moment(ended),
        )


def _add_files(world: World) -> None:
    marks = file_marks(world.connection)
    rows = world.connection.execute(_FILES)
    for id_, path, size, media, reader, origin, parent, n, captured, run in rows:
        node = world.draft.node(
            "File",
            id_,
            PurePath(path).name,
            media_kind=media,
            size=size,
            reader=reader,
            origin=origin,
            parent_id=parent,
            tlp=marks[n],
            captured_at=moment(captured),
        )
        if world.draft.has(run):
            world.draft.rel("FROM_RUN", node, Ref(run, "Run"))


def add_holds(world: World) -> None:
    """How many posts of which venue each file holds, and from when to when."""
    for file, venue_n, n, first, last in world.connection.execute(_HOLDS):
        venue = world.venues[venue_n].ref
        world.draft.seen(venue, first, last)
        times = {} if first is None else {"first_at": moment(first), "last_at": moment(last)}
        world.draft.rel("HOLDS", Ref(file, "File"), venue, n=n, **times)


def add_watched(world: World, posts: dict[tuple[str, date], int]) -> None:
    """Watched days by the coverage files; `posts` counts by venue id and day."""
    venues = {venue.id: venue.ref for venue in world.venues.values()}
    aliases = dict(world.connection.execute("SELECT alias, venue_id FROM venue_alias"))
    spans = cache(_days_between)
    for run, named, first, last in world.connection.execute(_COVERAGE):
        venue = venues.get(aliases.get(named, named))
        if venue is None:
            continue
        start = Ref(run, "Run")
        for day, written in spans(first, last):
            n = posts.get((venue.id, day), 0)
            world.draft.rel(
                "WATCHED", start, venue, written, day=packed_day(day), complete=True, posts=n
            )


def _days_between(first: str, last: str) -> list[tuple[date, str]]:
    """Every day from the first to the last, and how ids write it."""
    days = days_between(date.fromisoformat(first), date.fromisoformat(last))
    return [(day, day.isoformat()) for day in days]
