import pytest

from graph.analysis.dealings import dealings
from tests.graph.analysis.world import START, piece


def test_pieces_near_in_time_are_one_dealing_with_a_noisy_or() -> None:
    found = dealings([piece("s", "b", 0, sure=0.5), piece("s", "b", 3, sure=0.4)])
    assert len(found) == 1
    assert found[0].confidence == pytest.approx(1 - 0.5 * 0.6)
    assert (found[0].first, found[0].last) == (START, START + 3 * 86_400)
    assert len(found[0].posts) == len(found[0].listings) == 2


def test_a_dealing_is_no_longer_than_its_window() -> None:
    weekly = dealings([piece("s", "b", day) for day in (0, 7, 14, 21, 28, 35)])
    assert [len(one.pieces) for one in weekly] == [3, 3]


def test_other_goods_other_direction_and_other_parties_stay_apart() -> None:
    found = dealings(
        [
            piece("s", "b"),
            piece("s", "b", product="product:b"),
            piece("b", "s"),
            piece("s", "c"),
        ]
    )
    assert [(one.giver, one.taker, one.product) for one in found] == [
        ("b", "s", "product:a"),
        ("s", "b", "product:a"),
        ("s", "b", "product:b"),
        ("s", "c", "product:a"),
    ]


def test_a_piece_without_goods_joins_the_one_near_dealing() -> None:
    found = dealings([piece("s", "b", 0), piece("s", "b", 5, None)])
    assert [one.product for one in found] == ["product:a"]
    assert found[0].confidence == pytest.approx(0.75)


def test_a_piece_without_goods_stays_alone_between_two_kinds_of_goods_or_far_away() -> None:
    between = [piece("s", "b", 0), piece("s", "b", 2, "product:b"), piece("s", "b", 1, None)]
    assert [one.product for one in dealings(between)] == ["product:a", "product:b", None]
    far = dealings([piece("s", "b", 0), piece("s", "b", 40, None), piece("s", "b", 43, None)])
    assert [(one.product, len(one.pieces)) for one in far] == [("product:a", 1), (None, 2)]


def test_undated_pieces_are_one_dealing_apart_from_dated_ones() -> None:
    found = dealings(
        [
            piece("s", "b", None, post="post:1"),
            piece("s", "b", None, post="post:2"),
            piece("s", "b", 0),
        ]
    )
    assert sorted((one.first is None, len(one.pieces)) for one in found) == [(False, 1), (True, 2)]


def test_praise_strengthens_a_dealing_and_makes_none() -> None:
    praise = piece("s", "b", 10, sure=0.3, evidence="vouch")
    assert dealings([praise]) == []
    together = dealings([piece("s", "b", 0), praise])
    assert [one.confidence for one in together] == [pytest.approx(1 - 0.5 * 0.7)]
    late = dealings([piece("s", "b", 0), piece("s", "b", 60, sure=0.3, evidence="vouch")])
    assert [one.confidence for one in late] == [pytest.approx(0.5)]


def test_unanswered_words_alone_are_not_solid() -> None:
    weak = piece("s", "b", evidence="one_way_reply", sure=0.1)
    assert [one.solid for one in dealings([weak])] == [False]
    assert [one.solid for one in dealings([weak, piece("s", "b", 1)])] == [True]
