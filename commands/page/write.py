"""Writes the page as a stream: memory does not grow with the number of messages."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec

from commands.page.article import article
from commands.page.labels import KINDS, POLARITIES
from graph.export.files import whole_file
from ingest.extract.explain import NOT_A_PROBABILITY, Explained

_ROOM: Final = 240
"""Bytes kept free near the top of the file for the counts, which are known at its end."""


_ONLY: Final = ("only listings", "只看交易信息")
_LOOKS: Final = {
    "auto": ("system", "随系统"),
    "light": ("light", "浅色"),
    "dark": ("dark", "深色"),
}


class Counts(msgspec.Struct):
    """What a page holds."""

    messages: int = 0
    listings: int = 0
    masked: int = 0

    def add(self, found: Sequence[Explained]) -> None:
        """Counts one message."""
        self.messages += 1
        self.listings += sum(each.record.polarity != "none" for each in found)
        self.masked += found[0].record.masked


def write_page(path: Path, messages: Iterable[Sequence[Explained]]) -> Counts:
    """The page of all messages, each with at least one record. Raises UsageError."""
    counts = Counts()
    with whole_file(path) as stream:
        head, tail = _head()
        stream.write(head)
        room = stream.tell()
        stream.write(b" " * _ROOM + tail)
        for found in messages:
            counts.add(found)
            for piece in article(counts.messages, found):
                stream.write(piece.encode())
        stream.write(_foot(counts))
        stream.seek(room)
        stream.write(_counted(counts))
    return counts


def _head() -> tuple[bytes, bytes]:
    """What stands before and behind the counts."""
    style, script = _part("page.css"), _part("page.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    before = (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="format-detection" content="telephone=no, email=no, address=no, url=no">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>heichan · 黑产</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'{"".join(_switches())}<div class="page">\n'
        '<a class="skip" href="#list">To the messages <span lang="zh">跳至消息</span></a>\n'
        '<header class="top"><h1>Extracted listings <span lang="zh">提取结果</span></h1>\n'
        '<p class="counts">'
    )
    behind = f'</p>\n{"".join(_controls())}</header>\n<main id="list">\n'
    return before.encode(), behind.encode()


def _switches() -> Iterator[str]:
    """What colours and filters without a script: inputs in front of all they switch."""
    for kind in KINDS:
        yield _switch("checkbox", f"s-{kind}", " checked", KINDS[kind])
    yield _switch("checkbox", "only", "", _ONLY)
    for name, label in _LOOKS.items():
        yield _switch(
            "radio", f"look-{name}", ' name="look"' + " checked" * (name == "auto"), label
        )


def _switch(kind: str, name: str, more: str, label: tuple[str, str]) -> str:
    said = " ".join(label)
    return f'<input class="switch" type="{kind}" id="{name}"{more} aria-label="{said}">\n'


def _controls() -> Iterator[str]:
    yield '<div class="bar">'
    for kind, label in KINDS.items():
        yield f'<label class="key" for="s-{kind}">'
        yield f'<span class="k-{kind}">{_both(label)}</span></label>'
    yield f'</div>\n<div class="bar"><label for="only">{_both(_ONLY)}</label>'
    for name, label in _LOOKS.items():
        yield f'<label for="look-{name}">{_both(label)}</label>'
    yield '<span class="js" hidden><label>find <span lang="zh">查找</span> '
    yield '<input type="search" id="find"></label> <label>act <span lang="zh">行为</span> '
    yield '<select id="act"><option value="">all 全部</option>'
    for name, (english, chinese) in POLARITIES.items():
        yield f'<option value="{name}">{english} {chinese}</option>'
    yield '</select></label> <output id="shown"></output> '
    yield "<small><kbd>j</kbd> <kbd>k</kbd> next, previous <kbd>e</kbd> reasons "
    yield "<kbd>/</kbd> find</small></span></div>\n"


def _both(label: tuple[str, str]) -> str:
    return f'{label[0]} <span lang="zh">{label[1]}</span>'


def _counted(counts: Counts) -> bytes:
    text = (
        f"{counts.messages:,} messages 消息 · {counts.listings:,} listings 交易信息 · "
        f"{counts.masked:,} masked 已遮蔽"
    ).encode()
    assert len(text) <= _ROOM
    return text


def _foot(counts: Counts) -> bytes:
    none = (
        "" if counts.messages else '<p class="none">no messages <span lang="zh">无消息</span></p>'
    )
    return (
        f"{none}</main>\n<footer><p>Scores are {NOT_A_PROBABILITY}. "
        '<span lang="zh">分数仅为排序，并非概率。</span></p>'
        "<p>▮ stands for a victim's identifier, masked length for length. "
        '<span lang="zh">▮ 为已遮蔽的受害人信息。</span></p></footer>\n</div>\n'
        f"<script>{_part('page.js')}</script>\n</body>\n</html>\n"
    ).encode()


@cache
def _part(name: str) -> str:
    return files("commands.page").joinpath(name).read_text("utf-8")


def _hash(part: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
