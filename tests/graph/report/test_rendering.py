"""The same document as Markdown and as HTML: what is text stays text for a reader of either."""

import io
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from graph.report.content import (
    Block,
    Bullets,
    Code,
    Document,
    Facts,
    Heading,
    Paragraph,
    Quote,
    Table,
)
from graph.report.markdown import write_markdown
from graph.report.page import write_page
from graph.report.safe import one_line, visible

HOSTILE = (
    "<script>alert(1)</script>",
    "]]> --> </style></td></table>",
    "[click](javascript:alert(1)) ![x](http://example.com/x.png)",
    "| cell | cell |",
    "# heading",
    "===",
    "- item",
    "1. one",
    "``` `code` ```",
    "<http://example.com> https://example.com www.example.com a@example.com",
    "&lt;b&gt; &#60;",
    "\\",
    "\\|",
    "\x1b[31m \u202e \x00 \ud800 \u2028",
    "> quoted",
    "***",
    "~~~",
    "=1+1",
    "    indented",
    "[x]: http://example.com",
)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "p", "h1", "h2", "h3", "ul", "li", "dl", "dt",
    "dd", "table", "thead", "tbody", "tr", "th", "td", "code", "blockquote",
}  # fmt: skip
texts = st.text(st.characters(), min_size=1, max_size=60).filter(lambda text: one_line(text))


class Read(HTMLParser):
    """Tags, attributes and the text of an HTML file by the innermost element."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self.tags[-1], data))


def document(*blocks: Block) -> Document:
    return Document("en", "A title", "TLP:AMBER", blocks)


def markdown(*blocks: Block) -> str:
    stream = io.BytesIO()
    write_markdown(stream, document(*blocks))
    return stream.getvalue().decode()


def html(*blocks: Block) -> Read:
    stream = io.BytesIO()
    write_page(stream, document(*blocks))
    return Read(stream.getvalue().decode())


def told(text: str) -> list[str]:
    """The texts of Markdown as a program reads them, between the title and the last line."""
    reader = MarkdownIt("commonmark", {"linkify": False}).enable("table")
    tokens = reader.parse(text)
    assert {token.type for token in tokens}.isdisjoint({"html_block", "code_block", "fence", "hr"})
    found = []
    for token in tokens:
        if token.type == "inline":
            children = token.children or []
            known = {"text", "text_special", "code_inline", "strong_open", "strong_close"}
            assert {child.type for child in children} <= known | {"hardbreak", "softbreak"}
            found.append("".join("\n" if c.type == "softbreak" else c.content for c in children))
    return found[2:-1]


def each(text: str) -> tuple[Block, ...]:
    return (
        Heading(2, text),
        Paragraph(text),
        Bullets([text, text]),
        Facts([(text, text)]),
        Table([text, "b"], [[text, Code(text)]]),
        Quote(text),
    )


@given(texts)
@example("a\n===")
def test_any_text_is_the_same_text_for_a_reader_of_markdown(text: str) -> None:
    line = one_line(text)
    for block in (Heading(2, text), Paragraph(text), Bullets([text])):
        assert told(markdown(block)) == [line]
    assert told(markdown(Table(["a", "b"], [[text, text]])))[2:] == [line, line]
    code = told(markdown(Table(["a", "b"], [["x", Code(text)]])))[3]
    assert code.strip() == line.replace("|", "¦").strip()


@given(texts)
def test_any_text_is_the_same_text_for_a_reader_of_html(text: str) -> None:
    read = html(*each(text))
    assert set(read.tags) <= TAGS
    line = one_line(text)
    shown = [data for tag, data in read.texts if tag in ("h2", "li", "dt", "dd", "td", "code")]
    assert shown == [line] * 7
    assert read.texts[-2][1] == visible(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_makes_nothing_but_text(text: str) -> None:
    read = html(*each(text))
    assert set(read.tags) <= TAGS
    assert read.attributes <= {
        "lang", "charset", "http-equiv", "content", "name", "class", "scope", "dir",
    }  # fmt: skip
    written = markdown(*each(text))
    assert told(written)
    assert not re.search(r"(?<!\\)https?:(?=//)|(?<!\\)<|(?i:www\.)|(?<!\\)@", _no_code(written))
    assert "\x1b" not in written


def _no_code(text: str) -> str:
    return re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)


def test_the_page_allows_its_own_style_alone() -> None:
    stream = io.BytesIO()
    write_page(stream, document(Paragraph("x")))
    text = stream.getvalue().decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert "script" not in text
    assert not re.search(r"https?:|url\(|@import", text)


def test_every_line_of_a_quote_stays_a_line() -> None:
    assert told(markdown(Quote("one\n# two\n===")))[0].split("\n") != ["one # two ==="]
    reader = MarkdownIt("commonmark")
    out = reader.render(markdown(Quote("one\n# two\n===\n- three")))
    assert "<br" in out
    assert out.count("<h1>") == 1
    assert "<ul>" not in out
