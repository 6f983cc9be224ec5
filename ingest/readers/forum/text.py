"""The words of a forum post: text as shown, with quotes, pictures and mentions kept apart."""

import re
from collections.abc import Callable, Iterator

import msgspec
from selectolax.lexbor import LexborNode

from ingest.posts import Mention
from ingest.readers.pages.text import BLOCKS, CELLS

_UNSEEN_TAGS = "script style noscript template iframe object embed svg button select textarea input"
_UNSEEN = frozenset(_UNSEEN_TAGS.split())
_HIDDEN = re.compile(r"display\s{0,4}:\s{0,4}none", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?|tg|mailto|magnet|ed2k):\S{1,2000}", re.IGNORECASE)
_SCHEME = re.compile(r"^(?:https?://|mailto:)(?:www\.)?", re.IGNORECASE)
_ELLIPSIS = re.compile(r" ?(?:\.\.\.|…) ?")
_MOST_BREAKS = 2
_LONGEST_NAME = 200


class Words(msgspec.Struct, frozen=True):
    """Text, and what stands in it or belongs to it."""

    text: str = ""
    mentions: tuple[Mention, ...] = ()
    media: tuple[str, ...] = ()

    def below(self, head: str) -> "Words":
        """The same words under a line of their own author's."""
        if not head:
            return self
        moved = len(head) + 1
        mentions = tuple(
            Mention(one.start + moved, one.end + moved, one.kind, one.value)
            for one in self.mentions
        )
        return Words(f"{head}\n{self.text}".rstrip(), mentions, self.media)


class Rules(msgspec.Struct, frozen=True):
    """What a kind of forum marks in a post. Each function gives None for "nothing special"."""

    account: Callable[[str], str | None]
    """The account id that a link leads to."""
    attachment: Callable[[LexborNode], str | None]
    """The name of the picture or file that an element stands for."""
    home: str | None = None
    """The forum's own host: links to it are no words."""
    left_out: frozenset[int] = frozenset()
    """`mem_id` of elements that are not the author's words."""
    files_only: frozenset[str] = frozenset({"ignore_js_op"})
    """Tags around attachments: what else stands in them is the forum's."""


def words_of(root: LexborNode, rules: Rules) -> Words:
    """The words below an element; without recursion, since hostile pages nest deeply."""
    writer = _Writer()
    media: list[str] = []
    mentions: list[Mention] = []
    for step in _steps(root, rules):
        node, tag, left = step.node, step.tag, step.left
        if tag == "-text":
            if not step.silent:
                writer.write(node.text_content or "", preformatted=step.preformatted)
            continue
        if not left and (name := rules.attachment(node)) is not None:
            if name:
                media.append(name[:_LONGEST_NAME])
        elif tag == "img" and not left and not step.silent:
            writer.write((node.attributes.get("alt") or "")[:_LONGEST_NAME])
        elif step.silent:
            continue
        elif tag == "br":
            if not left:
                writer.end_line()
        elif tag in BLOCKS:
            writer.end_block()
        elif tag in CELLS:
            writer.write(" ")
        elif tag == "a":
            _link(node, left, writer, mentions, rules)
    return Words(writer.text, tuple(mentions), tuple(dict.fromkeys(media)))


class _Step(msgspec.Struct):
    node: LexborNode
    tag: str
    left: bool
    silent: bool
    preformatted: bool


def _steps(root: LexborNode, rules: Rules) -> Iterator[_Step]:
    """Elements when entered and left, and texts, in order."""
    stack = [_Step(root, root.tag or "", False, False, False)]
    while stack:
        step = stack.pop()
        node = step.node
        if step.tag == "-text" or step.left:
            yield step
            continue
        if _is_left_out(node, step.tag, rules) and node.mem_id != root.mem_id:
            continue
        yield step
        stack.append(_Step(node, step.tag, True, step.silent, step.preformatted))
        silent = step.silent or step.tag in rules.files_only or rules.attachment(node) is not None
        preformatted = step.preformatted or step.tag == "pre"
        children = list(node.iter(include_text=True))
        stack.extend(
            _Step(child, child.tag or "", False, silent, preformatted)
            for child in reversed(children)
        )


def _is_left_out(node: LexborNode, tag: str, rules: Rules) -> bool:
    return (
        tag in _UNSEEN
        or node.mem_id in rules.left_out
        or (tag not in rules.files_only and is_hidden(node))
    )


def is_hidden(node: LexborNode) -> bool:
    """Whether the page does not show an element: forums put rubbish there against copying."""
    return _HIDDEN.search((node.attributes.get("style") or "")[:500]) is not None


def _link(
    node: LexborNode, left: bool, writer: "_Writer", mentions: list[Mention], rules: Rules
) -> None:
    """At a link's end: the account that it names, or the address that its words do not show."""
    if not left:
        writer.mark()
        return
    start = writer.marked
    shown = writer.since(start)
    address = (node.attributes.get("href") or "").strip()
    if (account := rules.account(address)) is not None:
        if shown.startswith("@"):
            mentions.append(Mention(start, start + len(shown), "account", account))
        return
    if not _ADDRESS.fullmatch(address) or (rules.home and rules.home in address):
        return
    bare = _SCHEME.sub("", address).rstrip("/")
    said = _SCHEME.sub("", shown).rstrip("/")
    if said == bare:
        return
    begin = _ELLIPSIS.split(said, maxsplit=1)[0]
    if len(begin) < len(said) and bare.startswith(begin):
        writer.replace(start, address)
    else:
        writer.write(f" {address}")


class _Writer:
    """Collects text as a browser lays it out: white space runs together, blocks begin lines."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._breaks = 0
        self._gap = False
        self.marked = 0

    @property
    def text(self) -> str:
        return "".join(self._parts).rstrip()

    def write(self, text: str, *, preformatted: bool = False) -> None:
        """Adds text; in preformatted text line feeds count."""
        if preformatted and "\n" in text:
            for number, line in enumerate(text.split("\n")):
                if number:
                    self.end_line()
                self.write(line)
            return
        words = text.split()
        if not words:
            self._gap = self._gap or bool(text)
            return
        self._gap = self._gap or text[0].isspace()
        self._flush()
        self._put(" ".join(words))
        self._gap = text[-1].isspace()

    def end_line(self) -> None:
        self._breaks = min(self._breaks + 1, _MOST_BREAKS)

    def end_block(self) -> None:
        self._breaks = max(self._breaks, 1)

    def mark(self) -> None:
        """Remembers the place at which the next word will stand."""
        self._flush()
        self.marked = self._length

    def since(self, start: int) -> str:
        """What was written behind a place that `mark` gave."""
        behind: list[str] = []
        length = self._length
        for part in reversed(self._parts):
            if length <= start:
                break
            behind.append(part)
            length -= len(part)
        return "".join(reversed(behind))

    def replace(self, start: int, text: str) -> None:
        """Puts text in place of what stands behind a place that `mark` gave."""
        while self._parts and self._length > start:
            self._length -= len(self._parts.pop())
        self._put(text)

    def _flush(self) -> None:
        if self._breaks and self._length:
            self._put("\n" * self._breaks)
        elif self._gap and self._length:
            self._put(" ")
        self._breaks, self._gap = 0, False

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
