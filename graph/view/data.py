"""The data of a page: what its script draws, filters and lists."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

import msgspec

from graph.analysis.wording import Pair
from graph.export.clean.defang import defang, defang_contact
from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.words import Cell
from graph.export.look import Look, looks
from graph.export.stamp import Stamp
from graph.view.chain import Band, Chain, best_role, chain
from graph.view.extras import LENGTH, Backing, Badge, Extras, Quote
from graph.view.signs import Sign, signs
from graph.view.words import words_for

_UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_FIRST = ("first_seen", "first_at", "first_day", "valid_from", "posted_at", "date", "changed_on")
_LAST = ("last_seen", "last_at", "last_day", "valid_to", "posted_at", "date", "changed_on")
_ELSEWHERE = frozenset(
    {"claimed_roles", "main_claimed_role", "posts", "claims", "by_hour", "modality", "confidence"}
)
"""Properties that the page shows in a place of their own, or that are long lists of ids."""
_LONGEST = 2_000
Props = list[tuple[str, str]]


class NodeData(msgspec.Struct, frozen=True, omit_defaults=True):
    """`x`, `y` by forces; `cx`, `cy` by the chain; `first`, `last`: days since 1970, local."""

    id: str
    name: str
    kind: str
    layer: int
    x: float
    y: float
    cx: float
    cy: float
    size: float
    role: str = ""
    roles: list[tuple[str, str, str, str, int, int]] = []
    first: int | None = None
    last: int | None = None
    props: Props = []
    quotes: list[int] = []
    posts: int = 0
    badge: Badge | None = None


class EdgeData(msgspec.Struct, frozen=True, omit_defaults=True):
    """`source`, `target`: places among the nodes."""

    id: str
    source: int
    target: int
    relation: str
    modality: str
    weight: float
    confidence: float | None = None
    first: int | None = None
    last: int | None = None
    props: Props = []
    quotes: list[int] = []
    posts: int = 0


class PageData(msgspec.Struct, frozen=True):
    """All that the page knows."""

    title: str
    about: list[str]
    tlp: str
    snapshot: str
    version: str
    zone: str
    nodes: list[NodeData]
    edges: list[EdgeData]
    quotes: list[Quote]
    bands: list[Band]
    height: float
    words: Mapping[str, Pair]
    signs: Mapping[str, Mapping[str, Sign]]


def page_data(plan: Plan, stamp: Stamp, extras: Extras) -> PageData:
    """The data of the page of a plan."""
    plan = Plan(list(plan.nodes), list(plan.edges), plan.losses)
    placed = looks(plan)
    start = {name: (look.x, look.y) for name, look in placed.items()}
    maker = _Maker(extras, placed, laid := chain(plan, extras.roles, start))
    nodes = [maker.node(node) for node in plan.nodes]
    numbers = {node.id: number for number, node in enumerate(plan.nodes)}
    edges = [maker.edge(edge, numbers) for edge in plan.edges]
    return PageData(
        title=stamp.selection,
        about=[defang(line) for line in (*stamp.lines(plan), *extras.notes)],
        tlp=stamp.tlp or "",
        snapshot=stamp.snapshot or "",
        version=stamp.version,
        zone=extras.zone,
        nodes=nodes,
        edges=edges,
        quotes=[_quote(quote) for quote in extras.quotes],
        bands=laid.bands,
        height=laid.height,
        words=words_for(
            sorted({node.kind for node in nodes}),
            sorted({edge.relation for edge in edges}),
            sorted({name for part in (nodes, edges) for one in part for name, _ in one.props}),
        ),
        signs=signs(),
    )


class _Maker:
    """Makes the parts of the data from those of the plan."""

    def __init__(self, extras: Extras, placed: Mapping[str, Look], laid: Chain) -> None:
        self._extras = extras
        self._placed = placed
        self._laid = laid

    def node(self, node: PlanNode) -> NodeData:
        look, place = self._placed[node.id], self._laid.places[node.id]
        claims = self._extras.roles.get(node.id, [])
        best = best_role(claims)
        backing = self._extras.of_nodes.get(node.id, Backing([], 0))
        badge = self._extras.brokers.get(node.id)
        return NodeData(
            id=node.id,
            name=_name(node),
            kind=node.kind,
            layer=self._laid.layers[node.id],
            x=round(look.x, 1),
            y=round(look.y, 1),
            cx=place[0],
            cy=place[1],
            size=look.size,
            role="" if best is None else best.role,
            roles=[(c.role, c.basis, c.since, c.until, c.acts, c.days) for c in claims],
            first=self._day(node.values, _FIRST),
            last=self._day(node.values, _LAST),
            props=self._props(node.values, _contact(node)),
            quotes=backing.quotes,
            posts=backing.posts,
            badge=None if badge is None else badge.changed(defang),
        )

    def edge(self, edge: PlanEdge, numbers: Mapping[str, int]) -> EdgeData:
        backing = self._extras.of_edges.get(edge.id, Backing([], 0))
        confidence = edge.values.get("confidence")
        return EdgeData(
            id=edge.id,
            source=numbers[edge.source],
            target=numbers[edge.target],
            relation=edge.relation,
            modality=str(edge.values.get("modality", "derived")),
            weight=edge.weight,
            confidence=float(confidence) if isinstance(confidence, int | float) else None,
            first=self._day(edge.values, _FIRST),
            last=self._day(edge.values, _LAST),
            props=self._props(edge.values, ""),
            quotes=backing.quotes,
            posts=backing.posts,
        )

    def _props(self, values: Mapping[str, Cell], contact: str) -> Props:
        kept = ((name, cell) for name, cell in values.items() if name not in _ELSEWHERE)
        shown = ((name, self._text(name, cell, contact)) for name, cell in kept)
        return [(name, text) for name, text in shown if text]

    def _text(self, name: str, cell: Cell, contact: str) -> str:
        if cell is False:
            return ""
        if isinstance(cell, list):
            return "; ".join(defang(item) for item in cell)[:_LONGEST]
        if isinstance(cell, str) and contact and name == "value":
            return defang_contact(contact, cell)[:_LONGEST]
        return defang(self._local(str(cell)))[:_LONGEST]

    def _local(self, text: str) -> str:
        """With each UTC time in it as the case's zone shows it."""
        return _UTC.sub(lambda match: self._extras.clock(_moment(match[0])), text)

    def _day(self, values: Mapping[str, Cell], names: Iterable[str]) -> int | None:
        for name in names:
            value = values.get(name)
            if isinstance(value, str) and (match := _DAY.match(self._local(value))):
                return (date.fromisoformat(match[0]) - date(1970, 1, 1)).days
        return None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _contact(node: PlanNode) -> str:
    """The kind of a contact node's value, empty for other nodes."""
    return str(node.values.get("kind", "contact")) if node.kind == "Contact" else ""


def _name(node: PlanNode) -> str:
    contact, value = _contact(node), str(node.values.get("value", ""))
    if contact and value and value in node.label:
        return defang_contact(contact, value)
    return defang(node.label)


def _quote(quote: Quote) -> Quote:
    return msgspec.structs.replace(
        quote,
        text=defang(quote.text[:LENGTH]),
        sender=defang(quote.sender),
        venue=defang(quote.venue),
        cut=quote.cut or len(quote.text) > LENGTH,
    )
