from collections.abc import Callable
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from evidence.case import create_case
from evidence.errors import HeichanError, InputError, UsageError
from ingest.pipeline import ingest
from ingest.posts import Item, Problem, ReadPost, SetAside
from ingest.readers import READERS, Head, ReadOptions, Source, detect
from ingest.readers.qq.mht_reader import QQMhtReader
from ingest.readers.qq.mht_row import head_of, read_row, read_written
from ingest.readers.qq.reader import QQReader
from tests.growth import times_as_long
from tests.ingest.exports import ask

from .helpers import breaks, posts, problems, read, source, venues
from .qq_made import BOTTOM, BOUNDARY, PICTURE, conversation, day, heading, img, mht, said
from .test_hostile import FIXTURES, peak
from .test_qq import export

READER = QQMhtReader()
ROWS = conversation(
    day("2013-06-05"),
    said("风自由(10001)", "10:15:03", "出一手料&nbsp;&nbsp;5毛一条<br>第二行 a&lt;b&amp;c"),
    said("大魔头&lt;nobody@example.com&get;", "9:28:18", "看", img()),
    said("【管理员】乙(10002)", "12:34:43", img()),
    said("系统消息(10000)", "14:36:46", "李某(10009)加入本群。"),
    day("2013-06-06"),
    said("乙(10002)", "0:00:01", "第二天"),
)
SAME = export(
    "2013-06-05 10:15:03 风自由(10001)\n出一手料  5毛一条\n第二行 a<b&c",
    "2013-06-05 9:28:18 大魔头<nobody@example.com>\n看[图片]",
    "2013-06-05 12:34:43 【管理员】乙(10002)\n[图片]",
    "2013-06-05 14:36:46 系统消息(10000)\n李某(10009)加入本群。",
    "2013-06-06 0:00:01 乙(10002)\n第二天",
)


def ids_of(items: list[Item]) -> list[tuple[object, ...]]:
    """All that the id of a post is made of, and what it says."""
    return [
        (post.venue, post.account, post.wall, post.raw_time, post.sender, post.text, post.kind)
        for post in posts(items)
    ]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize("quoted", [False, True])
@pytest.mark.parametrize("gap", ["", "\r\n"])
def test_the_same_posts_as_the_text_export(
    tmp_path: Path, codec: str, quoted: bool, gap: str
) -> None:
    data = mht(ROWS, pictures=[PICTURE, "{2}.dat"], codec=codec, quoted=quoted, gap=gap)
    items = read(READER, tmp_path, data)
    assert ids_of(items) == ids_of(read(QQReader(), tmp_path, SAME))
    assert venues(items) == venues(read(QQReader(), tmp_path, SAME))
    assert [post.media for post in posts(items)] == [(), (PICTURE,), (PICTURE,), (), ()]
    assert not problems(items)
    assert not breaks(items)
    assert items[-2:] == [SetAside(PICTURE, "picture"), SetAside("{2}.dat", "picture")]
    assert [post.place for post in posts(items)] == [f"row {n}" for n in (6, 7, 8, 9, 11)]
    assert all(data[post.offset :].startswith(b"<tr><td>") for post in posts(items))


def test_both_exports_give_each_post_once(tmp_path: Path) -> None:
    case = create_case(tmp_path / "case")
    text, page = tmp_path / "群.txt", tmp_path / "群.mht"
    text.write_text(SAME, "utf-8")
    page.write_bytes(mht(ROWS, pictures=[PICTURE]))
    assert ingest(case, [text]).new == 4
    report = ingest(case, [page])
    assert (report.posts, report.new, report.set_aside) == (4, 0, 1)
    assert ask(case, "SELECT count(*), max(edited) FROM post") == [(5, 0)]
    assert ask(case, "SELECT count(*) FROM capture") == [(10,)]
    assert ingest(case, [page, text]).new == 0


def test_every_record_is_accounted_for(tmp_path: Path) -> None:
    rows = [
        *ROWS,
        day("2013-13-77"),
        said("甲(10001)", "10:15:03", "kein Tag"),
        day("bald"),
        said("甲(10001)", "10:15:03", "ohne Tag"),
        day("2013/6/7"),
        said("甲(10001)", "25:15:03", "keine Zeit"),
        said("甲(10001)", "10:15:03", "x" * (1 << 20)),
        heading("niemandes Text"),
        said("甲(10001)", "下午10:15:03", "abends"),
        said("丁", "10:15:03", "ohne Nummer"),
        said("", "10:15:04", "ohne Namen"),
    ]
    items = read(READER, tmp_path, mht(rows, pictures=[PICTURE, PICTURE]))
    assert problems(items) == [
        Problem("row 13", "date is not a time"),
        Problem("row 14", "its day is none"),
        Problem("row 15", "no day stands above it"),
        Problem("row 17", "date is not a time"),
        Problem("row 18", "longer than 1 MiB"),
        Problem("row 19", "text that belongs to no message"),
    ]
    assert [(post.wall, post.account, post.kind) for post in posts(items)[5:]] == [
        ("2013-06-07T22:15:03", "account:qq:10001", "message"),
        ("2013-06-07T10:15:03", "account:qq:name/name%2F演示群/丁", "message"),
        ("2013-06-07T10:15:04", None, "service"),
    ]
    assert posts(items)[5].raw_time == "2013/6/7 下午 10:15:03"
    assert len([item for item in items if isinstance(item, SetAside)]) == 2
    # 13 of the rows written hold a day, a heading, or nothing.
    assert len(posts(items)) + len(problems(items)) == len(rows) - 8


def test_several_conversations(tmp_path: Path) -> None:
    rows = [
        *conversation(day("2013-06-05"), said("甲(10001)", "10:15:03", "一")),
        *conversation(
            day("2013-06-05"), said("乙", "10:15:03", "二"), subject="乙", grouping="我的好友"
        ),
        *conversation(subject="空"),
    ]
    items = read(READER, tmp_path, mht(rows))
    assert [(venue.id, venue.kind, venue.private) for venue in venues(items)] == [
        ("venue:qq:name/演示群", "qq_group", False),
        ("venue:qq:name/乙", "private", True),
    ]
    assert [post.account for post in posts(items)] == [
        "account:qq:10001",
        "account:qq:name/name%2F乙/乙",
    ]
    with pytest.raises(UsageError):
        read(READER, tmp_path, mht(rows), ReadOptions(venue="87654321"))


def test_the_user_gives_the_number_and_a_file_without_heading_has_its_own_name(
    tmp_path: Path,
) -> None:
    rows = [day("2013-06-05"), said("甲(10001)", "10:15:03", "一")]
    assert venues(read(READER, tmp_path, mht(rows)))[0].id == "venue:qq:name/file"
    items = read(READER, tmp_path, mht(rows), ReadOptions(venue="87654321"))
    assert posts(items)[0].venue == venues(items)[0].id == "venue:qq:87654321"


def test_a_page_saved_anew_by_a_browser(tmp_path: Path) -> None:
    """Attributes in quotes, pictures by cid, end tags left out, another transfer encoding."""
    row = (
        '<TR><TD><DIV style="color: #42b475" title=\'a>b\'>\n<DIV style="float: left">'
        '甲(10001)</DIV>\n10:15:03</DIV>\n<DIV><FONT face="a<b">看&nbsp;图<BR>  x\n  y</FONT>'
        '<IMG alt="" src="cid:part1@x"><SCRIPT>no</SCRIPT><!-- no --></DIV>\n'
    )
    data = mht(
        ["<TABLE>", heading("消息对象:演示群"), day("2013-06-05"), row, row],
        quoted=True,
        saved_by="x",
    )
    items = read(READER, tmp_path, data)
    assert [post.text for post in posts(items)] == ["看 图\n  x y[图片]"] * 2
    assert posts(items)[0].media == ("part1@x",)
    assert READER.sniff(Head(data, "")) == 95


@pytest.mark.parametrize("size", [1, 3])
def test_a_file_cut_off(tmp_path: Path, size: int) -> None:
    data = mht(ROWS, pictures=[PICTURE, "{2}.dat"])
    whole = [post.offset for post in posts(read(READER, tmp_path, data))]
    page_end = data.index(BOTTOM.encode())
    for cut in range(data.index(b"<table"), len(data), size * 37):
        items = read(READER, tmp_path, data[:cut])
        ends = [data.index(b"</tr>", start) + 5 for start in whole]
        assert len(posts(items)) == sum(end <= cut for end in ends)
        if cut < page_end:
            assert [broken.reason for broken in breaks(items)] == [
                "the file ends before the export does"
            ]
    assert not breaks(read(READER, tmp_path, data[: page_end + len(BOTTOM)]))
    end = read(READER, tmp_path, data[: -len(BOUNDARY) - 9])
    assert breaks(end)[0].where == "part 3"


def test_bytes_that_do_not_decode_cost_their_row(tmp_path: Path) -> None:
    data = mht(ROWS).replace("第二天".encode(), "第二".encode() + b"\xff\xfe")
    items = read(READER, tmp_path, data)
    assert len(posts(items)) == 4
    assert problems(items)[0].where == "row 11"
    assert problems(items)[0].reason.startswith("not utf-8 at byte ")


def test_a_row_of_elements_in_each_other_costs_only_itself(tmp_path: Path) -> None:
    deep = said("甲(10001)", "10:40:20", "<div>" * 100_000)
    items = read(READER, tmp_path, mht([*ROWS, deep]))
    assert len(posts(items)) == 5
    assert [one.reason for one in problems(items)] == ["elements nested more than 1000 deep"]


def test_an_encoding_that_only_the_page_states(tmp_path: Path) -> None:
    rare = "龘靐齉爩麤灪龖厵籱灩吁"
    data = mht([day("2013-06-05"), said("A(10001)", "10:15:03", rare * 3)], codec="gb18030")
    with pytest.raises(InputError) as error:
        read(READER, tmp_path, data)
    assert "no known encoding" in error.value.message
    stated = data.replace(b"charset=UTF-8", b"charset=gb2312")
    assert [post.text for post in posts(read(READER, tmp_path, stated))] == [rare * 3]


def test_a_page_in_base64_is_named(tmp_path: Path) -> None:
    data = mht(ROWS).replace(b"Content-Transfer-Encoding:7bit", b"Content-Transfer-Encoding:base64")
    items = read(READER, tmp_path, data)
    assert items == [Problem("part 1", "a page in base64, which is not read")]


def test_hostile_names_stay_data(tmp_path: Path) -> None:
    name = "\x1b[31m&lt;script&gt;'; DROP TABLE\u202e=1+1"
    rows = conversation(day("2013-06-05"), said(f"{name}(10001)", "10:15:03", name, img("../../x")))
    items = read(READER, tmp_path, mht(rows, pictures=["../../etc/passwd", "x" * 2000]))
    assert posts(items)[0].sender == "\x1b[31m<script>'; DROP TABLE\u202e=1+1"
    assert posts(items)[0].media == ("../../x",)
    assert [len(item.name) for item in items if isinstance(item, SetAside)] == [16, 300]


def test_sniffing_is_by_content(tmp_path: Path) -> None:
    data = mht(ROWS, quoted=True)
    assert READER.sniff(Head(data, "")) == 100
    assert READER.sniff(Head(mht(ROWS, quoted=True, saved_by="x", codec="gb18030"), "")) == 95
    found = detect(source(tmp_path, data))
    assert found is not None
    assert found.name == "qq-mht"
    mail = mht(["<tr><td>Rechnung</td></tr>"], saved_by="x")
    assert READER.sniff(Head(mail, "")) == 0
    assert not any(READER.sniff(Head(other, "")) for other in FIXTURES)
    others = [reader for reader in READERS if reader.name != "qq-mht"]
    assert max(reader.sniff(Head(data, "")) for reader in others) < 95


WORDS = st.text(
    st.sampled_from("出a1 <>&\"'\n:：(10)[图片]\u00a0;/") | st.characters(codec="utf-8"),
    max_size=30,
)


@given(WORDS, WORDS)
@example("a<br>", "&get;&amp;lt;br&amp;gt;")
def test_a_row_of_words_reads_the_same_by_its_parts(who: str, text: str) -> None:
    written = "<br>".join(
        part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        for part in text.split("\n")
    )
    row = said("甲(10001)", "10:15:03", written)
    quick, slow = read_row(row), read_row(row.replace("<td>", "<td >"))
    bodies = [(found := read_written(one)) and found.body.strip() for one in (quick, slow)]
    assert bodies[0] == bodies[1]
    assert bodies[0] is not None
    for line in (quick.lines, slow.lines):
        assert line[:2] == ["甲(10001)", "10:15:03"]
    if written_row := read_written(read_row(said(who, "1:02:03", "x"))):
        head_of("2013-06-05", written_row)


@given(WORDS)
def test_any_row_is_read(text: str) -> None:
    for row in (text, f"<tr><td>{text}</td></tr>", said(text, "1:02:03", text)):
        written = read_written(read_row(row))
        if written is not None:
            assert head_of("2013年6月5", written).nickname is not None


def items_or_error(data: bytes, folder: Path) -> list[Item]:
    try:
        return read(READER, folder, data)
    except HeichanError as error:
        return [Problem(error.message, error.hint)]


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    options = [{}, {"quoted": True}, {"codec": "gb18030"}]
    kept = draw(st.sampled_from(options))
    data = bytearray(mht(ROWS, pictures=[PICTURE], **kept))  # type: ignore[arg-type]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(data)))
        marks = [b"<tr ", b"</tr>", b"<", b">", b'"', b"'", b"&", b"=", b"\0", b"\xff", b"\n\n"]
        marks += [b"--" + BOUNDARY.encode(), b"<script>", b"<!--", b"</html>"]
        data[at : at + draw(st.integers(0, 12))] = draw(
            st.binary(max_size=6) | st.sampled_from(marks)
        )
    return bytes(data)


@settings(
    max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=damaged())
def test_damage_gives_items_or_an_error_with_words(tmp_path: Path, data: bytes) -> None:
    detect(source(tmp_path, data))
    for item in items_or_error(data, tmp_path):
        if isinstance(item, ReadPost):
            item.text.encode()
            assert data[item.offset : item.offset + 3].lower() in (b"<tr", b"=3c")
        elif isinstance(item, Problem):
            assert item.where
            assert item.reason


HOSTILE: list[Callable[[int], str]] = [
    lambda size: "<div>" * size,
    lambda size: "<a '" * size,
    lambda size: '<a "' * size,
    lambda size: "<" * size,
    lambda size: "&" * size,
    lambda size: "<!--" * size,
    lambda size: "<img " * size,
    lambda size: "<script>" * size,
    lambda size: "\n \t" * size,
    lambda size: "10:15:03 " * size,
    lambda size: said("甲(10001)", "10:15:03", "<br>&lt;" * size),
    lambda size: "<font '" * size + "</font>",
    lambda size: "src=" * size,
]


@pytest.mark.parametrize("made", HOSTILE)
def test_the_time_of_a_row_grows_with_its_size(made: Callable[[int], str]) -> None:
    def reading(size: int) -> Callable[[], object]:
        row = f"<tr><td>{made(size)}</td></tr>"
        return lambda: read_written(read_row(row))

    assert times_as_long(reading(4000), reading(16000), enough=12) < 12


def test_rows_without_end_and_pages_without_rows_stay_in_flat_memory(tmp_path: Path) -> None:
    top, _, bottom = mht(["#"]).partition(b"#")
    path = tmp_path / "long"
    for piece in (b"x" * 99, b"<tr ", b"<t", b"=" * 75 + b"\n", b"</table>"):
        block = piece * ((1_000_000 if piece != b"<tr " else 4_000) // len(piece))
        with path.open("wb") as stream:
            stream.write(top + b"<tr><td>")
            for _ in range(4):
                stream.write(block)
            stream.write(b"</td></tr>" + day("2013-06-05").encode())
            stream.write(said("甲(10001)", "10:15:03", "y").encode() + bottom)
        reader = READER.read(Source(path, "file"), ReadOptions())
        found, memory = peak(reader)
        assert [post.text for post in posts(found)] == ["y"]
        assert memory < 40 << 20


def test_memory_does_not_grow_with_the_number_of_rows(tmp_path: Path) -> None:
    top, _, bottom = mht(["#"]).partition(b"#")
    rows = "".join(said(f"甲{n}(1000{n})", f"10:15:0{n}", "一" * 60) for n in range(10))
    path = tmp_path / "many"
    with path.open("wb") as stream:
        stream.write(top + heading("消息分组:我的群聊").encode() + heading("消息对象:a").encode())
        stream.write(day("2013-06-05").encode())
        for _ in range(2000):
            stream.write(rows.encode())
        stream.write(bottom)

    def counted() -> list[Item]:
        reading = READER.read(Source(path, "file"), ReadOptions())
        kinds = groupby(type(item).__name__ for item in reading)
        return [Problem(kind, str(sum(1 for _ in group))) for kind, group in kinds]

    found, memory = peak(iter(counted()))
    assert memory < 8 << 20
    assert Problem("ReadPost", "20000") in found
