import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.case import Case, create_case
from graph import ids
from graph.analysis.days import local_day
from graph.analysis.group_days import GroupDay, count, untimed
from graph.analysis.metrics import COLUMNS, MetricsOptions, MetricsRow, metrics
from ingest.options import IngestOptions
from ingest.pipeline import ingest
from tests.commands.process import heichan
from tests.graph.analysis.toy import G1, SHANGHAI, write_toy
from tests.graph.filling import DAY, START, Filling, filling

KEYS = (
    "period segment groups group_days messages participants pgd mgd denominator coverage "
    "messages_growth participants_growth"
)
FIRST = datetime(2021, 3, 1, tzinfo=SHANGHAI)
END = datetime(2021, 3, 5, tzinfo=SHANGHAI)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Case:
    folder = tmp_path_factory.mktemp("toy")
    coverage = write_toy(folder / "files")
    case = create_case(folder / "case")
    report = ingest(case, [folder / "files"], IngestOptions(coverage=coverage, jobs=1))
    assert (report.posts, report.new) == (14, 13)
    return case


def measured(case: Case, **options: object) -> list[MetricsRow]:
    given = {"since": FIRST, "until": END, **options}
    with case.reader() as archive:
        return metrics(archive, case.settings.segments, MetricsOptions(**given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("denominator", "group_days", "pgd", "mgd"),
    [("active", 3, 2.0, 4.0), ("observed", 6, 1.0, 2.0), ("monitored", 8, 0.75, 1.5)],
)
def test_the_toy_by_each_denominator(
    toy: Case, denominator: str, group_days: int, pgd: float, mgd: float
) -> None:
    (row,) = measured(toy, denominator=denominator, exclude_bots=True)
    assert row.document() == {
        "period": "2021-03",
        "segment": "all",
        "groups": 2,
        "group_days": group_days,
        "messages": 12,
        "participants": 4,
        "pgd": pgd,
        "mgd": mgd,
        "denominator": denominator,
        "coverage": 0.75,
        "messages_growth": None,
        "participants_growth": None,
    }
    assert mgd / pgd == 2.0


def test_the_toy_with_its_bot(toy: Case) -> None:
    (row,) = measured(toy)
    assert (row.messages, row.participants, row.group_days) == (13, 5, 3)
    assert row.pgd == pytest.approx(7 / 3, abs=1e-4)
    assert row.mgd == pytest.approx(13 / 3, abs=1e-4)


def test_the_toy_in_utc(toy: Case) -> None:
    utc = {
        "since": datetime(2021, 3, 1, tzinfo=UTC),
        "until": datetime(2021, 3, 5, tzinfo=UTC),
        "zone": "UTC",
    }
    (row,) = measured(toy, exclude_bots=True, **utc)
    assert (row.group_days, row.pgd, row.mgd) == (2, 2.5, 6.0)


def test_the_toy_by_day(toy: Case) -> None:
    rows = measured(toy, by="day", exclude_bots=True)
    assert [(row.period, row.groups, row.messages) for row in rows] == [
        ("2021-03-01", 2, 10),
        ("2021-03-02", 1, 2),
    ]
    assert rows[1].messages_growth == -0.8
    assert rows[1].participants_growth == -0.75


def test_the_toy_through_the_command(tmp_path: Path) -> None:
    coverage = write_toy(tmp_path / "toy")
    case = ("--case", tmp_path / "C")
    assert heichan("init", tmp_path / "C").returncode == 0
    given = ("--coverage", coverage, "--tz", "Asia/Shanghai")
    done = heichan(*case, "ingest", tmp_path / "toy", *given)
    assert done.returncode == 0, done.stderr
    period = ("--by", "month", "--since", "2021-03-01", "--until", "2021-03-04")

    def row(*words: str) -> dict[str, object]:
        told = heichan(*case, "metrics", *period, *words, "--format", "json")
        assert told.returncode == 0, told.stderr
        (found,) = json.loads(told.stdout)
        assert list(found) == KEYS.split() == list(COLUMNS)
        return dict(found)

    figures = {
        name: (found["pgd"], found["mgd"], found["coverage"], found["messages_growth"])
        for name in ("active", "observed", "monitored")
        for found in [row("--denominator", name, "--exclude-bots")]
    }
    assert figures == {
        "active": (2.0, 4.0, 0.75, None),
        "observed": (1.0, 2.0, 0.75, None),
        "monitored": (0.75, 1.5, 0.75, None),
    }
    with_bots, in_utc = row(), row("--tz", "UTC", "--exclude-bots")
    assert (with_bots["messages"], with_bots["participants"]) == (13, 5)
    assert (with_bots["pgd"], with_bots["mgd"]) == (2.3333, 4.3333)
    assert (in_utc["group_days"], in_utc["pgd"], in_utc["mgd"]) == (2, 2.5, 6.0)
    wrong = heichan(*case, "metrics", "--denominator", "all")
    assert wrong.returncode == 2
    assert "active, observed, monitored" in wrong.stderr


def test_a_segment_counts_its_own_venues_only(toy: Case) -> None:
    path = toy.root / "case.toml"
    before = path.read_text("utf-8")
    try:
        tags = f'\n[venues."venue:telegram:{G1}"]\nsegments = ["mobile"]\n'
        path.write_text(before + tags, encoding="utf-8")
        from evidence.case import open_case

        case = open_case(toy.root)
        (row,) = measured(case, segment="mobile", exclude_bots=True)
        assert (row.segment, row.groups, row.group_days) == ("mobile", 1, 2)
        assert (row.pgd, row.mgd, row.coverage) == (1.5, 3.0, 0.75)
        assert measured(case, segment="none") == []
    finally:
        path.write_text(before, encoding="utf-8")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as found:
        yield found


def figures(filled: Filling, **options: object) -> list[MetricsRow]:
    given = MetricsOptions(**{"zone": "UTC", **options})  # type: ignore[arg-type]
    return metrics(filled.archive, lambda venue: (), given)


def watch(filled: Filling, venue: str, start: str, end: str) -> None:
    filled.connection.execute(
        "INSERT INTO coverage (run_n, venue_id, from_day, to_day) VALUES (1, ?, ?, ?)",
        (venue, start, end),
    )


def test_an_empty_case_has_no_rows(filled: Filling) -> None:
    assert figures(filled) == []
    venue = filled.venue()
    assert figures(filled, by="all") == []
    watch(filled, venue, "2021-03-01", "2021-03-02")
    assert figures(filled) == []
    (row,) = figures(filled, denominator="observed")
    assert (row.messages, row.group_days, row.pgd) == (0, 2, 0.0)


def test_growth_from_month_to_month(filled: Filling) -> None:
    venue = filled.venue()
    watch(filled, venue, "2021-03-01", "2021-05-31")
    for day, who in [(0, "1"), (1, "2"), (31, "1"), (32, "2"), (33, "3"), (61, "1")]:
        filled.say(who, "x", day * DAY, venue=venue)
    rows = figures(filled)
    assert [(row.period, row.messages_growth, row.participants_growth) for row in rows] == [
        ("2021-03", None, None),
        ("2021-04", 0.5, 0.5),
        ("2021-05", -0.6667, -0.6667),
    ]


def test_no_growth_below_the_coverage_asked_for(filled: Filling) -> None:
    venue = filled.venue()
    watch(filled, venue, "2021-03-01", "2021-04-15")
    for day in (0, 35):
        filled.say("1", "x", day * DAY, venue=venue)
    assert [row.coverage for row in figures(filled)] == [1.0, 0.5]
    assert figures(filled)[1].messages_growth is None
    assert figures(filled, min_coverage=0.5)[1].messages_growth == 0.0


def test_a_month_is_whole_where_the_data_begin_in_it(filled: Filling) -> None:
    filled.say("1", "x", 10 * DAY)
    filled.say("1", "x", 40 * DAY)
    first, second = figures(filled, denominator="monitored")
    assert (first.group_days, first.coverage) == (31, round(21 / 31, 4))
    assert (second.group_days, second.coverage) == (30, round(10 / 30, 4))
    assert second.messages_growth is None


def test_a_year_without_data_breaks_the_growth(filled: Filling) -> None:
    venue = filled.venue()
    watch(filled, venue, "2021-01-01", "2023-12-31")
    filled.say("1", "x", 0)
    filled.say("1", "x", 2 * 365 * DAY)
    rows = figures(filled, by="year")
    assert [(row.period, row.messages_growth) for row in rows] == [("2021", None), ("2023", None)]
    watched = figures(filled, by="year", denominator="observed")
    assert [(row.period, row.messages, row.messages_growth) for row in watched] == [
        ("2021", 1, None),
        ("2022", 0, -1.0),
        ("2023", 1, None),
    ]


def test_without_coverage_the_silence_between_messages_was_watched(filled: Filling) -> None:
    filled.say("1", "x", 0)
    filled.say("1", "x", 60 * DAY)
    days = {
        "since": datetime(2021, 4, 1, tzinfo=UTC),
        "until": datetime(2021, 4, 11, tzinfo=UTC),
    }
    (row,) = figures(filled, denominator="observed", **days)
    assert (row.messages, row.group_days, row.coverage) == (0, 10, 1.0)


def test_a_watched_venue_without_messages_counts_as_monitored(filled: Filling) -> None:
    venue = filled.venue()
    filled.say("1", "x", 0, venue=venue)
    watch(filled, venue, "2021-03-01", "2021-03-31")
    watch(filled, ids.venue("telegram", "9"), "2021-03-01", "2021-03-31")
    (row,) = figures(filled, denominator="monitored")
    assert (row.groups, row.group_days, row.coverage) == (2, 62, 1.0)
    assert figures(filled, denominator="monitored", platform="qq") == []


def test_overlapping_stretches_count_once_and_an_alias_is_its_venue(filled: Filling) -> None:
    venue = filled.venue()
    filled.say("1", "x", 0, venue=venue)
    filled.connection.execute(
        "INSERT INTO venue_alias VALUES ('venue:telegram:old', ?, 'x')", (venue,)
    )
    watch(filled, venue, "2021-03-01", "2021-03-20")
    watch(filled, "venue:telegram:old", "2021-03-15", "2021-03-31")
    (row,) = figures(filled, denominator="observed")
    assert (row.groups, row.group_days, row.coverage) == (1, 31, 1.0)


def test_notices_and_posts_without_a_time_or_sender(filled: Filling) -> None:
    filled.say("1", "x", 0)
    filled.say("2", "joined", 0, kind="service", action="join")
    filled.say(None, "x", 5)
    timeless = filled.say("3", "x", 9)
    filled.connection.execute("UPDATE post SET utc = NULL WHERE n = ?", (timeless.n,))
    (row,) = figures(filled)
    assert (row.messages, row.participants, row.pgd) == (2, 1, 1.0)
    assert untimed(filled.archive) == 1


def test_a_day_on_which_the_clocks_change_is_one_day(filled: Filling) -> None:
    start = datetime(2021, 3, 1, tzinfo=UTC)
    zone = ZoneInfo("Europe/Berlin")
    for hour in (0, 12, 23):
        moment = datetime(2021, 3, 28, hour, 30, tzinfo=zone)
        filled.say("1", "x", int((moment - start).total_seconds()))
    (row,) = figures(filled, by="day", zone="Europe/Berlin")
    assert (row.period, row.messages, row.participants, row.pgd) == ("2021-03-28", 3, 1, 1.0)


def test_everything_as_one_period(filled: Filling) -> None:
    filled.say("1", "x", 0)
    filled.say("2", "x", 40 * DAY)
    (row,) = figures(filled, by="all", denominator="monitored")
    assert (row.period, row.group_days) == ("2021-03-01/2021-04-10", 41)


def test_groups_with_one_message_each(filled: Filling) -> None:
    for number in range(1, 6):
        filled.say("1", "x", 0, venue=filled.venue(str(number)))
    (row,) = figures(filled)
    assert (row.groups, row.group_days, row.messages, row.participants) == (5, 5, 5, 1)
    assert (row.pgd, row.mgd) == (1.0, 1.0)
    assert [each.groups for each in figures(filled, by="all", denominator="observed")] == [5]


def test_sums_over_segments_are_the_whole(filled: Filling) -> None:
    for at in range(40):
        filled.say(str(at % 7), "x", at * DAY // 3, venue=filled.venue(str(at % 3)))

    def measured(segment: str | None) -> MetricsRow:
        options = MetricsOptions(zone="UTC", by="all", segment=segment)
        (row,) = metrics(filled.archive, lambda venue: (venue[-1],), options)
        return row

    whole, parts = measured(None), [measured(name) for name in "012"]
    assert whole.messages == sum(part.messages for part in parts)
    assert whole.group_days == sum(part.group_days for part in parts)
    assert whole.participants < sum(part.participants for part in parts)
    senders = sum((part.pgd or 0) * part.group_days for part in parts)
    assert whole.pgd == pytest.approx(senders / whole.group_days, abs=1e-3)


@settings(max_examples=15, deadline=None)
@given(
    st.sampled_from(["UTC", "Asia/Shanghai", "Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia"]),
    st.lists(
        st.tuples(st.integers(-3_000_000_000, 4_000_000_000), st.integers(0, 2), st.integers(0, 3)),
        max_size=30,
    ),
)
def test_every_post_is_counted_on_its_day_of_the_zone(
    tmp_path_factory: pytest.TempPathFactory, zone: str, said: list[tuple[int, int, int]]
) -> None:
    wanted: dict[GroupDay, tuple[int, set[int | None]]] = {}
    with filling(tmp_path_factory.mktemp("days")) as filled:
        for utc, number, who in said:
            venue = filled.venue(str(number))
            # Sender 0 is nobody that is known.
            post = filled.say(str(who) if who else None, "x", utc - START, venue=venue)
            day = local_day(datetime.fromtimestamp(utc, UTC), ZoneInfo(zone))
            n, people = wanted.setdefault((venue, day), (0, set()))
            (account,) = filled.connection.execute(
                "SELECT account_n FROM post WHERE n = ?", (post.n,)
            ).fetchone()
            wanted[venue, day] = n + 1, people | ({account} - {None})
        found = count(filled.archive, ZoneInfo(zone))
    assert {key: (cell.posts, {*cell.senders.tolist()}) for key, cell in found.items()} == wanted
