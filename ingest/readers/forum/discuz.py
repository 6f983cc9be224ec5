"""Thread pages and board pages of Discuz! X and 7."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.posts import BreaksOff, Item, SetAside
from ingest.readers.clock import NotATimeError
from ingest.readers.forum.board import Board, Entry, Quote
from ingest.readers.forum.clock import PageClock, forum_time, offset_zone
from ingest.readers.forum.text import Rules, Words, words_of
from ingest.readers.pages.nodes import (
    address_name,
    attribute,
    first,
    link_number,
    outer,
    outermost,
    text_of,
)
from ingest.readers.pages.saved import SavedPage

NAME = "Discuz!"
_POST = re.compile(r"(?:post_|pid)(\d{1,18})")
_THREAD_ROW = re.compile(r"(normal|stick)thread_(\d{1,18})")
_UID = re.compile(r"(?:space|home)\b[^#]{0,200}?\buid[=-](\d{1,18})")
_FID = re.compile(r"\bforum-(\d{1,18})-|\bforumdisplay\b[^#]{0,200}?\bfid=(\d{1,18})")
_FOUND_POST = re.compile(r"goto=findpost\b[^#]{0,200}?\bpid=(\d{1,18})")
_SCRIPT_FID = re.compile(r"\bvar fid = parseInt\('(\d{1,18})'\)")
_OWN = re.compile(r"\bdiscuz_uid = '([1-9]\d{0,17})'")
_FOOTER = re.compile(
    r"GMT\s?([+-])\s?(\d{1,2}(?:\.\d{1,2})?)\s?,\s?(\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2})"
)
_EDITED = re.compile(r"于 ?(.{4,60}?) ?编辑|於 ?(.{4,60}?) ?編輯|on (.{4,60}?)\s*$")
_QUOTED = re.compile(
    r"(?P<name>[^\n]{1,80}?) (?:发表于|發表於|at|posted on) (?P<time>[^\n]{6,40})"
    r"|(?:原帖由|原帖由:|Originally posted by) (?P<old>[^\n]{1,80}?) (?:于|於|at) [^\n]{6,40}"
)
_FORUM_WORDS = ".showhide > h4, .blockcode > em, .pstatus, .locked, .attach_nopermission, .jammer"
_PARTS = ".typeoption tr, .pcht .pvt, .rusld, .rsld"
_ELSEWHERE = re.compile(r"全局置顶|分类置顶|全局置頂|分類置頂|Global|Category")
_GONE = re.compile(r"已被?删除|已被?刪除|deleted", re.IGNORECASE)
_FORUM_PICTURE = re.compile(r"static/image/|images/common/|/smil")
_FOOT = 1 << 15


def is_discuz(tree: LexborHTMLParser) -> bool:
    """Whether the page has posts or threads in the way of Discuz!."""
    return bool(_containers(tree)) or bool(_thread_rows(tree))


def discuz_clock(page: SavedPage) -> PageClock:
    """Zone and time that the page's last lines state."""
    stated = list(_FOOTER.finditer(page.text, max(0, len(page.text) - _FOOT)))
    if not stated:
        return PageClock()
    found = stated[-1]
    zone = offset_zone(found[1], found[2])
    try:
        wall = forum_time(found[3], PageClock()).wall
    except NotATimeError:
        return PageClock(zone)
    return PageClock(zone, datetime.fromisoformat(wall) if wall else None)


def discuz_site_name(tree: LexborHTMLParser) -> str:
    """The forum's name, as its path of links begins with it."""
    return text_of(first(tree, "#pt a.nvhm, #nav a"))


def discuz_board(page: SavedPage) -> tuple[str | None, str]:
    """Number and name of the board."""
    links = page.tree.css("#pt a[href], #nav a[href], #foruminfo a[href]")
    for link in reversed(links):
        if number := link_number(attribute(link, "href"), _FID):
            return number, text_of(link)
    stated = _SCRIPT_FID.search(page.text)
    return (stated[1] if stated else None), ""


def discuz_own(page: SavedPage) -> str | None:
    """Number of the account that was logged in when the page was saved."""
    found = _OWN.search(page.text)
    return found[1] if found else None


def discuz_heading(tree: LexborHTMLParser) -> str:
    """The thread's title with the kind of thread that stands before it."""
    title = first(tree, "#thread_subject")
    if title is None:
        return text_of(first(tree, "#threadtitle h1, h1.ts"))
    kinds = [text_of(link) for link in tree.css("h1.ts a") if "[" in text_of(link)[:1]]
    return " ".join([*kinds, text_of(title)])


def discuz_items(page: SavedPage, board: Board) -> Iterator[Item]:
    """The posts of a thread page, or the threads of a board page."""
    containers = _containers(page.tree)
    rules = Rules(
        account=lambda address: _account(board, address), attachment=_attachment, home=page.host
    )
    for node, number in containers:
        if board.breaks_off(node):
            yield BreaksOff(f"post {number}", "the page breaks off in it")
            return
        yield from _Post(node, number, board, rules).items()
    if not containers:
        for node, kind, number in _thread_rows(page.tree):
            if board.breaks_off(node):
                yield BreaksOff(f"thread {number}", "the page breaks off in it")
                return
            yield from _thread(node, kind, number, board)


def _containers(tree: LexborHTMLParser) -> list[tuple[LexborNode, str]]:
    for selector in ("div[id^=post_]", "table[id^=pid]"):
        found = outermost(tree, selector, _POST)
        if found:
            return [(node, match[1]) for node, match in found]
    return []


def _thread_rows(tree: LexborHTMLParser) -> list[tuple[LexborNode, str, str]]:
    found = outermost(tree, "tbody[id*=thread_]", _THREAD_ROW)
    return [(node, match[1], match[2]) for node, match in found]


def _uid(node: LexborNode | None) -> str | None:
    return link_number(attribute(node, "href"), _UID)


class _Post:
    """One post of a thread page."""

    def __init__(self, node: LexborNode, number: str, board: Board, rules: Rules) -> None:
        self._node = node
        self._number = number
        self._board = board
        floor = " ".join(text_of(first(node, f"#postnum{number}")).split())
        self._place = f"post {number}, {floor}" if floor else f"post {number}"
        names = {
            attribute(one, "id")[5:-5]: text_of(first(one, "strong"))
            for one in node.css("[id^=aimg_][id$=_menu]")
        }
        self._rules = msgspec.structs.replace(
            rules,
            attachment=lambda one: names.get(attribute(one, "aid")) or rules.attachment(one),
        )

    def items(self) -> Iterator[Item]:
        node, number = self._node, self._number
        body = first(node, f"#postmessage_{number}")
        quotes = outer(body, ".quote")
        rules = self._without(node, quotes)
        sender, uid, named = self._author()
        written, exact = _time_of(first(node, f"#authorposton{number}, .authorinfo em"))
        hidden = [text_of(one) for one in outer(node, ".locked, .attach_nopermission h3")]
        words = self._words(body, rules) if body is not None else self._notice(hidden)
        entry = Entry(
            native=number,
            place=self._place,
            sender=sender,
            uid=uid,
            named=named,
            written=written,
            exact=exact,
            words=words,
            reply_to=self._answered(body),
            edited=_edited(first(node, ".pstatus")),
            quotes=tuple(self._quote(one) for one in quotes),
            hidden=tuple(hidden) if body is not None else (),
            signature=self._signature(rules),
            kind="thread_post" if body is not None else "unsupported",
        )
        yield from self._board.items(entry, f"post_{number}")
        yield from self._comments(rules)
        yield from self._ratings(rules)

    def _without(self, within: LexborNode, others: list[LexborNode]) -> Rules:
        """Rules that leave out the forum's own words, and elements of others."""
        left_out = {one.mem_id for one in (*within.css(_FORUM_WORDS), *others)}
        return msgspec.structs.replace(self._rules, left_out=frozenset(left_out))

    def _words(self, body: LexborNode, rules: Rules) -> Words:
        """The message, below what a kind of thread asks for and its own subject."""
        said = words_of(body, rules)
        above = [text_of(first(self._node, ".pcb > h2"))]
        above += [words_of(one, rules).text for one in outer(self._node, _PARTS)]
        files = [rules.attachment(one) for one in self._node.css(".pattl a, .pattl img")]
        media = tuple(dict.fromkeys([*said.media, *(name for name in files if name)]))
        words = Words(said.text, said.mentions, media)
        return words.below("\n".join(one for one in above if one))

    def _notice(self, hidden: list[str]) -> Words:
        """What the page shows in place of a message."""
        shown = first(self._node, ".pcb, .postmessage")
        return Words(" ".join(hidden) or text_of(shown))

    def _author(self) -> tuple[str, str | None, bool]:
        """Name, number, and whether the name alone tells the account: not for the anonymous."""
        node = self._node
        for selector in (".pls .authi a", ".postauthor .postinfo a", ".authi a", ".pls .pi a"):
            for link in node.css(selector):
                if (name := text_of(link)) and (uid := _uid(link)):
                    return name, uid, True
        stated = first(node, ".pls .pi, .postauthor .postinfo, .pls .authi")
        if stated is None:
            return "", None, False
        aside = " ".join(text_of(one) for one in stated.css("em"))
        gone = _GONE.search(aside) is not None
        return text_of(stated).removesuffix(aside).strip(), None, gone

    def _answered(self, body: LexborNode | None) -> str | None:
        """The post that a reply names at its beginning, without quoting it."""
        link = first(body, "strong a[href*=findpost], b a[href*=findpost]")
        return link_number(attribute(link, "href"), _FOUND_POST)

    def _quote(self, node: LexborNode) -> Quote:
        """Quoted words without the line above or below that says whose they are."""
        link = first(node, "a[href*=findpost]")
        post = link_number(attribute(link, "href"), _FOUND_POST)
        words = words_of(node, self._without(node, outer(node, ".quote")))
        lines = words.text.split("\n")
        for place in (0, len(lines) - 1):
            if head := _QUOTED.fullmatch(lines[place].strip()):
                del lines[place]
                said = Words("\n".join(lines).strip(), (), words.media)
                return Quote(said, head["name"] or head["old"], None, post)
        return Quote(words, None, None, post)

    def _signature(self, rules: Rules) -> str:
        node = first(self._node, ".sign, .signatures")
        return words_of(node, rules).text if node is not None else ""

    def _comments(self, rules: Rules) -> Iterator[Item]:
        """Short remarks of others below the post."""
        seen: Counter[str] = Counter()
        rows = [(row, first(row, ".psti")) for row in outer(self._node, ".pstl")]
        said = [(row, node) for row, node in rows if node is not None]
        for count, (row, node) in enumerate(said, 1):
            author = next((one for one in row.css("a") if _uid(one) and text_of(one)), None)
            written, exact = _time_of(first(node, ".xg1"))
            aside = frozenset(one.mem_id for one in node.css(".xg1, a.xi2"))
            # A remark has no number of its own: who and when tell it apart.
            key = f"{self._number}/comment/{_uid(author) or 0}/{exact or written}"
            seen[key] += 1
            entry = Entry(
                native=f"{key}/{seen[key]}",
                place=f"{self._place}, comment {count}",
                sender=text_of(author),
                uid=_uid(author),
                named=False,
                written=written,
                exact=exact,
                words=words_of(node, msgspec.structs.replace(rules, left_out=aside)),
                reply_to=self._number,
            )
            yield from self._board.items(entry, f"post_{self._number}")

    def _ratings(self, rules: Rules) -> Iterator[Item]:
        """Points that others gave the post, each with its reason."""
        for node in outer(self._node, "tr[id^=rate_]"):
            author = next((one for one in node.css("a") if text_of(one)), None)
            cells = [text_of(cell) for cell in node.css("td")[1:]]
            entry = Entry(
                native=f"{self._number}/{attribute(node, 'id')[:60]}",
                place=f"{self._place}, rating",
                sender=text_of(author),
                uid=_uid(author),
                words=Words(" ".join(cell for cell in cells if cell)),
                reply_to=self._number,
                kind="service",
                action="rating",
            )
            yield from self._board.items(entry, f"post_{self._number}")


def _thread(node: LexborNode, kind: str, number: str, board: Board) -> Iterator[Item]:
    """A row of a board page: the thread's title as its author's words."""
    place = f"thread {number}"
    title = first(node, "a.xst, a.s, span[id^=thread_] a, th.subject a")
    cell = first(node, "th") or title
    if title is None or cell is None:
        yield SetAside(place, "a row of the board without a title")
        return
    shown = attribute(first(node, "td.icn a, td.folder a"), "title")
    if kind == "stick" and _ELSEWHERE.search(shown):
        yield SetAside(place, "a thread shown on every board: its own board is not stated")
        return
    by = first(node, "td.by, td.author")
    author = first(by, "cite a")
    written, exact = _time_of(first(by, "em"))
    kinds = [text_of(one) for one in cell.css("em") if text_of(one).startswith("[")]
    heading = " ".join([*kinds, text_of(title)])
    entry = Entry(
        native=f"thread/{number}",
        place=place,
        sender=text_of(author) or text_of(first(by, "cite")),
        uid=_uid(author),
        written=written,
        exact=exact,
        words=Words(heading),
        heading=heading,
    )
    yield from board.items(entry, attribute(node, "id"))


def _time_of(node: LexborNode | None) -> tuple[str, str | None]:
    """The time as shown, and as stated in a title."""
    if node is None:
        return "", None
    return text_of(node), attribute(first(node, "[title]"), "title") or None


def _edited(node: LexborNode | None) -> str:
    found = _EDITED.search(text_of(node))
    return next((group for group in found.groups() if group), "") if found else ""


def _account(board: Board, address: str) -> str | None:
    uid = link_number(address, _UID)
    return board.account(uid, "") if uid else None


def _attachment(node: LexborNode) -> str | None:
    """The name of the file that an element stands for; an empty one for what is passed over."""
    tag = node.tag
    if tag == "a":
        address = attribute(node, "href")
        if "mod=attachment" in address or "attachment.php" in address or "attachpay" in address:
            return text_of(node)
        return None
    if tag != "img":
        return None
    if attribute(node, "smilieid"):
        return ""
    source = attribute(node, "zoomfile") or attribute(node, "file") or attribute(node, "src")
    if not attribute(node, "aid") and _FORUM_PICTURE.search(source):
        return ""
    return address_name(source)
