"""What a picture of an invented market shows."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from graph.analysis.brokers import BrokerOptions, scene_of
from graph.analysis.dealings import DAY, Piece
from graph.analysis.sketch import GROUPS, OTHERS, Mark, Sketch, letter, selected, sketch
from graph.analysis.trajectories import trajectories
from tests.graph.analysis.world import START, piece, put_pieces, store_of
from tests.graph.filling import Filling, filling

ZONE = ZoneInfo("UTC")


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filling]:
    with filling(tmp_path) as made:
        yield made


def drawn(filled: Filling, folder: Path, world: list[Piece], **options: object) -> Sketch:
    put_pieces(filled.archive, world)
    order = BrokerOptions(**options)  # type: ignore[arg-type]
    scene = scene_of(filled.archive, store_of(folder, world), order)
    return sketch(scene, trajectories(scene, ZONE), ["evidence: all"], "ab12")


def circle(name: str, n: int) -> list[Piece]:
    """People who all deal with each other in their own goods."""
    names = [f"{name}{number}" for number in range(n)]
    return [
        piece(one, other, 300, f"product:{one}-{other}")
        for one in names
        for other in names
        if one < other
    ]


def test_a_broker_stands_between_its_groups(filled: Filling, tmp_path: Path) -> None:
    bridge = [piece("left0", "x", 0), piece("left1", "x", 1), piece("x", "right0", 4)]
    bridge += [piece("right1", "x", None), piece("x", "right2", 9, "product:b")]
    found = drawn(filled, tmp_path, [*circle("left", 5), *circle("right", 4), *bridge])
    [broker] = [one for one in found.brokers if one.id == "x"]
    assert broker.rank == 1
    place = found.brokers.index(broker)
    ties = {
        (tie.side, found.groups[tie.group].top[0][0][:4]): tie.partners
        for tie in found.ties
        if tie.broker == place
    }
    assert ties == {("got", "left"): 2, ("got", "righ"): 1, ("gave", "righ"): 2}
    sizes = [group.members for group in found.groups.values()]
    assert sum(sizes) == 10
    assert "x" not in {id_ for group in found.groups.values() for _, id_ in group.top}
    assert [
        group.letter for group in sorted(found.groups.values(), key=lambda one: one.letter)
    ] == [
        "A",
        "B",
    ]


def test_letters_go_from_the_top_of_the_left_to_the_end_of_the_right(
    filled: Filling, tmp_path: Path
) -> None:
    world = [one for name in ("p", "q", "r", "t") for one in circle(name, 4)]
    # The first broker by more matched dealings; only the second gives to a group of its own.
    world += [piece("q0", "x", day) for day in (0, 90)] + [
        piece("x", "r0", 1),
        piece("x", "r0", 91),
    ]
    world += [piece("p0", "y", 0, "product:b"), piece("y", "t0", 2, "product:b")]
    found = drawn(filled, tmp_path, world)
    assert [one.id for one in found.brokers] == ["x", "y"]
    lead = {group.letter: group.top[0][0][0] for group in found.groups.values()}
    assert lead == {"A": "q", "B": "p", "C": "r", "D": "t"}


def test_months_of_nobody_who_is_drawn_are_drawn_short(filled: Filling, tmp_path: Path) -> None:
    world = [piece("s", "x", 0), piece("x", "b", 4), piece("s", "x", 400), piece("x", "b", 404)]
    found = drawn(filled, tmp_path, world)
    watched = {month.name for month in found.months if month.watched}
    assert watched == {"2023-11", "2024-12"}
    assert len(found.months) == 14


def test_marks_are_dated_dealings_and_pairs_join_them(filled: Filling, tmp_path: Path) -> None:
    world = [piece("s", "x", 0), piece("x", "b", 4), piece("x", "c", 200), piece("x", "d", None)]
    [broker] = drawn(filled, tmp_path, world).brokers
    assert broker.marks == [
        Mark(START, "got", True),
        Mark(START + 4 * DAY, "gave", True),
        Mark(START + 200 * DAY, "gave", False),
    ]
    assert broker.pairs == [(START, START + 4 * DAY)]


def test_very_many_groups_are_one_beyond_the_largest(filled: Filling, tmp_path: Path) -> None:
    world = [one for n in range(GROUPS + 4) for one in circle(f"g{n:02}-", 4)]
    world += [piece(f"g{n:02}-0", "x", n, f"product:{n}") for n in range(GROUPS + 4)]
    world += [piece("x", f"g{n:02}-1", n + 1, f"product:{n}") for n in range(GROUPS + 4)]
    found = drawn(filled, tmp_path, world, top=1)
    assert [one.id for one in found.brokers] == ["x"]
    for side in ("got", "gave"):
        ties = [tie for tie in found.ties if tie.side == side]
        assert len(ties) == GROUPS + 1
        assert sum(tie.partners for tie in ties) == GROUPS + 4
        assert OTHERS in {tie.group for tie in ties}
    assert found.groups[OTHERS].top == []


def test_what_is_left_out_and_from_which_graph_is_told(filled: Filling, tmp_path: Path) -> None:
    world = [
        one for n in range(20) for one in (piece(f"s{n}", f"x{n}"), piece(f"x{n}", f"b{n}", 1))
    ]
    found = drawn(filled, tmp_path, world, top=15)
    assert len(found.brokers) == 12
    assert "the first 12 of 20 are drawn" in found.notes
    assert "graph snapshot ab12" in found.notes
    assert "A rank is a lead, not a finding" in found.notes[0]
    assert found.empty == ""


def test_nobody_and_somebody_without_ties(filled: Filling, tmp_path: Path) -> None:
    empty = drawn(filled, tmp_path / "a", [])
    assert empty.empty == "too little evidence: 0 accounts with directed links"
    world = [piece("s", "x")]
    put_pieces(filled.archive, world)
    store = store_of(tmp_path / "b", world, others=["lonely"])
    scene = scene_of(filled.archive, store, BrokerOptions(explain="lonely"))
    found = sketch(scene, trajectories(scene, ZONE), [], None)
    [broker] = found.brokers
    assert (broker.rank, broker.marks, found.ties, found.groups) == (None, [], [], {})


def test_the_selection_in_words() -> None:
    options = BrokerOptions(product="product:a", role="middleman", window_days=30)
    told = selected(options, ["2023-10", "2024-03"], (None, "2024-02-03"))
    assert told[:4] == [
        "evidence: 2023-10 to 2024-02-03",
        "goods: product:a",
        "role: middleman",
        "supply and sale: at most 30 days apart",
    ]
    assert selected(options, [], (None, None))[0] == "evidence: without a date"
    assert selected(options, [], ("2023-01-01", None))[0] == "evidence: from 2023-01-01"


def test_letters_go_on_after_z() -> None:
    assert [letter(n) for n in (0, 25, 26, 51, 52, 701, 702)] == [
        "A", "Z", "AA", "AZ", "BA", "ZZ", "AAA",
    ]  # fmt: skip
