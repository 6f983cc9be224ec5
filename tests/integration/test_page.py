"""The page of `extract --html` in a real browser."""

import os
import time
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path

import pytest

from commands.page.write import write_page
from ingest.extract.explain import explain
from ingest.records import Text
from tests.commands.inputs import OFFER
from tests.commands.page.reading import made
from tests.commands.test_hostile import HOSTILE
from tests.ingest.extract.reading import rules
from tests.integration import browser

TEXTS = [OFFER, "嗯 天气", "收 网贷料 预算5000U 飞机@demo_buyer"]
MANY = 2_000


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[browser.Page]:
    """A tab of Chromium."""
    program = browser.binary()
    if program is None:
        if "chromium" in os.environ.get("HEICHAN_REQUIRE", "").split(","):
            pytest.fail("chromium is required: no such program")
        pytest.skip("chromium: no such program")
    with browser.page(program, tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of three posts, then of all hostile ones."""
    made_at = tmp_path_factory.mktemp("page") / "page.html"
    made(made_at, [*TEXTS, *(f"{OFFER} {text}" for text in HOSTILE)])
    return made_at


def _count(tab: browser.Page) -> int:
    return int(tab.value("[...document.querySelectorAll('article')].filter(a => "
                         "a.checkVisibility()).length"))  # fmt: skip


def test_it_asks_for_nothing_and_complains_of_nothing(tab: browser.Page, path: Path) -> None:
    tab.open(path)
    assert tab.value("document.querySelector('article .text').textContent") == OFFER
    assert tab.requests() == [path.as_uri()]
    assert tab.complaints() == []


def test_a_policy_that_holds(tab: browser.Page, path: Path) -> None:
    tab.open(path)
    tab.value(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran=1\">')"
    )
    time.sleep(0.2)
    assert tab.value("window.ran === undefined")


def test_focus_shows_value_and_rule(tab: browser.Page, path: Path) -> None:
    tab.open(path)
    tab.value("document.querySelector('mark.k-product').focus()")
    shown = tab.value("getComputedStyle(document.activeElement, '::after').content")
    assert "product/stock_leads" in shown
    assert "lexicon term" in shown
    assert tab.value("document.querySelectorAll('tr.on').length") >= 1


def test_keys_and_filters(tab: browser.Page, path: Path) -> None:
    tab.open(path)
    everything = _count(tab)
    assert everything == len(TEXTS) + len(HOSTILE)
    tab.key("j")
    tab.key("j")
    assert tab.value("document.activeElement.closest('article').id") == "m2"
    tab.key("e")
    assert tab.value("document.querySelector('#m2 details').open")
    tab.value("document.getElementById('only').click()")
    assert _count(tab) == everything - 1
    typed = "(box => {box.value = '网贷'; box.dispatchEvent(new Event('input'))})"
    tab.value(f"{typed}(document.getElementById('find'))")
    time.sleep(0.4)
    assert _count(tab) == 1
    assert tab.value("document.getElementById('shown').textContent") == f"1 / {everything}"


def test_it_works_without_scripts(tab: browser.Page, path: Path) -> None:
    tab.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        tab.open(path)
        assert tab.value("document.querySelector('.js').hidden")
        tab.value("document.getElementById('only').checked = true")
        assert _count(tab) == len(TEXTS) + len(HOSTILE) - 1
        look = "document.getElementById('look-dark').checked = true; getComputedStyle("
        assert (
            tab.value(f"{look}document.querySelector('.page')).backgroundColor")
            == "rgb(22, 24, 27)"
        )
        tab.value("document.querySelector('summary').click()")
        assert tab.value("document.querySelector('details').open")
    finally:
        tab.call("Emulation.setScriptExecutionDisabled", value=False)


def test_two_thousand_messages_fit_a_page(tab: browser.Page, tmp_path: Path) -> None:
    path = tmp_path / "many.html"
    found = explain(Text("1", f"{OFFER} 日更5万条 汇旺担保 实时一手"), rules())
    write_page(path, repeat(found, MANY))
    tab.open(path)
    assert _count(tab) == MANY
