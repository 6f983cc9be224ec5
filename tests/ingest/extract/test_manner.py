"""The learned wording of ads: what it opens and shuts, and that its weights fit their lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.extract import Rules, extract
from ingest.extract.manner import BIAS, UNIT, Manner, features, share
from ingest.extract.scene import Scene
from ingest.lexicon.load import packaged_rows
from ingest.records import Text
from tests.ads import HANDS, digest, lines
from tests.ingest.extract.reading import rules

FRESH = "收昨天刚放款的那批人 量大长期 飞机@demo_kuai"
ORDINARY = "出一台九成新的料理机,带盒子,80块自提,微信demo_jia"


def _scene(text: str, by: Rules) -> Scene:
    normal, hits = by.views.view(text)
    return Scene(Text("1", text), normal, hits, by)


def _polarities(text: str, by: Rules) -> list[str]:
    return [x.polarity for x in extract([Text("1", text)], by, keep_none=True)[0].listings]


def test_weights_are_of_the_lines_that_stand_here() -> None:
    learned = {feature: int(weight) for feature, weight in packaged_rows("manner")}
    assert learned["corpus"] == digest(), "run python -m benchmarks.manner --write"


def test_every_line_is_labelled() -> None:
    for hand in HANDS:
        for line in lines(hand):
            assert line.act in {"offer", "request", "recruit", "swap", "none"}
            assert line.text.strip()
            assert "{" not in line.text
            assert line.is_ad or not line.goods


def test_an_ad_opens_by_its_wording_and_ordinary_goods_do_not() -> None:
    assert _scene(FRESH, rules()).likeness > 0 > _scene(ORDINARY, rules()).likeness
    assert _polarities(ORDINARY, rules()) == ["none"]


@pytest.mark.parametrize(("weight", "polarity"), [(20_000, "offer"), (-20_000, "none")])
def test_wording_overrules_the_cues(weight: int, polarity: str) -> None:
    by = Rules.load()
    packaged, by.manner = by.manner, Manner({BIAS: weight})
    try:
        assert _polarities("出股民料 0.5元一条 飞机@demo_name", by)[0] == polarity
        assert _polarities("绣球花今天开了 15元一盆", by)[0] == polarity
    finally:
        by.manner = packaged


def test_likeness_is_the_scaled_sum_of_weights() -> None:
    scene = _scene("出料", rules())
    manner = Manner({BIAS: -200, "出料": 500, "不在": 900})
    expected = (500 * share(len(features(scene))) - 200) / UNIT
    assert manner.likeness(scene) == pytest.approx(expected)
    assert manner.reasons(scene) == [("出料", 500)]


def test_contacts_and_digits_are_told_by_their_kind_alone() -> None:
    one, other = (features(_scene(f"出料 飞机@demo_{n} 价格{n}元", rules())) for n in (17, 82))
    assert one == other


@given(st.text(max_size=200))
def test_any_text_has_a_finite_likeness(text: str) -> None:
    assert abs(_scene(text, rules()).likeness) < 1_000
