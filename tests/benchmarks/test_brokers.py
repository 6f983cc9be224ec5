"""Marks count people once, harm does what it says, and a whole small world runs through."""

import pytest

from benchmarks.brokers.__main__ import main, report
from benchmarks.brokers.harm import HARMS, harmed
from benchmarks.brokers.marks import Marks, marks, mean
from benchmarks.brokers.parts import PARTS
from benchmarks.brokers.planted import Seen
from benchmarks.brokers.trial import tried
from benchmarks.brokers.ways import WAYS, ranked
from benchmarks.worlds import SCENARIOS, play
from benchmarks.worlds.trials import World
from benchmarks.worlds.truth import Truth
from benchmarks.worlds.world import Book
from graph.analysis.network import Network
from tests.graph.analysis.world import piece

SIZE, SEED = 100, 3


def _truth(*brokers: str, aliases: tuple[tuple[str, ...], ...] = ()) -> Truth:
    whole = Book(play(SCENARIOS["plain"], SEED, SIZE)).truth()
    accounts = tuple(
        type(whole.accounts[0])(key, key, "broker", (), (), 1)
        for key in {*brokers, *(one for group in aliases for one in group), "x", "y"}
    )
    fields = {name: getattr(whole, name) for name in whole.__struct_fields__}
    return Truth(**{**fields, "brokers": brokers, "aliases": aliases, "accounts": accounts})


def _seen(truth: Truth) -> Seen:
    """Somebody between two, and a shop that only sells."""
    pieces = (
        piece("account:s", "account:b", 0),
        piece("account:b", "account:t", 1),
        *(piece("account:shop", f"account:c{n}", n) for n in range(5)),
    )
    arcs = [(one.giver, one.taker) for one in pieces]
    return Seen(truth, pieces, Network(arcs), {"account:b": frozenset("p")}, {}, pieces[1:])


def test_marks_of_a_ranking() -> None:
    assert marks(_truth("a", "b"), ["a", "x", "b", "y"]) == Marks(0.5, 1.0, (1 + 2 / 3) / 2)
    assert marks(_truth("a", "b"), []) == Marks(0, 0, 0)


def test_a_person_found_twice_counts_once() -> None:
    truth = _truth("a", "b", aliases=(("a", "a2"),))
    assert marks(truth, ["a2", "a", "x", "b"]).precision == 0.5
    assert marks(truth, ["a2", "a", "b"]).precision == 1


def test_the_mean_is_of_each_mark() -> None:
    assert mean([Marks(1, 0, 0.5), Marks(0, 1, 0.5)]) == Marks(0.5, 0.5, 0.5)


def test_who_stands_between_two_is_first_and_a_shop_is_not_ranked() -> None:
    seen = _seen(_truth("b"))
    assert ranked(seen, WAYS["matched dealings"]) == ["b"]
    assert ranked(seen, WAYS["matched dealings, each account by itself"]) == []
    assert ranked(seen, WAYS["degree"])[0] == "shop"


@pytest.mark.parametrize("name", sorted(PARTS))
def test_each_part_can_be_left_out(name: str) -> None:
    assert ranked(_seen(_truth("b")), PARTS[name])[0] == "b"


def test_harm_is_the_same_each_time_and_none_changes_nothing() -> None:
    seen = _seen(_truth("b"))
    assert harmed("none")(seen) == WAYS["matched dealings"](seen)
    assert all(harmed(name)(seen) == harmed(name)(seen) for name in HARMS)


def test_a_world_runs_from_exports_to_tables() -> None:
    one = tried(World("plain", SEED, SIZE))
    assert one.ways["matched dealings"].precision > one.ways["degree"].precision
    text = "\n".join(report([one]))
    assert all(name in text for name in (*WAYS, *PARTS, *HARMS))


def test_the_command_plays_worlds_in_processes_of_their_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--seeds", str(SEED), "--size", "60", "--jobs", "1", "plain"])
    assert "| plain |" in capsys.readouterr().out
