"""One message of a Telegram HTML export as its page shows it, before the page says whose it is."""

import re
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.posts import Mention
from ingest.readers.jsonvalue import BadValueError
from ingest.readers.telegram.media import call_of, media_of, own_text, poll_text
from ingest.readers.telegram.message import linked
from ingest.readers.telegram.notice import known

_NATIVE = re.compile(r"message(-?\d{1,20})", re.ASCII)
_EDGES = " \t\r\n"
_DROPPED = frozenset({"script", "style", "template"})
_LONGEST_NAME = 1024
# A message has a hundred marked parts at most; very deep pages take their parsers time.
_MOST_TAGS = 5000
_VIA = " via @"


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in one message element."""

    native: str | None
    service: bool = False
    joined: bool = False
    written: str = ""
    """The `title` of the date."""
    is_named: bool = False
    name: str | None = None
    """None, though `is_named`, for a deleted account."""
    signature: str | None = None
    forwarded: bool = False
    has_origin: bool = False
    origin: str | None = None
    reply_to: str | None = None
    text: str = ""
    mentions: tuple[Mention, ...] = ()
    media: tuple[str, ...] = ()
    is_call: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether the line may be the page's own, not the chat's: these are counted downwards.

        Messages of the group that a supergroup was before have such numbers, too.
        """
        return self.service and (self.native is None or self.native.startswith("-"))


def read_shown(piece: str) -> Shown:
    """The message with which a piece of a page begins; BadValueError where it is none."""
    if piece.count("<") > 2 * _MOST_TAGS:
        raise BadValueError(f"more than {_MOST_TAGS} elements")
    tree = LexborHTMLParser(piece)
    root = tree.body.first_child if tree.body is not None else None
    classes = _classes(root) if root is not None else []
    if root is None or "message" not in classes:
        raise BadValueError("no message in it")
    found = _NATIVE.fullmatch(root.attributes.get("id") or "")
    native = found[1] if found else None
    body = _parts(root).get("body")
    if body is None:
        raise BadValueError("a message without body")
    if "service" in classes:
        text, mentions = marked_text(body)
        return Shown(native=native, service=True, text=text, mentions=mentions)
    return _message(body, native, joined="joined" in classes)


def _message(body: LexborNode, native: str | None, *, joined: bool) -> Shown:
    parts = _parts(body)
    inner = parts.get("body")
    within = parts if inner is None else _parts(inner)
    date, named, media = parts.get("date"), parts.get("from_name"), within.get("media_wrap")
    origin = None if inner is None else within.get("from_name")
    text, mentions = _text(within.get("text"), media)
    return Shown(
        native=native,
        joined=joined and named is None,
        written=(date.attributes.get("title") or "") if date is not None else "",
        is_named=named is not None,
        name=_name(named),
        signature=_name(within.get("signature")),
        forwarded=inner is not None,
        has_origin=origin is not None,
        origin=_name(origin),
        reply_to=_reply(within.get("reply_to")),
        text=text,
        mentions=mentions,
        media=media_of(media) if media is not None else (),
        is_call=media is not None and call_of(media),
    )


def _text(written: LexborNode | None, media: LexborNode | None) -> tuple[str, tuple[Mention, ...]]:
    if written is not None:
        return marked_text(written)
    return (poll_text(media) if media is not None else ""), ()


def _reply(line: LexborNode | None) -> str | None:
    """The number of the message replied to, in this chat."""
    link = line.css_first("a") if line is not None else None
    target = (link.attributes.get("href") or "") if link is not None else ""
    number = target.rpartition("#go_to_message")[2]
    is_number = number.removeprefix("-").isdecimal() and number.isascii() and len(number) <= 20
    return number if is_number and "#" in target else None


def _name(node: LexborNode | None) -> str | None:
    """A name without the bot and the date behind it; BadValueError for one that no account has."""
    if node is None:
        return None
    text = own_text(node)
    before, via, bot = text.rpartition(_VIA)
    if via and bot and not bot.isspace() and " " not in bot:
        text = before
    if len(text) > _LONGEST_NAME:
        raise BadValueError(f"a name longer than {_LONGEST_NAME} characters")
    return known(text)


def marked_text(root: LexborNode) -> tuple[str, tuple[Mention, ...]]:
    """The text as shown and the mentions in it; without recursion, since pages may nest deeply."""
    parts: list[str] = []
    links: list[tuple[str, int, int]] = []
    at = 0
    stack: list[tuple[LexborNode, int]] = [(root, -1)]
    while stack:
        node, begun = stack.pop()
        tag = node.tag or ""
        if begun >= 0:
            links.append((node.attributes.get("href") or "", begun, at))
        elif tag in ("-text", "br"):
            parts.append("\n" if tag == "br" else node.text_content or "")
            at += len(parts[-1])
        elif tag not in _DROPPED:
            if tag == "a":
                stack.append((node, at))
            stack.extend((child, -1) for child in reversed(list(node.iter(include_text=True))))
    raw = "".join(parts)
    text = raw.strip(_EDGES)
    before = len(raw) - len(raw.lstrip(_EDGES))
    return text, tuple(_mentions(links, before, len(text)))


def _mentions(links: list[tuple[str, int, int]], before: int, size: int) -> Iterator[Mention]:
    for address, start, end in links:
        start, end = max(start - before, 0), min(end - before, size)
        if start < end and (mention := linked(address, start, end)):
            yield mention


def _parts(node: LexborNode) -> dict[str, LexborNode]:
    """The first child element of each class."""
    parts: dict[str, LexborNode] = {}
    for child in node.iter():
        for name in _classes(child):
            parts.setdefault(name, child)
    return parts


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()
