"""One number of a post with what it says."""

from typing import NamedTuple


class Figure(NamedTuple):
    """A price, quantity or least order.

    `kind`: price, quantity, least, problem; while a text is read also `tier` (a quantity that may
    be the least order of the price behind it), `span` (a range of which the lower end may be one)
    and `none` (a number that says neither).
    """

    start: int
    end: int
    kind: str
    value: float
    currency: str | None = None
    per: str | None = None
    unit: str | None = None
    period: str | None = None
    words: str = ""
    shared: bool = False
    """Whether another price of the row says what this one is for."""
    high: float | None = None
    """The upper end of a range, of which `value` is the lower one."""


def range_problem(text: str, start: int, end: int) -> Figure:
    """A range of a text: a problem, and no value."""
    words = f"{text[start:end]!r} is a range: no single value"
    return Figure(start, end, "problem", 0, words=words)
