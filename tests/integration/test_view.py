"""The page of `view` in a real browser, without a network and without WebGL."""

import json
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.export.clean.defang import defang
from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from tests.graph.view.made import BADGE, HOSTILE, extras, hostile, market, page
from tests.integration import browser

QUOTES = [f"出股民 {text}" for text in HOSTILE]


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    """A tab of Chromium with the network off."""
    program = browser.binary()
    if program is None:
        if "chromium" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
            pytest.fail("chromium is required: no such program")
        pytest.skip("chromium: no such program")
    with browser.page(program, tmp_path_factory.mktemp("profile")) as opened:
        opened.call(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=0,
            uploadThroughput=0,
        )
        size = {"width": 1300, "height": 820, "deviceScaleFactor": 1, "mobile": False}
        opened.call("Emulation.setDeviceMetricsOverride", **size)
        yield opened


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Pages of a small market, of hostile names, and of nothing."""
    folder = tmp_path_factory.mktemp("view")
    pages = {
        "market": page(market(), extras()),
        "hostile": page(hostile(), extras(QUOTES)),
        "empty": page(Plan([], [], [])),
    }
    for name, content in pages.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: folder / f"{name}.html" for name in pages}


@pytest.fixture
def opened(tab: browser.Page, paths: dict[str, Path]) -> browser.Page:
    """The small market, just opened."""
    tab.open(paths["market"])
    return tab


def text(tab: browser.Page, selector: str) -> str:
    return str(tab.value(f"document.querySelector({json.dumps(selector)}).textContent"))


def click(tab: browser.Page, selector: str) -> None:
    tab.value(f"document.querySelector({json.dumps(selector)}).click()")


def find(tab: browser.Page, words: str) -> None:
    """Types into the search box and waits for its answer."""
    box = "document.getElementById('find')"
    tab.value(f"{box}.focus(); {box}.value = {json.dumps(words)};")
    tab.value(f"{box}.dispatchEvent(new Event('input'))")
    time.sleep(0.25)


def choose(tab: browser.Page, words: str) -> None:
    find(tab, words)
    tab.key("Enter")


def shown(tab: browser.Page) -> str:
    return text(tab, "#count")


def quiet(tab: browser.Page, path: Path) -> None:
    assert tab.requests() == [path.as_uri()]
    assert tab.complaints() == []


def test_it_asks_for_nothing_and_complains_of_nothing(
    tab: browser.Page, paths: dict[str, Path]
) -> None:
    for path in paths.values():
        tab.open(path)
        assert tab.value("document.documentElement.dataset.ready") == "1"
        assert tab.value("document.createElement('canvas').getContext('webgl')") is None
        time.sleep(0.2)
        quiet(tab, path)


def test_a_picture_is_drawn(opened: browser.Page) -> None:
    time.sleep(0.3)
    for canvas in ("#under", "#over", "#graph canvas[data-id=layer2-node]"):
        assert opened.value(
            f"(() => {{ const c = document.querySelector({json.dumps(canvas)});"
            "return c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some(v => v) })()"
        ), canvas
    assert shown(opened) == "showing 6 of 6 nodes, 5 of 5 ties"
    assert text(opened, "#tlp") == "TLP:AMBER"
    assert "Hidden is not removed" in text(opened, ".hidden-note")


def test_search_opens_the_panel_with_roles_and_quotes(opened: browser.Page) -> None:
    find(opened, "老金")
    assert "1 found" in text(opened, "#hits")
    opened.key("Enter")
    panel = text(opened, "#panel")
    for part in (
        "老金",
        "middleman (by what it did)",
        "accused of cheating (others accuse it)",
        "9 acts on 6 days",
        "Broker, place 1",
        "出股民",
        "post:0",
        "2023-02-03 12:00:00 +08:00",
        "hxxps://shop[.]example/x",
        "1 of 7 posts",
        "heichan evidence account:telegram:2",
    ):
        assert part in panel, part
    find(opened, "接头暗号")
    assert text(opened, "#hits") == "nothing found"
    find(opened, "一手")
    assert "老金" in text(opened, "#hits")


def test_a_tie_opens_with_its_words(opened: browser.Page) -> None:
    choose(opened, "九号台")
    click(opened, "#panel .ties button")
    panel = text(opened, "#panel")
    assert "flows to" in panel
    assert "derived by the program" in panel
    assert "confidence of the reading 0.50" in panel
    assert "stock_leads" in panel
    assert "出股民" in panel
    click(opened, "#panel .ties li:last-child button")
    assert text(opened, "#panel h2") == "九号台"


def test_the_legend_filters(opened: browser.Page) -> None:
    click(opened, '#legend input[data-table="kind"][data-key="Contact"]')
    assert shown(opened) == "showing 4 of 6 nodes, 3 of 5 ties"
    click(opened, '#legend input[data-table="role"][data-key="buyer"]')
    assert shown(opened) == "showing 3 of 6 nodes, 2 of 5 ties"
    click(opened, '#legend input[data-table="tie"][data-key="FLOWS_TO"]')
    assert shown(opened) == "showing 3 of 6 nodes, 0 of 5 ties"
    click(opened, "#lone")
    assert shown(opened) == "showing 0 of 6 nodes, 0 of 5 ties"
    assert not opened.value("document.getElementById('empty').hidden")
    click(opened, "#reset")
    assert shown(opened) == "showing 6 of 6 nodes, 5 of 5 ties"
    click(opened, '#legend input[data-table="modality"][data-key="observed"]')
    assert shown(opened) == "showing 6 of 6 nodes, 4 of 5 ties"


def _slide(tab: browser.Page, which: str, day: str) -> None:
    moved = (
        f"(s => {{ s.value = Date.parse('{day}') / 864e5; s.dispatchEvent(new Event('input')) }})"
    )
    tab.value(f"{moved}(document.getElementById('{which}'))")


def test_the_time_slider_and_play(opened: browser.Page) -> None:
    _slide(opened, "to", "2023-01-20")
    assert "2023-01-01 – 2023-01-20" in text(opened, ".days")
    # The stranger came later; undated contacts stay with the ties that have no date.
    assert shown(opened) == "showing 5 of 6 nodes, 3 of 5 ties"
    _slide(opened, "to", "2023-04-01")
    _slide(opened, "from", "2023-03-15")
    assert shown(opened) == "showing 6 of 6 nodes, 3 of 5 ties"
    _slide(opened, "from", "2023-01-01")
    click(opened, "#play")
    assert opened.value("document.getElementById('play').getAttribute('aria-pressed')") == "true"
    assert "5 of 6 nodes" in shown(opened)
    for _ in range(200):
        time.sleep(0.1)
        if opened.value("document.getElementById('play').getAttribute('aria-pressed')") == "false":
            break
    assert shown(opened) == "showing 6 of 6 nodes, 5 of 5 ties"


def test_neighbours_only(opened: browser.Page) -> None:
    choose(opened, "内部小王")
    click(opened, "#near")
    assert shown(opened) == "showing 2 of 6 nodes, 1 of 5 ties"
    opened.key("Escape")
    assert shown(opened) == "showing 6 of 6 nodes, 5 of 5 ties"


def test_by_keyboard(opened: browser.Page) -> None:
    opened.value("document.getElementById('graph').focus()")
    opened.key("ArrowRight")
    # The first is the best tied.
    assert text(opened, "#panel h2") == "老金"
    opened.key("ArrowRight")
    assert text(opened, "#panel h2") == "九号台"
    assert "九号台" in text(opened, "#said")
    opened.key("ArrowLeft")
    opened.key("ArrowLeft")
    assert text(opened, "#panel h2") == "内部小王"
    opened.key("n")
    assert "2 of 6 nodes" in shown(opened)
    opened.key("Enter")
    assert opened.value("document.activeElement.tagName") == "H2"
    opened.key("Escape")
    opened.key("Escape")
    assert opened.value("document.getElementById('panel').hidden")
    opened.key("/")
    assert opened.value("document.activeElement.id") == "find"


def test_every_control_is_reached_by_tab_and_shows_it(opened: browser.Page) -> None:
    missed = opened.value(
        "[...document.querySelectorAll('button, input, summary, a, #graph')].filter(e => "
        "e.checkVisibility() && !e.disabled && e.tabIndex < 0).map(e => e.outerHTML)"
    )
    assert missed == []
    unnamed = opened.value(
        "[...document.querySelectorAll('button, input')].filter(e => !(e.textContent.trim() || "
        "e.ariaLabel || e.labels?.length)).map(e => e.outerHTML)"
    )
    assert unnamed == []
    opened.call("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab")
    assert opened.value("document.activeElement.className") == "skip"
    assert opened.value("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_language_changes_and_says_so(opened: browser.Page) -> None:
    choose(opened, "老金")
    click(opened, "#language")
    assert opened.value("document.documentElement.lang") == "zh-Hans"
    assert shown(opened) == "显示 6 个节点中的 6 个，5 条关系中的 5 条"
    assert "中介 (据其行为)" in text(opened, "#panel")
    assert "隐藏不等于删除" in text(opened, ".hidden-note")
    left = opened.value(
        "[...document.querySelectorAll('#legend h2 > span, .tools button, #legend label span')]"
        ".map(e => e.textContent).filter(t => /^[A-Za-z ]{3,}$/.test(t))"
    )
    assert left == ["English"]
    click(opened, "#language")
    assert opened.value("document.documentElement.lang") == "en"


def test_the_reasons_of_a_badge_change_with_the_language(opened: browser.Page) -> None:
    choose(opened, "老金")
    lines = "[...document.querySelectorAll('#panel .why li')].map(e => e.textContent)"
    for told in (0, 1, 0):
        panel = text(opened, "#panel")
        for pair in (*BADGE.reasons, BADGE.passed[0].head, *BADGE.passed[0].sides, BADGE.composed):
            assert defang(pair[told]) in panel, pair
            assert pair[0] == pair[1] or defang(pair[1 - told]) not in panel, pair
        assert len(opened.value(lines)) == 4
        assert ("名次只是线索" in panel) == bool(told)
        click(opened, "#language")
    assert opened.value("document.querySelector('#panel .why b')") is None


def test_the_table_holds_the_same_data(opened: browser.Page) -> None:
    click(opened, '[data-view="table"]')
    rows = opened.value("document.querySelectorAll('#table tbody')[0].rows.length")
    assert rows == 6
    assert opened.value("document.querySelectorAll('#table tbody')[1].rows.length") == 5
    assert opened.value("document.querySelectorAll('#table th[scope=col]').length") > 10
    click(opened, "#nodes-name")
    assert opened.value(
        "document.querySelector('#nodes-name').closest('th').getAttribute('aria-sort')"
    ) == ("ascending")
    click(opened, '#legend input[data-table="kind"][data-key="Contact"]')
    assert opened.value("document.querySelectorAll('#table tbody')[0].rows.length") == 4
    click(opened, "#table tbody th button")
    assert not opened.value("document.getElementById('panel').hidden")


def test_both_layouts_and_both_colours(opened: browser.Page) -> None:
    for selector in ('[data-layout="force"]', '[data-colour="kind"]', "#fit", "#look"):
        click(opened, selector)
        time.sleep(0.6)
    assert opened.value("document.querySelector('[data-layout=force]').ariaPressed") == "true"
    click(opened, '[data-layout="chain"]')
    time.sleep(0.6)
    assert opened.complaints() == []


def test_the_picture_is_saved_as_a_file(opened: browser.Page, tmp_path: Path) -> None:
    opened.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(tmp_path))
    click(opened, "#png")
    saved = tmp_path / "heichan.png"
    for _ in range(100):
        if saved.exists() and saved.stat().st_size:
            break
        time.sleep(0.1)
    content = saved.read_bytes()
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", content[16:24])
    assert width >= 900
    assert height >= 300
    assert len(opened.requests()) <= 2
    assert all(not asked.startswith("http") for asked in opened.requests())
    assert opened.complaints() == []


def test_it_prints_the_picture(opened: browser.Page) -> None:
    printed = opened.call("Page.printToPDF", landscape=True, preferCSSPageSize=True)
    assert len(printed["data"]) > 20_000
    assert opened.value("document.getElementById('paper').width") >= 900
    assert opened.complaints() == []


def test_hostile_names_stay_text(tab: browser.Page, paths: dict[str, Path]) -> None:
    tab.open(paths["hostile"])
    elements = tab.value("document.querySelectorAll('img, iframe, object, embed, link').length")
    assert elements == 0
    for name in HOSTILE:
        visible = name.replace("\x1b", "").translate({0x202E: None, 0x2066: None})[:12]
        choose(tab, visible)
    click(tab, '[data-view="table"]')
    names: list[Any] = tab.value(
        "[...document.querySelectorAll('#table tbody th button')].map(e => e.textContent)"
    )
    assert HOSTILE[0] in "\n".join(map(str, names)).replace("[.]", ".")
    assert any("⟦U+202E⟧gpj[.]exe⟦U+2066⟧" in str(name) for name in names)
    assert any("⟦U+001B⟧[31mred" in str(name) for name in names)
    assert not any("\u202e" in str(name) or "\x1b" in str(name) for name in names)
    choose(tab, "老金")
    assert "<img src=x onerror=" in text(tab, "#panel")
    assert tab.value("window.ran === undefined")
    assert tab.value("document.querySelectorAll('img, style').length") == 2
    quiet(tab, paths["hostile"])


def test_the_policy_holds(opened: browser.Page) -> None:
    opened.value(
        "document.body.insertAdjacentHTML('beforeend', "
        "'<img src=x onerror=\"window.ran=1\"><style>body{display:none}</style>')"
    )
    time.sleep(0.2)
    assert opened.value("window.ran === undefined")
    assert opened.value("getComputedStyle(document.body).display") != "none"


def test_two_thousand_nodes_open_and_are_searched(tab: browser.Page, tmp_path: Path) -> None:
    nodes = [PlanNode(f"account:qq:{n:04}", f"账号{n}", "Account", {}) for n in range(2_000)]
    edges = [
        PlanEdge(f"rel:{n}", nodes[n].id, nodes[n * n % 1_999].id, "FLOWS_TO", "FLOWS_TO", 1.0, {})
        for n in range(2_000)
    ]
    path = tmp_path / "large.html"
    path.write_bytes(page(Plan(nodes, edges, [])))
    tab.open(path)
    assert "2000 of 2000 nodes" in shown(tab)
    choose(tab, "账号1234")
    assert text(tab, "#panel h2") == "账号1234"
    quiet(tab, path)
