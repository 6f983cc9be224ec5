"""A report put together: the same content for every form and for both languages."""

from collections.abc import Iterator
from typing import Final

from evidence.errors import NotFoundError, UsageError
from graph.report.chain import chain
from graph.report.cited import cited, files
from graph.report.claims import accusations, claimed, events, subject
from graph.report.content import Block, Document
from graph.report.desk import Desk, Source
from graph.report.figures import figures
from graph.report.front import front, how_to_read
from graph.report.gaps import contradictions, coverage, looked
from graph.report.gloss import Gloss
from graph.report.listings import listings
from graph.report.middlemen import middlemen
from graph.report.sources import sources
from graph.report.words import Lang, Words

SUBJECTS: Final = frozenset({"Account", "Actor"})


def desk_of(source: Source, lang: Lang, identifier: str | None) -> Desk:
    """The desk of a case, or of one account or actor. Raises NotFoundError, UsageError."""
    desk = Desk(source, Words(lang), identifier)
    if identifier is None:
        return desk
    node = desk.nodes.get(identifier)
    if node is None:
        raise NotFoundError(f"{identifier} is not in this graph", hint="heichan search TEXT")
    if node.label not in SUBJECTS or identifier in desk.own:
        raise UsageError(
            f"{identifier} is no account or actor that a report can tell of",
            hint=f"heichan show {identifier}; heichan evidence {identifier}",
        )
    return desk


def make(desk: Desk, gloss: Gloss | None) -> Document:
    """The whole report; `desk.cited` holds afterwards what it cites."""
    say = desk.say
    subject_ = desk.subject
    title = say("title.case") if subject_ is None else say("title.one", who=desk.name(subject_))
    blocks = list(_blocks(desk, gloss))
    return Document(desk.words.lang, title, marking(desk), blocks)


def marking(desk: Desk) -> str:
    """The line that stands first and last on every paper."""
    return desk.say("marking", tlp=desk.source.stamp.tlp or "AMBER")


def _blocks(desk: Desk, gloss: Gloss | None) -> Iterator[Block]:
    listed = listings(desk)
    yield from front(desk)
    yield from how_to_read(desk)
    if desk.subject is not None:
        yield from subject(desk, listed)
    yield from claimed(desk, listed)
    yield from chain(desk)
    yield from middlemen(desk)
    yield from sources(desk, listed)
    yield from accusations(desk)
    yield from events(desk)
    yield from contradictions(desk)
    yield from figures(desk, listed)
    yield from coverage(desk)
    yield from looked(desk)
    yield from cited(desk, gloss)
    yield from files(desk)
