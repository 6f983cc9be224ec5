"""Nothing that a pattern finds is left out by what is looked at before it is tried."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.masking import (
    cards,
    identity,
    identity_foreign,
    identity_weak,
    labels,
    latin,
    masker,
    names,
    phones,
    pretest,
    shapes,
    streets,
)
from evidence.masking.sieve import Sieved, digits
from ingest.text.normalise import normalise

_SEPARATORS = ("", " ", "-", ".", "  ", "/", ", ", "\n", "▮", "x", "k", "_")
_AROUND = ("", " ", "a", "qq", "z", "b", "серия", "№", ",", "\t", "(", "a)", ":", "=", "】", "+")
_ZH = "零一二三两八九"


@st.composite
def _numbers(draw: st.DrawFn) -> str:
    """Runs of digits of any lengths with signs and letters around and between."""
    parts = [draw(st.sampled_from(_AROUND))]
    for _ in range(draw(st.integers(1, 5))):
        size = draw(st.sampled_from((1, 2, 2, 3, 3, 4, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 18)))
        parts.append(draw(st.text("0123456789", min_size=size, max_size=size)))
        parts.append(draw(st.sampled_from(_SEPARATORS)))
    return "".join((*parts, draw(st.sampled_from(_AROUND))))


def _plain(pattern: re.Pattern[str] | Sieved) -> re.Pattern[str]:
    return pattern.pattern if isinstance(pattern, Sieved) else pattern


@settings(max_examples=1500)
@given(_numbers())
def test_numbers(text: str) -> None:
    plain = digits(text)
    for form in identity_weak._WEAK:
        assert form.may_stand(plain) or not _plain(form.pattern).search(text)
    for needed, pattern, _ in identity_foreign._FORMS:
        assert needed <= plain.runs or not pattern.search(text)
    passports = identity_foreign._PASSPORT.search(text)
    assert not (passports and identity_foreign._PASSPORT_DIGITS.isdisjoint(plain.runs))
    assert not identity._TAIWAN.search(text) or identity._TAIWAN_DIGITS in plain.runs
    assert not cards._RUN.search(text) or plain.chained >= cards._FEWEST
    assert not phones._MOBILE.search(text) or plain.chained >= phones._MOBILE_DIGITS
    for pattern in (identity._LONG, identity._OLD):
        assert not pattern.search(text) or plain.chained >= identity._FEWEST
    assert not phones._LANDLINE.search(text) or phones._NOUGHT.search(text)
    assert not phones._MOBILE_ABROAD.search(text) or phones._NOUGHT.search(text)
    assert not labels._SIGN.search(text) or labels._MAY_SIGN.search(text)


@pytest.mark.parametrize("text", ["ab 12 34 56 c", "x1234567z", "a1234567", "серия 12 34 № 567890"])
def test_forms_of_letters(text: str) -> None:
    forms = [form for form in identity_weak._WEAK if _plain(form.pattern).search(text)]
    assert forms
    assert all(form.may_stand(digits(text)) for form in forms)


@given(st.text(st.sampled_from([*"0189", *_ZH, " ", "-", "_", "▮", "\n", "a", "套"]), max_size=24))
def test_spoken_numbers(text: str) -> None:
    assert masker._is_spoken(text) == (masker._SPOKEN.search(text) is not None)


@given(st.text(st.sampled_from("0189x*×.●_▮ -()"), max_size=24))
def test_covered_and_national_numbers(text: str) -> None:
    assert not phones._HIDDEN.search(text) or phones._COVERED.search(text)
    for pattern in (phones._LANDLINE, phones._MOBILE_ABROAD):
        assert not pattern.search(text) or phones._NOUGHT.search(text)


@given(
    st.lists(st.sampled_from(["+12 ", "+1-", " ", "gb", "82", "west", "1234", "5698", "a", "+"]))
)
def test_a_letter_in_front_of_what_stands_before_it(parts: list[str]) -> None:
    body = r"(?: ?[a-z0-9]{4}){3,7}(?: ?[a-z0-9]{1,3})?"
    led = re.compile(rf"[a-z]{identity_weak._STARTS}[a-z][0-9]{{2}}{body}{identity_foreign.END}")
    plain = re.compile(rf"{identity_weak._ALONE}[a-z]{{2}}[0-9]{{2}}{body}{identity_foreign.END}")
    text = "".join(parts)
    assert [m.span() for m in led.finditer(text)] == [m.span() for m in plain.finditer(text)]


@given(st.lists(st.sampled_from(["12 ", "demo ", "street, ", "ny", " ", ",", "10001", "-1", "al"])))
def test_american_addresses(parts: list[str]) -> None:
    text = "".join(parts)
    assert not streets._AMERICAN.search(text) or streets._CODED.search(text)


@given(st.text(st.sampled_from([*"abQLéß", " ", ",", ".", "'", "-", "1", "|", "\n"]), max_size=30))
def test_names_of_words(cased: str) -> None:
    if latin.LATIN_NAME.search(cased):
        assert latin._TWO_WORDS.search(cased)
    small = cased.lower()
    if latin._FIELD.search(small) or latin._KNOWN.search(small):
        assert latin._TWO_WORDS.search(small)


@given(
    st.text(st.sampled_from("王张李欧阳小明买提江扎西顿珠田中太郎的·料"), min_size=1, max_size=7)
)
def test_names_of_other_peoples(word: str) -> None:
    parts = [word[:n] for n in (2, 3, 4)] + [word[-n:] for n in (2, 3, 4)]
    told = 3 <= len(word) <= 6 and any(part in shapes._ELEMENTS for part in parts)
    assert shapes.of_elements(word) == told


_HAN = st.text(st.sampled_from("王张李欧阳小明出料的男女先生您好身份证电话查·某"), max_size=9)
_SIDES = st.sampled_from(("", " ", "\n", "1", "a", ":", ",男", " 先生"))


@given(_SIDES, _HAN, _SIDES)
def test_a_run_names_the_same_wherever_it_stands(before: str, run: str, after: str) -> None:
    if not names._RUN.fullmatch(run):
        return
    text = before + run + after
    alone = [(f.start, f.end, f.weak) for f in names._in_run(run, 0, len(run))]
    place = len(before)
    found = [
        (f.start - place, f.end - place, f.weak)
        for f in names._in_run(text, place, place + len(run))
    ]
    assert found == alone


@given(st.text(st.sampled_from("aZßÉéＡаЯ料1 "), max_size=12))
def test_capitals(text: str) -> None:
    normal = normalise(text)
    if masker._CAPITAL.search(text):
        letters = (
            char.upper() if char.islower() and text[normal.back(n, n + 1)[0]].isupper() else char
            for n, char in enumerate(normal.text)
        )
        assert masker._cased(text, normal) == "".join(letters)


@given(st.text(st.sampled_from("0123456789一二三 -x料电话"), max_size=24))
def test_ten_digits_are_enough(text: str) -> None:
    if pretest._MANY.search(text):
        assert pretest._FEW.search(text)
        assert pretest.may_hold(text)
