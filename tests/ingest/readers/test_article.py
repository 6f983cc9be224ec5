from datetime import date
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from ingest.posts import SetAside
from ingest.readers import detect
from ingest.readers.reports.article import read_article
from ingest.readers.reports.article_facts import page_facts
from ingest.readers.reports.reader import ReportReader, report_text

from . import article_pages as made
from . import forum_pages
from .helpers import posts, read, source

READER = ReportReader()


def text_of(page: str) -> str:
    return read_article(LexborHTMLParser(page)).text


@pytest.mark.parametrize("name", sorted(made.LAYOUTS))
def test_every_paragraph_of_an_article_and_nothing_beside_it(name: str) -> None:
    page, paragraphs = made.LAYOUTS[name]
    text = "".join(text_of(page).split())
    assert [one for one in paragraphs if "".join(one.split()) not in text] == []
    assert [one for one in made.NOISE if "".join(one.split()) in text] == []


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    items = read(READER, tmp_path, made.WORDPRESS)
    asides = {item.name: item.reason for item in items if isinstance(item, SetAside)}
    assert set(asides) == {
        "file: comments, 80 characters",
        "file: navigation, 418 characters",
        "file: other parts, 40 characters",
        "file: parts beside the text, 409 characters",
        "file: scripts, 64 characters",
    }
    assert set(asides.values()) == {"a part of the page that is no text of its article"}


def test_title_day_and_author_go_with_each_passage(tmp_path: Path) -> None:
    found = posts(read(READER, tmp_path, made.WORDPRESS))
    assert {post.heading for post in found} == {"A market in motion"}
    assert {post.wall for post in found} == {"2023-11-14"}
    assert {(post.sender, post.account, post.venue) for post in found} == {("Jo Doe", None, None)}
    assert found[0].text == "A market in motion"
    assert found[-1].text == "another point"


@pytest.mark.parametrize(
    ("page", "author", "published"),
    [
        (made.WECHAT, "示例公众号", date(2023, 11, 14)),
        (made.PORTAL, "", date(2023, 11, 14)),
        (made.SEMANTIC, "Jo Doe", date(2023, 11, 14)),
        (
            made.page(
                "",
                head='<script type="application/ld+json">{"@graph": [{"@type": "Article", "author":'
                ' {"name": "Jo Doe"}, "datePublished": "2023-11-14T08:00:00Z"}]}</script>',
            ),
            "Jo Doe",
            date(2023, 11, 14),
        ),
        (
            made.page("", head='<script type="application/ld+json">{"author": [[[</script>'),
            "",
            None,
        ),
        (made.page("", head='<meta name="author" content="https://example.org/jo">'), "", None),
        (made.page('<p class="date">2023-02-30</p>'), "", None),
    ],
)
def test_stated_facts(page: str, author: str, published: date | None) -> None:
    facts = page_facts(LexborHTMLParser(page))
    assert (facts.author, facts.published) == (author, published)


def test_a_dated_line_below_the_title_counts_as_in_plain_text(tmp_path: Path) -> None:
    page = made.page(f"<h1>Title</h1><div>14 November 2023</div>{made.paragraphs()}")
    assert report_text(source(tmp_path, page)).published == date(2023, 11, 14)


def test_a_part_is_kept_where_much_of_the_page_stands_in_it() -> None:
    page = made.page(f'<div class="layout-with-sidebar share">{made.paragraphs()}</div>')
    assert made.PARAGRAPHS[0] in text_of(page)


def test_pages_without_prose_keep_their_lines() -> None:
    rows = "".join(f"<tr><td>name {n}</td><td>{n}</td></tr>" for n in range(5))
    assert text_of(made.page(f"<table>{rows}</table>")).split("\n")[0] == "name 0 0"
    assert text_of("<html></html>") == ""


def test_spans_count_in_the_text_of_the_article(tmp_path: Path) -> None:
    file = source(tmp_path, made.PORTAL)
    report = report_text(file)
    for post in posts(read(READER, tmp_path, made.PORTAL)):
        assert report.text[post.offset : post.offset + len(post.text)] == post.text


@pytest.mark.parametrize(
    ("page", "reader"),
    [
        (made.WORDPRESS, "report"),
        (
            made.page(f"{made.paragraphs()}<p>The board runs on phpBB, Powered by Discuz.</p>"),
            "report",
        ),
        (forum_pages.discuz_thread(forum_pages.discuz_post(1, 2, "x", "y")), "forum"),
        (forum_pages.discuz_head("首页") + "<div>index</div></body></html>", None),
        (
            forum_pages.discuz_head("资讯")
            .replace("nv_forum", "nv_portal")
            .replace("pg_viewthread", "pg_view")
            + f"{made.paragraphs()}</body></html>",
            "report",
        ),
        ('<html><body><div class="page_wrap"><div class="history">', "telegram-html"),
    ],
)
def test_detection_keeps_pages_apart(tmp_path: Path, page: str, reader: str | None) -> None:
    if reader is None:
        page = page.replace("pg_viewthread", "pg_index")
    chosen = detect(source(tmp_path, page))
    assert (chosen.name if chosen else None) == reader
