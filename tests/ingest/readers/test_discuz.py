from pathlib import Path

import pytest

from ingest.posts import (
    BreaksOff,
    Item,
    Mention,
    OwnAccount,
    Problem,
    ReadPost,
    ReadVenue,
    SetAside,
)
from ingest.readers import ReadOptions, detect
from ingest.readers.forum.reader import ForumReader

from . import forum_pages as made
from .helpers import posts, read, source, venues

READER = ForumReader()
PLATFORM = made.HOST
BOARD = f"venue:{PLATFORM}:36"
OPENING = """QQ 12345<br />
一手股民 日更5万 <img src="static/image/smiley/default/lol.gif" smilieid="12" alt="" /><br />
<i class="pstatus"> 本帖最后由 张三 于 2013-6-5 11:00 编辑 </i><br />
<br />
<font class="jammer">x9 copyright</font><span style="display:none">rubbish</span>
联系 <a href="https://t.me/demo_name" target="_blank">飞机</a>
<ignore_js_op><img aid="8" id="aimg_8" src="static/image/common/none.gif" \
zoomfile="data/attachment/forum/a.jpg" /><div class="tip aimg_tip" id="aimg_8_menu" \
style="position: absolute; display: none"><p><strong>样本.jpg</strong> <em>(3 KB, 下载次数: 5)</em>
</p></div></ignore_js_op><div class="locked">游客，如果您要查看本帖隐藏内容请
<a href="x">回复</a></div>
<div class="showhide"><h4>本帖隐藏的内容</h4>密码 abc</div>"""
RATING = """<dl id="ratelog_101"><dd><table class="ratl"><tbody class="ratl_l"><tr id="rate_101_7">
<td><a href="space-uid-7.html"><img /></a> <a href="space-uid-7.html">李四</a></td>
<td class="xi1"> + 5</td><td class="xg1">很给力!</td></tr></tbody></table></dd></dl>"""
REMARK = """<div class="cm"><h3 class="psth xs1">点评</h3><div class="pstl xs1 cl">
<div class="psta">
<a href="home.php?mod=space&amp;uid=9" c="1"><img /></a>
<a href="home.php?mod=space&amp;uid=9" class="xi2 xw1">王五</a></div><div class="psti">多少钱&nbsp;
<span class="xg1">发表于 <span title="2013-6-5 12:00">昨天&nbsp;12:00</span></span>
</div></div></div>"""
BANNED = '<div class="locked">提示: <em>作者被禁止或删除 内容自动屏蔽</em></div>'


def thread(own: int = 0) -> str:
    return made.discuz_thread(
        made.discuz_post(
            101, 5, "张三", OPENING, floor="楼主", below=RATING + REMARK, sign="长期收料 QQ 999"
        ),
        made.discuz_post(
            102,
            7,
            "李四",
            made.discuz_quote(101, "张三", "QQ 12345")
            + '怎么卖 <a href="home.php?mod=space&amp;uid=5">@张三</a>',
            shown='发表于 <span title="2013-6-5 13:22:11">昨天&nbsp;13:22</span>',
        ),
        made.discuz_post(103, 8, "赵六", "", shown="发表于 3&nbsp;小时前").replace(
            "<td></td>", BANNED
        ),
        made.discuz_post(104, 5, "张三", "在的", sign="长期收料 QQ 999"),
        head=made.discuz_head("出一手股民", own=own),
    )


def by_id(items: list[Item]) -> dict[str, ReadPost]:
    return {post.native_id or "": post for post in posts(items)}


def test_a_thread_page_gives_board_posts_and_what_belongs_to_them(tmp_path: Path) -> None:
    items = read(READER, tmp_path, thread())
    assert venues(items) == [
        ReadVenue(id=BOARD, platform=PLATFORM, kind="board", name="数据交易", native=True)
    ]
    first = by_id(items)["101"]
    assert first.text == (
        "QQ 12345\n一手股民 日更5万\n\n联系 飞机 https://t.me/demo_name\n密码 abc"
    )
    assert (first.account, first.sender) == (f"account:{PLATFORM}:5", "张三")
    assert (first.heading, first.kind) == ("[出售] 出一手股民", "thread_post")
    assert (first.wall, first.unix) == ("2013-06-05T10:15", 1370398500)
    assert (first.edited_wall, first.media) == ("2013-06-05T11:00", ("样本.jpg",))
    assert first.place == "post 101, 楼主"
    aside = [item for item in items if isinstance(item, SetAside)]
    assert [one.reason for one in aside] == ["a part of a post that the forum does not show"]
    assert aside[0].name.startswith("file: post 101, 楼主: 游客，如果您要查看本帖隐藏内容")


def test_quoted_words_stand_apart_and_name_their_post(tmp_path: Path) -> None:
    found = by_id(read(READER, tmp_path, thread()))
    reply, quote = found["102"], found["102/quote/1"]
    assert (reply.text, reply.reply_to) == ("怎么卖 @张三", "101")
    assert reply.mentions == (Mention(4, 7, "account", f"account:{PLATFORM}:5"),)
    assert (reply.wall, reply.raw_time) == ("2013-06-05T13:22:11", "2013-6-5 13:22:11")
    assert (quote.kind, quote.action, quote.text) == ("service", "quote", "QQ 12345")
    assert (quote.forwarded_name, quote.reply_to) == ("张三", "101")


def test_a_blocked_post_a_relative_time_ratings_remarks_and_signatures(tmp_path: Path) -> None:
    items = read(READER, tmp_path, thread())
    found = by_id(items)
    blocked = found["103"]
    assert (blocked.kind, blocked.wall, blocked.raw_time) == (
        "unsupported",
        None,
        "发表于 3 小时前",
    )
    assert "自动屏蔽" in blocked.text
    rating = found["101/rate_101_7"]
    assert (rating.kind, rating.action, rating.text) == ("service", "rating", "+ 5 很给力!")
    assert rating.account == f"account:{PLATFORM}:7"
    remark = next(post for post in posts(items) if post.text == "多少钱")
    assert (remark.account, remark.wall, remark.reply_to, remark.kind) == (
        f"account:{PLATFORM}:9",
        "2013-06-05T12:00",
        "101",
        "thread_post",
    )
    signatures = [post for post in posts(items) if post.action == "signature"]
    assert [(post.account, post.text) for post in signatures] == [
        (f"account:{PLATFORM}:5", "长期收料 QQ 999")
    ]


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    items = read(READER, tmp_path, thread(own=77))
    spoken = [post for post in posts(items) if post.kind == "thread_post"]
    service = [post for post in posts(items) if post.kind == "service"]
    blocked = [post for post in posts(items) if post.kind == "unsupported"]
    # Four posts and a remark; a quote, a rating and a signature; a hidden part; nothing else.
    assert [len(spoken), len(service), len(blocked)] == [4, 3, 1]
    rest = [type(item) for item in items if not isinstance(item, ReadPost)]
    assert rest == [ReadVenue, OwnAccount, SetAside]
    assert OwnAccount(f"account:{PLATFORM}:77") in items


def test_a_post_seen_on_two_pages_is_one_post(tmp_path: Path) -> None:
    post = made.discuz_post(104, 5, "张三", "在的")
    one, two = (by_id(read(READER, tmp_path, made.discuz_thread(post))) for _ in range(2))
    assert one["104"] == two["104"]
    assert one["104"].venue == by_id(read(READER, tmp_path, thread()))["104"].venue


def test_a_board_page_gives_its_threads(tmp_path: Path) -> None:
    page = made.discuz_board(
        made.discuz_row(1, "版规", 2, "版主", "2013-1-1", "stick", "全局置顶主题 - "),
        made.discuz_row(2, "本版公告", 2, "版主", "2013-1-2", "stick", "本版置顶主题 - "),
        made.discuz_row(45, "出一手股民", 5, "张三", "2013-6-5"),
    )
    items = read(READER, tmp_path, page)
    assert [post.native_id for post in posts(items)] == ["thread/2", "thread/45"]
    row = by_id(items)["thread/45"]
    # What the forum asks for reading the thread is no price of the goods.
    assert row.text == "[出售] 出一手股民"
    assert (row.heading, row.wall, row.venue) == ("[出售] 出一手股民", "2013-06-05", BOARD)
    assert row.account == f"account:{PLATFORM}:5"
    assert [item.name for item in items if isinstance(item, SetAside)] == ["file: thread 1"]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    page = thread().replace("charset=utf-8", "charset=gbk")
    data = page.encode(codec)
    assert detect(source(tmp_path, data)) is not None
    items = read(READER, tmp_path, data)
    assert by_id(items)["104"].text == "在的"
    assert not [item for item in items if isinstance(item, Problem)]
    marks = {post.native_id: post.offset for post in posts(items)}
    assert (
        data[marks["104"] :]
        .decode(codec.replace("utf-16", "utf-16-le"))
        .startswith('id="post_104"')
    )


def test_a_cut_character_loses_no_post(tmp_path: Path) -> None:
    page = thread().replace("charset=utf-8", "charset=gbk").encode("gb18030")
    broken = page.replace("在的".encode("gb18030"), "在的".encode("gb18030")[:3])
    items = read(READER, tmp_path, broken)
    assert by_id(items)["104"].text.startswith("在")
    assert [item.reason for item in items if isinstance(item, Problem)] == [
        "1 characters are not gb18030 and stand as U+FFFD"
    ]


def test_a_page_that_breaks_off_gives_what_stood_before(tmp_path: Path) -> None:
    page = thread()
    items = read(READER, tmp_path, page[: page.index("怎么卖")])
    assert posts(items)[0].native_id == "101"
    assert "102" not in by_id(items)
    assert items[-1] == BreaksOff("post 102", "the page breaks off in it")
    items = read(READER, tmp_path, page[: page.index("GMT+8")])
    assert "104" in by_id(items)
    assert items[-1] == BreaksOff("behind post 104, 2#", "the page ends before its end tag")


def test_an_impossible_date_is_a_problem_of_its_post(tmp_path: Path) -> None:
    page = made.discuz_thread(
        made.discuz_post(1, 5, "张三", "一", shown="发表于 2013-2-30 10:15"),
        made.discuz_post(2, 5, "张三", "二"),
    )
    items = read(READER, tmp_path, page)
    assert list(by_id(items)) == ["2"]
    assert Problem("post 1, 2#", "date is not a time") in items


def test_nobody_is_named_by_a_shared_name(tmp_path: Path) -> None:
    """Anonymous posts are of no account; a deleted account is known by its name."""
    author = (
        '<div class="authi"><a href="home.php?mod=space&amp;uid=5" target="_blank" class="xw1">'
    )
    page = made.discuz_thread(
        made.discuz_post(1, 5, "匿名", "一").replace(f"{author}匿名</a></div>", "匿名"),
        made.discuz_post(2, 5, "旧友", "二").replace(
            f"{author}旧友</a></div>", "旧友 <em>该用户已被删除</em>"
        ),
    )
    found = by_id(read(READER, tmp_path, page))
    assert (found["1"].account, found["1"].sender) == (None, "匿名")
    assert found["2"].account == f"account:{PLATFORM}:name/36/旧友"


def test_a_forum_that_states_no_host_is_known_by_its_name(tmp_path: Path) -> None:
    page = thread().replace(f'<base href="http://{made.HOST}/" />', "")
    page = page.replace(
        f'<link href="http://{made.HOST}/thread-45-1-1.html" rel="canonical" />', ""
    )
    assert venues(read(READER, tmp_path, page))[0].id == "venue:夜航论坛:36"
    nameless = page.replace('class="nvhm"', "").replace("夜航论坛", "")
    items = read(READER, tmp_path, nameless)
    assert venues(items)[0].id == "venue:discuz:36"
    # Numbers of a forum that nobody names could be anybody's.
    assert by_id(items)["104"].account == "account:discuz:name/36/张三"


def test_the_user_names_the_board(tmp_path: Path) -> None:
    options = ReadOptions(venue="venue:yehang:9")
    items = read(READER, tmp_path, thread(), options)
    assert venues(items)[0].id == "venue:yehang:9"
    assert by_id(items)["104"].account == "account:yehang:5"


def test_what_a_kind_of_thread_asks_for_stands_above_the_message(tmp_path: Path) -> None:
    poll = (
        '<div class="pcht"><table><tr><td class="pvt"><label>联通</label></td></tr></table></div>'
    )
    form = '<div class="typeoption"><table><tr><th>价格:</th><td>5 元</td></tr></table></div>'
    body = '<a href="home.php?mod=space&amp;uid=7">@李四</a> 看'
    post = made.discuz_post(1, 5, "张三", body, below=f"<h2>补充</h2>{form}{poll}")
    (found,) = posts(read(READER, tmp_path, made.discuz_thread(post)))
    assert found.text == "补充\n价格: 5 元\n联通\n@李四 看"
    (mention,) = found.mentions
    assert found.text[mention.start : mention.end] == "@李四"


def test_an_older_release(tmp_path: Path) -> None:
    """Discuz! 7: other classes, quotes with their source below."""
    page = """<html><head><title>出一手股民 - 夜航论坛 - Powered by Discuz!</title></head><body>
<div id="nav"><a href="index.php">夜航论坛</a> &raquo;
<a href="forumdisplay.php?fid=36">数据交易</a>
&raquo; 出一手股民</div><div id="postlist" class="mainbox viewthread"><div id="post_1">
<table id="pid1" summary="pid1"><tr><td class="postauthor" rowspan="2"><div class="postinfo">
<a target="_blank" href="space.php?uid=5">张三</a></div></td><td class="postcontent">
<div class="postinfo"><strong><a id="postnum1"><em>2</em><sup>#</sup></a></strong>
<div class="posterinfo"><div class="authorinfo">
<em id="authorposton1">发表于 2010-5-6 12:34</em></div></div></div>
<div class="defaultpost"><div class="postmessage firstpost"><div id="threadtitle">
<h1>出一手股民</h1></div><table><tr><td class="t_msgfont" id="postmessage_1"><div class="quote">
<blockquote>有货吗<br />原帖由 <i>李四</i> 于 2010-5-6 12:30 发表
<a href="redirect.php?goto=findpost&amp;pid=9&amp;ptid=45"><img src="images/common/back.gif" /></a>
</blockquote></div>有</td></tr></table></div></div><div class="signatures">QQ 1</div></td></tr>
</table></div></div><div id="footer">GMT+8, 2010-5-7 09:00, Processed in 0.1 s</div></body>
</html>"""
    items = read(READER, tmp_path, page)
    assert venues(items)[0].id == "venue:夜航论坛:36"
    post, quote, signature = posts(items)
    assert (post.text, post.account, post.reply_to) == ("有", "account:夜航论坛:5", "9")
    assert (post.wall, post.unix, post.heading) == ("2010-05-06T12:34", 1273120440, "出一手股民")
    assert (quote.text, quote.forwarded_name) == ("有货吗", "李四")
    assert signature.text == "QQ 1"
