"""Single mails (`.eml`): the mail, what it quotes, and the mails inside it."""

import re
from collections.abc import Generator, Iterator
from pathlib import PurePath

from evidence.errors import InputError
from ingest.posts import BreaksOff, Item, Problem
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.encoding import Encoding
from ingest.readers.mail.fields import HEADER_LIMIT, Fields, header_end
from ingest.readers.mail.letter import PLATFORM, Letter
from ingest.readers.mail.parts import DEPTH_LIMIT, Content, Inner, Walk

SIZE_LIMIT = 64 << 20
_MOST_MAILS = 1000
_BOX_LINE = re.compile(rb"From [^\r\n]{1,300}\r?\n")
_NEXT_IN_BOX = re.compile(rb"\n\r?\nFrom [^\r\n]{1,300}\d{4}[^\r\n]{0,20}\r?\n[!-9;-~]{1,60}:")
_LINE = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):|[ \t]")
_TRACES = frozenset({"received", "message-id", "mime-version", "return-path", "delivered-to"})
_KNOWN = _TRACES | {
    *("from", "to", "cc", "date", "subject", "reply-to", "sender", "in-reply-to", "references"),
    *("list-id", "content-type", "content-transfer-encoding", "dkim-signature", "x-mailer"),
    *("x-originating-ip", "user-agent"),
}
_SAVED_PAGE = re.compile(r"<Saved? by |^Snapshot-Content-Location:|Tencent IM Message", re.M | re.I)


class EmlReader:
    """Reads one mail a file."""

    name = "eml"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: fields of a mail's header at the start of the file."""
        text = head.text.lstrip("\ufeff\r\n")
        lines = text.split("\n", 400)[:400]
        if lines[0].startswith("From "):
            del lines[0]
        names = set()
        for line in lines:
            if not (field := _LINE.match(line)):
                break
            names.add((field[1] or "").lower())
        known = names & _KNOWN
        told = f"header fields {', '.join(sorted(known))}"
        if len(known) < 3 or not known & {"from", "sender", "return-path"}:
            missing = "From or Sender, and three fields of a mail's header"
            return Signs(0, told, missing=missing) if known else NO_SIGNS
        if _SAVED_PAGE.search("\n".join(lines[:20])):
            return Signs(0, told, missing="a mail: a saved page (MHTML) has such a header, too")
        strength = 95 if known & _TRACES else 60 if "date" in known else 0
        return Signs(strength, told, missing="Date, Message-ID or Received")

    def encoding(self, source: Source) -> Encoding | None:
        """None: each part of a mail states its own."""
        return None

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venue and post of each mail; InputError for a mailbox file or one that is too large."""
        data = _loaded(source)
        start = box.end() if (box := _BOX_LINE.match(data)) else 0
        if box and _NEXT_IN_BOX.search(data):
            raise InputError(
                f"{source.name}: a mailbox file of several mails",
                hint="split it into one file a mail, for instance: git mailsplit -o DIR FILE",
                where={"file": source.name},
            )
        start += 3 * data.startswith(b"\xef\xbb\xbf")
        yield from _Reading(source, options).mails(data, start)


def _loaded(source: Source) -> bytes:
    if source.size > SIZE_LIMIT:
        raise InputError(
            f"{source.name}: longer than {SIZE_LIMIT >> 20} MiB",
            hint="save the mail without its attachments and ingest that",
            where={"file": source.name},
        )
    with source.open() as stream:
        return stream.read(SIZE_LIMIT)


class _Reading:
    """One pass over one file: the mail, then the mails inside it."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._stem = PurePath(source.name).stem or "?"
        self._named = options.venue_id(PLATFORM)
        self._cut = ""

    def mails(self, data: bytes, start: int) -> Iterator[Item]:
        """The items of the mail and of those inside it, outer ones first."""
        waiting = [(Inner(data, start, len(data), "mail"), 0)]
        count = 0
        while waiting:
            mail, depth = waiting.pop()
            count += 1
            if depth > DEPTH_LIMIT or count > _MOST_MAILS:
                yield Problem(mail.place, "one of too many mails inside each other")
                continue
            # A mail inside an encoded part has no place of its own in the file.
            content = yield from self._mail(mail, mail.start if mail.data is data else 0)
            waiting += [(inner, depth + 1) for inner in reversed(content.inner)]
        if self._cut:
            yield BreaksOff(self._cut, "the file ends before the mail does")

    def _mail(self, mail: Inner, offset: int) -> Generator[Item, None, Content]:
        head, body = header_end(mail.data, mail.start, mail.end)
        fields = Fields(mail.data[mail.start : head])
        if not fields:
            yield Problem(mail.place, "a mail without a header")
            return Content()
        walk = Walk(mail.data)
        content = walk.content(fields, body, mail.end, mail.place, 0)
        if walk.cut or head == body == mail.end:
            self._cut = self._cut or mail.place
        if head == body < mail.end:
            yield Problem(mail.place, f"a header longer than {HEADER_LIMIT >> 10} KiB")
        letter = Letter(fields, self._named, self._stem)
        yield letter.read_venue()
        yield from letter.posts(content, mail.place, offset)
        for place, reason in content.faults:
            yield Problem(place, reason)
        return content
