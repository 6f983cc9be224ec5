"""The parts of a mail: what is text in it, what is attached, and the mails inside it."""

import binascii
import re
from collections.abc import Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.readers.jsonstream import RECORD_LIMIT, TOO_LONG
from ingest.readers.mail.fields import Fields, header_end
from ingest.readers.mail.words import base64_bytes, decoded
from ingest.readers.pages.nesting import DEEPEST, too_deep
from ingest.readers.pages.text import page_text

DEPTH_LIMIT = 20
PART_LIMIT = 2000
_MOST_CLIMBED = 200
_MAILS = frozenset({"message/rfc822", "message/global"})
_TEXTS = frozenset({"text/plain", "text/html"})
_QUOTES = "blockquote, .gmail_quote, .moz-cite-prefix, #isReplyContent, #divRplyFwdMsg"
_FLOWED = re.compile(r"(?<=\S) \n(?![>\n])")


class Inner(msgspec.Struct, frozen=True):
    """A mail inside a mail; its bytes stand in `data` from `start` to `end`."""

    data: bytes
    start: int
    end: int
    place: str


class Content(msgspec.Struct):
    """What the parts of one mail hold."""

    texts: list[str] = []
    quoted: list[str] = []
    """Text that a page marks as quoted from another mail."""
    media: list[str] = []
    inner: list[Inner] = []
    faults: list[tuple[str, str]] = []
    """Place and reason."""

    def add(self, other: "Content", *, texts: bool = True) -> None:
        self.texts += other.texts if texts else []
        self.quoted += other.quoted if texts else []
        self.media += other.media
        self.inner += other.inner
        self.faults += other.faults


class Walk:
    """Goes through the parts of one mail, to a bounded depth and number."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = PART_LIMIT
        self.cut = False

    def content(self, fields: Fields, start: int, end: int, place: str, depth: int) -> Content:
        """The content of the body from `start` to `end`, whose header is `fields`."""
        kind = fields.kind
        if kind.startswith("multipart/") and fields.boundary:
            return self._multipart(fields, start, end, place, depth)
        if kind in _MAILS:
            return self._mail(fields, start, end, place)
        if kind not in _TEXTS or fields.attached or fields.file_name:
            return Content(media=[fields.file_name or kind])
        if end - start > 2 * RECORD_LIMIT:
            return Content(faults=[(place, TOO_LONG)])
        return _text(fields, _bytes(fields, self._data[start:end]), place)

    def _multipart(self, fields: Fields, start: int, end: int, place: str, depth: int) -> Content:
        content = Content()
        if depth >= DEPTH_LIMIT:
            content.faults.append((place, f"parts nested more than {DEPTH_LIMIT} deep"))
            return content
        children: list[Content] = []
        for number, (first, last) in enumerate(self._split(fields.boundary, start, end), 1):
            where = f"part {number}" if place == "mail" else f"{place}.{number}"
            if self._left <= 0:
                content.faults.append((where, f"more than {PART_LIMIT} parts"))
                break
            self._left -= 1
            head, body = header_end(self._data, first, last)
            inner = Fields(self._data[first:head])
            children.append(self.content(inner, body, last, where, depth + 1))
        best = _best(children) if fields.kind == "multipart/alternative" else None
        for child in children:
            content.add(child, texts=best is None or child is best)
        return content

    def _split(self, boundary: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Begin and end of each part; a missing last delimiter cuts the mail off."""
        mark = re.escape(boundary.encode("utf-8", "replace"))
        lines = re.compile(rb"^--%s(--)?[ \t]*\r?(?:\n|\Z)" % mark, re.MULTILINE)
        first: int | None = None
        for line in lines.finditer(self._data, start, end):
            if first is not None:
                yield first, _before_break(self._data, first, line.start())
            first = line.end()
            if line[1]:
                return
        self.cut = True
        if first is not None:
            yield first, end

    def _mail(self, fields: Fields, start: int, end: int, place: str) -> Content:
        if fields.encoding in ("base64", "quoted-printable"):
            data = _bytes(fields, self._data[start:end])
            return Content(inner=[Inner(data, 0, len(data), place)])
        return Content(inner=[Inner(self._data, start, end, place)])


def _before_break(data: bytes, first: int, at: int) -> int:
    """The line break in front of a delimiter belongs to it."""
    at -= data[at - 1 : at] == b"\n"
    at -= data[at - 1 : at] == b"\r"
    return max(first, at)


def _best(children: list[Content]) -> Content | None:
    """Of alternatives the first with words: writers put the plainest first."""
    said = (child for child in children if any(text.strip() for text in child.texts))
    return next(said, children[0] if children else None)


def _bytes(fields: Fields, raw: bytes) -> bytes:
    if fields.encoding == "base64":
        return base64_bytes(raw)
    return binascii.a2b_qp(raw) if fields.encoding == "quoted-printable" else raw


def _text(fields: Fields, data: bytes, place: str) -> Content:
    if len(data) > RECORD_LIMIT:
        return Content(faults=[(place, TOO_LONG)])
    text = decoded(data, fields.charset)
    if fields.kind == "text/plain":
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return Content(texts=[_FLOWED.sub(" ", text) if fields.flowed else text])
    if too_deep(text):
        return Content(faults=[(place, f"elements nested more than {DEEPEST} deep")])
    tree = LexborHTMLParser(text)
    quotes = _outermost(tree)
    quoted = [page_text(LexborHTMLParser(node.html or "")) for node in quotes]
    # From the last on: a node that went with one around it must not be touched again.
    for node in reversed(quotes):
        node.decompose()
    return Content(texts=[page_text(tree)], quoted=[part for part in quoted if part])


def _outermost(tree: LexborHTMLParser) -> list[LexborNode]:
    """Quotes that stand in no other quote."""
    met: set[int] = set()
    found: list[LexborNode] = []
    for node in tree.css(_QUOTES):
        met.add(node.mem_id)
        parent, climbed = node.parent, 0
        while parent is not None and parent.mem_id not in met and climbed < _MOST_CLIMBED:
            parent, climbed = parent.parent, climbed + 1
        if parent is None or parent.mem_id not in met:
            found.append(node)
    return found
