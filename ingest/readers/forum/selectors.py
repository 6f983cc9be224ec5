"""The part of a mapping file that says where a forum's pages hold what: CSS selectors."""

import re

import msgspec
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_NOTHING = LexborHTMLParser("<html></html>")


class Pick(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place: `css` of an element below the post (none: the post itself), `attribute` instead
    of its text, `pattern` whose first group is the value."""

    css: str | None = None
    attribute: str | None = None
    pattern: str | None = None

    def __post_init__(self) -> None:
        if self.css is None and self.attribute is None:
            raise ValueError("neither css nor attribute")
        if self.css is not None:
            check_css(self.css)
        if self.pattern is not None:
            _check_pattern(self.pattern)


Place = str | Pick
"""A selector alone stands for the text of its first element."""


class PageSelectors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`thread`: what a page says once."""

    heading: Place | None = None
    board: Place | None = None
    board_id: Place | None = None

    def __post_init__(self) -> None:
        _check_places(self)


class PostSelectors(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`posts`: `each` finds the posts, the others what stands in one.

    `quotes` are words of somebody else, `drop` what the forum puts there.
    """

    each: str
    text: str
    id: Place | None = None
    time: Place | None = None
    author: Place | None = None
    author_id: Place | None = None
    reply_to: Place | None = None
    edited: Place | None = None
    quotes: str | None = None
    drop: str | None = None

    def __post_init__(self) -> None:
        _check_places(self)


def _check_places(selectors: PageSelectors | PostSelectors) -> None:
    for name in selectors.__struct_fields__:
        if isinstance(value := getattr(selectors, name), str):
            try:
                check_css(value)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from error


def check_css(selector: str) -> None:
    """ValueError where it is no CSS selector."""
    try:
        _NOTHING.css(selector)
    except SelectolaxError as error:
        raise ValueError(f"not a CSS selector: {selector[:100]}") from error


def _check_pattern(pattern: str) -> None:
    try:
        groups = re.compile(pattern).groups
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"not a regular expression: {error}") from error
    if groups != 1:
        raise ValueError(f"the pattern has {groups} groups, not one: {pattern[:100]}")
