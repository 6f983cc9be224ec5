"""QQ message records as `.mht`: one page of table rows, and the pictures behind it."""

import codecs
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO

import msgspec

from evidence.errors import InputError, UsageError
from ingest.posts import BreaksOff, Item, Problem, ReadPost, SetAside
from ingest.readers.base import HEAD_BYTES, NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.encoding import Encoding, detect_encoding
from ingest.readers.mime_parts import Heading, MimeFile
from ingest.readers.mime_text import PLAIN, QUOTED, decoded
from ingest.readers.pages.nesting import DEEPEST, too_deep
from ingest.readers.qq.conversation import Conversation, is_group
from ingest.readers.qq.mht_row import Row, day_of, head_of, read_row, read_written
from ingest.readers.qq.mht_rows import RawRow, RawRows

_SAVED_BY = b"Save by Tencent MsgMgr"
_MULTIPART = re.compile(rb"^content-type:\s{0,9}(?:multipart/related|text/html)", re.I | re.M)
_TITLE = "消息记录"
_GROUPING = re.compile(r"消息分组\s{0,9}[:：](.*)", re.DOTALL)
_SUBJECT = re.compile(r"消息对象\s{0,9}[:：](.*)", re.DOTALL)
_SIGNS = re.compile(
    r"消息对象\s{0,9}[:：]|消息分组\s{0,9}[:：]|>\s{0,9}日期\s{0,9}[:：]\s{0,9}\d{4}"
)
_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([\w-]{2,20})", re.I)
_STATED = {"utf-8": "utf-8", "utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030"}
_STATED |= {"gb18030": "gb18030", "big5": "big5"}
_MEDIA = {"image": "picture", "audio": "sound", "video": "video"}
_LONGEST_NAME = 300


class QQMhtReader:
    """Reads the export with pictures of the old QQ client."""

    name = "qq-mht"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: what saved the file, or the heads of a conversation."""
        top = head.data[:8192]
        if not _MULTIPART.search(top):
            return NO_SIGNS
        if _SAVED_BY in top:
            return Signs(100, f"{_SAVED_BY.decode()} in the head of a MIME file")
        page = _page_sample(BytesIO(head.data))
        codec = detect_encoding(page).codec or "utf-8"
        if sign := _SIGNS.search(page.decode(codec, "replace")):
            return Signs(95, f"a MIME file with {sign[0].lstrip('> ')} on its page")
        return Signs(0, "a MIME file", missing="消息分组, 消息对象 or a day's row on its page")

    def encoding(self, source: Source) -> Encoding | None:
        """How its page is encoded."""
        return _encoding(source)

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venues, posts and pictures set aside, in file order; BreaksOff last where it is cut."""
        encoding = _encoding(source)
        with source.open() as stream:
            reading = _Reading(source, options.venue_id("qq"), encoding)
            yield from reading.items(MimeFile(stream))


def _pages(file: MimeFile) -> Iterator[Heading]:
    """The parts that are pages in a readable transfer encoding."""
    for heading in file.parts():
        if heading and heading.kind == "text/html" and heading.encoding in PLAIN | {QUOTED}:
            yield heading


def _page_sample(stream: BinaryIO) -> bytes:
    """The page's first bytes, or those around its first ones beyond ASCII."""
    file = MimeFile(stream)
    for heading in _pages(file):
        data = b""
        for stretch in decoded(file.pieces(), heading.encoding):
            data = (data[-4:] if data.isascii() else data) + stretch.data
            if not data.isascii() and len(data) >= HEAD_BYTES:
                break
        return data
    return b""


def _encoding(source: Source) -> Encoding:
    """The page's encoding, by its bytes, else as stated; InputError where neither fits."""
    with source.open() as stream:
        page = _page_sample(stream)
    encoding = detect_encoding(page)
    if encoding.codec is not None:
        return encoding
    for stated in _CHARSET.findall(source.head().data[:HEAD_BYTES]):
        codec = _STATED.get(stated.decode("ascii").lower())
        if codec and _decodes(page, codec):
            return Encoding(codec, stated=True)
    raise InputError(
        f"{source.name}: its page is in no known encoding (byte {encoding.bad_byte} of it)",
        hint="export it again, or convert the page to UTF-8",
        where={"file": source.name},
    )


def _decodes(page: bytes, codec: str) -> bool:
    try:
        codecs.getincrementaldecoder(codec)().decode(page)
    except UnicodeDecodeError:
        return False
    return True


class _Reading:
    """One pass over one file."""

    def __init__(self, source: Source, venue: str | None, encoding: Encoding) -> None:
        self._source = source
        self._named_venue = venue
        self._codec = encoding.codec or "utf-8"
        self._conversation: Conversation | None = None
        self._grouping = ""
        self._day: str | None = None

    def items(self, file: MimeFile) -> Iterator[Item]:
        """The items of all parts, in file order."""
        place, complete = "the head of the file", False
        for number, heading in enumerate(file.parts(), 1):
            place, complete = f"part {number}", False
            if heading is None:
                yield Problem(place, "its heading does not end")
            elif heading.kind != "text/html":
                yield SetAside(_part_name(heading, place), _kind(heading))
            elif heading.encoding not in PLAIN | {QUOTED}:
                yield Problem(place, f"a page in {heading.encoding[:40]}, which is not read")
            else:
                rows = RawRows(decoded(file.pieces(), heading.encoding))
                yield from self._page(rows, file)
                complete = rows.closed
                place = f"row {rows.number}" if rows.number else place
        if self._conversation:
            yield from self._conversation.settle()
        if file.cut and not complete:
            yield BreaksOff(place, "the file ends before the export does")

    def _page(self, rows: RawRows, file: MimeFile) -> Iterator[Item]:
        for raw in rows:
            yield from self._row(raw)
        if rows.unfinished is not None and not file.cut:
            yield from self._row(rows.unfinished)

    def _row(self, raw: RawRow) -> Iterator[Item]:
        place = f"row {raw.number}"
        if raw.fault:
            yield Problem(place, raw.fault)
            return
        try:
            shown = raw.data.decode(self._codec)
        except UnicodeDecodeError as error:
            yield Problem(place, f"not {self._codec} at byte {error.start} of the row")
            return
        if too_deep(shown):
            yield Problem(place, f"elements nested more than {DEEPEST} deep")
            return
        row = read_row(shown)
        if (written := read_written(row)) is None:
            yield from self._other(row, place)
        elif self._day is None:
            yield Problem(place, "no day stands above it")
        else:
            talk, head = self._talk(), head_of(self._day, written)
            item = talk.post(head, written.body, place, raw.offset)
            if row.pictures and isinstance(item, ReadPost):
                item = msgspec.structs.replace(item, media=row.pictures)
            yield from talk.take_head(head, item)

    def _other(self, row: Row, place: str) -> Iterator[Item]:
        """A row that is no message: a heading, a day, nothing, or text of nobody."""
        shown = "\n".join(row.lines).strip()
        day = day_of(row)
        if day is not None:
            self._day = day or None
            if not day:
                yield Problem(place, "its day is none")
        elif found := _GROUPING.fullmatch(shown):
            self._grouping = found[1].strip()
        elif found := _SUBJECT.fullmatch(shown):
            yield from self._converse(found[1].strip())
        elif shown and shown != _TITLE:
            yield Problem(place, "text that belongs to no message")

    def _converse(self, subject: str) -> Iterator[Item]:
        if self._conversation:
            yield from self._conversation.settle()
            if self._named_venue:
                raise UsageError(
                    f"{self._source.name} holds several conversations",
                    hint="leave --venue out, or export them one by one",
                    where={"file": self._source.name},
                )
        self._conversation = Conversation(subject, is_group(self._grouping), self._named_venue)
        self._grouping, self._day = "", None

    def _talk(self) -> Conversation:
        """The conversation that goes on here; one without a heading has the file's name."""
        if self._conversation is None:
            stem = PurePath(self._source.name).stem
            self._conversation = Conversation(stem, None, self._named_venue)
        return self._conversation


def _part_name(heading: Heading, place: str) -> str:
    """What the page calls a part, as `cid:` or as a place of its own."""
    fields = heading.fields
    named = fields.get("content-location") or fields.get("content-id", "").strip("<>")
    name = named.removeprefix("cid:").encode("latin-1").decode("utf-8", "replace")
    return name[:_LONGEST_NAME] or place


def _kind(heading: Heading) -> str:
    return _MEDIA.get(heading.kind.split("/", 1)[0], heading.kind[:60] or "a part of no kind")
