"""Schemes of grading: codes, conversions and what they lose, confidence of STIX."""

import pytest

from evidence.errors import UsageError
from evidence.grading.schemes import (
    ADMIRALTY,
    SCHEMES,
    STIX,
    Part,
    checked,
    codes_of,
    confidence,
    converted,
    credibility,
    level,
    scheme_named,
    source_code,
)

GRADED: tuple[Part, ...] = ("source", "item")


def test_every_code_has_one_nearest_code_in_every_other_scheme() -> None:
    for one in SCHEMES:
        for other in SCHEMES:
            for part in GRADED:
                for code in codes_of(one, part):
                    found = converted(one, part, code, other)
                    assert found is not None, (one, part, code, other)
                    assert found.code in codes_of(other, part)


def test_a_conversion_says_what_it_loses() -> None:
    for code in "ABC":
        found = converted(ADMIRALTY, "source", code, "3x5x2")
        assert found is not None
        assert found.code == "1"
        assert "does not tell A, B and C apart" in found.loss
    same = converted(ADMIRALTY, "item", "3", ADMIRALTY)
    assert same is not None
    assert same.loss == ""


def test_what_cannot_be_judged_stays_so_in_every_scheme() -> None:
    unknown = {
        "admiralty": ("F", "6"),
        "5x5x5": ("E", "4"),
        "3x5x2": ("2", "D"),
        "europol": ("X", "4"),
    }
    for scheme, (source, item) in unknown.items():
        there = converted(ADMIRALTY, "source", "F", scheme)
        back = converted(scheme, "source", source, ADMIRALTY)
        assert there is not None
        assert there.code == source
        assert back is not None
        assert back.code == "F"
        item_back = converted(scheme, "item", item, ADMIRALTY)
        assert item_back is not None
        assert item_back.code == "6"


def test_no_way_back_invents_a_confirmation() -> None:
    for scheme in SCHEMES[1:]:
        for code, each in codes_of(scheme, "item").items():
            if "known to be true" not in each.meaning and "not in doubt" not in each.meaning:
                back = converted(scheme, "item", code, ADMIRALTY)
                assert back is not None
                assert back.code != "1"


def test_a_code_of_handling_has_no_counterpart() -> None:
    assert converted("europol", "handling", "H1", "5x5x5") is None
    assert checked("europol", "handling", "h2") == "H2"


@pytest.mark.parametrize(
    ("item", "given"), [("1", 90), ("2", 70), ("3", 50), ("4", 30), ("5", 10), ("6", None)]
)
def test_confidence_of_stix(item: str, given: int | None) -> None:
    assert confidence(item) == given
    if given is not None:
        assert credibility(given) == item


def test_credibility_of_every_confidence() -> None:
    found = [credibility(each) for each in range(101)]
    bounds = {code: (found.index(code), 100 - found[::-1].index(code)) for code in "12345"}
    assert bounds == {"1": (80, 100), "2": (60, 79), "3": (40, 59), "4": (20, 39), "5": (0, 19)}


def test_a_confidence_goes_to_another_scheme_by_its_credibility() -> None:
    found = converted(STIX, "item", "85", "5x5x5")
    assert found is not None
    assert found.code == "1"
    assert "confidence 85" in found.loss


@pytest.mark.parametrize(
    ("share", "word"), [(0.01, "low"), (0.29, "low"), (0.3, "medium"), (0.69, "medium"),
                        (0.7, "high"), (1.0, "high")]
)  # fmt: skip
def test_confidence_of_a_reading_is_a_word(share: float, word: str) -> None:
    assert level(share) == word


def test_the_codes_of_a_file_stand_alone() -> None:
    assert source_code("b") == (ADMIRALTY, "B")
    assert source_code("3X5X2:1") == ("3x5x2", "1")
    with pytest.raises(UsageError, match="grades an item too"):
        source_code("B2")
    with pytest.raises(UsageError, match="no code of admiralty"):
        source_code("Z")


@pytest.mark.parametrize("text", ["101", "-1", "8.5", "½", "", "١٢"])
def test_no_confidence(text: str) -> None:
    with pytest.raises(UsageError, match="no STIX confidence"):
        checked(STIX, "item", text)


def test_bad_names_are_told_with_the_good_ones() -> None:
    with pytest.raises(UsageError) as told:
        scheme_named("nato")
    assert "europol" in told.value.hint
    with pytest.raises(UsageError) as told:
        checked("3x5x2", "source", "A")
    assert "2 untested" in told.value.hint
