"""Real pictures: read back, looked at for blank ones, compared byte by byte."""

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("matplotlib", reason="needs the extra [plot]")

from graph.analysis.sketch import Sketch
from graph.export.plots import brokers as module
from graph.export.plots import canvas as looks
from graph.export.plots.between import CIRCLES, HEADINGS
from graph.export.plots.brokers import EVIDENCE, draw_brokers
from graph.export.plots.fonts import OWN, chinese_font, fonts_for
from graph.export.plots.target import Target, target
from tests.graph.export.plots.looking import HIDDEN, SVG, has_colour, pixels, texts
from tests.graph.export.plots.sketches import HOSTILE, columns, sketch_of

OVER = columns("2023-10", "2024-03", ["2023-12"])
PLAIN = sketch_of(["Kev", "Ray", "dbshark"], OVER)


def drawn(folder: Path, sketch: Sketch, name: str = "a.svg") -> bytes:
    goal = target(folder / name, force=True)
    draw_brokers(sketch, goal)
    return goal.path.read_bytes()


def test_svg_can_be_read_and_says_what_it_shows(tmp_path: Path) -> None:
    svg = drawn(tmp_path, PLAIN)
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert len(root.findall(f".//{SVG}path")) > 100
    told = texts(svg)
    title = "Brokers by matched dealings: a rank is a lead, not a finding"
    assert any(one.startswith(title) for one in told)
    assert told.count("1. Kev") == 2
    assert "A rank is a lead, not a finding." in told
    assert any(one.startswith("no collected post in its venues") for one in told)
    assert any("evidence: 2023-10 to 2024-03" in one for one in told)
    for colour in (looks.BLUE, looks.VERMILLION):
        assert colour.lower() in svg.decode()


def test_png_is_one_and_is_not_blank(tmp_path: Path) -> None:
    png = drawn(tmp_path, PLAIN, "a.png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    seen = pixels(tmp_path / "a.png")
    assert seen.shape[1] == round(looks.WIDTH * looks.DPI)
    dark = (seen.max(axis=2) < 100).mean()
    assert 0.001 < dark < 0.2
    # Both directions of goods are there in their own colours.
    for colour in (looks.BLUE, looks.VERMILLION):
        assert has_colour(seen, colour) > 50


@pytest.mark.parametrize("letter", ["x", "W", "名", "\u202e"])
def test_nothing_runs_over_the_edge(tmp_path: Path, letter: str) -> None:
    wide = letter * 90
    drawn(tmp_path, sketch_of([wide] * 3, OVER, members=[wide] * 3), "a.png")
    seen = pixels(tmp_path / "a.png")
    for edge in (seen[:10], seen[-10:], seen[:, :10], seen[:, -10:]):
        assert edge.min() == 255


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_twice_the_same_bytes(tmp_path: Path, name: str) -> None:
    sketch = sketch_of(["小刀", "Kev"], OVER)
    assert drawn(tmp_path, sketch, name) == drawn(tmp_path, sketch, name)


def test_a_users_own_style_changes_nothing(tmp_path: Path) -> None:
    import matplotlib

    plain = drawn(tmp_path, PLAIN)
    with matplotlib.rc_context({"lines.linewidth": 9, "font.size": 30, "text.usetex": True}):
        assert drawn(tmp_path, PLAIN) == plain
        assert matplotlib.rcParams["font.size"] == 30


def test_the_file_holds_no_date_and_no_program_version(tmp_path: Path) -> None:
    svg = drawn(tmp_path, PLAIN).decode()
    metadata = svg[svg.index("<metadata>") : svg.index("</metadata>")]
    assert not re.search(r"\d{4}-\d\d-\d\d|[Mm]atplotlib", metadata)
    assert b"atplotlib" not in drawn(tmp_path, PLAIN, "a.png")


def test_hostile_names_stay_text(tmp_path: Path) -> None:
    sketch = sketch_of(HOSTILE[:7], OVER, members=HOSTILE[7:10])
    svg = drawn(tmp_path, sketch)
    root = ElementTree.fromstring(svg)
    assert {node.tag for node in root.iter()} == {node.tag for node in _plain(tmp_path).iter()}
    told = "\n".join(texts(svg))
    assert "$\\frac{1}{0}$ $x" in told
    assert "[U+001B][2J" in told
    assert "[U+202E]gpj.exe" in told
    assert not HIDDEN.search(told)


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_each_hostile_name_can_be_drawn(tmp_path: Path, number: int) -> None:
    name = HOSTILE[number]
    svg = drawn(tmp_path, sketch_of([name], OVER[:1], members=[name], groups=2))
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"


def _plain(folder: Path) -> ElementTree.Element:
    return ElementTree.fromstring(drawn(folder, PLAIN))


def test_too_little_evidence_is_a_picture_that_says_so(tmp_path: Path) -> None:
    empty = sketch_of([], [])
    assert "too little evidence: 0 accounts with directed links" in texts(drawn(tmp_path, empty))
    drawn(tmp_path, empty, "a.png")
    assert (pixels(tmp_path / "a.png") < 100).any()


@pytest.mark.parametrize(
    "sketch",
    [
        sketch_of(["Kev"], OVER, groups=2),
        sketch_of(["Kev"], []),
        sketch_of([f"b{n}" for n in range(12)], columns("2012-01", "2024-03"), groups=8),
        sketch_of(["Kev"], columns("1950-01", "2024-03", ["2000-01"])),
        sketch_of(["Kev"], columns("2023-10", "2023-12", ["2023-10", "2023-11", "2023-12"])),
    ],
    ids=["one", "undated", "many", "decades", "unwatched"],
)
def test_other_sizes_can_be_drawn(tmp_path: Path, sketch: Sketch) -> None:
    assert "1. " in "\n".join(texts(drawn(tmp_path, sketch)))


def test_own_words_are_chinese_too_where_a_font_has_them(tmp_path: Path) -> None:
    if chinese_font() is None:
        pytest.skip("no font with Chinese")
    told = texts(drawn(tmp_path, PLAIN))
    assert any(one.endswith("finding 按匹配交易排列的中介：名次只是线索，并非结论") for one in told)
    for words in (*HEADINGS, EVIDENCE):
        assert " ".join(words) in told
    assert set(CIRCLES) <= {*told}


def test_each_group_has_its_letter_on_both_sides_and_the_circles_are_explained(
    tmp_path: Path,
) -> None:
    told = texts(drawn(tmp_path, PLAIN))
    assert sorted(one for one in told if one in "ABC") == ["A", "A", "B", "B", "C", "C"]
    assert CIRCLES[0] in told
    assert "got goods from 1 account" in told


def test_words_of_neighbours_do_not_touch(tmp_path: Path) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.text import Text

    boxes: list[list[tuple[str, Any]]] = []
    saved = Figure.savefig

    def look(self: Figure, *given: Any, **more: Any) -> None:
        FigureCanvasAgg(self).draw()  # type: ignore[no-untyped-call]
        seen = [text for text in self.findobj(Text) if text.get_text().strip()]
        boxes.append([(text.get_text(), text.get_window_extent()) for text in seen])
        saved(self, *given, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Figure, "savefig", look)
        names = [f"名字很长的中介{n}" for n in range(12)]
        drawn(tmp_path, sketch_of(names, OVER, members=["杂货铺" * 4] * 3, groups=8))
    [found] = boxes
    assert len(found) > 60
    clashes = [
        (first, second)
        for place, (first, one) in enumerate(found)
        for second, other in found[:place]
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 1
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 1
    ]
    assert clashes == []


def test_chinese_is_drawn_by_a_font_that_has_it_or_told(tmp_path: Path) -> None:
    fonts = fonts_for(["料商老廖"])
    svg = drawn(tmp_path, sketch_of(["料商老廖"], OVER))
    if fonts.notes:
        assert "1. account:telegram:1" in texts(svg)
    else:
        assert fonts.families[0] == OWN
        assert "1. 料商老廖" in texts(svg)


def test_without_a_chinese_font_names_are_ids_and_it_is_told(tmp_path: Path) -> None:
    fonts = fonts_for(["料商老廖"], chinese=lambda: None)
    assert fonts.families == [OWN]
    [note] = fonts.notes
    assert "no installed font has 4 of the characters" in note
    with looks.canvas(Target(tmp_path / "a.svg", "svg"), 1, fonts) as one:
        assert one.name("料商老廖", "account:telegram:1", 24) == "account:telegram:1"
        assert one.name("Kev 料", "account:telegram:1", 24) == "Kev [U+6599]"


def test_a_picture_that_breaks_off_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.svg").write_text("the old one")

    def breaks(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "_evidence", breaks)
    with pytest.raises(KeyboardInterrupt):
        drawn(tmp_path, PLAIN)
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]
    assert (tmp_path / "a.svg").read_text() == "the old one"
