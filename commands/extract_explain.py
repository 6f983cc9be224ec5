"""Explanations of `extract --explain` as lines for people, on a terminal and on a pipe."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from commands.output import Output
from commands.terminal import visible
from ingest.extract.explain import (
    ActReason,
    Explained,
    Explanation,
    Gate,
    GateCue,
    Origin,
    Place,
    Reason,
    RoleSum,
    Summand,
)
from ingest.records import Listing

_STEP: Final = "  "


class Line(NamedTuple):
    """A line and how it looks on a terminal with colour."""

    text: str
    style: str = ""


def show(out: Output, found: Iterable[Explained]) -> None:
    """Writes every explanation; nothing is cut, and nothing in it is obeyed by a terminal."""
    for explained in found:
        for line in lines(explained):
            if out.terminal:
                out.text(visible(line.text), style=line.style)
            else:
                out.data(visible(line.text) + "\n")


def lines(explained: Explained) -> Iterator[Line]:
    """One record and its reasons."""
    record, why = explained.record, explained.explain
    yield from _head(record)
    for line in record.text.split("\n"):
        yield Line(_STEP + line)
    yield from _act(why.polarity)
    yield from _gate(why.gate)
    for reason in why.values:
        yield from _value(reason)
    for role in why.roles:
        yield from _role(role)
    yield from _silent(why)
    for problem in record.problems:
        yield Line(f"undecided: {problem}", "yellow")
    yield Line("")


def _head(record: Listing) -> Iterator[Line]:
    masked = f"; {record.masked} masked" if record.masked else ""
    sure = f"confidence of the reading {record.confidence:.2f}"
    what = "no listing" if record.polarity == "none" else f"listing {record.listing}"
    yield Line(f"post {record.post}, {what}: {record.polarity}; {sure}{masked}", "bold")


def _act(why: ActReason) -> Iterator[Line]:
    yield Line(f"polarity {why.polarity}{_from(why.place)}: {why.rule}", "cyan")
    yield from map(_origin, why.origins)
    for place in why.negated:
        yield Line(f"{_STEP}negated, so not read: {_placed(place)}")


def _gate(gate: Gate) -> Iterator[Line]:
    yield Line(f"gate {'open' if gate.open else 'shut'}: cues sum to {gate.total:.2f}", "cyan")
    for words in gate.shut:
        yield Line(f"{_STEP}because {words}")
    for words in gate.found:
        yield Line(f"{_STEP}found {words}")
    yield from map(_cue, gate.cues)
    if gate.wording:
        yield Line(f"{_STEP}{gate.wording}")


def _cue(cue: GateCue) -> Line:
    return Line(f"{_STEP}{cue.weight:+.2f}  {cue.says}{_from(cue.place)}")


def _value(reason: Reason) -> Iterator[Line]:
    note = f" ({reason.note})" if reason.note else ""
    yield Line(f"{reason.slot} {reason.value}{_from(reason.place)}: {reason.rule}{note}", "cyan")
    yield from map(_origin, reason.origins)


def _role(role: RoleSum) -> Iterator[Line]:
    yield Line(f"role {role.role}: {role.rule}", "cyan")
    yield Line(f"{_STEP}weight × factor × context = value")
    for summand in role.summands:
        yield from _summand(summand)
    yield Line(f"{_STEP}s = {role.sum:.2f}, score {role.score:.2f}: {role.note}")


def _summand(summand: Summand) -> Iterator[Line]:
    note = f" ({summand.note})" if summand.note else ""
    yield Line(f"{_STEP}{product(summand)}{_from(summand.place)}{note}")
    for origin in summand.origins:
        yield _origin(origin)


def product(summand: Summand) -> str:
    """`1.5 × 1 × 0.5 = 0.75`."""
    parts = f"{summand.weight:g} × {summand.factor:.4g} × {summand.context:g}"
    return f"{parts} = {summand.value:.4g}"


def _silent(why: Explanation) -> Iterator[Line]:
    if not why.silent:
        return
    yield Line("role cues that count nothing here", "cyan")
    for summand in why.silent:
        yield Line(
            f"{_STEP}{summand.role} {product(summand)}{_from(summand.place)}: {summand.note}"
        )


def _origin(origin: Origin) -> Line:
    extra = " (a file of the case)" if origin.extra else ""
    source = f"; source: {origin.source}" if origin.source else ""
    return Line(
        f"{_STEP * 2}{origin.file}:{origin.line}{extra} {origin.term} = {origin.says}{source}",
        "dim",
    )


def _from(place: Place | None) -> str:
    return "" if place is None else f" ← {_placed(place)}"


def _placed(place: Place) -> str:
    return f"{place.quote} [{place.span[0]}, {place.span[1]})"
