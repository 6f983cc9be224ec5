"""Sections: what the report is about and made from, and how it is to be read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from evidence.provenance.integrity import integrity
from evidence.stats import Contents, contents
from graph.report.content import Block, Bullets, Cell, Code, Facts, Heading
from graph.report.desk import Desk

_RULES: Final = 14


def front(desk: Desk) -> Iterator[Block]:
    """Case, versions, snapshot, counts."""
    say, source = desk.say, desk.source
    held = contents(source.archive.connection)
    about = desk.who(desk.subject) if desk.subject else say("front.whole")
    yield Heading(2, say("front"))
    yield Facts(
        [
            (say("front.about"), about),
            (say("front.case"), Code(source.facts["case"])),
            (say("front.purpose"), desk.clean(source.facts["purpose"]) or say("unknown")),
            (say("front.owner"), desk.clean(source.facts["owner"]) or say("unknown")),
            (say("front.zone"), source.zone),
            (say("front.redact"), desk.words.known("redact", source.facts["redact"])),
            (say("front.span"), _span(desk, held)),
            (say("front.posts"), _counts(desk, held)),
            (say("front.masked"), str(held.masked)),
            *_runs(desk),
            (say("front.integrity"), _integrity(desk)),
            (say("front.snapshot"), Code(source.stamp.snapshot or say("unknown"))),
            (say("front.version"), source.stamp.version),
            (say("front.reader"), desk.words.joined(list(_readings(desk, held)))),
            (say("front.pictures"), say(f"front.pictures.{'yes' if source.pictures else 'no'}")),
            (say("front.audit"), Code(source.facts["audit"] or say("none"))),
        ]
    )


def how_to_read(desk: Desk) -> Iterator[Block]:
    """The rules of wording that hold for the whole report."""
    yield Heading(2, desk.say("how"))
    yield Bullets([desk.say(f"how.{number}") for number in range(1, _RULES + 1)])


def _span(desk: Desk, held: Contents) -> str:
    times = (held.first, held.last)
    return desk.period(datetime.fromtimestamp(t, UTC) for t in times if t is not None)


def _counts(desk: Desk, held: Contents) -> str:
    return desk.say(
        "front.counts",
        posts=held.posts,
        listings=held.listings,
        accounts=held.accounts,
        venues=held.venues,
    )


def _readings(desk: Desk, held: Contents) -> Iterator[str]:
    for one in held.readings:
        yield desk.say(
            "front.readby", extractor=one.extractor, lexicon=one.lexicon, posts=one.posts
        )
    if held.unread:
        yield desk.say("front.unread", posts=held.unread)


def _integrity(desk: Desk) -> str:
    """Of how many files it is shown that they are as they were collected."""
    told = integrity(desk.source.archive.connection).values()
    shown = sum(one.shown for one in told)
    return desk.say("front.intact", shown=shown, left=len(told) - shown)


def _runs(desk: Desk) -> Iterator[tuple[str, Cell]]:
    rows = desk.source.archive.connection.execute(
        "SELECT operator, received_from, legal_basis, tool_version, root FROM run ORDER BY id"
    )
    told = (
        [desk.clean(str(value)) if value else desk.say("unknown") for value in row] for row in rows
    )
    for who, origin, basis, version, root in dict.fromkeys(map(tuple, told)):
        line = desk.say(
            "front.run",
            collector=who,
            tool="heichan",
            version=version,
            origin=origin,
            basis=basis,
            root=root,
        )
        yield desk.say("front.runs"), line
