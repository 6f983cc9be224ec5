"""Months as real pictures: read back, looked at, compared byte by byte."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import msgspec
import pytest

pytest.importorskip("matplotlib", reason="needs the extra [plot]")

from graph.analysis.market_sketch import MarketSketch
from graph.export.plots import canvas as looks
from graph.export.plots import market as module
from graph.export.plots.fonts import fonts_for
from graph.export.plots.market import PANELS, draw_market
from graph.export.plots.panels import LIGHT
from graph.export.plots.target import target
from tests.graph.export.plots.looking import HIDDEN, SVG, has_colour, pixels, texts
from tests.graph.export.plots.markets import market_of, month_names, row
from tests.graph.export.plots.sketches import HOSTILE

MONTHS = [*month_names("2020-11", 7)]
GAP = [
    row(month, messages, coverage=coverage)
    for month, messages, coverage in zip(
        MONTHS, [1234, 90, 0, 0, 0, 61, 55], [1, 1, 1, 0, 0, 0.5, 1], strict=True
    )
]
PLAIN = market_of(GAP)


def drawn(folder: Path, sketch: MarketSketch, name: str = "a.svg") -> bytes:
    goal = target(folder / name, force=True)
    draw_market(sketch, goal)
    return goal.path.read_bytes()


def test_svg_can_be_read_and_says_what_it_shows(tmp_path: Path) -> None:
    svg = drawn(tmp_path, PLAIN)
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"
    told = texts(svg)
    for one in PANELS:
        assert any(text.startswith(one.title[0]) for text in told)
    assert {"1.2k", "90", "61", "55"} <= {*told}
    assert any("segment: all" in text for text in told)
    assert "PGD, MGD: over active group-days: 270 in 3 months." in told
    assert "not watched, no message: unknown, not zero" in told
    assert [text for text in told if re.fullmatch(r"20\d\d", text)] == ["2020", "2021"]


def test_a_silent_month_is_a_zero_and_an_unwatched_one_is_not(tmp_path: Path) -> None:
    svg = drawn(tmp_path, PLAIN)
    silent = texts(svg).count("0")
    watched = [one for one in GAP if one.coverage]
    # The zero of the axis in five panels, and the silent month's messages and participants.
    assert silent == 5 + 2
    without = texts(drawn(tmp_path, market_of([one for one in watched if one.messages])))
    assert without.count("0") == 5
    # Two unwatched months are one hatched stretch in each panel and one in each venue's line.
    assert texts(svg).count("…") == 1
    assert svg.count(b"<pattern") == 1


def test_a_line_of_figures_breaks_at_a_gap(tmp_path: Path) -> None:
    def lines(svg: bytes) -> int:
        colour = LIGHT.lower()
        return len(re.findall(rf'<path d="[^"]*"[^>]*stroke: {colour}', svg.decode()))

    whole = market_of([row(month, 90) for month in MONTHS])
    # A line a panel of PGD and MGD, and one in the legend.
    assert lines(drawn(tmp_path, whole)) == 3
    assert lines(drawn(tmp_path, PLAIN)) == 5


def test_png_is_one_and_is_not_blank(tmp_path: Path) -> None:
    png = drawn(tmp_path, PLAIN, "a.png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    seen = pixels(tmp_path / "a.png")
    assert seen.shape[1] == round(looks.WIDTH * looks.DPI)
    # Months that can be compared are told apart from the others by lightness, not by hue alone.
    assert has_colour(seen, looks.BLUE) > 5_000
    assert has_colour(seen, LIGHT) > 5_000


def test_months_watched_too_little_are_light(tmp_path: Path) -> None:
    poor = market_of([row(month, 90, coverage=0.5) for month in MONTHS], venues=[])
    drawn(tmp_path, poor, "a.png")
    light = pixels(tmp_path / "a.png")
    drawn(tmp_path, market_of([row(month, 90) for month in MONTHS], venues=[]), "a.png")
    full = pixels(tmp_path / "a.png")
    assert has_colour(light, LIGHT) > 10 * has_colour(full, LIGHT)
    assert has_colour(full, looks.BLUE) > 10 * has_colour(light, looks.BLUE)


def test_a_month_cut_by_the_selection_is_light(tmp_path: Path) -> None:
    whole = market_of([row(MONTHS[0], 90)], venues=[])
    drawn(tmp_path, msgspec.structs.replace(whole, cut=frozenset(MONTHS[:1])), "a.png")
    cut = pixels(tmp_path / "a.png")
    drawn(tmp_path, whole, "a.png")
    assert has_colour(cut, LIGHT) > 10 * has_colour(pixels(tmp_path / "a.png"), LIGHT)


@pytest.mark.parametrize("letter", ["W", "名", "\u202e"])
def test_nothing_runs_over_the_edge(tmp_path: Path, letter: str) -> None:
    drawn(tmp_path, market_of(GAP, [letter * 90] * 3), "a.png")
    seen = pixels(tmp_path / "a.png")
    for edge in (seen[:10], seen[-10:], seen[:, :10], seen[:, -10:]):
        assert edge.min() == 255


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_twice_the_same_bytes(tmp_path: Path, name: str) -> None:
    assert drawn(tmp_path, PLAIN, name) == drawn(tmp_path, PLAIN, name)


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    svg = drawn(tmp_path, market_of(GAP, HOSTILE[:12]))
    plain = ElementTree.fromstring(drawn(tmp_path, PLAIN))
    assert {node.tag for node in ElementTree.fromstring(svg).iter()} == {
        node.tag for node in plain.iter()
    }
    told = "\n".join(texts(svg))
    assert "$\\frac{1}{0}$ $x" in told
    assert "[U+202E]gpj.exe" in told
    assert "venue:telegram:10" in told
    assert not HIDDEN.search(told)


@pytest.mark.parametrize(
    "sketch",
    [
        market_of([row("2021-03", 12)], ["g"]),
        market_of([row(month, 9_000_000) for month in month_names("1999-05", 150)], more=9),
        market_of([row(month, 0) for month in MONTHS]),
        market_of([row(month, 5) for month in MONTHS], venues=[]),
        market_of([row("1950-01", 1), *(row(m, 0, coverage=0) for m in month_names("1950-02", 800)),
                   row("2016-10", 2)]),
    ],
    ids=["one", "many", "silent", "no-venue", "decades"],
)  # fmt: skip
def test_other_sizes_can_be_drawn(tmp_path: Path, sketch: MarketSketch) -> None:
    assert "% of group-days watched" in texts(drawn(tmp_path, sketch))


def test_nothing_known_is_a_picture_that_says_so(tmp_path: Path) -> None:
    assert "no message and no watched day" in texts(drawn(tmp_path, market_of([])))


def test_own_words_are_chinese_too_where_a_font_has_them(tmp_path: Path) -> None:
    svg = drawn(tmp_path, market_of(GAP, ["g"]))
    both = not fonts_for(["消息数"]).notes
    assert ("Messages 消息数" if both else "Messages") in texts(svg)


def test_without_a_chinese_font_own_words_are_english_and_nobody_is_told() -> None:
    fonts = fonts_for(["g"], labels=["消息数"], chinese=lambda: None)
    assert fonts.notes == []
    assert looks.Canvas(None, fonts).label("Messages", "消息数") == "Messages"  # type: ignore[arg-type]


def test_a_picture_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.svg").write_text("the old one")

    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_venues", breaks)
    with pytest.raises(KeyboardInterrupt):
        drawn(tmp_path, PLAIN)
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]
    assert (tmp_path / "a.svg").read_text() == "the old one"
