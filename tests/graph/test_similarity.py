"""Families of texts: the same as by comparing all with all, in whatever lots they are read."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import shingles
from graph.build.clusters import SHORTEST
from graph.build.similarity import THRESHOLD, Places, families, reduced
from tests.growth import times_as_long

ADVERT = "一手源头出当天实时股民料量大从优欢迎长期合作"
FILLER = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会"


def exact(texts: list[str]) -> list[tuple[int, float]]:
    """Each text with all leaders before it, one by one."""
    sets = [{t[i : i + 3] for i in range(max(1, len(t) - 2))} for t in texts]
    places: list[tuple[int, float]] = []
    for index, own in enumerate(sets):
        best = (index, 1.0)
        for other in range(index):
            if places[other][0] == other:
                likeness = len(own & sets[other]) / len(own | sets[other])
                if likeness >= THRESHOLD and (best[0] == index or likeness > best[1]):
                    best = (other, likeness)
        places.append(best)
    return places


def listed(places: Places) -> list[tuple[int, float]]:
    return list(zip(places.leaders.tolist(), places.similarities.tolist(), strict=True))


def spun(count: int, seed: int = 1) -> list[str]:
    """Distinct texts out of few words, so that many are alike."""
    chance = random.Random(seed)
    words = ["".join(chance.choice(FILLER) for _ in range(4)) for _ in range(12)]
    made = (
        "".join(chance.choice(words) for _ in range(chance.randint(2, 8))) for _ in range(count)
    )
    return list(dict.fromkeys(made))


def test_texts_that_differ_in_contacts_are_one_family() -> None:
    left = reduced("出当天股民料一手源头量大从优联系 @demo_a1 q 100200300")
    right = reduced("出当天股民料,一手源头量大从优 联系 @other_name q 99887766")
    assert left == right


def test_families_are_led_by_the_first_text_and_hold_what_is_alike() -> None:
    texts = [
        ADVERT,
        ADVERT + "老板私聊",
        "完全不同的一句话说的是别的事情没有关系",
        ADVERT[:20] + "来吧",
    ]
    places = families(texts)
    assert places.leaders.tolist() == [0, 0, 2, 0]
    assert (places.similarities >= THRESHOLD).all()
    assert listed(places) == exact(texts)


def test_families_of_nothing_and_of_one() -> None:
    assert listed(families([])) == []
    assert listed(families(["x" * SHORTEST])) == [(0, 1.0)]


@pytest.mark.parametrize("lot", [1, 7, 64, 512])
def test_families_are_those_of_comparing_all_with_all(lot: int) -> None:
    texts = spun(250)
    assert listed(families(texts, lot)) == exact(texts)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text("甲乙丙a\U0001f600", max_size=14), unique=True, max_size=24),
    st.integers(1, 5),
)
def test_any_texts_are_placed_as_by_comparing_all_with_all(texts: list[str], lot: int) -> None:
    assert listed(families(texts, lot)) == exact(texts)


def test_a_text_of_any_code_point_is_a_text() -> None:
    texts = ["\ud800\udfff\ud801" * 4, "\U0010ffff" * 9, "", "a"]
    assert families(texts).leaders.tolist() == [0, 1, 2, 3]


def test_lots_of_shingles_make_the_same_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = spun(300)
    whole = shingles.shingles_of(texts)
    monkeypatch.setattr(shingles, "_LOT", 500)
    parts = shingles.shingles_of(texts)
    assert (whole.sizes == parts.sizes).all()
    assert (whole.rows != parts.rows).nnz == 0


def test_threads_and_small_steps_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = spun(600)
    known = listed(families(texts, 64))
    monkeypatch.setattr("graph.build.sketches._STEPS", 1_000)
    monkeypatch.setattr("graph.build.sketches._THREADS", 3)
    assert listed(families(texts, 64)) == known


def test_in_a_crowd_the_closest_are_compared_and_nothing_unlike_joins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = spun(600)
    monkeypatch.setattr("graph.build.sketches.CROWD", 5)
    monkeypatch.setattr("graph.build.sketches.CLOSEST", 2)
    places = families(texts, 16)
    assert (places.similarities >= THRESHOLD).all()
    same = [a == b for a, b in zip(listed(places), exact(texts), strict=True)]
    assert np.mean(same) > 0.8


def test_nearly_identical_texts_take_time_by_their_number() -> None:
    def made(count: int) -> list[str]:
        return [f"{ADVERT}日更{number}万条{ADVERT[::-1]}" for number in range(count)]

    small, large = made(2_000), made(16_000)
    assert set(families(large).leaders.tolist()) == {0}
    # 64 times as long if each were compared to each.
    assert times_as_long(lambda: families(small), lambda: families(large), 24) < 24
