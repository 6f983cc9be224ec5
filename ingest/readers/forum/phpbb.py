"""Topic pages and forum pages of phpBB 3, in its own style and those derived from it."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.posts import BreaksOff, Item, SetAside
from ingest.readers.forum.board import Board, Entry, Quote
from ingest.readers.forum.clock import PageClock, offset_zone
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

NAME = "phpBB"
_POST = re.compile(r"p(\d{1,18})")
_UID = re.compile(r"viewprofile[^#]{0,200}?\bu=(\d{1,18})")
_FORUM = re.compile(r"viewforum\b[^#]{0,200}?\bf=(\d{1,18})")
_TOPIC = re.compile(r"viewtopic\b[^#]{0,200}?\bt=(\d{1,18})")
_TOPIC_FORUM = re.compile(r"viewtopic\b[^#]{0,200}?\bf=(\d{1,18})")
_QUOTED_POST = re.compile(r"(?:viewtopic\b[^#]{0,200}?\bp=|#p)(\d{1,18})")
_QUOTED_BY = re.compile(r"(?P<name>.{1,80}?) (?:wrote|写道|寫道|hat geschrieben|a écrit) ?[:：]?")
_ANSWER = re.compile(r"(?:Re|回复|回覆) ?[:：] ?", re.IGNORECASE)
_OFFSET = re.compile(r"UTC ?(?:([+-]) ?(\d{1,2})(?::(\d{2}))?)?")
_HOURS = re.compile(
    r"UTC ?(?:([+-]) ?(\d{1,2})(?::(\d{2}))? ?(?:hours?|小时|小時))?(?P<dst> ?\[ ?DST ?\])?"
)
_GUEST = "1"
_FORUM_WORDS = ".codebox > p, .codebox > dt, .inline-attachment, .attachbox, blockquote cite"
_FOOT = "#page-footer, .page-footer, .footer, .nav-footer, .copyright, .page-number"


def is_phpbb(tree: LexborHTMLParser) -> bool:
    """Whether the page has posts or topics in the way of phpBB."""
    return bool(_containers(tree)) or bool(_topic_rows(tree))


def phpbb_clock(page: SavedPage) -> PageClock:
    """The zone that the page states for its times."""
    for node in page.tree.css("span[title], abbr[title]"):
        if found := _OFFSET.fullmatch(text_of(node)):
            return PageClock(_zone(attribute(node, "title")) or _offset(found))
    for node in page.tree.css(_FOOT):
        if found := _HOURS.search(text_of(node)):
            summer = "1" if found["dst"] else "0"
            return PageClock(_offset(found, int(summer)))
    return PageClock()


def _offset(found: re.Match[str], summer: int = 0) -> tzinfo | None:
    sign, hours, minutes = found[1] or "+", found[2] or "0", found[3] or "0"
    moved = int(hours) + (summer if sign == "+" else -summer)
    return offset_zone(sign, str(moved), minutes)


def _zone(name: str) -> tzinfo | None:
    """A zone by the name that phpBB shows, with spaces for its underscores."""
    try:
        return ZoneInfo(name.replace(" ", "_")) if "/" in name else None
    except (OSError, ValueError, LookupError):
        return None


def phpbb_site_name(tree: LexborHTMLParser) -> str:
    """The forum's name, in the page's head."""
    return text_of(first(tree, "#site-description h1, .site-description h1"))


def phpbb_board(page: SavedPage) -> tuple[str | None, str]:
    """Number and name of the forum."""
    crumbs = page.tree.css("[data-forum-id]")
    if crumbs and (number := attribute(crumbs[-1], "data-forum-id")).isdecimal():
        return number, text_of(first(crumbs[-1], "a"))
    links = page.tree.css(
        "h2.forum-title a, .navbar a[href*=viewforum], .breadcrumbs a[href*=viewforum],"
        " li.icon-home a[href*=viewforum], h2 a[href*=viewforum]"
    )
    for link in reversed(links):
        if stated := link_number(attribute(link, "href"), _FORUM):
            return stated, text_of(link)
    return None, ""


def phpbb_own(page: SavedPage) -> str | None:
    """Number of the account that was logged in when the page was saved."""
    link = first(page.tree, "#username_logged_in a[href*=viewprofile]")
    return link_number(attribute(link, "href"), _UID)


def phpbb_heading(tree: LexborHTMLParser) -> str:
    """The topic's title."""
    return text_of(first(tree, "h2.topic-title a, h2 a[href*=viewtopic], h2.topic-title"))


def phpbb_items(page: SavedPage, board: Board) -> Iterator[Item]:
    """The posts of a topic page, or the topics of a forum page."""
    rules = Rules(
        account=lambda address: _account(board, address), attachment=_attachment, home=page.host
    )
    containers = _containers(page.tree)
    for node, number in containers:
        if board.breaks_off(node):
            yield BreaksOff(f"post {number}", "the page breaks off in it")
            return
        yield from _post(node, number, board, rules)
    if not containers:
        yield from _topics(page.tree, board, rules)


def _containers(tree: LexborHTMLParser) -> list[tuple[LexborNode, str]]:
    found = outermost(tree, ".post[id^=p]", _POST)
    return [(node, match[1]) for node, match in found if first(node, ".postbody") is not None]


def _topic_rows(tree: LexborHTMLParser) -> list[LexborNode]:
    rows = tree.css("ul.topiclist.topics > li.row")
    return [row for row in rows if first(row, "a.topictitle") is not None]


def _account(board: Board, address: str) -> str | None:
    uid = link_number(address, _UID)
    return board.account(uid, "") if uid and uid != _GUEST else None


def _author(node: LexborNode | None) -> tuple[str, str | None]:
    """Name and number; a guest and an account that is gone have a name alone."""
    author = first(node, "a.username, a.username-coloured, span.username, span.username-coloured")
    if author is None:
        named = first(node, "a[href*=viewprofile], strong")
        author = named if text_of(named) else None
    uid = link_number(attribute(author, "href"), _UID)
    return text_of(author), uid if uid != _GUEST else None


def _time_of(node: LexborNode | None) -> tuple[str, str | None]:
    """The time as shown, and as stated for machines."""
    stated = first(node, "time")
    if stated is not None:
        return text_of(stated), attribute(stated, "datetime") or None
    return text_of(node).rsplit("»", 1)[-1].strip(), None


def _post(node: LexborNode, number: str, board: Board, rules: Rules) -> Iterator[Item]:
    body = first(node, ".postbody .content")
    profile = first(node, ".postprofile")
    sender, uid = _author(profile if text_of(profile) else first(node, ".author"))
    written, exact = _time_of(first(node, ".author"))
    quotes = outer(body, "blockquote")
    left_out = {one.mem_id for one in node.css(_FORUM_WORDS)} | {one.mem_id for one in quotes}
    hidden = text_of(first(node, ".ignore, .post_deleted_msg"))
    signature = first(node, ".signature")
    own = _with(rules, left_out)
    entry = Entry(
        native=number,
        place=f"post {number}",
        sender=sender,
        uid=uid,
        written=written,
        exact=exact,
        words=_words(node, body, own, board.heading) if body is not None else Words(hidden),
        edited=_edited(node),
        quotes=tuple(_quote(one, rules) for one in quotes),
        hidden=(hidden,) if hidden and body is not None else (),
        signature=words_of(signature, own).text if signature is not None else "",
        kind="thread_post" if body is not None else "unsupported",
    )
    yield from board.items(entry, f"p{number}")


def _with(rules: Rules, left_out: set[int]) -> Rules:
    return Rules(rules.account, rules.attachment, rules.home, frozenset(left_out), frozenset())


def _words(node: LexborNode, body: LexborNode, rules: Rules, heading: str) -> Words:
    """The message, below a subject of its own where that is not the topic's title."""
    said = words_of(body, rules)
    subject = _ANSWER.sub("", text_of(first(node, ".postbody h3")), count=1)
    boxes = node.css(
        ".attachbox a.postlink, .attachbox img, .inline-attachment a.postlink,"
        " .inline-attachment img"
    )
    files = [
        text_of(one) or attribute(one, "alt") or address_name(attribute(one, "src"))
        for one in boxes
    ]
    media = tuple(dict.fromkeys([*said.media, *(name for name in files if name)]))
    words = Words(said.text, said.mentions, media)
    return words.below(subject if subject != heading else "")


def _edited(node: LexborNode) -> str:
    notice = first(node, ".notice:not(.post_deleted_msg)")
    stated = first(notice, "time")
    return attribute(stated, "datetime") or text_of(notice)[:200]


def _quote(node: LexborNode, rules: Rules) -> Quote:
    cite = first(node, "cite")
    author, uid = _author(cite) if first(cite, "a[href*=viewprofile]") else ("", None)
    if not author and (named := _QUOTED_BY.match(text_of(cite))):
        author = named["name"]
    links = cite.css("a") if cite is not None else []
    named_posts = (_post_of(link) for link in links)
    post = next((one for one in named_posts if one), None)
    post = post or link_number(attribute(node, "cite"), _QUOTED_POST)
    inner = {one.mem_id for one in outer(node, "blockquote")}
    inner |= {one.mem_id for one in node.css(_FORUM_WORDS)}
    return Quote(words_of(node, _with(rules, inner)), author or None, uid, post)


def _post_of(link: LexborNode) -> str | None:
    number = attribute(link, "data-post-id")
    return number if number.isdecimal() else link_number(attribute(link, "href"), _QUOTED_POST)


def _topics(tree: LexborHTMLParser, board: Board, rules: Rules) -> Iterator[Item]:
    """The rows of a forum page: each title as its author's words."""
    here = board.number
    for row in _topic_rows(tree):
        title = first(row, "a.topictitle")
        address = attribute(title, "href")
        number = link_number(address, _TOPIC)
        place = f"thread {number}" if number else f"thread {text_of(title)[:80]}"
        if board.breaks_off(row):
            yield BreaksOff(place, "the page breaks off in it")
            return
        other = link_number(address, _TOPIC_FORUM)
        if "global-announce" in attribute(row, "class") or (here and other not in (None, here)):
            yield SetAside(place, "a topic shown on every board: its own board is another")
            continue
        by = first(row, ".topic-poster, .list-inner > .responsive-hide, dt")
        sender, uid = _author(by)
        written, exact = _time_of(by)
        entry = Entry(
            native=f"thread/{number}" if number else None,
            place=place,
            sender=sender,
            uid=uid,
            written=written,
            exact=exact,
            words=Words(text_of(title)),
            heading=text_of(title),
        )
        yield from board.items(entry)


def _attachment(node: LexborNode) -> str | None:
    """The name of the picture or file that an element stands for."""
    if node.tag == "img" and "smilies" not in attribute(node, "class").split():
        return address_name(attribute(node, "src"))
    if node.tag == "a" and "download/file.php" in attribute(node, "href"):
        return text_of(node)
    return None
