"""Other shapes of a part: actors in place of their accounts, and projections to a few kinds."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Literal

import msgspec

from graph.elements import Graph, Node, Relationship, Value
from graph.schema import RELATIONSHIP_KINDS, ROLES

People = Literal["accounts", "actors"]
Projection = Literal["accounts", "account-listing-source", "chain"]
PROJECTIONS: Final[tuple[Projection, ...]] = ("accounts", "account-listing-source", "chain")
_HOLDERS: Final = frozenset({"Account", "Actor"})
_SOURCED: Final = frozenset({"LISTED", "CLAIMS_SOURCE", "RESOLVES_TO"})
_CHAINED: Final = frozenset(
    {
        "BROKERS_FOR", "BUYS_FROM", "EXTRACTS_FROM", "FLOWS_TO", "INSTRUCTS", "RECRUITS",
        "SUPPLIES",
    }
)  # fmt: skip
_MODALITIES: Final = {"O": "observed", "C": "claimed", "D": "derived", "A": "analyst"}


def actors_of(graph: Graph) -> dict[str, str]:
    """The actor of each account that decisions in force give to one."""
    nodes = {node.id for node in graph.nodes}
    return {
        tie.start: tie.end
        for tie in graph.relationships
        if tie.type == "RESOLVED_TO" and tie.end in nodes
    }


def as_actors(graph: Graph, actors: Mapping[str, str], losses: Counter[str]) -> Graph:
    """Accounts with an actor leave, and their ties become the actor's; `accounts` lists them."""
    if not actors:
        return graph
    members: dict[str, list[Node]] = defaultdict(list)
    for node in graph.nodes:
        if node.id in actors:
            members[actors[node.id]].append(node)
    nodes = [
        _with_accounts(node, members[node.id]) if node.id in members else node
        for node in graph.nodes
        if node.id not in actors
    ]
    moved = [_moved(tie, actors) for tie in graph.relationships if tie.type != "RESOLVED_TO"]
    ties = [
        new
        for new, old in zip(
            moved, (t for t in graph.relationships if t.type != "RESOLVED_TO"), strict=True
        )
        if new.start != new.end or old.start == old.end
    ]
    losses["ties between accounts of one actor left out"] += len(moved) - len(ties)
    losses["accounts shown as their actors"] += sum(map(len, members.values()))
    return Graph(nodes, ties)


def projected(graph: Graph, projection: Projection, whole: Graph) -> Graph:
    """The graph with a few kinds only; `whole`: where the roles stand that give the layers."""
    if projection == "accounts":
        kept = {node.id for node in graph.nodes if node.label in _HOLDERS}
        ties = [t for t in graph.relationships if t.start in kept and t.end in kept]
        return Graph([node for node in graph.nodes if node.id in kept], ties)
    types = _CHAINED if projection == "chain" else _SOURCED
    ties = [tie for tie in graph.relationships if tie.type in types]
    touched = {end for tie in ties for end in (tie.start, tie.end)}
    nodes = [node for node in graph.nodes if node.id in touched]
    return Graph(_layered(nodes, whole.relationships) if projection == "chain" else nodes, ties)


def _with_accounts(actor: Node, accounts: list[Node]) -> Node:
    props: dict[str, Value] = {**actor.props, "accounts": sorted(node.id for node in accounts)}
    for name, choose in (("first_seen", min), ("last_seen", max)):
        times = [node.props[name] for node in (actor, *accounts) if name in node.props]
        if times:
            props[name] = choose(times)
    if any(node.props.get("own") for node in accounts):
        props["own"] = True
    return msgspec.structs.replace(actor, props=props)


def _moved(tie: Relationship, actors: Mapping[str, str]) -> Relationship:
    start, end = actors.get(tie.start), actors.get(tie.end)
    if start is None and end is None:
        return tie
    return msgspec.structs.replace(
        tie,
        start=start or tie.start,
        start_label="Actor" if start else tie.start_label,
        end=end or tie.end,
        end_label="Actor" if end else tie.end_label,
        # The schema knows some types between accounts only, and says there what they are.
        props={"modality": _modality(tie), **tie.props},
    )


def _modality(tie: Relationship) -> str:
    form = RELATIONSHIP_KINDS[tie.type].form(tie.start_label, tie.end_label)
    return "derived" if form is None else _MODALITIES.get(form.modality[:1], "derived")


def _layered(nodes: Iterable[Node], ties: Iterable[Relationship]) -> list[Node]:
    """Each with the layer of the role that it is most seen in, as claimed."""
    best: dict[str, tuple[float, float, int]] = {}
    for tie in ties:
        claimed = tie.type == "HAS_ROLE" and tie.props.get("modality") != "analyst"
        term = ROLES.get(tie.end.partition(":")[2]) if claimed else None
        if term is not None and term.layer is not None:
            rank = (-_number(tie, "acts"), -_number(tie, "score"), term.layer)
            best[tie.start] = min(best.get(tie.start, rank), rank)
    return [
        msgspec.structs.replace(node, props={**node.props, "claimed_layer": best[node.id][2]})
        if node.id in best
        else node
        for node in nodes
    ]


def _number(tie: Relationship, name: str) -> float:
    value = tie.props.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
