"""Sections: coverage and gaps, contradictions, what was looked for and not found."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from evidence.stats import contents
from graph.analysis.group_days import untimed
from graph.analysis.watching import declared, venues
from graph.report.content import Block, Bullets, Cell, Heading, Paragraph, Table
from graph.report.desk import Answer, Desk

CONTRADICTIONS: Final = "qa.contradictions"
_PROBLEMS: Final = 20


def coverage(desk: Desk) -> Iterator[Block]:
    """What was watched, what was not read."""
    say, archive = desk.say, desk.source.archive
    stretches: dict[str, list[str]] = defaultdict(list)
    for venue, first, last in declared(archive):
        stretches[venue].append(f"{first} – {last}")
    yield Heading(2, say("coverage"))
    yield Paragraph(say("coverage.declared" if stretches else "coverage.undeclared"), caution=True)
    rows: list[list[Cell]] = []
    for venue in sorted(venues(archive)):
        node = desk.nodes.get(venue)
        props = {} if node is None else node.props
        seen = desk.period((props.get("first_seen"), props.get("last_seen")))
        watched = ", ".join(stretches[venue])
        if stretches and not watched:
            watched = say("coverage.unwatched")
        rows.append([desk.who(venue), watched, seen])
    yield Table([say("col.venue"), say("col.watched"), say("col.seen")], rows)
    held = contents(archive.connection)
    lines = [
        say("coverage.files", n=held.files_broken_off + held.files_interrupted),
        say("coverage.skipped", n=held.skipped),
        say("coverage.aside", n=held.set_aside),
        say("coverage.untimed", n=untimed(archive)),
        *(say("coverage.left", what=desk.clean(what)) for what in desk.source.left_out),
    ]
    yield Bullets(lines)
    yield from _problems(desk)


def _problems(desk: Desk) -> Iterator[Block]:
    found = desk.source.archive.connection.execute(
        "SELECT f.path, p.place, p.reason FROM problem p JOIN file f ON f.n = p.file_n"
        " ORDER BY f.id, p.n"
    ).fetchall()
    if not found:
        return
    yield Heading(3, desk.say("coverage.problems"))
    yield Bullets(
        [
            desk.clean(f"{desk.path(path)}: {place}: {reason}")
            for path, place, reason in found[:_PROBLEMS]
        ]
    )
    if len(found) > _PROBLEMS:
        yield Paragraph(desk.say("more", n=len(found) - _PROBLEMS))


def contradictions(desk: Desk) -> Iterator[Block]:
    """Claims that stand against each other, with the evidence of both."""
    say = desk.say
    yield Heading(2, say("contradictions"))
    rows = desk.rows(CONTRADICTIONS)
    if not rows:
        yield Paragraph(say("contradictions.none"))
        return
    yield Bullets(
        [
            say(
                "contradictions.pair",
                a=desk.clean(str(row["says_a"])),
                b=desk.clean(str(row["says_b"])),
                evidence=desk.cite(row["evidence"]),
            )
            for row in rows
        ]
    )


def looked(desk: Desk) -> Iterator[Block]:
    """Each question that was asked, those without an answer first."""
    say = desk.say
    yield Heading(2, say("looked"))
    yield Paragraph(say("looked.lead"))
    answers = sorted(desk.source.answers.values(), key=lambda one: (bool(one.rows), one.query))
    rows = [[f"{desk.words.pair(*one.title)} ({one.query})", _told(desk, one)] for one in answers]
    yield Table([say("col.question"), say("col.found")], rows)


def _told(desk: Desk, answer: Answer) -> str:
    if answer.failed:
        return desk.say("looked.failed", why=desk.clean(answer.failed))
    if not answer.rows:
        return desk.say("looked.nothing")
    return desk.say("looked.atleast" if answer.cut else "looked.rows", n=len(answer.rows))
