"""Section: brokers with their reasons, from the rows of the ranking."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from graph.analysis.brokers import BrokerOptions, report_of, scene_of
from graph.analysis.reasons import Reasons, composed
from graph.analysis.rows import BrokerRow, Triple
from graph.analysis.wording import Wording
from graph.report.circles import circles
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
    scenes = [scene_of(source.archive, source.store, one) for one in asked]
    # Two accounts of one actor are one row.
    rows = list({row.id: row for scene in scenes for row in report_of(scene).rows}.values())
    if not rows:
        yield Paragraph(say("brokers.none"))
        return
    reasons = _reasons(desk)
    yield Paragraph(reasons.words.say("lead"), caution=True)
    for row in rows:
        if row.id not in desk.own:
            yield Heading(3, desk.who(row.id))
            yield Bullets(list(_told(desk, reasons, row)))
    if any(row.triples for row in rows):
        yield Paragraph(composed(reasons.words))
    yield from circles(desk, scenes)


def _reasons(desk: Desk) -> Reasons:
    """Tells rows in the report's language, with names and ids as they leave."""
    return Reasons(
        Wording(desk.words.lang),
        day=lambda utc: desk.time(datetime.fromisoformat(utc)),
        name=desk.clean,
        identifier=desk.id,
    )


def _told(desk: Desk, reasons: Reasons, row: BrokerRow) -> Iterator[str]:
    yield reasons.place(row)
    yield reasons.roles(row)
    for triple in row.triples:
        yield _triple(desk, reasons, row, triple)
    for caution in reasons.cautions(row):
        yield reasons.words.say("care", what=caution)
    if row.evidence and not row.triples:
        yield desk.say("brokers.behind", evidence=desk.cite(row.evidence))


def _triple(desk: Desk, reasons: Reasons, row: BrokerRow, triple: Triple) -> str:
    return desk.say(
        "brokers.triple",
        product=desk.name(triple.product),
        supplier=desk.name(triple.supplier.id),
        broker=desk.name(row.id),
        buyer=desk.name(triple.buyer.id),
        got=reasons.when(triple.supplier),
        gave=reasons.when(triple.buyer),
        got_by=reasons.by(triple.supplier),
        gave_by=reasons.by(triple.buyer),
        evidence=desk.cite([*triple.supplier.posts, *triple.buyer.posts]),
    )
