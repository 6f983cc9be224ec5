"""Saved forum pages: Discuz!, phpBB, and any other by a mapping of CSS selectors."""

from collections.abc import Callable, Iterator

import msgspec
from selectolax.lexbor import LexborHTMLParser

from ingest.posts import BreaksOff, Item, OwnAccount, Problem, ReadPost, SetAside
from ingest.readers.base import Head, ReadOptions, Signs, Source
from ingest.readers.encoding import Encoding
from ingest.readers.forum.board import Board, board_venue, site_of
from ingest.readers.forum.clock import PageClock
from ingest.readers.forum.discuz import (
    discuz_board,
    discuz_clock,
    discuz_heading,
    discuz_items,
    discuz_own,
    discuz_site_name,
    is_discuz,
)
from ingest.readers.forum.phpbb import (
    is_phpbb,
    phpbb_board,
    phpbb_clock,
    phpbb_heading,
    phpbb_items,
    phpbb_own,
    phpbb_site_name,
)
from ingest.readers.forum.selected import has_posts, read_selected
from ingest.readers.pages.saved import SavedPage, page_encoding, read_page
from ingest.readers.pages.signs import forum_signs


class Software(msgspec.Struct, frozen=True):
    """How the pages of one forum software are read."""

    name: str
    fits: Callable[[LexborHTMLParser], bool]
    clock: Callable[[SavedPage], PageClock]
    site_name: Callable[[LexborHTMLParser], str]
    board: Callable[[SavedPage], tuple[str | None, str]]
    heading: Callable[[LexborHTMLParser], str]
    own: Callable[[SavedPage], str | None]
    items: Callable[[SavedPage, Board], Iterator[Item]]


_UNKNOWN = "a page without posts or threads of a known forum software"
SOFTWARE = (
    Software(
        "discuz",
        is_discuz,
        discuz_clock,
        discuz_site_name,
        discuz_board,
        discuz_heading,
        discuz_own,
        discuz_items,
    ),
    Software(
        "phpbb",
        is_phpbb,
        phpbb_clock,
        phpbb_site_name,
        phpbb_board,
        phpbb_heading,
        phpbb_own,
        phpbb_items,
    ),
)


class ForumReader:
    """Reads a thread page or a board page, saved as it was shown."""

    name = "forum"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: posts or threads of a known forum software, or its name."""
        return forum_signs(head.text)

    def encoding(self, source: Source) -> Encoding | None:
        """How the page is encoded."""
        return page_encoding(source, source.head().data)

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """The board and its posts in the page's order; BreaksOff last where its end is missing."""
        page = read_page(source)
        if page.faults:
            reason = f"{page.faults} characters are not {page.codec} and stand as U+FFFD"
            yield Problem(f"byte {page.first_fault}", reason)
        mapping = options.mapping
        if mapping is not None and mapping.posts is not None and has_posts(page, mapping.posts):
            items = read_selected(page, options, mapping)
        else:
            items = _read_known(page, options)
        yield from _told(items, page, source.name)


def _read_known(page: SavedPage, options: ReadOptions) -> Iterator[Item]:
    """The items of a page of known software."""
    for software in SOFTWARE:
        if software.fits(page.tree):
            site = site_of(options, page.host, software.site_name(page.tree), software.name)
            number, name = software.board(page)
            venue = board_venue(site, number, name, options.venue_id(site.platform))
            yield venue
            board = Board(
                site=site,
                venue=venue,
                number=number,
                heading=software.heading(page.tree),
                clock=software.clock(page),
                offsets=page.offsets(),
                whole=page.whole,
            )
            if (own := software.own(page)) and (account := board.account(own, "")):
                yield OwnAccount(account)
            yield from software.items(page, board)
            return
    stated = options.mapping.posts if options.mapping else None
    reason = f"nothing fits posts.each: {stated.each[:100]}" if stated else _UNKNOWN
    yield SetAside("page", reason)


def _told(items: Iterator[Item], page: SavedPage, name: str) -> Iterator[Item]:
    """The items, what is set aside with the page's name; at a missing end, behind what it is."""
    last = "the head of the page"
    for item in items:
        yield SetAside(f"{name}: {item.name}", item.reason) if isinstance(item, SetAside) else item
        if isinstance(item, BreaksOff):
            return
        if isinstance(item, ReadPost):
            last = item.place
    if not page.whole:
        yield BreaksOff(f"behind {last}", "the page ends before its end tag")
