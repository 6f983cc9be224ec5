"""Months that rise, fall, come and go on invented cases, and months that say nothing."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from evidence.errors import NotFoundError, UsageError
from graph.analysis.brokers import BrokerOptions, scene_of
from graph.analysis.course import marks, remarks
from graph.analysis.dealings import DAY, Piece
from graph.analysis.month_ranking import BY_LOT, TOO_FEW
from graph.analysis.trajectories import (
    COLUMNS,
    GAP,
    MonthPlace,
    State,
    Trajectories,
    Trajectory,
    by_month,
    trajectories,
    with_changes,
)
from tests.graph.analysis.world import START, piece, put_pieces, store_of
from tests.graph.filling import START as POSTED
from tests.graph.filling import Filling, filling

ZONE = ZoneInfo("UTC")
FIRST = {"2023-12": 18, "2024-01": 49, "2024-02": 80, "2024-03": 109}
"""Days from the start of the pieces to the second of each month."""
TRADES = {
    "steady": (4, 4, 4, 4),
    "riser": (2, 2, 9, 9),
    "faller": (9, 9, 2, 2),
    "leaver": (6, 6, 0, 0),
    "newcomer": (0, 6, 6, 6),
}
"""Pairs of a supply and a sale in each of the months."""


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def trade(broker: str, month: str, n: int, post: str | None = None) -> list[Piece]:
    """Pairs within two days, each of other goods and other people."""
    day, found = FIRST[month], []
    for number in range(n):
        name = f"{broker}-{month}-{number}"
        goods, at = f"product:{name}", day + 2 * number
        found.append(piece(f"s-{name}", broker, at, goods, 0.8, post=post))
        found.append(piece(broker, f"b-{name}", at + 1, goods, 0.8, post=post))
    return found


def market() -> list[Piece]:
    return [
        one
        for broker, counts in TRADES.items()
        for month, n in zip(FIRST, counts, strict=True)
        for one in trade(broker, month, n)
    ]


def watch(filled: Filling, months: Iterable[str], venue: str | None = None) -> list[str]:
    """A post in each month; their ids."""
    days = (START + (FIRST[month] + 5) * DAY - POSTED for month in months)
    return [filled.say("700", "hi", at, venue=venue).id for at in days]


def found(filled: Filling, folder: Path, world: Sequence[Piece], **options: object) -> Trajectories:
    put_pieces(filled.archive, world)
    order = BrokerOptions(**options)  # type: ignore[arg-type]
    return by_month(filled.archive, store_of(folder, world), order, ZONE)


def by_name(told: Trajectories) -> dict[str, Trajectory]:
    return {row.id: row for row in told.rows}


def states(row: Trajectory) -> list[State]:
    return [place.state for place in row.months]


def test_who_rose_fell_came_and_left(filled: Filling, tmp_path: Path) -> None:
    watch(filled, FIRST)
    told = found(filled, tmp_path, market())
    assert [one.month.name for one in told.months] == [*FIRST]
    rows = by_name(told)
    assert rows.keys() == TRADES.keys()
    happened = {
        name: [(place.month, place.change) for place in row.months if place.change]
        for name, row in rows.items()
    }
    assert happened == {
        "steady": [],
        "riser": [("2024-02", "rose")],
        "faller": [("2024-02", "fell")],
        "leaver": [("2024-02", "left")],
        "newcomer": [("2024-01", "entered")],
    }
    assert [place.rank for place in rows["riser"].months] == [4, 5, 1, 1]
    assert [place.of for place in rows["leaver"].months] == [4, 5, 4, 4]
    assert states(rows["leaver"]) == ["ranked", "ranked", "not ranked", "not ranked"]
    assert [place.pairs for place in rows["faller"].months] == [9, 9, 2, 2]
    assert rows["leaver"].when("left") == ["2024-02"]
    assert marks(rows["leaver"].months)[2:] == "··"


def test_a_month_is_ranked_by_its_own_evidence(filled: Filling, tmp_path: Path) -> None:
    """What a month says doesn't hang on what came later, only on the days before it."""
    watch(filled, FIRST)
    world = market()
    last = START + (FIRST["2024-02"] - 2) * DAY
    early = [one for one in world if (one.utc or 0) < last]
    whole = found(filled, tmp_path / "whole", world)
    filled.archive.connection.execute("DELETE FROM tie_piece")
    part = found(filled, tmp_path / "part", early)
    for name, row in by_name(part).items():
        kept = [place for place in by_name(whole)[name].months if place.month < "2024-02"]
        assert kept == row.months


def test_a_pair_over_the_turn_of_a_month_counts_once_in_the_later(
    filled: Filling, tmp_path: Path
) -> None:
    watch(filled, FIRST)
    day = FIRST["2024-01"] - 3
    over = [piece("s", "x", day, "product:o"), piece("x", "b", day + 4, "product:o")]
    rows = by_name(found(filled, tmp_path, [*market(), *over]))
    assert [place.pairs for place in rows["x"].months] == [0, 1, 0, 0]
    assert states(rows["x"]) == ["not ranked", "ranked", "not ranked", "not ranked"]
    # One pair alone is no firm place: nobody is told to have come or gone.
    assert not any(place.firm or place.change for place in rows["x"].months)


def test_months_without_a_post_are_unwatched_and_tell_nothing(
    filled: Filling, tmp_path: Path
) -> None:
    watch(filled, ["2023-12", "2024-01", "2024-03"])
    world = [one for one in market() if not _in(one, "2024-02")]
    rows = by_name(found(filled, tmp_path, world))
    assert states(rows["leaver"]) == ["ranked", "ranked", "unwatched", "not ranked"]
    assert rows["leaver"].when("left") == ["2024-03"]
    assert states(rows["steady"])[2] == "unwatched"
    assert not any(place.change for place in rows["steady"].months)
    assert marks(rows["steady"].months)[2] == "⋯"


def test_an_account_whose_venue_was_not_watched_has_not_left(
    filled: Filling, tmp_path: Path
) -> None:
    watch(filled, FIRST)
    elsewhere = filled.venue("9")
    [post, *_] = watch(filled, ["2023-12", "2024-01"], elsewhere)
    world = [one for one in market() if "leaver" not in (one.giver, one.taker)]
    for month in ("2023-12", "2024-01"):
        world += trade("leaver", month, 6, post)
    row = by_name(found(filled, tmp_path, world))["leaver"]
    assert states(row) == ["ranked", "ranked", "unwatched", "unwatched"]
    assert not row.when("left")


def _in(one: Piece, month: str) -> bool:
    moment = datetime.fromtimestamp(one.utc or 0, UTC)
    return f"{moment:%Y-%m}" == month


def test_a_month_of_few_pairs_or_accounts_is_no_ranking(filled: Filling, tmp_path: Path) -> None:
    watch(filled, FIRST)
    world = [*trade("x", "2023-12", 3), *trade("y", "2023-12", 1), *trade("z", "2024-01", 9)]
    told = found(filled, tmp_path, world)
    assert [one.ranking.too_little for one in told.months] == [TOO_FEW, TOO_FEW]
    for row in told.rows:
        assert states(row) == ["too little evidence"] * 2
        assert not any(place.rank or place.change for place in row.months)
    assert "too little evidence" in "\n".join(remarks(told, 45))


def test_noise_is_never_a_confident_list(filled: Filling, tmp_path: Path) -> None:
    """Twelve people who deal at random in one kind of goods, over sixty months."""
    draw = np.random.RandomState(5)
    names = [f"n{number}" for number in range(12)]
    world = []
    for day in range(0, 1800, 2):
        giver, taker = draw.choice(names, 2, replace=False)
        world.append(piece(str(giver), str(taker), day, sure=0.5, post=f"post:{day}"))
    for month in range(0, 1800, 28):
        filled.say("700", "hi", START + month * DAY - POSTED)
    told = found(filled, tmp_path, world)
    ranked = [one for one in told.months if not one.ranking.too_little]
    # A test at a level of 0.05 is wrong in some months.
    assert len(told.months) >= 59
    assert len(ranked) <= 6
    assert {one.ranking.too_little for one in told.months} <= {"", TOO_FEW, BY_LOT}
    changes = [place.change for row in told.rows for place in row.months if place.change]
    assert len(changes) <= 3


def test_the_selected_period_is_shown_whole(filled: Filling, tmp_path: Path) -> None:
    watch(filled, FIRST)
    since, until = datetime(2023, 9, 15, tzinfo=UTC), datetime(2024, 2, 3, tzinfo=UTC)
    told = found(filled, tmp_path, market(), since=since, until=until)
    names = [one.month.name for one in told.months]
    assert names == ["2023-09", "2023-10", "2023-11", "2023-12", "2024-01", "2024-02"]
    assert states(by_name(told)["steady"])[:4] == ["unwatched"] * 3 + ["ranked"]
    assert told.months[-1].month.end == until.timestamp()
    assert "2023-09 to 2023-11" in "\n".join(remarks(told, 45))


def test_too_long_a_period_and_unknown_accounts_are_refused(
    filled: Filling, tmp_path: Path
) -> None:
    put_pieces(filled.archive, world := market())
    store = store_of(tmp_path, world)
    far = BrokerOptions(since=datetime(1, 1, 1, tzinfo=UTC))
    with pytest.raises(UsageError, match="months"):
        by_month(filled.archive, store, far, ZONE)
    with pytest.raises(NotFoundError):
        by_month(filled.archive, store, BrokerOptions(explain="nobody"), ZONE)


def test_nothing_one_account_and_no_dates(filled: Filling, tmp_path: Path) -> None:
    empty = found(filled, tmp_path / "a", [])
    assert (empty.rows, empty.months, empty.more) == ([], [], 0)
    assert "no dated piece" in "\n".join(remarks(empty, 45))
    undated = [piece("s", "x", None), piece("x", "b", None)]
    told = found(filled, tmp_path / "b", undated)
    assert [(row.id, row.months) for row in told.rows] == [("x", [])]
    assert told.undated == 2
    assert "2 pieces of evidence have no date" in "\n".join(remarks(told, 45))
    filled.archive.connection.execute("DELETE FROM tie_piece")
    alone = found(filled, tmp_path / "c", [piece("s", "x")], explain="x")
    [row] = alone.rows
    assert row.overall is None
    assert states(row) == ["unwatched"]


def test_top_cuts_and_the_same_comes_of_a_whole_scene(filled: Filling, tmp_path: Path) -> None:
    watch(filled, FIRST)
    put_pieces(filled.archive, world := market())
    store, options = store_of(tmp_path, world), BrokerOptions(top=2)
    told = by_month(filled.archive, store, options, ZONE)
    assert (len(told.rows), told.more) == (2, 3)
    assert [row.overall for row in told.rows] == [1, 1]
    again = trajectories(scene_of(filled.archive, store, options), ZONE)
    assert again == told


def test_a_row_a_month_in_the_columns(filled: Filling, tmp_path: Path) -> None:
    watch(filled, FIRST)
    told = found(filled, tmp_path, market(), top=1)
    rows = [document for row in told.rows for document in row.documents()]
    assert [row["month"] for row in rows] == [*FIRST]
    assert all(tuple(row) == COLUMNS for row in rows)


def place(month: str, best: int = 0, worst: int = 0, state: State = "ranked") -> MonthPlace:
    firm = bool(best)
    rank = best or (9 if state == "ranked" else None)
    ends = (best, worst) if state == "ranked" else (None, None)
    return MonthPlace(month=month, state=state, rank=rank, firm=firm, best=ends[0], worst=ends[1])


def test_what_is_not_firm_or_says_nothing_is_passed_over() -> None:
    course = [
        place("01", state="not ranked"),
        place("02"),
        place("03", state="too little evidence"),
        place("04", 5, 6),
        place("05", state="unwatched"),
        place("06", 4, 5),
        place("07", 2, 3),
        place("08"),
        place("09", 6, 7),
        place("10", state="not ranked"),
        place("11", state="not ranked"),
        place("12", 1, 1),
    ]
    told = [(one.month, one.change) for one in with_changes(course) if one.change]
    assert told == [
        ("04", "entered"),
        ("07", "rose"),
        ("09", "fell"),
        ("10", "left"),
        ("12", "entered"),
    ]


def test_after_many_silent_months_a_place_is_seen_anew() -> None:
    def happened(silent: int) -> list[object]:
        between = [place(f"1{n}", state="unwatched") for n in range(silent)]
        course = [place("01", state="not ranked"), *between, place("20", 1, 1)]
        return [one.change for one in with_changes(course) if one.change]

    assert happened(GAP) == ["entered"]
    assert happened(GAP + 1) == []


def test_nothing_is_said_of_the_first_month() -> None:
    assert [one.change for one in with_changes([place("01", 1, 1), place("02", 1, 2)])] == [
        None
    ] * 2
