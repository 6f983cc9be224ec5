"""Puts a small graph together by hand; ids, keys and value types come from schema and build."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from graph import ids
from graph.build import vocabulary
from graph.build.draft import Draft, Given, Ref
from graph.elements import Graph
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS, Property

ZONE = ZoneInfo("Asia/Shanghai")
CASE = "made"
START = date(2021, 3, 1)
PRODUCT = "product/stock_leads"
_MODALITIES = {"O": "observed", "C": "claimed", "D": "derived", "A": "analyst"}

When = int | str | date | datetime
"""Day number (1 is 2021-03-01; days of more than 31 run on), ISO day or time, date or time."""


def day(when: When) -> date:
    """A day of the case's zone."""
    if isinstance(when, int):
        return START + timedelta(days=when - 1)
    if isinstance(when, str):
        when = datetime.fromisoformat(when)
    if isinstance(when, datetime):
        return when.astimezone(ZONE).date() if when.tzinfo else when.date()
    return when


def moment(when: When) -> datetime:
    """A time in UTC; a mere day is its noon in the case's zone, a time without zone is there."""
    if isinstance(when, str) and len(when) > len("2021-03-01"):
        when = datetime.fromisoformat(when)
    if not isinstance(when, datetime):
        when = datetime.combine(day(when), datetime.min.time()).replace(hour=12)
    return (when if when.tzinfo else when.replace(tzinfo=ZONE)).astimezone(UTC)


class Making:
    """Nodes and links of a case. Every maker returns a `Ref`; the same call twice is one node."""

    def __init__(self) -> None:
        self.draft = Draft()
        self._posts = iter(range(1, 1_000_000))
        self.node("Build", "build:current", case_id=CASE, tz=ZONE.key)

    def graph(self) -> Graph:
        """Everything, sorted by id, in memory: its elements can be changed and compared."""
        made = self.draft.graph()
        return Graph(list(made.nodes), list(made.relationships))

    def node(self, label: str, id_: str, name: str = "", **props: object) -> Ref:
        """Any node; days, times and numbers are brought into the type that the schema has."""
        kinds = NODE_KINDS[label].properties
        readable = name or id_.split(":", 1)[1]
        return self.draft.node(label, id_, readable, **_typed(kinds, props))

    def link(
        self,
        type_: str,
        start: Ref,
        end: Ref,
        at: When = 1,
        until: When | None = None,
        **props: object,
    ) -> Ref:
        """Any relationship; `at` and `until` are its `first_seen` and `last_seen`, if it has them.

        What else its class of evidence asks for is filled in: modality, confidence 0.5, n 1.
        Returns `start`.
        """
        form = RELATIONSHIP_KINDS[type_].form(start.label, end.label)
        assert form is not None, f"the schema has no {start.label}-{type_}-{end.label}"
        filled: dict[str, object] = {
            "first_seen": at,
            "last_seen": at if until is None else until,
            "modality": _MODALITIES.get(form.modality[0], "observed"),
            "confidence": 0.5,
            "n": 1,
            "posts": [],
            "claims": [],
        }
        given = {name: value for name, value in filled.items() if name in form.properties}
        typed = _typed(form.properties, given | props)
        key = [typed.get(name) for name in form.key]
        self.draft.rel(type_, start, end, *key, **typed)  # type: ignore[arg-type]
        return start

    def account(self, native: str, *, platform: str = "telegram", **props: object) -> Ref:
        """An account: `account("a")` is `account:telegram:a`."""
        base: dict[str, object] = {"platform": platform, "native_id": native, "native": True}
        return self.node("Account", ids.account(platform, native), native, **base | props)

    def accounts(self, natives: str) -> list[Ref]:
        """Several accounts by names with spaces between: `a, b = made.accounts("a b")`."""
        return [self.account(native) for native in natives.split()]

    def actor(self, name: str, *accounts: Ref, **props: object) -> Ref:
        """An actor `actor:NAME` to whom an analyst resolved these accounts."""
        actor = self.node("Actor", f"actor:{name}", name, **{"kind": "person", **props})
        for account in accounts:
            self.link("RESOLVED_TO", account, actor, decided_by="analyst", reason="made")
        return actor

    def venue(self, native: str = "v", *, platform: str = "telegram", **props: object) -> Ref:
        """A venue: `venue("v")` is `venue:telegram:v`."""
        base: dict[str, object] = {"platform": platform, "kind": "group"}
        return self.node("Venue", ids.venue(platform, native), native, **base | props)

    def file(self, name: str = "f", collector: str = "c", venue: Ref | None = None) -> Ref:
        """A file `file:NAME` of a run `run:COLLECTOR`."""
        file = self.node("File", f"file:{name}", name, reader="telegram")
        run = self.node("Run", f"run:{collector}", collector, collector=collector)
        self.link("FROM_RUN", file, run)
        if venue is not None:
            self.link("HOLDS", file, venue)
        return file

    def post(
        self,
        author: Ref | None,
        at: When = 1,
        *,
        venue: Ref | None = None,
        cluster: str | None = None,
        file: Ref | None = None,
        **props: object,
    ) -> Ref:
        """A new post with file, venue, author and, if named, the text cluster `cluster:NAME`."""
        venue = venue or self.venue()
        native = str(next(self._posts))
        base: dict[str, object] = {"native_id": native, "kind": "message", "posted_at": at}
        post = self.node("Post", ids.post(venue.id, native), f"post {native}", **base | props)
        self.link("IN_VENUE", post, venue)
        self.link("CAPTURED_AS", post, file or self.file(venue=venue), position=native)
        if author is not None:
            self.link("POSTED", author, post)
        if cluster is not None:
            family = self.node("TextCluster", f"cluster:{cluster}", cluster, method="minhash")
            self.link("IN_CLUSTER", post, family, similarity=1.0)
        return post

    def listing(
        self,
        seller: Ref,
        at: When = 1,
        product: str | None = PRODUCT,
        *,
        polarity: str = "offer",
        number: int = 0,
        post: Ref | None = None,
        venue: Ref | None = None,
        cluster: str | None = None,
        role: str | None = None,
        **props: object,
    ) -> Ref:
        """A listing in a post of its own (or in `post`); a request SEEKS its product."""
        author = seller if seller.label == "Account" else None
        post = post or self.post(author, at, venue=venue, cluster=cluster)
        base: dict[str, object] = {
            "polarity": polarity, "voice": "own", "posted_at": at, "confidence": 0.9
        }  # fmt: skip
        listing = self.node("Listing", ids.listing(post.id, number), polarity, **base | props)
        self.link("LISTED", seller, listing)
        self.link("EXPRESSED_IN", listing, post, span_start=0, span_end=1)
        if product is not None:
            sells = polarity in ("offer", "swap")
            self.link("OFFERS" if sells else "SEEKS", listing, self.product(product))
        if role is not None:
            self.link("HAS_ROLE", listing, self.role(role), basis="self_described", score=0.8)
        return listing

    def product(self, canonical: str = PRODUCT) -> Ref:
        """A product or service by its lexicon canonical, as `product/stock_leads`."""
        return vocabulary.product(self.draft, canonical)

    def role(self, code: str) -> Ref:
        """A role of the vocabulary with its layer."""
        return vocabulary.role(self.draft, code)

    def organisation(self, canonical: str) -> Ref:
        """An organisation by its canonical, as `org/operator/cn/china_mobile`."""
        return vocabulary.organisation(self.draft, canonical, None)

    def holds(
        self,
        holder: Ref,
        code: str,
        since: When = 1,
        until: When = 60,
        score: float = 0.8,
        **props: object,
    ) -> Ref:
        """A role that is held between two days."""
        base: dict[str, object] = {"valid_from": since, "valid_to": until, "score": score}
        base |= {"basis": "self_described", "acts": 3, "days": 3}
        return self.link("HAS_ROLE", holder, self.role(code), since, until, **base | props)

    def flow(
        self,
        giver: Ref,
        taker: Ref,
        at: When = 1,
        until: When | None = None,
        product: str = PRODUCT,
        **props: object,
    ) -> Ref:
        """A flow of goods, and the `BUYS_FROM` behind it. Its evidence is a post of the taker."""
        author = taker if taker.label == "Account" else None
        goods = self.product(product).id
        base: dict[str, object] = {"product": goods, "posts": [self.post(author, at).id]}
        basis = {"basis": "act_derived", "modality": "derived"}
        self.link("BUYS_FROM", taker, giver, at, until, **base | basis)
        return self.link("FLOWS_TO", giver, taker, at, until, via=["BUYS_FROM"], **base | props)

    def source(self, listing: Ref, canonical: str | None, kind: str = "extraction_point") -> Ref:
        """A claimed source of a listing; None is one that resolves to nobody."""
        text = canonical or "operator"
        id_ = ids.source(listing.id, kind, 0, len(self.draft.of_label("SourceRef")))
        source = self.node("SourceRef", id_, text, text=text, resolved=canonical is not None)
        self.link("CLAIMS_SOURCE", listing, source, kind=kind, quote=text)
        if canonical is not None:
            self.link("RESOLVES_TO", source, self.organisation(canonical), basis="name")
        return source

    def contact(self, value: str, *accounts: Ref, kind: str = "telegram", **props: object) -> Ref:
        """A contact that these accounts give as their own."""
        base: dict[str, object] = {"kind": kind, "value": value}
        contact = self.node("Contact", ids.contact(kind, value), value, **base | props)
        for account in accounts:
            self.link("USES_CONTACT", account, contact, exclusivity=1 / len(accounts))
        return contact

    def price(self, listing: Ref, value: float, *, at: int = 0, **props: object) -> Ref:
        """A quoted price, by default a unit price in CNY a record."""
        base: dict[str, object] = {
            "kind": "unit_price", "value": value, "currency": "CNY", "per": "record",
            "value_cny": value, "raw": str(value),
        }  # fmt: skip
        quote = self.node("PriceQuote", ids.quote(listing.id, at), str(value), **base | props)
        self.link("QUOTES", listing, quote, span_start=at, span_end=at + 1)
        return quote

    def active(self, account: Ref, venue: Ref, *days: When, n: int = 1, **props: object) -> None:
        """Posts of the account in the venue on each of these days, all at noon."""
        for each in days:
            hours = [n if hour == 12 else 0 for hour in range(24)]
            base: dict[str, object] = {"by_hour": hours, "first_at": each, "last_at": each}
            base |= {"day": each, "n": n, "listings": 0}
            self.link("ACTIVE_IN", account, venue, each, each, **base | props)

    def watched(self, venue: Ref, *days: When, collector: str = "c", complete: bool = True) -> None:
        """The venue was watched on these days, in the run `run:COLLECTOR`."""
        run = self.node("Run", f"run:{collector}", collector, collector=collector)
        for each in days:
            self.link("WATCHED", run, venue, day=each, complete=complete, posts=1)


def _typed(kinds: dict[str, Property], props: dict[str, object]) -> dict[str, Given]:
    """The properties in the types of the schema, which refuses the rest on loading."""
    return {
        name: _CASTS.get(kinds[name].value if name in kinds else "", _as_it_is)(value)
        for name, value in props.items()
        if value is not None
    }


def _as_it_is(value: object) -> Given:
    return value  # type: ignore[return-value]


_CASTS: dict[str, Callable[..., Given]] = {"d": day, "t": moment, "f": float}
