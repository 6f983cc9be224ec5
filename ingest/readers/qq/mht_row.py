"""One row of a QQ `.mht` export: its lines as shown, and what it is."""

import html
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.pages.text import BLOCKS, CELLS
from ingest.readers.qq.head import QQHead, read_head

# Every bracket and quote of a tag in its place: such a row can be cut at its tags.
_PLAIN_ROW = re.compile(r"""(?:[^<>]*+<(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>)*+[^<>]*+""")
_FONT = r"""</?font(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>"""
_STYLED = r"<div style=[^<>\"']*+>"
# A message as QQ writes it, of words alone: most rows are such, and need no other reading.
_WORDS_ROW = re.compile(
    rf"<tr><td>{_STYLED}{_STYLED}([^<>]*+)</div>([^<>]*+)</div>{_STYLED}"
    rf"((?:[^<>]++|<br>|{_FONT})*+)</div></td></tr>\s*+"
)
_FONTS = re.compile(r"</?font[^<>]*+>")
_TAGS = re.compile(r"<([^<>]*)>")
_TAG_NAME = re.compile(r"/?\s*([a-zA-Z][a-zA-Z0-9]*)")
_SRC = re.compile(r"""\bsrc\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
_NOT_AS_WRITTEN = re.compile(r"[&\r\n\u00a0]")
_FEEDS = re.compile(r"[ \t]*+[\r\n][ \t\r\n]*+")
_BLOCKS = BLOCKS | CELLS | {"html"}
_EMPTY = frozenset({"img", "br", "hr"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_UNSEEN_TAG = re.compile(rf"<\s*(?:{'|'.join(sorted(_UNSEEN))}|!--)", re.I)
# QQ writes the entity for > wrongly. One that a person typed stands as &amp;get; in the file.
_WRONG_ENTITY, _ENTITY = "&get;", "&gt;"
_PICTURE = "[图片]"
_LONGEST_NAME = 300
_LONGEST_HEAD = 400
_LONGEST_TAG = 200

_DAY = re.compile(
    r"日期\s{0,9}[:：]\s{0,9}(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})日?(?:\s{0,9}(?:星期|周).)?"
)
_PARTS = re.compile(r"[/.年月]")
_ANY_DAY = re.compile(r"日期\s{0,9}[:：]")
_TIME = r"(?:(上午|下午)\s{0,9})?(\d{1,2}:\d{2}:\d{2})(?:\s{0,9}([AP]M))?"
_TIME_ALONE = re.compile(_TIME)
_TIME_LAST = re.compile(rf"(?:\A|(?<=[\s)>])){_TIME}\Z")
_IDENTIFIED = (")", ">")
_NO_NUMBER = "(00000)"
_SYSTEM_NAME = "系统消息"


class Row(msgspec.Struct, frozen=True):
    """A row as shown: its lines, with a placeholder for each picture, and the pictures' names."""

    lines: list[str]
    pictures: tuple[str, ...] = ()


class Written(msgspec.Struct, frozen=True):
    """A message's head as the row has it: sender and clock, and the lines of its body."""

    who: str
    clock: re.Match[str]
    body: str


def read_row(written: str) -> Row:
    """The row that this HTML shows; a block or a line break ends a line, as on the page."""
    written = written.replace(_WRONG_ENTITY, _ENTITY)
    if words := _WORDS_ROW.fullmatch(written):
        who, clock, body = words.groups()
        lines = _FONTS.sub("", body).split("<br>")
        return Row([_shown(who), _shown(clock), *map(_shown, lines)])
    return _row_of_parts(written)


def _row_of_parts(written: str) -> Row:
    plain = _PLAIN_ROW.fullmatch(written) and not _UNSEEN_TAG.search(written)
    parts = _TAGS.split(written) if plain else list(_shown_parts(written))
    lines: list[str] = []
    pictures: list[str] = []
    line: list[str] = []
    for text, tag in zip(parts[::2], [*parts[1::2], "/html"], strict=True):
        if text:
            line.append(_shown(text))
        name = _known_name(tag) if len(tag) < _LONGEST_TAG else _name(tag)
        if name == "img":
            pictures.append(_picture(tag))
            line.append(_PICTURE)
        elif name == "br" or (name in _BLOCKS and line):
            shown = "".join(line)
            if name == "br" or not shown.isspace():
                lines.append(shown)
            line = []
    return Row(lines, tuple(pictures))


def _name(tag: str) -> str:
    """The name of an opening or closing tag."""
    return found[1].lower() if (found := _TAG_NAME.match(tag)) else ""


# QQ writes the same few tags into every row.
_known_name = lru_cache(maxsize=1 << 12)(_name)


def _shown(text: str) -> str:
    if not _NOT_AS_WRITTEN.search(text):
        return text
    return html.unescape(_FEEDS.sub(" ", text)).replace("\u00a0", " ")


def _picture(tag: str) -> str:
    """A picture's name, as a part of the file or an address; never opened."""
    found = _SRC.search(tag)
    name = html.unescape(found[1] or found[2] or found[3] or "").strip() if found else ""
    return name.removeprefix("cid:")[:_LONGEST_NAME] or _PICTURE


def _shown_parts(written: str) -> Iterator[str]:
    """Texts and tags in turn, as `_TAGS` gives them, of a row that only a browser can read."""
    text: list[str] = []
    stack: list[tuple[LexborNode, bool]] = []
    if (body := LexborHTMLParser(written).body) is not None:
        stack.append((body, False))
    while stack:
        node, left = stack.pop()
        tag = node.tag or ""
        if tag == "-text":
            text.append(html.escape(node.text_content or ""))
        elif tag not in _UNSEEN and not tag.startswith(("-", "!", "_")):
            yield "".join(text)
            yield f"/{tag}" if left else _opened(node, tag)
            text = []
            if not left and tag not in _EMPTY:
                stack.append((node, True))
                stack.extend((child, False) for child in reversed(list(node.iter(True))))
    yield "".join(text)


def _opened(node: LexborNode, tag: str) -> str:
    source = node.attributes.get("src") if tag == "img" else None
    return f'img src="{html.escape(source)}"' if source else tag


def day_of(row: Row) -> str | None:
    """The day that a row of its own states, as written; the empty string for one that is none."""
    lines = [line.strip() for line in row.lines if line.strip()]
    if len(lines) != 1 or not _ANY_DAY.match(lines[0]):
        return None
    return found[1] if (found := _DAY.fullmatch(lines[0])) else ""


def read_written(row: Row) -> Written | None:
    """Sender, clock and body of a message's row; None for any other row."""
    full = [n for n, line in enumerate(row.lines) if line.strip()]
    first = row.lines[full[0]].strip() if full else ""
    if not first or len(first) > _LONGEST_HEAD:
        return None
    last = _TIME_LAST.search(first)
    who = first[: last.start()].rstrip() if last else ""
    if last and who.endswith(_IDENTIFIED):
        return Written(who, last, _body(row, full[0]))
    second = row.lines[full[1]].strip() if len(full) > 1 else ""
    if (alone := _TIME_ALONE.fullmatch(second)) and not _TIME_ALONE.fullmatch(first):
        return Written(first, alone, _body(row, full[1]))
    return Written(who, last, _body(row, full[0])) if last else None


def _body(row: Row, head: int) -> str:
    return "\n".join(row.lines[head + 1 :])


def head_of(day: str, written: Written) -> QQHead:
    """The head as the text export has it. A sender without a number is known by name only."""
    before, clock, after = written.clock.groups()
    time = " ".join(filter(None, (before, clock, after)))
    stamp = f"{_PARTS.sub('-', day)} {time}"
    head = read_head(f"{stamp} {written.who}") or _head_by_name(stamp, written.who)
    as_written = f"{day} {time}"
    if head.written == as_written:
        return head
    return msgspec.structs.replace(head, written=as_written)


def _head_by_name(stamp: str, who: str) -> QQHead:
    head = read_head(f"{stamp} {who}{_NO_NUMBER}")
    assert head is not None
    # A row that names no sender is the program's own word.
    nickname = head.nickname if who else _SYSTEM_NAME
    return msgspec.structs.replace(head, number=None, nickname=nickname)
