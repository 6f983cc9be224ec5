"""Section: which layers of the chain were found, which are missing, and what was composed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from graph.report.content import Block, Cell, Heading, Paragraph, Table
from graph.report.desk import Desk, posts_of
from graph.schema import ROLES

CHAINS: Final = "chain.insider_to_enduser"
LAYERS: Final = 8
_PATHS: Final = 15
_FLOWS: Final = 60
_NAMES: Final = 8


def chain(desk: Desk) -> Iterator[Block]:
    """Layers, composed chains, and single ties of goods."""
    say = desk.say
    yield Heading(2, say("chain"))
    yield Paragraph(say("chain.lead"))
    yield from _layers(desk)
    yield from _paths(desk)
    yield from _flows(desk)


def _layers(desk: Desk) -> Iterator[Block]:
    members = _members(desk)
    held: dict[int, dict[str, None]] = defaultdict(dict)
    posts: dict[int, list[str]] = defaultdict(list)
    for tie in desk.ties("HAS_ROLE"):
        role = ROLES.get(tie.end.partition(":")[2])
        known = tie.start_label != "Listing" and tie.props.get("basis") != "accused"
        if role is None or role.layer is None or not known:
            continue
        if not members or tie.start in members:
            held[role.layer][tie.start] = None
            posts[role.layer] += posts_of(tie)
    rows: list[list[Cell]] = []
    for layer in range(LAYERS):
        names = ", ".join(desk.who(one) for one in list(held[layer])[:_NAMES])
        more = len(held[layer]) - _NAMES
        shown = f"{names} (+{more})" if more > 0 else names
        title = desk.words.known("layer", str(layer))
        rows.append([title, shown or desk.say("chain.unseen"), desk.cite(posts[layer], 2)])
    yield Table([desk.say(f"col.{head}") for head in ("layer", "holders", "evidence")], rows)
    missing = [desk.words.known("layer", str(n)) for n in range(LAYERS) if not held[n]]
    key = "chain.missing" if missing else "chain.whole"
    yield Paragraph(desk.say(key, layers=desk.words.joined(missing)))


def _members(desk: Desk) -> set[str]:
    """Whoever goods reach from the subject or come to it from; empty for a case."""
    near: dict[str, set[str]] = defaultdict(set)
    for tie in desk.ties("FLOWS_TO"):
        near[tie.start].add(tie.end)
        near[tie.end].add(tie.start)
    reached, frontier = set(desk.subjects), set(desk.subjects)
    while frontier:
        frontier = {there for here in frontier for there in near[here]} - reached
        reached |= frontier
    return reached


def _paths(desk: Desk) -> Iterator[Block]:
    say = desk.say
    yield Heading(3, say("chain.paths"))
    rows = [row for row in desk.rows(CHAINS) if desk.about(*row["path"])]
    if not rows:
        yield Paragraph(say("chain.nopath"))
        return
    heads = ("path", "goods", "confidence", "evidence")
    cells = [
        [
            say("chain.composed", n=row["composed_of"], path=_path(desk, row)),
            desk.name(str(row["product"])),
            str(row["weakest_hop_confidence"]),
            desk.cite(row["evidence"]),
        ]
        for row in rows[:_PATHS]
    ]
    yield Table([say(f"col.{head}") for head in heads], cells)
    if len(rows) > _PATHS:
        yield Paragraph(say("more", n=len(rows) - _PATHS))


def _path(desk: Desk, row: Mapping[str, Any]) -> str:
    steps = zip(row["path"], row["roles"], strict=True)
    return " → ".join(f"{desk.name(one)} [{desk.words.role(role)}]" for one, role in steps)


def _flows(desk: Desk) -> Iterator[Block]:
    say = desk.say
    yield Heading(3, say("chain.flows"))
    ties = [tie for tie in desk.ties("FLOWS_TO") if desk.about(tie.start, tie.end)]
    if not ties:
        yield Paragraph(say("chain.noflow"))
        return
    ties.sort(key=lambda tie: (-int(str(tie.props.get("n") or 0)), tie.id))
    heads = ("from", "to", "goods", "modality", "period", "evidence")
    rows = [
        [
            desk.who(tie.start),
            desk.who(tie.end),
            desk.name(str(tie.props.get("product") or "")),
            desk.words.known("modality", str(tie.props.get("modality") or "derived")),
            desk.period((tie.props.get("first_seen"), tie.props.get("last_seen"))),
            desk.cite(posts_of(tie), 1 if desk.subject is None else 3),
        ]
        for tie in ties[:_FLOWS]
    ]
    yield Table([say(f"col.{head}") for head in heads], rows)
    if len(ties) > _FLOWS:
        yield Paragraph(say("more", n=len(ties) - _FLOWS))
