from pathlib import Path

import pytest

from evidence.errors import InputError
from ingest.posts import Problem, ReadPost
from ingest.readers import ReadOptions, Source, detect, load_mapping
from ingest.suggesting.draft import Draft
from ingest.suggesting.file import draft
from tests.ingest.readers import forum_pages as made

WORDS = ("出股民料 联通抓取 0.5元一条", "收母婴面单 要求当天 长期合作", "今天的料还有吗 测试一百条")
NAMES = ("anna", "bert", "老王")


def article(n: int) -> str:
    return (
        f'<article class="beitrag b{n:02d}" data-nr="{100 + n}"><div class="kopf">'
        f'<a class="wer" href="/user/{5 + n % 3}">{NAMES[n % 3]}</a>'
        f'<span class="zeit">{n + 1:02d}.03.2021 10:1{n % 10}</span></div>'
        f'<div class="inhalt"><p>{WORDS[n % 3]} {n}</p><blockquote>alt</blockquote></div>'
        '<div class="signatur">Gruss</div></article>'
    )


def row(n: int) -> str:
    return (
        f'<tr class="row{n % 2}"><td><a href="member.php?u={n % 3 + 10}">user{n % 3}</a></td>'
        f'<td class="msg"><span class="d">March {n + 1}, 2021, 10:00</span>'
        f'<div class="body">selling fresh leads number {n}, pm me</div></td></tr>'
    )


def page(inner: str) -> str:
    return f"<!DOCTYPE html><html><body><h1>Frische Daten</h1>{inner}</body></html>"


def read_back(folder: Path, text: str, codec: str = "utf-8") -> tuple[Draft, list[ReadPost]]:
    path = folder / "p.html"
    path.write_bytes(text.encode(codec))
    found = draft(path)
    mapping = folder / "m.yaml"
    mapping.write_text(found.yaml, "utf-8")
    options = ReadOptions(mapping=load_mapping(mapping))
    source = Source(path, path.name)
    reader = detect(source, options.mapping)
    assert reader is not None
    items = list(reader.read(source, options))
    assert not [item for item in items if isinstance(item, Problem)]
    return found, [item for item in items if isinstance(item, ReadPost) and item.kind != "service"]


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_posts_that_are_elements(tmp_path: Path, codec: str) -> None:
    found, posts = read_back(tmp_path, page("".join(map(article, range(9)))), codec)
    assert found.kind == "forum"
    assert [post.native_id for post in posts] == [str(100 + n) for n in range(9)]
    assert [post.text for post in posts] == [f"{WORDS[n % 3]} {n}" for n in range(9)]
    assert [post.sender for post in posts] == [NAMES[n % 3] for n in range(9)]
    assert (posts[0].wall, posts[0].heading) == ("2021-03-01T10:10", "Frische Daten")
    assert 'drop: "div.signatur"' in found.yaml


def test_posts_that_are_rows(tmp_path: Path) -> None:
    found, posts = read_back(tmp_path, page(f"<table>{''.join(map(row, range(8)))}</table>"))
    assert [post.sender for post in posts] == [f"user{n % 3}" for n in range(8)]
    assert posts[0].text == "selling fresh leads number 0, pm me"
    assert posts[0].wall == "2021-03-01T10:00"
    assert found.time_format == "%B %d, %Y, %H:%M"


def test_examples_are_masked(tmp_path: Path) -> None:
    rows = "".join(map(row, range(8))).replace("pm me", "客户 13800138000")
    found, _ = read_back(tmp_path, page(f"<table>{rows}</table>"))
    assert "13800138000" not in found.yaml + repr(found.columns)


def test_pages_without_posts(tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    for inner in ("<p>One.</p><p>Two.</p>", "", "<div class=a>x</div>" * 50, "<article>" * 500):
        path.write_text(page(inner))
        with pytest.raises(InputError):
            draft(path)


def test_a_page_of_known_software_needs_none(tmp_path: Path) -> None:
    path = tmp_path / "p.html"
    path.write_text(made.discuz_thread(made.discuz_post(1, 5, "张三", "x")))
    with pytest.raises(InputError, match="reader forum knows it"):
        draft(path)
