from datetime import date
from pathlib import Path

import pytest

from evidence.errors import InputError
from ingest.readers.reports.reader import SIZE_LIMIT, ReportReader, report_text

from .helpers import posts, read, source

READER = ReportReader()
PAGE = """<!doctype html><html><head><title>Trade &amp; data</title>
<meta property="article:published_time" content="2021-04-19T08:00:00Z">
<style>p { color: red }</style><script>steal("x")</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Trade &amp; data</h1>
<p>One <b>bold</b>
sentence.</p><ul><li>first</li><li>second <i>item</i></li></ul>
<table><tr><td>a</td><td>1</td></tr><tr><td>b</td><td>2</td></tr></table>
<pre>x = 1
y = 2</pre>line<br>break &lt;script&gt;</article><footer>© nobody</footer></body></html>"""


def test_a_page_keeps_its_lines_and_drops_the_rest(tmp_path: Path) -> None:
    report = report_text(source(tmp_path, PAGE))
    assert report.title == "Trade & data"
    assert report.published == date(2021, 4, 19)
    assert report.text.split("\n") == [
        "Trade & data",
        "One bold sentence.",
        "first",
        "second item",
        "a 1",
        "b 2",
        "x = 1",
        "y = 2",
        "line",
        "break <script>",
    ]


def test_passages_stand_at_their_offsets(tmp_path: Path) -> None:
    text = "# 标题\r\n\r\n  第一段。\n\n\n* item 😀 one\n* item two"
    file = source(tmp_path, text)
    report = report_text(file)
    found = posts(read(READER, tmp_path, text))
    assert [post.text for post in found] == ["# 标题", "第一段。", "* item 😀 one", "* item two"]
    assert all(
        report.text[post.offset : post.offset + len(post.text)] == post.text for post in found
    )
    assert {post.kind for post in found} == {"report_passage"}
    assert {post.venue for post in found} == {None}
    assert {post.heading for post in found} == {"标题"}


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        ("A title\n\nMar 5, 2021\nText.", "A title", date(2021, 3, 5)),
        ("A title\n5 March 2021\nText.", "A title", date(2021, 3, 5)),
        ("标题\n2021年3月5日\n正文。", "标题", date(2021, 3, 5)),
        ("---\ntitle: x\ndate: 2021-03-05\n---\n# Real\n", "Real", date(2021, 3, 5)),
        ("A title\nFeb 30, 2021\n", "A title", None),
        ("A title\nEarly March 2021\n", "A title", None),
        ("", "", None),
    ],
)
def test_title_and_date(tmp_path: Path, text: str, title: str, published: date | None) -> None:
    report = report_text(source(tmp_path, text))
    assert (report.title, report.published) == (title, published)


def test_encodings(tmp_path: Path) -> None:
    text = "# 数据黑市\n\n我们在这个群里看到了很多的数据和联系方式。"
    for codec in ("utf-8-sig", "gb18030", "utf-16"):
        assert "数据黑市" in report_text(source(tmp_path, text.encode(codec))).text
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>Stra\xdfe</p></body></html>'
    assert report_text(source(tmp_path, page.encode("latin-1"))).text == "Straße"
    with pytest.raises(InputError):
        report_text(source(tmp_path, b"abc \xff\xfe\xfd def"))
    with pytest.raises(InputError):
        report_text(source(tmp_path, b'<html><meta charset="no-such"><p>\xff\xfe\xfd</p>'))


def test_too_large_for_a_report(tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as stream:
        stream.truncate(SIZE_LIMIT + 1)
    with pytest.raises(InputError):
        list(READER.read(source(tmp_path, "", "other").__class__(path, "big"), None))  # type: ignore[arg-type]


def test_deeply_nested_page(tmp_path: Path) -> None:
    page = "<html><body>" + "<div>" * 20_000 + "deep" + "</div>" * 20_000 + "</body></html>"
    assert "deep" in report_text(source(tmp_path, page)).text


@pytest.mark.parametrize(
    ("text", "is_report"),
    [
        (PAGE, True),
        (
            "The vendor has seen two offers of one seller in this market. It names no operator. "
            "The second offer was posted in the spring of the same year.",
            True,
        ),
        ("本文介绍了这个地下市场里的几类卖家和他们所使用的担保服务。", True),
        ('<html><body><div class="page_wrap"><div class="history">', False),
        ('{"a": "One sentence with quite a number of words in it, here."}', False),
        ("key = value\nother = thing\n", False),
        ("\0\1\2", False),
        ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x", False),
    ],
)
def test_sniffing_is_weak_and_by_content(tmp_path: Path, text: str, is_report: bool) -> None:
    assert (READER.sniff(source(tmp_path, text).head()) > 0) is is_report
