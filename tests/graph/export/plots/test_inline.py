"""Pictures for a page: letters as letters, no styles, nothing of one picture in another."""

import io
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

pytest.importorskip("matplotlib", reason="needs the extra [plot]")

from graph.export.plots import inline as module
from graph.export.plots.brokers import draw_brokers
from graph.export.plots.fonts import OWN, fonts_on, stand_ins
from graph.export.plots.inline import ATTRIBUTES, ELEMENTS, alone, inline
from graph.export.plots.market import draw_market
from graph.export.plots.prices import draw_prices
from graph.export.plots.products import draw_products
from graph.export.plots.target import Sheet
from tests.graph.export.plots.looking import HIDDEN, SVG
from tests.graph.export.plots.markets import market_of, month_names, prices_of, quoted, row
from tests.graph.export.plots.sketches import HOSTILE, columns, sketch_of

# Notes and selection stand in the paper, in its own language.
BARE: dict[str, Any] = {"selection": [], "notes": []}
Lang = Literal["en", "zh"]
Draw = Callable[[Sheet], object]
HEAD = {"viewBox", "role", "aria-labelledby", "aria-describedby", "font-family"}
PRICES = [("CNY", [quoted("2023-10", 1.2), quoted("2023-12", 1.4, 1)])]


def months(names: list[str]) -> Draw:
    rows = [row(month, 90 * (n % 3)) for n, month in enumerate(month_names("2020-11", 7))]
    sketch = replace(market_of(rows, names, more=2), **BARE)
    return lambda sheet: draw_market(sketch, sheet)


def products(names: list[str]) -> Draw:
    return lambda sheet: draw_products(replace(prices_of(names), **BARE), sheet)


def prices(names: list[str]) -> Draw:
    return lambda sheet: draw_prices(prices_of(names, PRICES, ["2023-11"]), sheet)


def brokers(names: list[str]) -> Draw:
    over = columns("2023-10", "2024-03", ["2023-12"])
    sketch = replace(sketch_of(names, over, members=names), undated=0, **BARE)
    return lambda sheet: draw_brokers(sketch, sheet)


KINDS = [months, products, prices, brokers]


def drawn(
    draw: Draw, name: str = "one", lang: Lang = "en", sentence: str = "What it shows."
) -> bytes:
    sheet = Sheet(name, lang, "A title", sentence, io.BytesIO())
    draw(sheet)
    return sheet.stream.getvalue()


def texts(svg: bytes) -> list[str]:
    """Texts in order, as a reader sees them."""
    return [one.text or "" for one in ElementTree.fromstring(alone(svg)).iter(f"{SVG}text")]


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_shapes_and_letters(kind: Callable[[list[str]], Draw]) -> None:
    svg = drawn(kind(["小刀", "Kev", "Ray"]))
    root = ElementTree.fromstring(alone(svg))
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert tags <= ELEMENTS | {"svg", "title", "desc"}
    for node in root:
        for one in node.iter():
            assert set(one.attrib) <= ATTRIBUTES
    assert set(root.attrib) <= HEAD | ATTRIBUTES
    assert not re.search(rb"style|script|https?:|xlink|<!|data:", svg)
    assert not re.search(rb"\d\.\d{3}", svg)


@pytest.mark.parametrize("kind", KINDS)
def test_references_lead_inside_the_same_picture(kind: Callable[[list[str]], Draw]) -> None:
    svg = drawn(kind(["Kev", "Ray"]), "here").decode()
    ids = re.findall(r' id="([^"]*)"', svg)
    assert len(ids) == len(set(ids))
    assert all(one.startswith("here-") for one in ids)
    used = re.findall(r'url\(#([^)]*)\)|href="#([^"]*)"', svg)
    assert {a or b for a, b in used} == set(ids) - {"here-title", "here-words"}


def test_it_can_be_heard() -> None:
    sentence = 'Most in <May> & "June".'
    root = ElementTree.fromstring(alone(drawn(products(["a"]), sentence=sentence)))
    told = {node.get("id"): node.text for node in root if node.get("id")}
    assert root.get("role") == "img"
    assert told[root.get("aria-labelledby")] == "A title"
    assert told[root.get("aria-describedby")] == sentence


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_same_bytes(kind: Callable[[list[str]], Draw]) -> None:
    assert drawn(kind(["小刀", "Kev"])) == drawn(kind(["小刀", "Kev"]))


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names_stay_text(kind: Callable[[list[str]], Draw]) -> None:
    names = [*HOSTILE[:12]]
    svg = drawn(kind(names))
    plain = ElementTree.fromstring(alone(drawn(kind(["Kev"] * len(names)))))
    tags = {node.tag for node in ElementTree.fromstring(alone(svg)).iter()}
    assert tags == {node.tag for node in plain.iter()}
    told = "\n".join(texts(svg))
    assert not HIDDEN.search(told)


def test_letters_that_no_font_here_may_have_are_letters_still() -> None:
    told = texts(drawn(products(["小刀 𠀀", "𐤀𐤁"])))
    assert {"小刀 𠀀", "𐤀𐤁"} <= {*told}
    assert not [text for text in told if "—" in text]
    assert stand_ins("a料𠀀") == "a——"


def test_what_is_installed_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unasked() -> str | None:
        raise AssertionError

    monkeypatch.setattr("graph.export.plots.fonts.chinese_font", unasked)
    sheet = Sheet("a", "en", "", "", io.BytesIO())
    assert fonts_on(sheet, ["料"]).families == [OWN]
    assert fonts_on(sheet, ["𠀀"]).notes == []


@pytest.mark.parametrize("kind", KINDS)
def test_own_words_are_in_one_language(kind: Callable[[list[str]], Draw]) -> None:
    chinese = " ".join(texts(drawn(kind(["甲", "乙"]), lang="zh")))
    known = r"\b(?:PGD|MGD|CNY|account:telegram:\d+|venue:telegram:\d+|[A-Z])\b"
    assert not re.search("[A-Za-z]", re.sub(known, "", chinese)), chinese
    english = " ".join(texts(drawn(kind(["a", "b"]))))
    assert not re.search("[一-鿿]", english), english


def test_an_element_that_is_not_known_is_refused() -> None:
    sheet = Sheet("a", "en", "", "", io.BytesIO())
    svg = f'<svg xmlns="{module.NAMESPACE}" viewBox="0 0 1 1"><image/></svg>'
    with pytest.raises(ValueError, match="image"):
        inline(svg.encode(), sheet, {})


def test_fonts_in_shorthand_are_told_apart() -> None:
    sheet = Sheet("a", "en", "", "", io.BytesIO())
    text = '<text style="font: 700 9.5px \'X\'; text-anchor: end; x: 1" onclick="y">t</text>'
    svg = f'<svg xmlns="{module.NAMESPACE}" viewBox="0 0 1 1">{text}</svg>'
    written = inline(svg.encode(), sheet, {}).decode()
    assert '<text text-anchor="end" font-weight="700" font-size="9.5">t</text>' in written


@given(st.floats(0, 10_000, allow_nan=False))
def test_numbers_lose_less_than_can_be_seen(value: float) -> None:
    sheet = Sheet("a", "en", "", "", io.BytesIO())
    svg = (
        f'<svg xmlns="{module.NAMESPACE}" viewBox="0 0 1 1"><path d="M {value:.6f} -10.50"/></svg>'
    )
    found = re.search(rb'd="M (\S+) (\S+)"', inline(svg.encode(), sheet, {}))
    assert found is not None
    assert abs(float(found[1]) - value) <= 0.0100001
    assert found[2] == b"-10.5"
