"""Rankings and prices as real pictures."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="needs the extra [plot]")

from graph.analysis.price_sketch import PriceSketch
from graph.export.plots import canvas as looks
from graph.export.plots.products import COUNTS, draw_products
from graph.export.plots.target import target
from tests.graph.export.plots.looking import HIDDEN, SVG, has_colour, pixels, texts
from tests.graph.export.plots.markets import month_names, prices_of, quoted
from tests.graph.export.plots.sketches import HOSTILE

PRICES = [
    ("CNY", [quoted("2023-10", 1.2), quoted("2023-11", 1.4, 1), quoted("2024-02", 1.1)]),
    ("USDT", [quoted("2023-12", 0.00004, 1)]),
]
PLAIN = prices_of(["stock leads", "sms spam", "rat"], PRICES, ["2024-01"])


def drawn(folder: Path, sketch: PriceSketch, name: str = "a.svg") -> bytes:
    goal = target(folder / name, force=True)
    draw_products(sketch, goal)
    return goal.path.read_bytes()


def test_svg_can_be_read_and_says_what_it_shows(tmp_path: Path) -> None:
    svg = drawn(tmp_path, PLAIN)
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"
    told = texts(svg)
    for _, title in COUNTS:
        assert any(text.startswith(title[0]) for text in told)
    assert {"1.", "2.", "3.", "stock leads", "sms spam", "rat", "900", "300"} <= {*told}
    # Places by another count stand beside it only where they are others.
    assert {"90  (3.)", "89", "88  (1.)"} <= {*told}
    assert {"stock leads, CNY", "7 quotes; 2024-02: 1.10"} <= {*told}
    assert {"sms spam, USDT", "1 quote; 2023-12: 4e-05"} <= {*told}
    assert {"Prices: asked, not paid.", "not watched, no collected post"} <= {*told}


def test_months_without_a_quote_have_no_dot_and_unwatched_ones_are_hatched(tmp_path: Path) -> None:
    every = [quoted(month, 1.0) for month in month_names("2023-10", 5)]
    few = [every[0], every[-1]]

    def dots(sketch: PriceSketch) -> int:
        drawn(tmp_path, sketch, "a.png")
        seen = pixels(tmp_path / "a.png")
        return has_colour(seen[seen.shape[0] // 3 :], looks.BLUE)

    assert dots(prices_of(["a"], [("CNY", few)])) < dots(prices_of(["a"], [("CNY", every)]))
    hatched = drawn(tmp_path, prices_of(["a"], [("CNY", few)], ["2023-12"]))
    # The pattern is in the legend too: a hatched month uses it once more.
    plain = drawn(tmp_path, prices_of(["a"], [("CNY", few)]))
    assert hatched.count(b"url(#h") == plain.count(b"url(#h") + 1


def test_without_prices_the_ranking_alone_is_drawn(tmp_path: Path) -> None:
    told = texts(drawn(tmp_path, prices_of(["a", "b"])))
    assert not any("price a record" in text or "quote" in text for text in told)
    assert "a" in told


def test_no_mention_is_a_picture_that_says_so(tmp_path: Path) -> None:
    assert "no product is mentioned" in texts(drawn(tmp_path, prices_of([])))


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_twice_the_same_bytes(tmp_path: Path, name: str) -> None:
    assert drawn(tmp_path, PLAIN, name) == drawn(tmp_path, PLAIN, name)


def test_hostile_names_and_currencies_stay_text(tmp_path: Path) -> None:
    prices = [(word, [quoted("2023-10", 1.0)]) for word in HOSTILE[:8]]
    svg = drawn(tmp_path, prices_of(HOSTILE, prices))
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"
    told = "\n".join(texts(svg))
    assert "$\\frac{1}{0}$ $x" in told
    assert not HIDDEN.search(told)


@pytest.mark.parametrize("letter", ["W", "名"])
def test_nothing_runs_over_the_edge(tmp_path: Path, letter: str) -> None:
    wide = letter * 90
    prices = [(wide, [quoted(month, 12345.678) for month in month_names("2022-01", 24)])] * 3
    drawn(tmp_path, prices_of([wide] * 30, prices), "a.png")
    seen = pixels(tmp_path / "a.png")
    for edge in (seen[:10], seen[-10:], seen[:, :10], seen[:, -10:]):
        assert edge.min() == 255


def test_full_sizes_can_be_drawn(tmp_path: Path) -> None:
    months = [quoted(month, 2.0) for month in month_names("2012-01", 140)]
    svg = drawn(tmp_path, prices_of([f"p{n}" for n in range(30)], [("CNY", months)] * 12))
    assert texts(svg).count("420 quotes; 2023-08: 2.00") == 12
