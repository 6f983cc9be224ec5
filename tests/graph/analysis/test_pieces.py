from datetime import UTC, datetime
from pathlib import Path

import msgspec
from hypothesis import given

from graph.analysis.dealings import Piece
from graph.analysis.people import People
from graph.analysis.pieces import Pieces, read_pieces
from tests.graph.analysis.test_books import some_pieces
from tests.graph.analysis.world import START, piece, put_pieces
from tests.graph.filling import filling


def people(**actors: str) -> People:
    return People({}, {}, {}, {}, frozenset(), actors)


@given(some_pieces)
def test_pieces_come_back_as_they_were(pieces: list[Piece]) -> None:
    found = Pieces.of(pieces)
    assert (len(found), [*found]) == (len(pieces), pieces)
    ends = [{one.giver, one.taker} for one in pieces]
    assert found.parties() == set().union(*ends)
    assert [*found.without({"a", "z"})] == [
        one for one, both in zip(pieces, ends, strict=True) if "a" not in both
    ]
    assert found.near({"a"}) == [one for one, both in zip(pieces, ends, strict=True) if "a" in both]


@given(some_pieces)
def test_between_actors_none_is_within_one(pieces: list[Piece]) -> None:
    renamed = [
        msgspec.structs.replace(
            one, giver=one.giver.replace("b", "a"), taker=one.taker.replace("b", "a")
        )
        for one in pieces
    ]
    found = Pieces.of(pieces).between(people(b="a"))
    assert [*found] == [one for one in renamed if one.giver != one.taker]
    assert [*Pieces.of(pieces).between(people())] == pieces


def test_reading_takes_what_has_a_direction_in_the_period_and_the_goods(tmp_path: Path) -> None:
    world = [
        piece("s", "b", 0),
        piece("s", "b", 10, None),
        piece("s", "c", 20, "product:b"),
        piece("s", "s", 5),
        piece("t", "b", None),
    ]
    with filling(tmp_path) as filled:
        archive = filled.archive
        put_pieces(archive, world)
        everything = [one for one in world if one.giver != one.taker]
        assert [*read_pieces(archive)] == everything
        day = datetime.fromtimestamp(START + 10 * 86_400, UTC)
        assert [*read_pieces(archive, since=day)] == [world[1], world[2]]
        assert [*read_pieces(archive, until=day)] == [world[0]]
        assert [*read_pieces(archive, product="product:b")] == [world[1], world[2]]
        assert len(read_pieces(archive).without({"s", "t"})) == 0
