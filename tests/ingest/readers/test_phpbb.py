from pathlib import Path

import pytest

from ingest.posts import BreaksOff, Item, ReadPost, ReadVenue, SetAside
from ingest.readers import detect
from ingest.readers.forum.reader import ForumReader

from . import forum_pages as made
from .helpers import posts, read, source, venues

READER = ForumReader()
PLATFORM = made.HOST
EXTRAS = """<dl class="attachbox"><dt>Attachments</dt><dd><dl class="file"><dt>
<a class="postlink" href="./download/file.php?id=1">sample.zip</a></dt><dd>(3 KiB)
Downloaded 2 times</dd></dl></dd></dl><div class="notice">Last edited by
<a href="./memberlist.php?mode=viewprofile\
&amp;u=5" class="username">seller</a> on Tue Mar 02, 2021 2:06 pm, edited 1 time in total.</div>
<div id="sig1" class="signature">jabber x@y.example</div>"""
BODY = """Fresh <strong>leads</strong> <img class="smilies" src="./images/x.gif" alt=":lol:"><br>
pm me<br><a href="https://example.com/one/two/three/four" class="postlink">https://example.com/one/\
 ... four</a><div class="codebox"><p>Code: <a href="#">Select all</a></p><pre><code>a,b
c,d</code></pre></div>"""


def topic() -> str:
    return made.phpbb_topic(
        made.phpbb_post(1, 5, "seller", BODY, subject="Fresh data", below=EXTRAS),
        made.phpbb_post(
            2, 7, "buyer", made.phpbb_quote(1, 5, "seller", "Fresh leads") + "how much?"
        ),
        made.phpbb_post(3, 0, "guest", "hi", stamp="", shown="Wed Mar 03, 2021 1:06 am"),
        made.phpbb_post(4, 5, "seller", "sold", subject="Closed for now"),
    )


def by_id(items: list[Item]) -> dict[str, ReadPost]:
    return {post.native_id or "": post for post in posts(items)}


def test_a_topic_page(tmp_path: Path) -> None:
    items = read(READER, tmp_path, topic())
    assert venues(items) == [
        ReadVenue(
            id=f"venue:{PLATFORM}:3", platform=PLATFORM, kind="board", name="Data", native=True
        )
    ]
    found = by_id(items)
    first = found["1"]
    assert first.text == (
        "Fresh leads :lol:\npm me\nhttps://example.com/one/two/three/four\na,b\nc,d"
    )
    assert (first.account, first.sender) == (f"account:{PLATFORM}:5", "seller")
    # The page shows the time of its zone; machines are told the same in UTC.
    assert (first.wall, first.unix) == ("2021-03-02T13:06:07", 1614661567)
    assert (first.edited_wall, first.edited_unix) == ("2021-03-02T14:06", 1614665160)
    assert (first.media, first.heading) == (("sample.zip",), "Fresh data")
    assert found["4"].text == "Closed for now\nsold"
    assert found["3"].account == f"account:{PLATFORM}:name/3/guest"
    assert found["3"].wall == "2021-03-03T01:06"


def test_quotes_and_signatures_stand_apart(tmp_path: Path) -> None:
    found = by_id(read(READER, tmp_path, topic()))
    assert (found["2"].text, found["2"].reply_to) == ("how much?", "1")
    quote = found["2/quote/1"]
    assert (quote.action, quote.text, quote.forwarded_account) == (
        "quote",
        "Fresh leads",
        f"account:{PLATFORM}:5",
    )
    assert found["signature/5"].text == "jabber x@y.example"


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    items = read(READER, tmp_path, topic())
    kinds = [post.kind for post in posts(items)]
    assert sorted(kinds) == ["service"] * 2 + ["thread_post"] * 4
    assert len(items) == len(kinds) + 1


def test_a_forum_page(tmp_path: Path) -> None:
    page = made.phpbb_forum(
        made.phpbb_row(1, "Rules", 2, "admin", "global-announce"),
        made.phpbb_row(2, "Elsewhere", 2, "admin", forum=9),
        made.phpbb_row(45, "Fresh data", 5, "seller"),
    )
    items = read(READER, tmp_path, page)
    (row,) = posts(items)
    assert (row.native_id, row.text, row.account) == (
        "thread/45",
        "Fresh data",
        f"account:{PLATFORM}:5",
    )
    asides = [item.name for item in items if isinstance(item, SetAside)]
    assert asides == ["file: thread 1", "file: thread 2"]


def test_a_page_of_the_first_style(tmp_path: Path) -> None:
    """phpBB 3.0: no `time` elements, quotes without numbers, offsets in words."""
    page = topic().replace('<span title="Asia/Shanghai">UTC+08:00</span>', "UTC + 8 hours")
    page = (
        page.replace("<time ", "<!-- <time ")
        .replace('+00:00">', '+00:00">-->')
        .replace("</time>", "")
    )
    page = page.replace(
        made.phpbb_quote(1, 5, "seller", "Fresh leads"),
        "<blockquote><div><cite>seller wrote:</cite>Fresh leads</div></blockquote>",
    )
    found = by_id(read(READER, tmp_path, page))
    assert (found["1"].wall, found["1"].unix) == ("2021-03-02T13:06", 1614661560)
    assert found["2/quote/1"].forwarded_name == "seller"
    assert (found["2"].reply_to, found["2"].text) == (None, "how much?")


def test_a_deleted_post_is_a_placeholder(tmp_path: Path) -> None:
    post = made.phpbb_post(1, 5, "seller", "x").replace(
        '<div class="content">x</div>', '<div class="ignore">This post was deleted.</div>'
    )
    (found,) = posts(read(READER, tmp_path, made.phpbb_topic(post)))
    assert (found.kind, found.text) == ("unsupported", "This post was deleted.")


def test_a_page_that_breaks_off(tmp_path: Path) -> None:
    page = topic()
    items = read(READER, tmp_path, page[: page.index("how much?")])
    assert [post.native_id for post in posts(items)] == ["1", "signature/5"]
    assert items[-1] == BreaksOff("post 2", "the page breaks off in it")


@pytest.mark.parametrize("page", [topic(), made.phpbb_forum(made.phpbb_row(1, "x", 2, "y"))])
def test_detection(tmp_path: Path, page: str) -> None:
    reader = detect(source(tmp_path, page))
    assert reader is not None
    assert reader.name == "forum"
