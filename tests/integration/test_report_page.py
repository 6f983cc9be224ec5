"""Pictures of a report in a real browser: drawn under the page's own policy, heard, printed."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("matplotlib", reason="needs the extra [plot]")

from graph.export.plots.brokers import draw_brokers
from graph.export.plots.market import draw_market
from graph.export.plots.target import Sheet
from graph.report.content import Document, Picture
from graph.report.page import write_page
from tests.graph.export.plots.markets import market_of, month_names, row
from tests.graph.export.plots.sketches import HOSTILE, columns, sketch_of
from tests.integration import browser

SENTENCE = "What it shows."


def picture(name: str) -> Picture:
    sheet = Sheet(name, "en", f"Title of {name}", SENTENCE, io.BytesIO())
    if name == "months":
        rows = [row(month, 90 * (n % 3)) for n, month in enumerate(month_names("2020-11", 7))]
        draw_market(market_of(rows, HOSTILE[:12]), sheet)
    else:
        draw_brokers(sketch_of(["小刀", "Kev"], columns("2023-10", "2024-03", ["2023-12"])), sheet)
    return Picture(name, SENTENCE, "How to read it.", sheet.stream.getvalue())


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    """A page of two pictures in a tab of Chromium."""
    program = browser.binary()
    if program is None:
        if "chromium" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
            pytest.fail("chromium is required: no such program")
        pytest.skip("chromium: no such program")
    path: Path = tmp_path_factory.mktemp("paper") / "a.html"
    with path.open("wb") as stream:
        pictures = [picture("months"), picture("brokers")]
        write_page(stream, Document("en", "A title", "TLP:AMBER", pictures))
    with browser.page(program, tmp_path_factory.mktemp("profile")) as opened:
        size = {"width": 1000, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        opened.call("Emulation.setDeviceMetricsOverride", **size)
        opened.open(path)
        yield opened


def test_the_policy_lets_all_of_it_be_seen(tab: browser.Page) -> None:
    assert tab.complaints() == []
    assert len(tab.requests()) == 1
    fills = tab.value(
        "[...new Set([...document.querySelectorAll('svg path')]"
        ".map(one => getComputedStyle(one).fill))].join(' ')"
    )
    assert "rgb(0, 114, 178)" in fills
    assert "url(" in fills


def test_no_letters_leave_their_picture(tab: browser.Page) -> None:
    outside = tab.value(
        "[...document.querySelectorAll('svg')].flatMap(svg => {"
        "const box = svg.getBoundingClientRect();"
        "return [...svg.querySelectorAll('text')].filter(text => {"
        "const one = text.getBoundingClientRect();"
        "return one.left < box.left || one.right > box.right || one.top < box.top"
        " || one.bottom > box.bottom || !one.width}).map(text => text.textContent)})"
    )
    assert outside == []
    assert tab.value("document.body.innerText.includes('Coverage')")


def test_a_reader_for_the_blind_hears_title_and_sentence(tab: browser.Page) -> None:
    nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
    heard = [
        (node["name"]["value"], node.get("description", {}).get("value"))
        for node in nodes
        if node.get("role", {}).get("value") in ("image", "img")
    ]
    assert heard == [("Title of months", SENTENCE), ("Title of brokers", SENTENCE)]


def test_printed_each_fits_a_page(tab: browser.Page) -> None:
    tab.call("Emulation.setEmulatedMedia", media="print")
    # A4 within its margins, in pixels of 1/96 inch.
    size = {"width": 680, "height": 986, "deviceScaleFactor": 1, "mobile": False}
    tab.call("Emulation.setDeviceMetricsOverride", **size)
    heights = tab.value(
        "[...document.querySelectorAll('figure')].map(one => one.getBoundingClientRect().height)"
    )
    assert len(heights) == 2
    assert max(heights) < 986
