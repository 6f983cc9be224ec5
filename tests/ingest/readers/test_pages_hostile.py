"""Damaged and hostile pages: problems and errors with words, never a traceback, linear time."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.errors import HeichanError, InputError
from ingest.posts import BreaksOff, Item, Problem, ReadPost
from ingest.readers import ReadOptions, Source, load_mapping
from ingest.readers.forum.reader import ForumReader
from ingest.readers.pages.saved import SIZE_LIMIT, declared_encoding
from ingest.readers.reports.reader import ReportReader
from tests.growth import times_as_long

from . import article_pages, forum_pages
from .helpers import posts, read, source
from .test_discuz import thread
from .test_forum_mapping import MAPPING, page, post
from .test_phpbb import topic

FORUM, REPORT = ForumReader(), ReportReader()
BOARD = forum_pages.discuz_board(forum_pages.discuz_row(45, "出一手股民", 5, "张三", "2013-6-5"))
FORUM_PAGE = forum_pages.phpbb_forum(forum_pages.phpbb_row(45, "Fresh data", 5, "seller"))
PAGES = [
    thread(own=7).encode(),
    thread().replace("charset=utf-8", "charset=gbk").encode("gb18030"),
    BOARD.encode(),
    topic().encode(),
    FORUM_PAGE.encode(),
    page(post(1, "eins"), post(2, "zwei")).encode(),
    article_pages.WORDPRESS.encode(),
    article_pages.PORTAL.encode("utf-16"),
]
PIECES = [b"<", b">", b'"', b"</div>", b"<div>", b"\0", b"\xff", b"&#xd800;", b"<!--", b"<table>"]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    data = bytearray(draw(st.sampled_from(PAGES)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        length = draw(st.integers(0, 40))
        data[at : at + length] = draw(st.binary(max_size=6) | st.sampled_from(PIECES))
    return bytes(data)


def items(reader: ForumReader | ReportReader, file: Source, options: ReadOptions) -> list[Item]:
    try:
        return list(reader.read(file, options))
    except HeichanError:
        return []


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> ReadOptions:
    path = tmp_path_factory.mktemp("mapping") / "mapping.yaml"
    path.write_text(MAPPING)
    return ReadOptions(mapping=load_mapping(path))


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=damaged())
def test_damage_gives_items_or_an_error_with_words(
    tmp_path: Path, mapped: ReadOptions, data: bytes
) -> None:
    file = source(tmp_path, data)
    found = [
        *items(FORUM, file, ReadOptions()),
        *items(FORUM, file, mapped),
        *items(REPORT, file, ReadOptions()),
    ]
    for item in found:
        json.dumps(repr(item)).encode()
        if isinstance(item, ReadPost):
            for text in (item.text, item.heading, item.sender or "", item.native_id or ""):
                text.encode()
            assert 0 <= item.offset <= len(data)
            assert all(0 <= one.start <= one.end <= len(item.text) for one in item.mentions)
        if isinstance(item, Problem | BreaksOff):
            assert item.where
            assert item.reason


@pytest.mark.parametrize("data", PAGES)
def test_cut_anywhere_nothing_is_half_a_post(tmp_path: Path, data: bytes) -> None:
    whole = {
        post.native_id: post.text
        for post in posts(items(FORUM, source(tmp_path, data), ReadOptions()))
    }
    for size in range(0, len(data), 211):
        for one in posts(items(FORUM, source(tmp_path, data[:size]), ReadOptions())):
            assert one.text == whole[one.native_id]


def nested_quotes(depth: int) -> str:
    body = '<div class="quote"><blockquote>a' * depth + "</blockquote></div>" * depth
    return forum_pages.discuz_thread(forum_pages.discuz_post(1, 2, "x", body))


def nested_posts(depth: int) -> str:
    opened = "".join(f'<div id="post_{n}"><div id="postmessage_{n}">a' for n in range(depth))
    return f"<html><body><div id='postlist'>{opened}{'</div></div>' * depth}</div></body></html>"


def nested_parts(depth: int) -> str:
    part = '<div class="comment"><p>A sentence of a comment, long enough to count as prose.</p>'
    return f"<html><body>{part * depth}{'</div>' * depth}</body></html>"


def many_posts(number: int) -> str:
    return forum_pages.discuz_thread(
        *(forum_pages.discuz_post(n, 5, "x", "出一手股民 QQ 12345") for n in range(1, number))
    )


def many_quotes(number: int) -> str:
    body = '<div class="quote"><blockquote>x</blockquote></div>y' * number
    remarks = '<div class="pstl"><div class="psti">x</div></div>' * number
    return forum_pages.discuz_thread(forum_pages.discuz_post(1, 5, "x", body, below=remarks))


def many_spaces(number: int) -> str:
    return "<html><body>" + " " * (number * 20) + "<p>x</p>" + "<!-- " * number


@pytest.mark.parametrize(
    ("make", "small"),
    [
        (nested_quotes, 250),
        (nested_posts, 250),
        (nested_parts, 250),
        (many_posts, 60),
        (many_quotes, 300),
        (many_spaces, 20_000),
    ],
)
def test_time_grows_with_the_page_and_no_faster(tmp_path: Path, make: object, small: int) -> None:
    assert callable(make)
    files = [source(tmp_path, make(size), f"page{size}") for size in (small, small * 8)]

    def reading(file: Source) -> None:
        items(FORUM, file, ReadOptions())
        items(REPORT, file, ReadOptions())

    assert times_as_long(lambda: reading(files[0]), lambda: reading(files[1]), 20) < 20


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 60_000,
        "<span></b>" * 60_000,
        "".join(f'<font color="#{n:06x}">' for n in range(4000)) + "<p>x</p>" * 4000,
    ],
)
@pytest.mark.parametrize("reader", [FORUM, REPORT])
def test_nesting_that_a_parser_would_sit_on_is_an_error(
    tmp_path: Path, reader: ForumReader | ReportReader, body: str
) -> None:
    file = source(tmp_path, f"<html><body>{body}</body></html>")
    with pytest.raises(InputError) as error:
        list(reader.read(file, ReadOptions()))
    assert "deep" in error.value.message
    assert error.value.hint


def test_a_page_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "big"
    with path.open("wb") as stream:
        stream.write(b"<html><body>")
        stream.truncate(SIZE_LIMIT + 1)
    with pytest.raises(InputError) as error:
        list(FORUM.read(Source(path, "big"), ReadOptions()))
    assert error.value.where == {"file": "big"}


def test_only_encodings_of_the_web_are_believed() -> None:
    for name in (b"punycode", b"idna", b"unicode_escape", b"utf-7", b"hex"):
        assert declared_encoding(b"<html><meta charset=" + name + b">") is None
    assert declared_encoding(b"<html><meta charset=GBK>") == "gb18030"


def test_scripts_and_addresses_stay_words(tmp_path: Path) -> None:
    body = (
        '<script>steal()</script><a href="javascript:steal()">press</a> <iframe src="http://x.example">'
        '</iframe><img src="https://tracker.example/pixel.gif?who=1" onerror="steal()">'
    )
    (found,) = posts(
        read(FORUM, tmp_path, forum_pages.discuz_thread(forum_pages.discuz_post(1, 2, "x", body)))
    )
    assert (found.text, found.media) == ("press", ("pixel.gif",))


def test_not_a_page(tmp_path: Path) -> None:
    with pytest.raises(InputError) as error:
        read(FORUM, tmp_path, "author,text\na,x\n")
    assert error.value.hint
