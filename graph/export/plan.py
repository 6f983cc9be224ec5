"""The one clean step before all writers: what a file can't hold is changed and reported."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from graph.elements import Graph, Node, Relationship
from graph.export.words import Cell, Words, plain
from graph.schema import RELATIONSHIP_KINDS

MODALITIES = {"O": "observed", "C": "claimed", "D": "derived", "A": "analyst"}
MERGED = ("ACTIVE_IN", "WATCHED")
"""Counts a day of one pair leave as one edge over the days; no other type is merged."""


class PlanNode(msgspec.Struct, frozen=True):
    id: str
    label: str
    kind: str
    values: dict[str, Cell]
    """By property name; no None, no dates: times and days are ISO text."""


class PlanEdge(msgspec.Struct, frozen=True):
    id: str
    source: str
    target: str
    relation: str
    kind: str
    """The type; with the key, or the id, where a pair has several of one type."""
    weight: float
    values: dict[str, Cell]


class Plan(msgspec.Struct, frozen=True):
    """What leaves, in order of id, and what was changed on the way (a line a kind)."""

    nodes: list[PlanNode]
    edges: list[PlanEdge]
    losses: list[str]


def plan(graph: Graph, *, include_accused: bool = False) -> Plan:
    """The graph as a file can hold it."""
    losses: Counter[str] = Counter()
    hidden = set[str]() if include_accused else _third_persons(graph)
    words = Words(_values_of(graph.nodes, hidden), losses)
    nodes = [node for node in graph.nodes if _leaves(node, hidden, losses)]
    known = {node.id for node in nodes}
    roles = _claimed_roles(graph)
    ties = [tie for tie in graph.relationships if tie.start in known and tie.end in known]
    losses["relationships left out with their nodes"] += len(graph.relationships) - len(ties)
    planned = [_node(node, roles.get(node.id, []), words) for node in nodes]
    edges = sorted(_edges(ties, words, losses), key=lambda edge: edge.id)
    return Plan(planned, edges, [f"{n} {what}" for what, n in sorted(losses.items()) if n])


def without_third_persons(graph: Graph) -> tuple[Graph, list[str]]:
    """The graph in its own types without what `plan` leaves out or masks, and what that was."""
    losses: Counter[str] = Counter()
    hidden = _third_persons(graph)
    words = Words(_values_of(graph.nodes, hidden), losses)
    kept = [node for node in graph.nodes if _leaves(node, hidden, losses)]
    nodes = [msgspec.structs.replace(node, props=words.props(node.props)) for node in kept]
    known = {node.id for node in nodes}
    ties = [
        msgspec.structs.replace(tie, props=words.props(tie.props))
        for tie in graph.relationships
        if tie.start in known and tie.end in known
    ]
    losses["relationships left out with their nodes"] += len(graph.relationships) - len(ties)
    return Graph(nodes, ties), [f"{n} {what}" for what, n in sorted(losses.items()) if n]


def _third_persons(graph: Graph) -> set[str]:
    """Contacts that only ever stand as the accused's or a third person's."""
    owners: dict[str, set[object]] = {}
    for tie in graph.relationships:
        if tie.type == "GIVES_CONTACT":
            owners.setdefault(tie.end, set()).add(tie.props.get("owner"))
    return {contact for contact, owned in owners.items() if "seller" not in owned}


def _values_of(nodes: Iterable[Node], hidden: set[str]) -> Iterator[str]:
    for node in nodes:
        if node.id in hidden:
            yield str(node.props.get("value") or node.id.rsplit(":", 1)[-1])


def _leaves(node: Node, hidden: set[str], losses: Counter[str]) -> bool:
    if node.props.get("own"):
        losses["nodes of the collector's own account left out"] += 1
        return False
    if node.id in hidden:
        losses["contacts of accused or third persons left out"] += 1
        return False
    return True


def _claimed_roles(graph: Graph) -> dict[str, list[str]]:
    roles: dict[str, set[str]] = {}
    for tie in graph.relationships:
        if tie.type == "HAS_ROLE":
            code = tie.end.partition(":")[2]
            roles.setdefault(tie.start, set()).add(f"{code} ({tie.props.get('basis', 'unknown')})")
    return {holder: sorted(claimed) for holder, claimed in roles.items()}


def _node(node: Node, roles: list[str], words: Words) -> PlanNode:
    props = sorted(node.props.items())
    values = {name: words.cell(value) for name, value in props if name != "name"}
    if roles:
        values["claimed_roles"] = list(roles)
    label = words.line(str(node.props.get("name") or node.id))
    return PlanNode(words.identifier(node.id), label, node.label, values)


def _edges(ties: Iterable[Relationship], words: Words, losses: Counter[str]) -> Iterator[PlanEdge]:
    pairs: dict[tuple[str, str, str], list[Relationship]] = {}
    for tie in ties:
        pairs.setdefault((tie.start, tie.end, tie.type), []).append(tie)
    for (_, _, kind), group in pairs.items():
        if kind in MERGED and len(group) > 1:
            losses[f"{kind} relationships merged over their days"] += len(group) - 1
            yield _edge(_over_days(group), kind, words)
            continue
        for tie, name in zip(group, _kinds(kind, group), strict=True):
            yield _edge(tie, name, words)


def _kinds(kind: str, group: list[Relationship]) -> list[str]:
    """Gephi sums edges of one kind between one pair, so each of several has its own."""
    if len(group) == 1:
        return [kind]
    form = RELATIONSHIP_KINDS[kind].form(group[0].start_label, group[0].end_label)
    key = () if form is None else form.key
    names = [" ".join([kind, *(str(tie.props.get(part, "")) for part in key)]) for tie in group]
    return names if len(set(names)) == len(names) else [f"{kind} {tie.id}" for tie in group]


def _over_days(group: list[Relationship]) -> Relationship:
    first, last = min(group, key=_day), max(group, key=_day)
    counted = sum(value for tie in group if isinstance(value := tie.props.get("n"), int))
    days: Mapping[str, object] = {
        "n": counted,
        "days": len(group),
        "first_day": plain(_day(first)),
        "last_day": plain(_day(last)),
    }
    return msgspec.structs.replace(first, props={k: v for k, v in days.items() if v != ""})


def _day(tie: Relationship) -> str:
    return plain(tie.props.get("day", ""))


def _edge(tie: Relationship, kind: str, words: Words) -> PlanEdge:
    values = {name: words.cell(value) for name, value in sorted(tie.props.items())}
    values.setdefault("modality", _modality(tie))
    n = tie.props.get("n", 1)
    weight = float(n) if isinstance(n, int | float) else 1.0
    return PlanEdge(
        tie.id,
        words.identifier(tie.start),
        words.identifier(tie.end),
        tie.type,
        words.line(kind),
        weight,
        values,
    )


def _modality(tie: Relationship) -> str:
    form = RELATIONSHIP_KINDS[tie.type].form(tie.start_label, tie.end_label)
    return "derived" if form is None else MODALITIES.get(form.modality[:1], "derived")
