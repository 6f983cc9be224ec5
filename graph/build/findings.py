"""What reports find: organisations, markets, events, figures and statements about roles."""

from datetime import date

import msgspec

from graph import ids
from graph.build import vocabulary
from graph.build.draft import Ref, Support, short
from graph.build.ownership import Named, add_ownership
from graph.build.rows import FindingRecord
from graph.build.world import World
from graph.schema import ROLES
from ingest.extract.report.findings import (
    EventFinding,
    FigureFinding,
    Finding,
    MarketFinding,
    OrganisationFinding,
    OrganisationRef,
    RoleFinding,
)

READING = 0.8
_decode = msgspec.json.Decoder(Finding).decode


def add_findings(world: World, records: list[FindingRecord]) -> None:
    """Nodes for every finding but listings, which stand with the other listings."""
    named: list[Named] = []
    for record in records:
        finding = _decode('{"text":"",' + record.body.lstrip().removeprefix("{"))
        if isinstance(finding, OrganisationFinding):
            node = _organisation(world, finding.id, finding.name, finding.aliases)
            if node is not None and finding.id is not None:
                named.append((record.post, finding.span, finding.id))
        elif isinstance(finding, MarketFinding) and finding.id is not None:
            world.draft.node("Platform", ids.vocabulary(finding.id), finding.name, kind="forum")
        elif isinstance(finding, EventFinding):
            _event(world, record, finding)
        elif isinstance(finding, FigureFinding):
            _figure(world, record, finding)
        elif isinstance(finding, RoleFinding):
            _role(world, record, finding)
    add_ownership(world, named)


def _organisation(
    world: World, canonical: str | None, name: str, aliases: tuple[str, ...]
) -> Ref | None:
    if canonical is None or not canonical.startswith("org/"):
        return None
    node = vocabulary.organisation(world.draft, canonical, name)
    if aliases:
        world.draft.node("Organisation", node.id, name, aliases=aliases)
    return node


def _claim(world: World, record: FindingRecord, kind: str, text: str, span: tuple[int, int]) -> Ref:
    world.need(record.post)
    node = world.draft.node(
        "Claim",
        record.id,
        short(f"{kind}: {text}"),
        kind=kind,
        layer="claimed",
        text=text,
        made_by="report",
        method="report",
        version=record.lexicon,
        confidence=READING,
        status="active",
        post_id=record.post.id,
        span_start=span[0],
        span_end=span[1],
    )
    world.draft.rel("SUPPORTED_BY", node, record.post.ref)
    return node


def _event(world: World, record: FindingRecord, finding: EventFinding) -> None:
    day = None if finding.date is None else date.fromisoformat(finding.date)
    kind = "exposure" if finding.measure == "exposed" else "enforcement"
    event = world.draft.node(
        "Event",
        ids.event(record.post.id, finding.span[0], kind, day),
        f"{finding.measure.replace('_', ' ')} {finding.date or 'undated'}",
        kind=kind,
        measure=finding.measure,
        date=day,
        precision=finding.precision,
        source_class="vendor_report",
    )
    world.draft.rel(
        "REPORTED_IN", event, record.post.ref, span_start=finding.span[0], span_end=finding.span[1]
    )
    claim = _claim(world, record, "event", finding.quote, finding.span)
    world.draft.rel("ABOUT", claim, event)
    if finding.organisation is not None:
        _subject(world, record, finding, finding.organisation, event)


def _subject(
    world: World,
    record: FindingRecord,
    finding: EventFinding,
    named: OrganisationRef,
    event: Ref,
) -> None:
    node = _organisation(world, named.id, named.name, named.aliases)
    if node is None:
        return
    support = Support()
    support.add([record.post.dated], READING, [record.id])
    world.draft.supported(
        "SUBJECT_OF",
        node,
        event,
        support,
        "analyst",
        finding.measure,
        measure=finding.measure,
        persons=", ".join(finding.persons) or None,
    )


def _figure(world: World, record: FindingRecord, finding: FigureFinding) -> None:
    node = _claim(world, record, "figure", finding.quote, finding.span)
    world.draft.node(
        "Claim",
        node.id,
        "",
        value=float(finding.value),
        unit=finding.unit,
        counts=finding.counts,
        period=finding.period,
    )


def _role(world: World, record: FindingRecord, finding: RoleFinding) -> None:
    claim = _claim(world, record, "role", finding.says, finding.span)
    if finding.role in ROLES:
        world.draft.rel("ABOUT", claim, vocabulary.role(world.draft, finding.role))
