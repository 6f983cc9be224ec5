"""The page: one file, the masked text letter for letter, nothing of it obeyed."""

import base64
import hashlib
import json
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.masking import mask
from tests.commands.inputs import OFFER
from tests.commands.page.reading import made, parsed, texts_of
from tests.commands.process import here
from tests.commands.test_hostile import HOSTILE

HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TAGS = {
    *("html", "head", "meta", "title", "style", "script", "body", "a", "header", "footer", "main"),
    *("h1", "p", "div", "span", "label", "input", "select", "option", "output", "small", "kbd"),
    *("article", "mark", "ul", "li", "b", "i", "q", "bdi", "details", "summary"),
    *("table", "tbody", "tfoot", "caption", "tr", "th", "td"),
}
PIECES = (
    *("出", "收", "股民料", "联通抓取", "0.5元一条", "飞机@demo_name", "一手", "不收", "日更5万条"),
    *(
        "</p>",
        "</script>",
        "<b x='",
        '"',
        "&amp;",
        "<!--",
        "]]>",
        "&#0;",
        "\u202e",
        "\u2066",
        "\x00",
    ),
    *("\ud800", "\r", "\n", "\t", " ", "مرحبا", "שלום", "\u200b", "\u200d", "👨\u200d👩", "\ufffe"),
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of an ad, chatter, a price list and all hostile texts."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    several = "出各类料:\n1. 股民数据 2毛一条\n2. 网贷料 三毛一条\n收 保健品料\n飞机@demo_name"
    made(path, [OFFER, "嗯 天气", several, *(f"{OFFER} {text}" for text in HOSTILE)])
    return path


def test_texts_are_the_masked_texts(page: Path) -> None:
    texts = texts_of(parsed(page))
    assert texts[0] == OFFER
    assert texts[3:] == [mask(f"{OFFER} {text}").text for text in HOSTILE]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join))
def test_any_text_survives_and_adds_no_element(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        made(path, [text, OFFER])
        document = parsed(path)
        assert texts_of(document) == [mask(text).text, OFFER]
        assert not HIDDEN.search(path.read_text("utf-8").replace("\r\n", "\n"))
        assert {node.tag for node in document.css("*")} <= TAGS
        assert len(document.css("script")) == len(document.css("style")) == 1


def test_only_its_own_style_and_script_may_run(page: Path) -> None:
    document = parsed(page)
    [policy] = [
        node.attributes["content"] or ""
        for node in document.css("meta[http-equiv='Content-Security-Policy']")
    ]
    assert policy.startswith("default-src 'none'; ")
    for name in ("style", "script"):
        [node] = document.css(name)
        text = node.text_content or node.text(deep=True)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    for node in document.css("*"):
        for attribute, value in node.attributes.items():
            assert not attribute.startswith("on")
            assert attribute not in {"src", "srcset", "style", "action"}
            assert attribute != "href" or (value or "").startswith("#")
    assert not re.search(r"url\(|@import|https?://", document.css("style")[0].text(deep=True))


def test_references_inside_the_page_hold(page: Path) -> None:
    document = parsed(page)
    ids = [node.attributes["id"] for node in document.css("[id]")]
    assert len(ids) == len(set(ids))
    for mark in document.css("mark"):
        assert mark.attributes["data-tip"]
        for row in (mark.attributes["aria-describedby"] or "").split(" "):
            assert row in ids


def test_marks_say_value_and_rule(page: Path) -> None:
    first = parsed(page).css("article")[0]
    tips = {mark.text(): mark.attributes["data-tip"] or "" for mark in first.css("mark")}
    assert "product 商品: product/stock_leads\nlexicon term" in tips["股民料"]
    assert "price 价格: 0.5 CNY per record\nprice grammar" in tips["0.5元一条"]
    text = first.text()
    assert "not a probability" in text
    assert "s = 1.20" in text
    assert "confidence of the reading" in text


def test_no_listing_says_why(page: Path) -> None:
    second = parsed(page).css("article")[1]
    assert second.css(".shut")[0].text() == "no term of the lexicon stands in it"


def test_victims_stay_masked(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    counts = made(path, ["样本 身份证 110101199003074610 电话13800138000 出 股民 一手"])
    written = path.read_text("utf-8")
    assert counts.masked
    assert "13800138000" not in written
    assert f"{counts.masked} masked" in written


def test_the_command(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    done = here("extract", "--html", path, "--format", "json", given=f"{OFFER}\n嗯\n")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"file": str(path), "messages": 2, "listings": 1}
    first = path.read_bytes()
    assert here("extract", "--html", path, given=OFFER).returncode == 2
    assert path.read_bytes() == first
    done = here("extract", "--html", path, "--force", given=f"{OFFER}\n嗯\n")
    assert path.read_bytes() == first
    assert here("extract", "--html", tmp_path / "no" / "page.html", given=OFFER).returncode == 2
    assert here("extract", tmp_path / "none.txt", "--html", tmp_path / "new.html").returncode == 5
    assert not (tmp_path / "new.html").exists()


def test_an_empty_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    assert here("extract", "--html", path, given="").returncode == 0
    assert texts_of(parsed(path)) == []
