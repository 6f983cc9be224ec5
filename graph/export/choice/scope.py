"""The part of a graph about some venues, products, accounts or a stretch of time.

Posts and listings are judged by themselves. A tie counts where it rests on one of them, or where
its own ends, product and time say so; any other node stays where such a tie leads to it. What
only describes (a handle, a role, a platform, an actor) stays with what it describes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from graph.elements import Graph, Node, Relationship

DESCRIBING: Final = frozenset(
    {
        "ABOUT", "FROM_RUN", "HAS_ROLE", "MEMBER_OF", "ON_PLATFORM", "PART_OF", "RESOLVED_TO",
        "RESOLVES_TO", "WEARS",
    }
)  # fmt: skip
"""Types whose end stays with its start and never the other way."""
_DEALT: Final = frozenset({"OFFERS", "SEEKS", "USED_FOR"})
_STEPS: Final = 3
"""The longest way of describing ties: source, organisation, its parent."""
_LISTED_POSTS: Final = 20
"""A tie names no more posts than this: the ones between are not known here."""
_FIRST: Final = ("first_seen", "first_at", "valid_from", "day", "changed_on")
_LAST: Final = ("last_seen", "last_at", "valid_to", "day", "changed_on")
_OPEN: Final = frozenset({"valid_from"})


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """None: everything. `since` is included, `until` is not; both in UTC.

    `tagged`: nodes of any kind; what stands in, was posted by or names one of them falls inside.
    """

    venues: frozenset[str] | None = None
    products: frozenset[str] | None = None
    accounts: frozenset[str] | None = None
    tagged: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None

    @property
    def timed(self) -> bool:
        return self.since is not None or self.until is not None

    @property
    def chosen(self) -> frozenset[str]:
        """Nodes that are named."""
        none = frozenset[str]()
        named = (self.venues, self.products, self.accounts, self.tagged)
        return none.union(*(each or none for each in named))

    @property
    def open(self) -> bool:
        named = (self.venues, self.products, self.accounts, self.tagged)
        return not self.timed and all(each is None for each in named)


def within(graph: Graph, scope: Scope, losses: Counter[str]) -> Graph:
    """The part inside the scope; `losses`: what could not be placed in time."""
    return graph if scope.open else _Part(graph, scope, losses).graph()


class _Part:
    def __init__(self, graph: Graph, scope: Scope, losses: Counter[str]) -> None:
        self._graph, self._scope = graph, scope
        self._zone = _zone(graph)
        self._records = _Records(graph)
        self._listings = {n.id for n in graph.nodes if n.label == "Listing" and self._listing(n)}
        self._posts = {n.id for n in graph.nodes if n.label == "Post" and self._post(n)}
        if scope.timed:
            losses["posts and listings without a time left out"] += sum(
                self._records.time(node) is None
                for node in graph.nodes
                if node.label in ("Post", "Listing") and not self._keeps(node.id)
            )

    def graph(self) -> Graph:
        """Nodes and ties inside, in their order."""
        judged = [(tie, self._judge(tie)) for tie in self._graph.relationships]
        kept = set(self._scope.chosen) | self._posts | self._listings
        for tie, strong in judged:
            if strong and tie.type not in DESCRIBING:
                kept |= {tie.start, tie.end}
        describing = [tie for tie, s in judged if s is not None and tie.type in DESCRIBING]
        for _ in range(_STEPS):
            kept |= {tie.end for tie in describing if tie.start in kept}
        ties = [tie for tie, s in judged if s is not None and tie.start in kept and tie.end in kept]
        return Graph([node for node in self._graph.nodes if node.id in kept], ties)

    def _keeps(self, record: str) -> bool:
        return record in self._posts or record in self._listings

    def _listing(self, node: Node) -> bool:
        posts, records = self._records.posts_of[node.id], self._records
        scope = self._scope
        return (
            _meets(scope.products, records.products[node.id])
            and _meets(scope.venues, (v for post in posts for v in records.venues[post]))
            and _meets(scope.accounts, records.writers(node.id, posts))
            and _meets(scope.tagged, records.around(node.id, posts))
            and self._in_time(records.time(node))
        )

    def _post(self, node: Node) -> bool:
        listings = self._records.listings_of[node.id]
        if any(listing in self._listings for listing in listings):
            return True
        scope = self._scope
        return (
            scope.products is None
            and _meets(scope.venues, self._records.venues[node.id])
            and _meets(scope.accounts, self._records.accounts[node.id])
            and _meets(scope.tagged, self._records.around(node.id, [node.id]))
            and self._in_time(self._records.time(node))
        )

    def _in_time(self, moment: datetime | date | None) -> bool:
        if not self._scope.timed:
            return True
        return moment is not None and self._overlaps(moment, moment)

    def _judge(self, tie: Relationship) -> bool | None:
        """True: keeps both its ends; False: stays between nodes that are kept; None: leaves."""
        records = [
            name
            for name, label in ((tie.start, tie.start_label), (tie.end, tie.end_label))
            if label in ("Post", "Listing")
        ]
        if not all(map(self._keeps, records)):
            return None
        shown = list(self._shown(tie))
        if None in shown:
            return None
        posts = tie.props.get("posts")
        if records or (isinstance(posts, list) and not self._posts.isdisjoint(map(str, posts))):
            return True
        if all(shown):
            return True
        known = isinstance(posts, list) and 0 < len(posts) < _LISTED_POSTS
        return None if known else False

    def _shown(self, tie: Relationship) -> Iterator[bool | None]:
        """For each choice whether the tie itself shows that it falls inside; None: outside."""
        scope, ends = self._scope, {tie.start_label: tie.start, tie.end_label: tie.end}
        if scope.venues is not None:
            venues = [end for end in (tie.start, tie.end) if end.startswith("venue:")]
            yield None if venues and scope.venues.isdisjoint(venues) else bool(venues)
        if scope.products is not None:
            product = ends.get("Product") or tie.props.get("product")
            yield None if product and product not in scope.products else bool(product)
        if scope.accounts is not None:
            yield not scope.accounts.isdisjoint((tie.start, tie.end))
        if scope.tagged is not None:
            yield not scope.tagged.isdisjoint((tie.start, tie.end, tie.props.get("product")))
        if scope.timed:
            yield self._dated(tie)

    def _dated(self, tie: Relationship) -> bool | None:
        first, name = _moment(tie, _FIRST)
        last, _ = _moment(tie, _LAST)
        if first is None and last is None:
            return False
        if self._overlaps(first or last, last or first):
            return True
        # A membership without an end may go on: it stays, and keeps nobody by itself.
        return False if last is None and name in _OPEN and self._overlaps(first, None) else None

    def _overlaps(self, first: datetime | date | None, last: datetime | date | None) -> bool:
        since, until = self._scope.since, self._scope.until
        begins = None if first is None else self._bound(first)
        ends = None if last is None else self._bound(last, end=True)
        return (until is None or begins is None or begins < until) and (
            since is None or ends is None or ends >= since
        )

    def _bound(self, moment: datetime | date, *, end: bool = False) -> datetime:
        """A time itself; a day's first or last moment in the case's zone."""
        if isinstance(moment, datetime):
            return moment
        if not end:
            return datetime.combine(moment, time.min, self._zone)
        return datetime.combine(moment, time.max, self._zone)


class _Records:
    """What posts and listings are about, and who wrote them."""

    def __init__(self, graph: Graph) -> None:
        self.venues: dict[str, set[str]] = defaultdict(set)
        self.accounts: dict[str, set[str]] = defaultdict(set)
        self.products: dict[str, set[str]] = defaultdict(set)
        self.posts_of: dict[str, set[str]] = defaultdict(set)
        self.listings_of: dict[str, set[str]] = defaultdict(set)
        self.others: dict[str, set[str]] = defaultdict(set)
        places = {"IN_VENUE": self.venues, "EXPRESSED_IN": self.posts_of}
        for tie in graph.relationships:
            if tie.start_label == "Listing" or tie.type == "CAPTURED_AS":
                self.others[tie.start].add(tie.end)
            if tie.type in _DEALT:
                self.products[tie.start].add(tie.end)
            elif tie.type in ("POSTED", "LISTED"):
                self.accounts[tie.end].add(tie.start)
            elif tie.type in places:
                places[tie.type][tie.start].add(tie.end)
                if tie.type == "EXPRESSED_IN":
                    self.listings_of[tie.end].add(tie.start)
        self._times = {
            node.id: moment
            for node in graph.nodes
            if node.label == "Post" and isinstance(moment := node.props.get("posted_at"), datetime)
        }

    def writers(self, listing: str, posts: Iterable[str]) -> set[str]:
        """Who posted a listing, and whose it is."""
        return self.accounts[listing].union(*(self.accounts[post] for post in posts))

    def around(self, record: str, posts: Iterable[str]) -> set[str]:
        """A post or listing with its venues, files and writers, and what a listing names."""
        found = {record} | self.others[record] | self.accounts[record]
        for post in posts:
            found |= {post} | self.venues[post] | self.accounts[post] | self.others[post]
        return found

    def time(self, node: Node) -> datetime | date | None:
        """When a post was written; the day that a report gives a listing, else its post's time."""
        for name in ("date", "posted_at"):
            if isinstance(moment := node.props.get(name), date):
                return moment
        times = [t for post in self.posts_of[node.id] if (t := self._times.get(post)) is not None]
        return min(times, default=None)


def _meets(chosen: frozenset[str] | None, found: Iterable[str]) -> bool:
    return chosen is None or not chosen.isdisjoint(found)


def _moment(tie: Relationship, names: Iterable[str]) -> tuple[datetime | date | None, str]:
    for name in names:
        if isinstance(moment := tie.props.get(name), date):
            return moment, name
    return None, ""


def _zone(graph: Graph) -> ZoneInfo:
    name = next((str(n.props.get("tz")) for n in graph.nodes if n.label == "Build"), "UTC")
    return ZoneInfo(name)
