"""Section: the posts that a report cites, with the files in which they stand."""

from collections.abc import Iterator, Mapping
from typing import Final

from graph.explore.evidence import Quote as Spoken
from graph.explore.evidence import quotes_of
from graph.report.content import Block, Cell, Code, Facts, Heading, Paragraph, Quote, Table
from graph.report.desk import Desk
from graph.report.gloss import Gloss

LENGTH: Final = 700
"""Code points of a quote."""


def cited(desk: Desk, gloss: Gloss | None) -> Iterator[Block]:
    """Every cited post; the sections before it have cited by now."""
    say = desk.say
    yield Heading(2, say("evidence"))
    if not desk.cited:
        yield Paragraph(say("evidence.none"))
        return
    yield Paragraph(say("evidence.lead"))
    quotes = quotes_of(desk.source.archive, desk.cited)
    for number, post in enumerate(desk.cited, 1):
        yield Heading(3, say("evidence.name", n=number))
        yield from words_of(desk, post, quotes, gloss)
    beyond = len(desk.beyond - set(desk.cited))
    if beyond:
        yield Paragraph(say("evidence.cut", n=beyond))


def words_of(
    desk: Desk,
    post: str,
    quotes: Mapping[str, Spoken],
    gloss: Gloss | None,
    most: int | None = LENGTH,
) -> Iterator[Block]:
    """One post: when, where, by whom, in which file, and its words, all where `most` is None."""
    say, said = desk.say, quotes.get(post)
    if said is None or said.account in desk.own:
        yield Facts([(say("evidence.post"), Code(desk.id(post)))])
        yield Paragraph(say("evidence.gone"))
        return
    sender = desk.clean(said.sender or "")
    facts: list[tuple[str, Cell]] = [
        (say("evidence.post"), Code(desk.id(post))),
        (say("col.time"), desk.time(said.time) or say("evidence.undated")),
        (say("evidence.sender"), f"{sender} ({desk.id(said.account or '')})"),
        (say("evidence.venue"), desk.who(said.venue) if said.venue else say("none")),
        (say("col.file"), Code(desk.path(said.file))),
        (say("col.hash"), Code(said.sha256)),
        (
            say("evidence.offset"),
            say("evidence.at", place=desk.clean(said.place), offset=said.offset),
        ),
    ]
    yield Facts(facts)
    text = desk.clean(said.quote)
    yield Quote(text if most is None or len(text) <= most else f"{text[:most]}…")
    for one in desk.translations.get(post, ()):
        how = desk.words.known("how", one.how)
        title = say("translation", language=one.language, how=how, by=desk.clean(one.by))
        yield Facts([(title, desk.clean(one.text))])
    terms = gloss.of(text) if gloss is not None else {}
    if terms:
        told = desk.words.joined([f"{term} = {meaning}" for term, meaning in terms.items()])
        yield Facts([(say("evidence.gloss"), told)])


def files(desk: Desk) -> Iterator[Block]:
    """Every file that was read, with its hash."""
    say = desk.say
    rows = desk.source.archive.connection.execute(
        "SELECT path, id, coalesce(reader, ''), posts FROM file ORDER BY path, id"
    )
    yield Heading(2, say("files"))
    heads = [say(f"col.{head}") for head in ("file", "hash", "reader", "posts")]
    yield Table(
        heads,
        [
            [
                Code(desk.path(path)),
                Code(name.removeprefix("file:")),
                reader,
                str(posts),
            ]
            for path, name, reader, posts in rows
        ],
    )
