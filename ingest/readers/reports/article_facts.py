"""What a saved page says of itself: title, author, and the day of publication."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec
from selectolax.lexbor import LexborHTMLParser

from ingest.readers.pages.nodes import attribute, first, text_of

LONGEST_TITLE = 160
_LONGEST_AUTHOR = 100
_LONGEST_DATA = 1 << 18
_MOST_DATA = 20
_DATE = re.compile(r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})")
_DATE_MARKS = (
    ("meta[property='article:published_time']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publishdate']", "content"),
    ("meta[name='date']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("time[datetime]", "datetime"),
    ("#publish_time, #pubtime, .pubtime, .publish-time, .article-time, .post-date, .date", ""),
)
_AUTHOR_MARKS = (
    ("meta[name=author]", "content"),
    ("meta[property='article:author']", "content"),
    ("[itemprop=author] [itemprop=name]", ""),
    ("[rel=author]", ""),
    ("[itemprop=author]", ""),
    ("#js_name", ""),
)


class Facts(msgspec.Struct, frozen=True):
    """Stated facts; empty or None where nothing is stated."""

    title: str = ""
    author: str = ""
    published: date | None = None


class _Named(msgspec.Struct):
    name: str = ""


class _Linked(msgspec.Struct):
    """The fields of a page's data for machines that are read here."""

    date_published: str = msgspec.field(name="datePublished", default="")
    author: _Named | list[_Named] | str = ""
    graph: list["_Linked"] = msgspec.field(name="@graph", default=[])


def page_facts(tree: LexborHTMLParser) -> Facts:
    """Title, author and day by the marks that publishing software writes."""
    linked = list(_linked(tree))
    author = _author(tree) or next((name for one in linked if (name := _linked_author(one))), "")
    days = (stated_day(one.date_published) for one in linked)
    published = _published(tree) or next((day for day in days if day), None)
    return Facts(_title(tree), author, published)


def plain_title(text: str) -> str:
    """A title in one line, cut where it is too long for one."""
    return " ".join(text.split()).strip("\ufeff ")[:LONGEST_TITLE]


def stated_day(text: str) -> date | None:
    """The day with which a text begins, year first."""
    found = _DATE.match(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _title(tree: LexborHTMLParser) -> str:
    if title := attribute(first(tree, "meta[property='og:title']"), "content"):
        return plain_title(title)
    for selector in ("title", "h1"):
        if title := text_of(first(tree, selector)):
            return plain_title(title)
    return ""


def _published(tree: LexborHTMLParser) -> date | None:
    for selector, name in _DATE_MARKS:
        node = first(tree, selector)
        if found := stated_day(attribute(node, name) if name else text_of(node)):
            return found
    return None


def _author(tree: LexborHTMLParser) -> str:
    for selector, name in _AUTHOR_MARKS:
        node = first(tree, selector)
        said = attribute(node, name) if name else text_of(node)
        if said and _is_name(said):
            return said
    return ""


def _is_name(said: str) -> bool:
    return "://" not in said and len(said) <= _LONGEST_AUTHOR


def _linked(tree: LexborHTMLParser) -> Iterator[_Linked]:
    """JSON-LD objects of the page, those of a list one by one; others are passed over."""
    for node in tree.css("script[type='application/ld+json']")[:_MOST_DATA]:
        try:
            found = msgspec.json.decode(node.text()[:_LONGEST_DATA], type=_Linked | list[_Linked])
        except (msgspec.DecodeError, RecursionError, UnicodeError):
            continue
        for one in found if isinstance(found, list) else [found]:
            yield from (one, *one.graph)


def _linked_author(linked: _Linked) -> str:
    author = linked.author
    if isinstance(author, list):
        author = author[0] if author else ""
    name = author if isinstance(author, str) else author.name
    return name if name and _is_name(name) else ""
