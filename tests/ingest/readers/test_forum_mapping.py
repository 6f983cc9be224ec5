from pathlib import Path

import pytest

from evidence.errors import InputError
from ingest.posts import Problem, SetAside
from ingest.readers import ReadOptions, detect, load_mapping
from ingest.readers.forum.reader import ForumReader
from ingest.readers.forum.selectors import Pick

from . import forum_pages as made
from .helpers import posts, problems, read, source, venues

READER = ForumReader()
MAPPING = """
kind: forum
platform: nachtforum
zone: Europe/Berlin
time_format: "%d.%m.%Y %H:%M"
thread:
  heading: h1.title
  board: ".path a:last-child"
  board_id: {css: ".path a:last-child", attribute: href, pattern: "board=(\\\\d+)"}
posts:
  each: article.beitrag
  id: {attribute: data-nr}
  time: .zeit
  author: .wer a
  author_id: {css: .wer a, attribute: href, pattern: "user/(\\\\d+)"}
  text: .inhalt
  reply_to: {css: ".inhalt .zitat", attribute: data-von}
  quotes: .zitat
  drop: .fuss
"""
POST = """<article class="beitrag" data-nr="{n}"><div class="wer"><a href="/user/{user}">{name}</a>
</div><div class="zeit">{time}</div><div class="inhalt">{body}<p class="fuss">Nr. {n}</p></div>
</article>"""


def page(*posts: str) -> str:
    return (
        '<!DOCTYPE html><html><body><div class="path"><a href="/">Start</a>'
        '<a href="/?board=4">Daten</a></div><h1 class="title">Frische Daten</h1>'
        f"{''.join(posts)}</body></html>"
    )


def post(n: int, body: str, time: str = "02.03.2021 05:06") -> str:
    return POST.format(n=n, user=5, name="anna", time=time, body=body)


def options(folder: Path, text: str = MAPPING) -> ReadOptions:
    path = folder / "mapping.yaml"
    path.write_text(text)
    return ReadOptions(mapping=load_mapping(path))


def test_selectors_read_a_forum_of_any_make(tmp_path: Path) -> None:
    text = page(
        post(1, "eins <b>zwei</b><br>drei"),
        post(2, '<div class="zitat" data-von="1">eins zwei</div>vier'),
    )
    items = read(READER, tmp_path, text, options(tmp_path))
    (venue,) = venues(items)
    assert (venue.id, venue.name, venue.kind) == ("venue:nachtforum:4", "Daten", "board")
    first, second, quote = posts(items)
    assert (first.native_id, first.text, first.account) == (
        "1",
        "eins zwei\ndrei",
        "account:nachtforum:5",
    )
    assert (first.wall, first.unix) == ("2021-03-02T05:06", 1614657960)
    assert (first.heading, first.sender) == ("Frische Daten", "anna")
    assert (second.text, second.reply_to) == ("vier", "1")
    assert (quote.kind, quote.action, quote.text) == ("service", "quote", "eins zwei")


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    text = page(
        post(1, "x", time="gestern"),
        '<article class="beitrag" data-nr="2"></article>',
        post(3, "y"),
    )
    items = read(READER, tmp_path, text, options(tmp_path))
    assert [one.native_id for one in posts(items)] == ["3"]
    assert problems(items) == [
        Problem("post 1", "date is not of the form %d.%m.%Y %H:%M"),
        Problem("post 2", "nothing fits posts.text: .inhalt"),
    ]


def test_a_mapping_makes_every_page_one_of_a_forum(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    file = source(tmp_path, page(post(1, "x")))
    reader = detect(file, chosen.mapping)
    assert reader is not None
    assert reader.name == "forum"
    table = detect(source(tmp_path, "author,text\na,x\n"), chosen.mapping)
    assert table is not None
    assert table.name == "table"


def test_pages_that_do_not_fit(tmp_path: Path) -> None:
    chosen = options(tmp_path)
    strange = read(READER, tmp_path, "<html><body><p>Nothing.</p></body></html>", chosen)
    assert strange == [SetAside("file: page", "nothing fits posts.each: article.beitrag")]
    known = made.discuz_thread(made.discuz_post(1, 5, "张三", "x"))
    assert [one.native_id for one in posts(read(READER, tmp_path, known, chosen))] == ["1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: forum", "posts: missing"),
        ("kind: blog", "Invalid enum value 'blog'"),
        ("kind: forum\nposts: {each: .p}", "missing required field `text`"),
        ("kind: forum\nposts: {each: '[[', text: .t}", "each: not a CSS selector: [["),
        ("kind: forum\nposts: {each: .p, text: .t, time: {css: '}{'}}", "not a CSS selector"),
        ("kind: forum\nposts: {each: .p, text: .t, id: {pattern: x}}", "neither css nor attribute"),
        (
            "kind: forum\nposts: {each: .p, text: .t, id: {attribute: id, pattern: '('}}",
            "not a regular expression",
        ),
        (
            "kind: forum\nposts: {each: .p, text: .t, id: {attribute: id, pattern: 'x'}}",
            "0 groups, not one",
        ),
        ("kind: forum\nposts: {each: .p, text: .t, nick: .n}", "unknown field `nick`"),
        ("kind: forum\ncolumns: {text: x}\nposts: {each: .p, text: .t}", "columns: not for kind"),
        ("columns: {text: x}\nposts: {each: .p, text: .t}", "posts: not for kind table"),
    ],
)
def test_a_wrong_mapping_is_named_with_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text)
    with pytest.raises(InputError) as error:
        load_mapping(path)
    assert said in error.value.message
    assert str(path) in error.value.message
    assert error.value.hint


def test_a_place_needs_something_to_take() -> None:
    assert Pick(css="a").attribute is None
    with pytest.raises(ValueError, match="neither"):
        Pick()
