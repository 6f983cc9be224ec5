"""`report` on the demo case: what it says, in both languages and forms, and what it must not."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from importlib.machinery import PathFinder
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

import demo
from evidence.errors import UsageError
from graph.export.plots import target
from tests.commands.inputs import OFFER, message, telegram
from tests.commands.process import here
from tests.graph.report.test_rendering import HOSTILE, TAGS, Read

PICTURES = find_spec("matplotlib") is not None
BROKER = "account:telegram:9900001019"
DRAWN = {
    "figure", "figcaption", "svg", "desc", "g", "path", "defs", "use", "text", "clippath", "rect",
    "pattern",
}  # fmt: skip
"""What pictures add to a page."""
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+08:00")


def report(case: Path, state: str, path: Path, *words: str | Path) -> dict[str, Any]:
    """What the command says of the file that it writes."""
    done = here(
        "--case", case, "report", "-o", path, *words, "--format", "json", XDG_STATE_HOME=state,
        XDG_CONFIG_HOME=str(path.parent / "config"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["bytes"] == path.stat().st_size
    return told


@pytest.fixture(scope="module")
def papers(demo_case: Path, state: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case in both languages and forms."""
    folder = tmp_path_factory.mktemp("papers")
    for lang in ("en", "zh"):
        for suffix in ("md", "html"):
            report(demo_case, state, folder / f"{lang}.{suffix}", "--lang", lang)
    return folder


def headings(text: str) -> list[str]:
    return re.findall(r"(?m)^## (.*)$", text)


def test_both_languages_say_the_same_sections(papers: Path) -> None:
    english, chinese = (headings((papers / f"{lang}.md").read_text()) for lang in ("en", "zh"))
    assert len(english) == len(chinese) >= 14
    assert "What was looked for and not found" in english
    assert "查找而未发现的内容" in chinese
    assert not set(english) & set(chinese)


def test_both_forms_say_the_same(papers: Path) -> None:
    for lang in ("en", "zh"):
        page = Read((papers / f"{lang}.html").read_text())
        assert set(page.tags) <= TAGS | DRAWN
        rendered = Read(
            MarkdownIt("commonmark").enable("table").render((papers / f"{lang}.md").read_text())
        )
        for tag in ("h2", "h3", "td", "th", "tr"):
            assert page.tags.count(tag) == rendered.tags.count(tag), tag


def test_what_the_case_report_says(papers: Path) -> None:
    text = (papers / "en.md").read_text()
    for said in (
        "A seller's words are claims, never facts",
        "nobody stated the whole",
        "cannot be assessed: one collector",
        "named as extraction point in",
        "A rank is a lead, not a finding",
        "Being named in such an event is not guilt",
        "asked to assist in an investigation",
        "no ruling known",
        "Head of the audit log",
        "nothing found",
        "stock leads",
    ):
        assert said in text, said
    assert len(TIME.findall(text)) > 100
    assert not re.search(r"\d{4}-\d\d-\d\dT\d\d", text)
    sums = set(re.findall(r"`([0-9a-f]{64})`", text))
    corpus = Path(demo.__file__).parent / "corpus"
    read = {hashlib.sha256(one.read_bytes()).hexdigest() for one in corpus.rglob("*.*")}
    assert 2 * len(sums & read) == text.partition("## Files")[2].count("| `")


def test_every_citation_leads_to_a_post(papers: Path) -> None:
    text = (papers / "en.md").read_text()
    before, _, after = text.partition("## Evidence")
    cited = {int(number) for number in re.findall(r"\bE(\d+)\b", before)}
    listed = [int(number) for number in re.findall(r"(?m)^### E(\d+)$", after)]
    assert listed == list(range(1, len(listed) + 1))
    assert cited == set(listed)


def test_no_contact_is_live(papers: Path) -> None:
    for path in papers.iterdir():
        if path.is_file():
            plain = path.read_text().replace("\\", "")
            assert not re.search(r"https?://|(?<!\[)@(?=\w)(?!page|media)", plain), path


def logged(case: Path, state: str) -> list[str]:
    """Every head that the audit log had: a report tells that of its moment."""
    done = here("--case", case, "audit", "show", "--format", "json", XDG_STATE_HOME=state)
    return [entry["hash"] for entry in json.loads(done.stdout)]


def without(heads: list[str], text: str) -> str:
    assert any(head in text for head in heads)
    for head in heads:
        text = text.replace(head, "")
    return text


def test_a_second_run_gives_equal_bytes(
    demo_case: Path, state: str, tmp_path: Path, papers: Path
) -> None:
    for name in ("en.md", "zh.html"):
        report(demo_case, state, tmp_path / name, "--lang", name[:2])
    heads = logged(demo_case, state)
    for name in ("en.md", "zh.html"):
        again, first = (
            without(heads, (folder / name).read_text("utf-8")) for folder in (tmp_path, papers)
        )
        assert again == first
    done = here("--case", demo_case, "report", "-o", tmp_path / "en.md", XDG_STATE_HOME=state)
    assert done.returncode == 2
    assert "--force" in done.stderr


def test_one_account(demo_case: Path, state: str, tmp_path: Path) -> None:
    path = tmp_path / "one.md"
    report(demo_case, state, path, BROKER)
    text = path.read_text()
    assert text.splitlines()[2] == "# Report on 小刀"
    assert "What is observed of it" in text
    assert "ranks " in text
    assert r"demo\_xiaodao\[\@\]telegram" in text
    for wrong, code in (("product:stock_leads", 2), ("account:telegram:1", 3)):
        done = here(
            "--case", demo_case, "report", wrong, "-o", tmp_path / "x.md", XDG_STATE_HOME=state
        )
        assert done.returncode == code
    assert not (tmp_path / "x.md").exists()


@pytest.mark.parametrize("level", ["contacts", "handles"])
def test_what_is_redacted_stands_nowhere(
    demo_case: Path, state: str, tmp_path: Path, level: str
) -> None:
    path, folder = tmp_path / "r.md", tmp_path / "exhibits"
    report(demo_case, state, path, BROKER, "--redact", level, "--exhibits", folder)
    written = [path, *(one for one in tmp_path.rglob("*") if one.is_file() and one != path)]
    assert [one for one in written if one.suffix == ".svg"] or not PICTURES
    assert ("  report.pictures/brokers.svg\n" in (folder / "SHA256SUMS").read_text()) is PICTURES
    text = "".join(one.read_text() for one in written if one.suffix).replace("\\", "")
    assert "demo_xiaodao" not in text
    assert "redacted-" in text
    if level == "handles":
        assert BROKER not in text
        assert "小刀" not in text


def test_above_the_mark_nothing_is_told(demo_case: Path, state: str, tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    told = report(demo_case, state, path, "--tlp-max", "CLEAR")
    assert told["cited"] == 0
    text = path.read_text()
    assert "above CLEAR left out" in text
    assert "小刀" not in text


def test_exhibits_are_numbered_and_hashed(demo_case: Path, state: str, tmp_path: Path) -> None:
    path, folder = tmp_path / "r.html", tmp_path / "exhibits"
    told = report(demo_case, state, path, BROKER, "--exhibits", folder, "--lang", "zh")
    names = {one.name for one in folder.iterdir()}
    assert len(names) == told["exhibit_files"] == told["cited"] + 3
    assert {"SHA256SUMS", "statement.html", "report.html", "exhibit-001.html"} <= names
    assert (folder / "report.html").read_bytes() == path.read_bytes()
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    assert {line.partition("  ")[2] for line in lines} == names - {"SHA256SUMS"}
    checked = shutil.which("sha256sum")
    if checked is not None:
        done = subprocess.run([checked, "-c", "--strict", "SHA256SUMS"], cwd=folder, check=False)
        assert done.returncode == 0
    first = (folder / "exhibit-001.html").read_text()
    for said in ("证物 1", "第 ", "SHA-256", "未附原件", "+08:00"):
        assert said in first, said
    assert Read(first).tags.count("blockquote") > 1
    before = {one.name: one.read_text("utf-8") for one in folder.iterdir()}
    report(demo_case, state, path, BROKER, "--exhibits", folder, "--lang", "zh", "--force")
    again = {one.name: one.read_text("utf-8") for one in folder.iterdir()}
    # The report tells the head of the log, and the list has the report's hash.
    assert before.pop("SHA256SUMS").count("\n") == again.pop("SHA256SUMS").count("\n")
    heads = logged(demo_case, state)
    told_before, told_again = (without(heads, one.pop("report.html")) for one in (before, again))
    assert told_again == told_before
    assert again == before


def test_a_folder_with_other_files_is_left_alone(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    words = ("--case", demo_case, "report", BROKER, "-o", tmp_path / "r.md", "--exhibits", folder)
    for more in ((), ("--force",)):
        done = here(*words, *more, XDG_STATE_HOME=state)
        assert done.returncode == 2, done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["mine"]
    assert [one.name for one in folder.iterdir()] == ["notes.txt"]


def test_hostile_texts_stay_text(case: Path, state: str, tmp_path: Path) -> None:
    posts = [message(n, f"{OFFER} 编号{n} {text}") for n, text in enumerate(HOSTILE, 1)]
    posts = [{**one, "from": f"demo {HOSTILE[n]}"} for n, one in enumerate(posts)]
    file = telegram(tmp_path / "result.json", posts, name=HOSTILE[0])
    done = here("--case", case, "ingest", file, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    report(case, state, tmp_path / "r.html")
    report(case, state, tmp_path / "r.md")
    page = Read((tmp_path / "r.html").read_text())
    assert set(page.tags) <= TAGS | DRAWN
    assert any("<script>alert(1)</script>" in text for _, text in page.texts)
    tokens = MarkdownIt("commonmark").enable("table").parse((tmp_path / "r.md").read_text())
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in tokens} | {child.type for child in inline}
    assert kinds.isdisjoint({"html_inline", "html_block", "link_open", "fence", "hr"})
    folder = tmp_path / "r.pictures"
    linked = {str(child.attrs["src"]) for child in inline if child.type == "image"}
    there = {f"{folder.name}/{one.name}" for one in folder.iterdir()} if PICTURES else set()
    assert linked == there


needs_plot = pytest.mark.skipif(not PICTURES, reason="needs the extra [plot]")
NAMES = ["brokers", "months", "products", "prices"]


def in_page(text: str) -> dict[str, str]:
    """Picture by name -> its words, title and sentence among them."""
    found = re.findall(r"(?s)<figure>\n(<svg .*?</svg>\n)<figcaption>[^<]+</figcaption>", text)
    return {re.findall(r'<title id="(\w+)-title">', svg)[0]: svg for svg in found}


@needs_plot
def test_a_case_is_drawn_beside_its_tables(papers: Path) -> None:
    english, chinese = (in_page((papers / f"{lang}.html").read_text()) for lang in ("en", "zh"))
    assert list(english) == list(chinese) == NAMES
    for name in NAMES:
        sentence = re.findall(r'<desc id="[\w-]+">(.+)</desc>', english[name])[0]
        beside = (papers / "en.pictures" / f"{name}.svg").read_text()
        assert f"{sentence}</desc>" in beside
        assert beside.replace(' xmlns="http://www.w3.org/2000/svg"', "", 1) == english[name]
    for said, name in [
        (">2. 小刀<", "brokers"), (">数据资源对接①群<", "months"), (">Coverage<", "months"),
        (">stock leads<", "products"), (">stock leads, CNY<", "prices"),
    ]:  # fmt: skip
        assert said in english[name], said
    for said, name in [(">监测覆盖率<", "months"), (">股民料（stock leads）<", "products")]:
        assert said in chinese[name], said
    text = (papers / "en.md").read_text()
    assert "- Pictures: drawn from the figures of the tables" in text
    assert "Months that nobody watched" in text
    ids = re.findall(r' id="([^"]*)"', (papers / "en.html").read_text())
    assert len(ids) == len(set(ids))


@needs_plot
def test_an_account_is_drawn_between_its_groups_alone(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    told = report(demo_case, state, tmp_path / "one.md", BROKER)
    assert told["pictures"] == str(tmp_path / "one.pictures")
    assert [one.name for one in (tmp_path / "one.pictures").iterdir()] == ["brokers.svg"]
    done = here(
        "--case", demo_case, "report", "-o", tmp_path / "one.md", XDG_STATE_HOME=state,
    )  # fmt: skip
    assert done.returncode == 2


@needs_plot
def test_pictures_are_the_same_twice(
    demo_case: Path, state: str, tmp_path: Path, papers: Path
) -> None:
    report(demo_case, state, tmp_path / "en.md")
    first, second = (
        {one.name: one.read_bytes() for one in (folder / "en.pictures").iterdir()}
        for folder in (papers, tmp_path)
    )
    assert first == second


@needs_plot
def test_other_files_in_the_folder_of_pictures_are_left_alone(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    folder = tmp_path / "r.pictures"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    words = ("--case", demo_case, "report", "-o", tmp_path / "r.md")
    for more in ((), ("--force",), ("--force", "--exhibits", folder)):
        done = here(*words, *more, XDG_STATE_HOME=state)
        assert done.returncode == 2, done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["r.pictures"]
    assert [one.name for one in folder.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", ["r.md", "r.html"])
def test_without_the_extra_the_same_is_told_in_words(
    demo_case: Path, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    # An environment without the extra: only the standard library can be found.
    monkeypatch.setattr(target, "find_spec", lambda name: PathFinder.find_spec(name, [sys.prefix]))
    done = here("--case", demo_case, "report", "-o", tmp_path / name, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    assert "pip install 'heichan[plot]'" in done.stderr
    text = (tmp_path / name).read_text().replace("\\", "")
    assert "none: they need pip install" in text
    assert "heichan[plot]" in text
    assert "<svg" not in text
    assert ".svg" not in text
    for said in ("Goods by mentions", "Asked prices a record", "Silent group-days", "Middle half"):
        assert said in text, said
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_what_cannot_be_drawn_is_told_and_the_rest_is_written(
    demo_case: Path, state: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def far_too_long(*_: object) -> None:
        raise UsageError("the period has 9999 months", hint="")

    monkeypatch.setattr("graph.report.circles.trajectories", far_too_long)
    monkeypatch.setattr("commands.product_picture.sketch", far_too_long)
    done = here("--case", demo_case, "report", "-o", tmp_path / "r.md", XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    assert "market.product_ranking: the period has 9999 months" in done.stderr
    text = (tmp_path / "r.md").read_text()
    assert "No picture by months: the period has 9999 months." in text
    assert "| Got goods from" in text
    assert len(re.findall("the period has 9999 months", text)) == 2
    folder = tmp_path / "r.pictures"
    assert [one.name for one in folder.glob("*")] == ["months.svg"] * PICTURES
