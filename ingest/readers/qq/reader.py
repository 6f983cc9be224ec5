"""QQ message records as text: private and group, one or several conversations a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath

from evidence.errors import UsageError
from ingest.posts import Item, Problem, ReadPost
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.encoding import Encoding
from ingest.readers.lines import Block, Line, read_blocks
from ingest.readers.qq.conversation import Conversation, account_of, is_group, text_of
from ingest.readers.qq.head import QQHead, is_head, read_head, without_title
from ingest.readers.qq.plain import Plain, read_plain

_RULE = re.compile(r"={16,}\s*")
_GROUPING = re.compile(r"消息分组\s*[:：](.*)")
_SUBJECT = re.compile(r"消息对象\s*[:：](.*)")
_BANNER = "消息记录（此消息记录为文本格式"
_BODY_LIMIT = 1 << 20


class QQReader:
    """Reads the text export of the QQ client."""

    name = "qq"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: the banner, the subject line, heads of messages."""
        lines = head.text.lstrip("\ufeff").splitlines()
        heads = sum(map(is_head, lines[:400]))
        told = f"{heads} heads of messages (time, name, number in brackets) in the first lines"
        if any(line.startswith(_BANNER) for line in lines[:10]):
            return Signs(100, f"a line that begins with {_BANNER}", told)
        if any(_SUBJECT.match(line) for line in lines[:40]) and (heads or len(lines) < 12):
            return Signs(95, "a line 消息对象", told)
        if heads and is_head(_first(lines)):
            return Signs(80, "the first line is the head of a message", told)
        if heads > 1:
            return Signs(60, told)
        return Signs(0, told, missing="a second head of a message") if heads else NO_SIGNS

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded."""
        return source.encoding()

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venues and posts in file order; InputError where the file is in no known encoding."""
        encoding = source.require_encoding()
        spaced = _spaced(source.head().text)
        reading = _Reading(source.name, options.venue_id("qq"), spaced)
        for piece in read_blocks(source, encoding):
            if isinstance(piece, Block):
                yield from reading.take_block(piece)
            else:
                yield from reading.take(piece)
        yield from reading.finish()


def _first(lines: list[str]) -> str:
    return next((line for line in lines if line.strip()), "")


def _spaced(text: str) -> bool:
    """Whether the file sets a blank line before each head, so that others are no heads."""
    lines = ["", *text.lstrip("\ufeff").splitlines()]
    befores = [
        not before.strip() or bool(_RULE.fullmatch(before))
        for before, line in pairwise(lines)
        if is_head(line)
    ]
    return sum(befores) * 10 >= len(befores) * 9


@dataclass
class _Open:
    """The message whose body is being read."""

    head: QQHead
    number: int
    offset: int
    body: list[str] = field(default_factory=list)
    size: int = 0
    fault: str = ""

    def add(self, line: Line) -> None:
        self.size += len(line.text) + 1
        self.fault = self.fault or line.fault
        if self.size > _BODY_LIMIT:
            self.fault = self.fault or f"longer than {_BODY_LIMIT >> 20} MiB"
        else:
            self.body.append(line.text)


class _Reading:
    """One pass over one file: plain messages whole, all else a line at a time."""

    def __init__(self, name: str, venue: str | None, spaced: bool) -> None:
        self._name = name
        self._stem = PurePath(name).stem
        self._named_venue = venue
        self._spaced = spaced
        self._conversation: Conversation | None = None
        self._open: _Open | None = None
        self._rule: Line | None = None
        self._in_header = True
        self._grouping = ""
        self._blank_before = True

    def take_block(self, block: Block) -> Iterator[Item]:
        """The items that are complete with these lines."""
        text, number, offset = block.text, block.number, block.offset
        at, size = 0, len(text)
        while at < size:
            plain = read_plain(text, at, self._spaced) if self._may_be_head() else None
            if plain is not None:
                end = plain.end
                if self._open is not None:
                    yield from self._close()
                talk = self._talk()
                post = _plain_post(talk.venue, plain, number, offset)
                if talk.settled:
                    yield post
                else:
                    titled = bool(without_title(plain.who)[0])
                    yield from talk.take(post, plain.number, titled=titled)
            else:
                end = text.index("\n", at) + 1
                yield from self.take(Line(number, offset, text[at : end - 1].rstrip("\r")))
            passed = text[at:end]
            number += passed.count("\n")
            offset += len(passed.encode(block.codec))
            at = end

    def _may_be_head(self) -> bool:
        """Whether a head of a message here would be one, whatever stood before."""
        return (
            self._rule is None and not self._in_header and (self._blank_before or not self._spaced)
        )

    def take(self, line: Line) -> Iterator[Item]:
        """The items that are complete with this line."""
        text = line.text
        if text[:1] == "=" and _RULE.fullmatch(text):
            self._body_of_rule()
            self._rule = line
        elif (self._rule or self._in_header) and (found := _GROUPING.match(text)):
            yield from self._header()
            self._grouping = found[1].strip()
        elif (self._rule or self._in_header) and (found := _SUBJECT.match(text)):
            yield from self._header()
            yield from self._converse(found[1].strip())
        else:
            yield from self._line(line)
        self._blank_before = not text.strip() or self._rule is line

    def finish(self) -> Iterator[Item]:
        """The items that the end of the file completes."""
        self._body_of_rule()
        yield from self._close()
        if self._conversation:
            yield from self._conversation.settle()

    def _line(self, line: Line) -> Iterator[Item]:
        head = read_head(line.text) if self._blank_before or not self._spaced else None
        if head is None:
            self._body_of_rule()
            if self._open:
                self._open.add(line)
            elif line.text.strip() and not self._in_header:
                yield Problem(
                    f"line {line.number}", line.fault or "text that belongs to no message"
                )
            return
        self._rule = None if self._in_header else self._rule
        self._body_of_rule()
        yield from self._close()
        self._in_header = False
        self._open = _Open(head, line.number, line.offset, fault=line.fault or head.fault)

    def _body_of_rule(self) -> None:
        """A rule that no header follows was a line of the body."""
        rule, self._rule = self._rule, None
        if rule and self._open:
            self._open.add(rule)

    def _header(self) -> Iterator[Item]:
        self._rule = None
        yield from self._close()
        self._in_header = True

    def _converse(self, subject: str) -> Iterator[Item]:
        if self._conversation:
            yield from self._conversation.settle()
            if self._named_venue:
                raise UsageError(
                    f"{self._name} holds several conversations",
                    hint="leave --venue out, or export them one by one",
                    where={"file": self._name},
                )
        self._conversation = Conversation(subject, is_group(self._grouping), self._named_venue)
        self._grouping = ""

    def _close(self) -> Iterator[Item]:
        done, self._open = self._open, None
        if done is not None:
            talk, place = self._talk(), f"line {done.number}"
            item = (
                Problem(place, done.fault)
                if done.fault
                else talk.post(done.head, "\n".join(done.body), place, done.offset)
            )
            yield from talk.take_head(done.head, item)

    def _talk(self) -> Conversation:
        """The conversation that goes on here; one without a header has the file's name."""
        if self._conversation is None:
            self._conversation = Conversation(self._stem, None, self._named_venue)
        return self._conversation


def _plain_post(venue: str, plain: Plain, number: int, offset: int) -> ReadPost:
    _, nickname = without_title(plain.who)
    text, media = text_of(plain.body)
    return ReadPost(
        venue=venue,
        account=account_of(plain.number),
        sender=nickname or None,
        wall=plain.wall,
        raw_time=plain.written,
        text=text,
        media=media,
        place=f"line {number}",
        offset=offset,
    )
