"""Forum pages of any make, read by the selectors of a mapping file."""

import re
from collections.abc import Iterator
from datetime import tzinfo
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.posts import BreaksOff, Item, Problem
from ingest.readers.base import ReadOptions
from ingest.readers.clock import NotATimeError, read_time
from ingest.readers.forum.board import Board, Entry, Quote, board_venue, site_of
from ingest.readers.forum.clock import PageClock
from ingest.readers.forum.selectors import Pick, Place, PostSelectors
from ingest.readers.forum.text import Rules, words_of
from ingest.readers.mapping import Mapping
from ingest.readers.pages.nodes import address_name, attribute, first, outer, text_of
from ingest.readers.pages.saved import SavedPage

_LONGEST_VALUE = 2000
_SECONDS = ("%S", "%T", "%X", "%c", "%s")
_HOURS = ("%H", "%I", "%R")


def has_posts(page: SavedPage, posts: PostSelectors) -> bool:
    """Whether anything on the page is a post by these selectors."""
    return page.tree.css_first(posts.each) is not None


def read_selected(page: SavedPage, options: ReadOptions, mapping: Mapping) -> Iterator[Item]:
    """The board that the page names, and its posts."""
    posts, thread = mapping.posts, mapping.thread
    if posts is None:
        return
    site = site_of(options, page.host, "", "forum")
    number = picked(page.tree, thread.board_id) if thread else ""
    name = picked(page.tree, thread.board) if thread else ""
    venue = board_venue(site, number or None, name, options.venue_id(site.platform))
    yield venue
    zone: tzinfo | None = ZoneInfo(mapping.zone) if mapping.zone else None
    board = Board(
        site=site,
        venue=venue,
        number=number or None,
        heading=picked(page.tree, thread.heading) if thread else "",
        clock=PageClock(zone),
        offsets=page.offsets(),
        whole=page.whole,
    )
    rules = Rules(account=_nobody, attachment=_picture, home=page.host)
    for count, node in enumerate(outer(page.tree.root, posts.each), 1):
        place = f"post {count}"
        if board.breaks_off(node):
            yield BreaksOff(place, "the page breaks off in it")
            return
        if first(node, posts.text) is None:
            yield Problem(place, f"nothing fits posts.text: {posts.text[:100]}")
            continue
        try:
            entry = _entry(node, place, posts, mapping, rules)
        except NotATimeError as error:
            yield Problem(place, str(error))
            continue
        yield from board.items(entry, attribute(node, "id"))


def _entry(
    node: LexborNode, place: str, posts: PostSelectors, mapping: Mapping, rules: Rules
) -> Entry:
    body = first(node, posts.text)
    quotes = outer(body, posts.quotes) if posts.quotes else []
    left_out = {one.mem_id for one in quotes}
    if posts.drop:
        left_out |= {one.mem_id for one in node.css(posts.drop)}
    own = Rules(rules.account, rules.attachment, rules.home, frozenset(left_out))
    written = picked(node, posts.time)
    return Entry(
        native=picked(node, posts.id) or None,
        place=place,
        sender=picked(node, posts.author),
        uid=picked(node, posts.author_id) or None,
        written=written,
        exact=_exact(written, mapping),
        words=words_of(body, own) if body is not None else Entry.words,
        reply_to=picked(node, posts.reply_to) or None,
        edited=picked(node, posts.edited),
        quotes=tuple(Quote(words_of(one, own)) for one in quotes),
    )


def _exact(written: str, mapping: Mapping) -> str | None:
    """The time in ISO, as exact as the mapping's form of it."""
    form = mapping.time_format
    if not form or not written:
        return None
    wall = read_time(written, form).wall or ""
    if any(part in form for part in _SECONDS):
        return wall
    return wall[:16] if any(part in form for part in _HOURS) else wall[:10]


def picked(root: LexborHTMLParser | LexborNode, place: Place | None) -> str:
    """The value at a place, empty where there is none."""
    if place is None:
        return ""
    pick = Pick(css=place) if isinstance(place, str) else place
    node = root if pick.css is None else first(root, pick.css)
    if not isinstance(node, LexborNode):
        return ""
    value = attribute(node, pick.attribute) if pick.attribute else text_of(node)
    value = value[:_LONGEST_VALUE]
    if pick.pattern is None:
        return value
    found = re.search(pick.pattern, value)
    return (found[1] or "") if found else ""


def _nobody(address: str) -> None:
    """Links of an unknown forum name no account."""


def _picture(node: LexborNode) -> str | None:
    return address_name(attribute(node, "src")) if node.tag == "img" else None
