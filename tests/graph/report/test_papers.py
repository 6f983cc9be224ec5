"""A report and the folder of its pictures: both or neither, and nothing of others."""

import io
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from evidence.errors import HeichanError, UsageError
from graph.report import papers as module
from graph.report.content import Document, Paragraph, Picture
from graph.report.markdown import write_markdown
from graph.report.page import write_page
from graph.report.papers import check_pictures, pictures_of, write_paper
from graph.report.safe import one_line
from tests.graph.report.test_rendering import HOSTILE, Read

SVG = b'<svg viewBox="0 0 1 1"><path d="M 0 0"/></svg>\n'


def document(*names: str, text: str = "What it shows.") -> Document:
    pictures = [Picture(name, text, text, SVG) for name in names]
    return Document("en", "A title", "TLP:AMBER", [Paragraph("before"), *pictures])


def everything(folder: Path) -> dict[str, bytes]:
    """What stands in a folder, hidden files too."""
    files = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


def images(text: str) -> list[tuple[str, str]]:
    """Alternative text and address of each picture, as a program reads Markdown."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    children = [child for token in tokens for child in token.children or ()]
    found = [one for one in children if one.type == "image"]
    return [
        ("".join(part.content for part in one.children or ()), str(one.attrs["src"]))
        for one in found
    ]


@pytest.mark.parametrize("name", ["case.md", "my case (1) [x] #2 ?.md", "案件.md", "a.b.md"])
def test_links_lead_to_the_pictures_beside(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert write_paper(path, document("months", "brokers-2")) == ["brokers-2.svg", "months.svg"]
    for _, address in images(path.read_text()):
        picture = (tmp_path / unquote(address)).read_bytes()
        assert picture.startswith(b'<svg xmlns="http://www.w3.org/2000/svg" ')
    assert len(everything(tmp_path)) == 3
    assert len(images(path.read_text())) == 2


def test_a_page_holds_them_itself(tmp_path: Path) -> None:
    assert write_paper(tmp_path / "a.html", document("months")) == []
    assert list(everything(tmp_path)) == ["a.html"]
    assert "path" in Read((tmp_path / "a.html").read_text()).tags
    write_paper(tmp_path / "a.md", document("months"))
    write_paper(tmp_path / "a.html", document())
    assert sorted(everything(tmp_path)) == ["a.html", "a.md", "a.pictures/months.svg"]


def test_of_an_earlier_report_nothing_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    write_paper(path, document("months", "prices"))
    write_paper(path, document("prices"))
    assert sorted(everything(tmp_path)) == ["a.md", "a.pictures/prices.svg"]
    write_paper(path, document())
    assert sorted(everything(tmp_path)) == ["a.md"]
    assert [one.name for one in tmp_path.iterdir()] == ["a.md"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("before", [True, False])
def test_both_or_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, before: bool
) -> None:
    path = tmp_path / "a.md"
    if before:
        write_paper(path, document("months"))
    there = everything(tmp_path)

    def breaks(*_: object) -> None:
        raise error

    monkeypatch.setattr(module, "write_document", breaks)
    with pytest.raises((KeyboardInterrupt, HeichanError)):
        write_paper(path, document("months", "prices"))
    assert everything(tmp_path) == there
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_what_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    folder = pictures_of(tmp_path / "a.md")
    folder.mkdir()
    check_pictures(folder)
    (folder / "mine.svg").write_text("mine")
    with pytest.raises(UsageError, match=r"mine\.svg"):
        write_paper(tmp_path / "a.md", document("months"))
    (tmp_path / "b.pictures").write_text("a file")
    (tmp_path / "c.pictures").symlink_to(folder, target_is_directory=True)
    for name in ("b", "c"):
        with pytest.raises(UsageError, match="is no folder"):
            write_paper(tmp_path / f"{name}.md", document())
    assert sorted(everything(tmp_path)) == ["a.pictures/mine.svg", "b.pictures"]


@given(st.text(st.characters(), min_size=1, max_size=60).filter(one_line))
@example(HOSTILE[2])
@example(HOSTILE[9])
def test_any_words_of_a_picture_are_the_same_words_for_a_reader(text: str) -> None:
    line, paper = one_line(text), document("months", text=text)
    markdown, page = io.BytesIO(), io.BytesIO()
    write_markdown(markdown, paper, "a.pictures")
    write_page(page, paper)
    assert images(markdown.getvalue().decode()) == [(line, "a.pictures/months.svg")]
    read = Read(page.getvalue().decode())
    assert [told for tag, told in read.texts if tag == "figcaption"] == [line]
    assert not re.search("<(?:script|img)", page.getvalue().decode())
