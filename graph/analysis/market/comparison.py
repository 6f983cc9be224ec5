"""Two periods or two segments side by side."""

from collections.abc import Iterator
from typing import Any, Final

import msgspec

from graph.analysis.figures import Denominator, observed, ratio
from graph.analysis.market.sides import Side, Sides

RECONSTRUCTION: Final = "reconstruction"
_AVERAGES: Final = ("pgd", "mgd", "mgd_per_pgd", "pgd_mean_of_days", "mgd_mean_of_days")
_PANEL: Final = ("group_days", "messages", "participants", "pgd", "mgd")


class Compared(msgspec.Struct, frozen=True):
    """One measure of both sides. `ratio`: right of left; `basis`: what the values rest on."""

    measure: str
    left: float | None
    right: float | None
    difference: float | None
    ratio: float | None
    basis: str

    def document(self) -> dict[str, Any]:
        """The row as JSON types."""
        return msgspec.structs.asdict(self)


COLUMNS = Compared.__struct_fields__


def compared(
    sides: Sides, left: Side, right: Side, denominator: Denominator, *, panel: bool
) -> list[Compared]:
    """Every measure of both sides; `panel`: also in the venues that were watched in both."""
    one, other = left.measures(), right.measures()
    rows = [
        compare(name, value, other[name], basis_of(name, denominator))
        for name, value in one.items()
    ]
    return [*rows, *(_panel(sides, left, right, denominator) if panel else ())]


def compare(name: str, left: float | None, right: float | None, basis: str) -> Compared:
    """One row; difference and ratio where both sides have a value."""
    if left is None or right is None:
        return Compared(name, left, right, None, None, basis)
    return Compared(name, left, right, round(right - left, 4), ratio(right, left), basis)


def basis_of(measure: str, denominator: Denominator) -> str:
    """In words what a measure divides by; the published rule is known by reconstruction only."""
    if measure.removeprefix("panel_").split("_ratio")[0] not in _AVERAGES:
        return "counted"
    if measure == "mgd_per_pgd":
        return "messages by participants a group-day"
    active = f" ({RECONSTRUCTION} of the published rule)" if denominator == "active" else ""
    return f"{denominator} group-days{active}"


def _panel(sides: Sides, left: Side, right: Side, denominator: Denominator) -> Iterator[Compared]:
    """The same measures in the venues that were watched in both: added venues are no growth."""
    watched = left.material.watched
    both = observed(watched, left.stretch.days) & observed(watched, right.stretch.days)
    one, other = (sides.over(side, both) for side in (left, right))
    yield compare("panel_groups", len(both), len(both), "watched in both")
    for name in _PANEL:
        measure = f"panel_{name}"
        pair = getattr(one, name), getattr(other, name)
        yield compare(measure, *pair, basis_of(measure, denominator))


def warnings(left: Side, right: Side, least: float) -> list[str]:
    """What makes a difference one of the watching."""
    told = [
        f"{side.name} has no message and no watched day"
        if not (side.found.messages or side.found.coverage)
        else f"coverage of {side.name} is {side.found.coverage:.2f}, below {least:g}: "
        "a difference may be one of the watching"
        for side in (left, right)
        if side.found.coverage < least
    ]
    return list(dict.fromkeys(told))
