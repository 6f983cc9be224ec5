"""Section: brokers with their reasons, from the rows of the ranking."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from graph.analysis.brokers import BrokerOptions, rank_brokers
from graph.analysis.rows import BrokerRow, Side, Triple
from graph.analysis.warnings import NOT_RANKED
from graph.report.content import Block, Bullets, Heading, Paragraph
from graph.report.desk import Desk

BROKERS: Final = 10


def middlemen(desk: Desk) -> Iterator[Block]:
    """The first of the ranking; of one subject its own place, ranked or not."""
    say = desk.say
    yield Heading(2, say("brokers"))
    accounts = sorted(one for one in desk.subjects if one.startswith("account:"))
    asked = [BrokerOptions(top=BROKERS, explain=one) for one in accounts]
    if desk.subject is None:
        asked = [BrokerOptions(top=BROKERS)]
    source = desk.source
    ranked = (rank_brokers(source.archive, source.store, one).rows for one in asked)
    # Two accounts of one actor are one row.
    rows = list({row.id: row for found in ranked for row in found}.values())
    if not rows:
        yield Paragraph(say("brokers.none"))
        return
    yield Paragraph(say("brokers.lead"), caution=True)
    for row in rows:
        if row.id not in desk.own:
            yield Heading(3, desk.who(row.id))
            yield Bullets(list(_reasons(desk, row)))
    if any(row.triples for row in rows):
        yield Paragraph(say("brokers.composed"))


def _reasons(desk: Desk, row: BrokerRow) -> Iterator[str]:
    say, words = desk.say, desk.words
    told = [text for text in row.warnings if not text.startswith(NOT_RANKED)]
    if row.rank is None:
        why = next((text for text in row.warnings if text.startswith(NOT_RANKED)), NOT_RANKED)
        yield say("brokers.unranked", why=words.known("warn", why.removeprefix(NOT_RANKED)))
    else:
        yield say(
            "brokers.rank",
            rank=row.rank,
            of=row.ranks.of,
            top=row.ranks.top,
            stability=f"{row.stability:.2f}",
            score=f"{row.score:.2f}",
        )
    yield say("brokers.roles", roles=words.joined([_role(desk, role) for role in row.roles]))
    for triple in row.triples:
        yield _triple(desk, row, triple)
    if told:
        yield say("brokers.care", warnings=words.joined([words.known("warn", t) for t in told]))
    if row.evidence and not row.triples:
        yield say("brokers.behind", evidence=desk.cite(row.evidence))


def _role(desk: Desk, told: str) -> str:
    code, _, basis = told.partition(" (")
    role = desk.words.role(code)
    return f"{role} ({desk.words.known('basis', basis.rstrip(')'))})" if basis else role


def _triple(desk: Desk, row: BrokerRow, triple: Triple) -> str:
    return desk.say(
        "brokers.triple",
        product=desk.name(triple.product),
        supplier=desk.name(triple.supplier.id),
        broker=desk.name(row.id),
        buyer=desk.name(triple.buyer.id),
        got=_when(desk, triple.supplier),
        gave=_when(desk, triple.buyer),
        got_by=_by(desk, triple.supplier),
        gave_by=_by(desk, triple.buyer),
        evidence=desk.cite([*triple.supplier.posts, *triple.buyer.posts]),
    )


def _when(desk: Desk, side: Side) -> str:
    if side.date is None:
        return desk.say("evidence.undated")
    return desk.time(datetime.fromisoformat(side.date))


def _by(desk: Desk, side: Side) -> str:
    return ", ".join(desk.words.known("by", kind) for kind in side.evidence)
