from email import message_from_bytes, policy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.archive.cleaning import clean_id, clean_name, clean_native
from evidence.errors import HeichanError, InputError
from ingest.posts import Item, Mention, ReadPost, SetAside
from ingest.readers import READERS, ReadOptions, Source, detect
from ingest.readers.base import Head
from ingest.readers.mail.reader import SIZE_LIMIT, EmlReader
from tests.growth import times_as_long

from .chatlab_made import export as chatlab
from .chatlab_made import message as chatlab_message
from .eml_made import mail, mixed, multipart, part, word
from .helpers import breaks, posts, problems, read, source, venues
from .test_qq import export as qq
from .test_report import PAGE
from .test_table import CHINESE
from .test_telegram import chat, written
from .test_telegram import message as telegram_message

READER = EmlReader()


def one(folder: Path, data: bytes) -> ReadPost:
    (post,) = posts(read(READER, folder, data))
    return post


def test_a_plain_mail(tmp_path: Path) -> None:
    items = read(READER, tmp_path, mail("出股民料\r\n日更五万\r\n", In_Reply_To="<x@y.example>"))
    (venue,) = venues(items)
    assert (venue.id, venue.kind, venue.name, venue.private) == (
        "venue:email:buyer@other.example",
        "private",
        "Buyer",
        True,
    )
    (post,) = posts(items)
    assert (post.account, post.sender) == ("account:email:seller@demo.example", "Demo, Seller")
    assert (post.wall, post.unix) == ("2021-03-04T13:06:07", 1_614_834_367)
    assert post.raw_time == "Thu, 04 Mar 2021 13:06:07 +0800"
    assert (post.text, post.heading) == ("出股民料\n日更五万", "new stock")
    assert (post.native_id, post.reply_to) == ("abc.1%40demo.example", "x%40y.example")
    assert post.mentions == (Mention(0, 0, "account", "account:email:buyer@other.example"),)
    assert (post.place, post.offset, post.kind, post.forwarded) == ("mail", 0, "message", False)
    assert not problems(items) + breaks(items)


def test_what_masking_leaves_of_it(tmp_path: Path) -> None:
    post = one(tmp_path, mail(In_Reply_To="<x@y.example>"))
    assert post.native_id is not None
    assert post.reply_to is not None
    assert clean_native(post.native_id) == post.native_id
    assert clean_native(post.reply_to) == post.reply_to
    assert post.account is not None
    assert clean_id(post.account) == post.account
    assert post.sender is not None
    assert clean_name(post.sender) == post.sender
    bare = one(tmp_path, mail(From="seller@demo.example <seller@demo.example>"))
    assert bare.sender is None


def test_a_list_is_a_group(tmp_path: Path) -> None:
    data = mail(List_Id='"Demo list" <Demo.Lists.example>', To="demo@lists.example")
    items = read(READER, tmp_path, data)
    (venue,) = venues(items)
    assert (venue.id, venue.kind, venue.name, venue.private) == (
        "venue:email:demo.lists.example",
        "group",
        "Demo list",
        False,
    )
    assert posts(items)[0].mentions == ()


VENUES: list[tuple[dict[str, str], str]] = [
    ({"To": "B@x.example, c@x.example"}, "venue:email:b@x.example"),
    ({"To": "undisclosed-recipients:;", "Delivered-To": "d@x.example"}, "venue:email:d@x.example"),
    ({"To": "", "Cc": "e@x.example"}, "venue:email:e@x.example"),
    ({"To": ""}, "venue:email:name/file"),
    ({"To": "a/b%@x.example"}, "venue:email:a%2Fb%25@x.example"),
]


@pytest.mark.parametrize(("fields", "expected"), VENUES)
def test_the_mailbox_of_the_recipient(
    tmp_path: Path, fields: dict[str, str], expected: str
) -> None:
    items = read(READER, tmp_path, mail(**fields))
    assert venues(items)[0].id == expected
    named = read(READER, tmp_path, mail(**fields), ReadOptions(venue="venue:email:box"))
    assert posts(named)[0].venue == "venue:email:box"


DATES: list[tuple[str, tuple[str | None, int | None]]] = [
    ("Thu, 4 Mar 2021 05:06:07 GMT", ("2021-03-04T05:06:07", 1_614_834_367)),
    ("Thu, 4 Mar 2021 05:06:07 -0000", ("2021-03-04T05:06:07", 1_614_834_367)),
    ("Thu, 4 Mar 2021 13:06:07 +0800 (CST)", ("2021-03-04T13:06:07", 1_614_834_367)),
    ("Thu, 4 Mar 2021 13:06:07 CST", ("2021-03-04T13:06:07", None)),
    ("4 Mar 21 13:06:07", ("2021-03-04T13:06:07", None)),
    ("Thu, 4 Mar 1921 13:06:07 +0800", (None, None)),
    ("Thu, 44 Mar 2021 13:06:07 +0800", (None, None)),
    ("yesterday", (None, None)),
    ("", (None, None)),
    ("9" * 5000, (None, None)),
    ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), (None, None)),
]


@pytest.mark.parametrize(("written", "expected"), DATES)
def test_dates(tmp_path: Path, written: str, expected: tuple[str | None, int | None]) -> None:
    post = one(tmp_path, mail(Date=written))
    assert (post.wall, post.unix) == expected
    assert (post.raw_time or "") == " ".join(written.split())[:100]


SUBJECTS: list[tuple[bytes, str]] = [
    (word("出股民料").encode(), "出股民料"),
    (word("出股民料", "gb2312").encode(), "出股民料"),
    (
        word("出股民料 日更五万条 今天的数据还有很多很多 可以测试", "gbk").encode(),
        "出股民料 日更五万条 今天的数据还有很多很多 可以测试",
    ),
    ("出股民料".encode("gb18030"), "出股民料"),
    ("出股民料".encode(), "出股民料"),
    ("賣數據的來".encode("big5"), "賣數據的來"),
    (b"=?gb2312?B?s/Y=?= =?gb2312?B?wc8=?= x", "出料 x"),
    (b"=?gb2312?B?s/bB?= =?gb2312?B?zw==?=", "出料"),
    (b"=?utf-8?q?a_b=3D?= =?x-none?q?c?=", "a b=c"),
    (b"=?utf-8*zh?B?5Ye6?=", "出"),
    (b"=?idna?B?5Ye6?=", "出"),
    (b"=?utf-8?B?5Ye", "=?utf-8?B?5Ye"),
    (b"=?utf-8?B?@@@?=", ""),
    (b"folded\r\n  value", "folded value"),
    (b"a\0b\x1b", "a\0b\x1b"),
]


@pytest.mark.parametrize(("raw", "expected"), SUBJECTS)
def test_subjects_in_many_encodings(tmp_path: Path, raw: bytes, expected: str) -> None:
    assert one(tmp_path, mail(Subject=raw)).heading == expected


SENDERS: list[tuple[bytes, tuple[str | None, str | None]]] = [
    (b"a@b.example", ("account:email:a@b.example", None)),
    (b"A <a@b.example>, C <c@d.example>", ("account:email:a@b.example", "A")),
    (word("张三").encode() + b" <a@b.example>", ("account:email:a@b.example", "张三")),
    ("张三".encode("gbk") + b" <a@b.example>", ("account:email:a@b.example", "张三")),
    (b"Nobody", ("account:email:name/buyer@other.example/Nobody", "Nobody")),
    (b"", ("account:email:seller@demo.example", None)),
    (b"(" * 9000 + b" <a@b.example>", ("account:email:seller@demo.example", None)),
    (b'"\\"<a@b.example>', ("account:email:a@b.example", None)),
    (b"a@b.example" * 3000, ("account:email:seller@demo.example", None)),
]


@pytest.mark.parametrize(("raw", "expected"), SENDERS)
def test_senders(tmp_path: Path, raw: bytes, expected: tuple[str | None, str | None]) -> None:
    post = one(tmp_path, mail(From=raw))
    assert post.account
    assert post.account.startswith("account:email:")
    if len(raw) < 100:
        assert (post.account, post.sender) == expected


BODIES: list[tuple[bytes, str, str, str]] = [
    ("出料".encode("gbk"), "text/plain; charset=gb2312", "8bit", "出料"),
    ("出料\n".encode("utf-16"), "text/plain; charset=utf-16", "base64", "出料"),
    (b"=E5=87=BA=\r\n=E6=96=99", "text/plain; charset=UTF-8", "quoted-printable", "出料"),
    ("今天出料的来".encode("gbk"), "text/plain", "", "今天出料的来"),
    ("出料".encode(), "text/plain; charset=us-ascii", "7bit", "出料"),
    ("出料".encode(), "text/plain; charset=unknown-8bit", "", "出料"),
    ("出料".encode(), "text/plain; charset=punycode", "", "出料"),
    (b"ab\xff\xfd\x80c", "text/plain; charset=utf-8", "", ""),
    (b"a \r\nb\r\n\r\nc", "text/plain; format=flowed", "", "a b\n\nc"),
    (b"<p>a<script>x</script></p><p>b", "text/html", "", "a\nb"),
    (b"x", "", "", "x"),
    (b"x", "nonsense", "nonsense", "x"),
]


@pytest.mark.parametrize(("body", "kind", "encoding", "expected"), BODIES)
def test_bodies(tmp_path: Path, body: bytes, kind: str, encoding: str, expected: str) -> None:
    post = one(
        tmp_path,
        mail(part(body, kind, encoding), drop="MIME-Version").replace(b"\r\n\r\n", b"\r\n", 1),
    )
    if expected:
        assert post.text == expected
    else:
        assert "\ufffd" in post.text


def test_of_alternatives_one_is_read(tmp_path: Path) -> None:
    plain, page = part("words"), part("<b>words</b> <i>more</i>", "text/html; charset=utf-8")
    assert one(tmp_path, mixed(plain, page, kind="alternative")).text == "words"
    assert one(tmp_path, mixed(part(" \r\n"), page, kind="alternative")).text == "words more"
    related = part(multipart(page, boundary="in"), 'multipart/related; boundary="in"')
    assert one(tmp_path, mixed(part(""), related, kind="alternative")).text == "words more"


def test_attachments_are_named(tmp_path: Path) -> None:
    attached = "attachment; filename="
    data = mixed(
        part("see there"),
        part("a,b", "text/csv", Content_Disposition=f'{attached}"list.csv"'),
        part(b"\xff\xd8", "image/jpeg", "base64"),
        part("x", "application/zip", Content_Disposition=f"{attached}{word('名单.zip', 'gbk')}"),
        part("x", "text/plain; name=notes.txt"),
        part("x", "a/b", Content_Disposition="attachment; filename*=utf-8''%E5%90%8D.xlsx"),
        part("x", "a/b", Content_Disposition="attachment; filename*0*=gbk''%C3; filename*1*=%FB"),
        part("x", "a/b", Content_Disposition=f"{attached}../../etc/passwd"),
        part("footer"),
    )
    post = one(tmp_path, data)
    assert post.text == "see there\nfooter"
    assert post.media == (
        "list.csv",
        "image/jpeg",
        "名单.zip",
        "notes.txt",
        "名.xlsx",
        "名",
        "../../etc/passwd",
    )


def test_a_mail_in_a_mail_is_a_further_post(tmp_path: Path) -> None:
    inner = mail("the first one", Message_ID="<in@x.example>", From="z@x.example", To="q@x.example")
    data = mixed(
        part("see below"), part(inner, "message/rfc822"), part(inner, "message/rfc822", "base64")
    )
    items = read(READER, tmp_path, data)
    assert [(p.text, p.account, p.venue, p.native_id, p.place) for p in posts(items)] == [
        (
            "see below",
            "account:email:seller@demo.example",
            "venue:email:buyer@other.example",
            "abc.1%40demo.example",
            "mail",
        ),
        (
            "the first one",
            "account:email:z@x.example",
            "venue:email:q@x.example",
            "in%40x.example",
            "part 2",
        ),
        (
            "the first one",
            "account:email:z@x.example",
            "venue:email:q@x.example",
            "in%40x.example",
            "part 3",
        ),
    ]
    assert data[posts(items)[1].offset :].startswith(b"Return-Path")


def test_quoted_words_are_another_ones(tmp_path: Path) -> None:
    body = (
        "多少钱\r\n\r\nOn Thu, 4 Mar 2021 at 10:00,\r\nSeller <s@x.example> wrote:\r\n"
        "> 出股民料\r\n> 日更\r\n"
    )
    items = read(READER, tmp_path, mail(body))
    first, second = posts(items)
    assert (first.text, first.forwarded, first.place) == ("多少钱", False, "mail")
    assert second.text.endswith("出股民料\n日更")
    assert (second.forwarded, second.forwarded_account) == (True, "account:email:s@x.example")
    assert (second.place, second.native_id) == ("mail, quoted", "abc.1%40demo.example#quoted")
    forward = "\r\n---------- Forwarded message ---------\r\nFrom: S <s@x.example>\r\n\r\n出料"
    post = one(tmp_path, mail(forward))
    assert (post.forwarded, post.forwarded_account) == (True, "account:email:s@x.example")
    assert post.text.endswith("出料")
    page = "<div>行<blockquote>出<blockquote>料</blockquote></blockquote></div>"
    page += "<blockquote>x</blockquote>"
    first, second = posts(read(READER, tmp_path, mail(page, Content_Type="text/html")))
    assert (first.text, second.text) == ("行", "出\n料\nx")
    chinese = "好的\n------------------ 原始邮件 ------------------\n发件人: 甲 <s@x.example>\n出料"
    first, second = posts(read(READER, tmp_path, mail(chinese)))
    assert (first.text, second.forwarded_account) == ("好的", "account:email:s@x.example")


def test_no_words_give_the_subject(tmp_path: Path) -> None:
    assert one(tmp_path, mail("")).text == "new stock"
    post = one(tmp_path, mail("", drop="Subject Message-ID Date From Return-Path"))
    assert (post.text, post.native_id, post.account) == ("", None, None)


def test_every_mail_is_accounted_for(tmp_path: Path) -> None:
    inner = [
        part(mail(f"n{n}", Message_ID=f"<{n}@x.example>"), "message/rfc822") for n in range(30)
    ]
    inner[3] = part("", "message/rfc822")
    items = read(READER, tmp_path, mixed(part("x"), *inner))
    assert len(posts(items)) == 30
    assert [(p.where, p.reason) for p in problems(items)] == [("part 5", "a mail without a header")]


def test_limits_are_told(tmp_path: Path) -> None:
    many = mixed(*[part(str(n)) for n in range(2100)])
    items = read(READER, tmp_path, many)
    assert [p.reason for p in problems(items)] == ["more than 2000 parts"]
    deep = mail()
    for _ in range(60):
        deep = mail(deep, Content_Type="message/rfc822")
    items = read(READER, tmp_path, deep)
    assert (len(posts(items)), len(problems(items))) == (21, 1)
    nested = part("x")
    for n in range(60):
        nested = part(multipart(nested, boundary=f"b{n}"), f"multipart/mixed; boundary=b{n}")
    items = read(READER, tmp_path, mixed(nested))
    assert [p.reason for p in problems(items)] == ["parts nested more than 20 deep"]
    long = mail("x" * (9 << 20))
    assert [p.reason for p in problems(read(READER, tmp_path, long))] == ["longer than 8 MiB"]
    deeper = mail("<div>" * 2000, Content_Type="text/html")
    assert [p.reason for p in problems(read(READER, tmp_path, deeper))] == [
        "elements nested more than 1000 deep"
    ]
    header = mail(X_Long="y" * (300 << 10))
    assert [p.reason for p in problems(read(READER, tmp_path, header))] == [
        "a header longer than 256 KiB"
    ]


def test_too_large_or_several(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.write(mail())
        stream.truncate(SIZE_LIMIT + 1)
    with pytest.raises(InputError):
        list(READER.read(Source(path, "large"), ReadOptions()))
    box = b"From a@b.example Thu Mar  4 13:06:07 2021\n" + mail("x\n").replace(b"\r\n", b"\n")
    assert one(tmp_path, box).text == "x"
    assert READER.sniff(Head(box, "x")) > 0
    with pytest.raises(InputError) as error:
        read(READER, tmp_path, box + b"\n" + box)
    assert "several" in error.value.message


def test_cut_off(tmp_path: Path) -> None:
    data = mixed(part("one"), part("two"), part(b"\xff" * 300, "image/png", "base64"))
    for size in range(len(data)):
        items = read(READER, tmp_path, data[:size])
        whole = b"--=_b1--" in data[:size]
        # A header that ends with a line is whole, for all that can be known.
        in_header = b"\r\n\r\n" not in data[:size] and data[:size].endswith(b"\n")
        assert in_header or bool(breaks(items)) != whole or not posts(items)
    assert not breaks(read(READER, tmp_path, data))


def test_the_library_reads_the_same(tmp_path: Path) -> None:
    data = mixed(
        part("words", "text/plain; charset=utf-8", "base64"),
        part("x", "application/pdf", Content_Disposition='attachment; filename="a b.pdf"'),
    )
    theirs = message_from_bytes(data, policy=policy.default)
    ours = one(tmp_path, data)
    body = theirs.get_body()
    assert body is not None
    assert ours.text == body.get_content().strip()
    assert ours.media == tuple(part.get_filename() for part in theirs.iter_attachments())
    assert ours.heading == theirs["subject"]
    assert ours.unix == int(theirs["date"].datetime.timestamp())


def test_detection(tmp_path: Path) -> None:
    for sample in (
        mail(),
        mail(drop="Received Return-Path Message-ID MIME-Version"),
        mixed(part("x")),
        b"\xef\xbb\xbf" + mail(),
        mail(Subject="数据".encode("gbk")),
        mail("<html><body>x</body></html>", Content_Type="text/html"),
    ):
        head = Head(sample, "x")
        assert READER.sniff(head) > max(r.sniff(head) for r in READERS if r.name != "eml")
        found = detect(source(tmp_path, sample))
        assert found is not None
        assert found.name == "eml"
        assert posts(read(READER, tmp_path, sample))
    for text in (
        written(chat([telegram_message(1)])),
        written(chatlab([chatlab_message(1)])),
        qq("2017-02-25 10:40:20 甲(10001)\n一"),
        CHINESE,
        PAGE,
        "From: <Saved by Blink>\nSubject: x\nDate: x\nMIME-Version: 1.0\n\nx",
        "From: <Save by Tencent MsgMgr>\nSubject: Tencent IM Message\nMIME-Version: 1.0\n\nx",
        "date: 2021-03-04\nauthor: x\n\ntext",
        "# 标题\n\n第一段。\n",
        "From: me\nTo: you\n\nA text with two fields.",
        "\0\0\0",
    ):
        assert READER.sniff(Head(text.encode(), "x")) == 0


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 9),
            st.binary(max_size=5)
            | st.sampled_from(
                [b"\n", b"\r\n\r\n", b"--=_b1", b"=?", b"?=", b"\0", b"\xff", b":", b'"']
            ),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_damage_gives_items_or_an_error_with_words(
    tmp_path: Path, cuts: list[tuple[float, int, bytes]]
) -> None:
    inner = part(mail("in", From=word("甲", "gbk") + " <a@b.example>"), "message/rfc822")
    page = part("<p>a<blockquote>b", "text/html; charset=gbk", "base64")
    named = part("x", "a/b", Content_Disposition="attachment; filename*0*=gbk''%C3; filename*1=b")
    data = bytearray(mixed(page, named, inner, part("=E5=87", encoding="quoted-printable")))
    for where, length, chunk in cuts:
        at = int(where * len(data))
        data[at : at + length] = chunk
    try:
        items: list[Item] = read(READER, tmp_path, bytes(data))
    except HeichanError:
        return
    for item in items:
        assert not isinstance(item, SetAside)
        if isinstance(item, ReadPost):
            fields = (
                item.text,
                item.heading,
                item.sender,
                item.account,
                item.native_id,
                *item.media,
            )
            "".join(field or "" for field in fields).encode()


def test_time_grows_with_the_size(tmp_path: Path) -> None:
    def made(count: int) -> list[bytes]:
        return [
            mail("> a\r\nb\r\n" * count),
            mail("<blockquote>a" * count, Content_Type="text/html"),
            mail("<p>a<blockquote>b</blockquote>" * count, Content_Type="text/html"),
            mail(Subject="=?utf-8?q?a?= " * count),
            mail(To="a <a@b.example>, " * count),
            mail(To="((" * count),
            mail(Content_Type='text/plain; name*0="a' + '"; name*1="b' * count),
            mail(b"--b\r\n" * count, Content_Type="multipart/mixed; boundary=b"),
            mail("a \r\n" * count, Content_Type="text/plain; format=flowed"),
            mail("-" * count + "\r\n" + "=" * count),
            mail(b"=?" * count, Content_Type="a/b; name==?" + "=?" * count),
        ]

    for small, large in zip(made(2000), made(16000), strict=True):
        pair = [source(tmp_path, data, name) for name, data in (("a", small), ("b", large))]

        def reading(mails: Source) -> int:
            return len(list(READER.read(mails, ReadOptions())))

        assert times_as_long(lambda: reading(pair[0]), lambda: reading(pair[1]), 12) < 16  # noqa: B023
