"""An invented market as a graph of the real schema, of any size, by a fixed seed.

A few accounts, venues, contacts, products and sources take most of the links, as in real markets.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

import msgspec

from benchmarks.messages import SEED, message
from graph import ids
from graph.build import snapshot, vocabulary
from graph.build.draft import Ref
from graph.elements import Graph, Node
from tests.queries.cases.making import Making

NODES: Final = 100_000
RELATIONSHIPS: Final = 400_000
CASE: Final = "big"
_FIRST: Final = datetime(2021, 1, 1, tzinfo=UTC)
_DAYS: Final = 1_000
_T = TypeVar("_T")

PRODUCTS = (
    "product/stock_leads", "product/loan_leads", "product/gambling_leads", "product/crypto_leads",
    "product/ecom_orders", "product/citizen_db_foreign", "product/bank_finance",
    "product/hacked_db", "product/crawler_feed", "product/lookup_movement", "product/kyc_bundle",
    "service/mule_kits", "service/laundering", "service/ddos", "service/rat", "service/sms_spam",
    "service/call_floor", "service/number_scan", "service/exploit_intrusion", "service/sms_server",
)  # fmt: skip
ORGANISATIONS = (
    "org/operator/cn/china_mobile", "org/operator/cn/china_telecom", "org/operator/cn/china_unicom",
    "org/bank/cn/icbc", "org/bank/cn/ccb", "org/bank/cn/abc", "org/bank/cn/boc",
    "org/app/ecommerce/jd", "org/app/lending/360loan", "org/app/lending/fenqile",
    "org/app/parenting/meetyou", "org/app/crypto/binance",
)  # fmt: skip
CHAIN = (
    "insider", "hacker", "collector", "processor", "supplier", "middleman", "buyer", "end_user",
)  # fmt: skip
BESIDE = ("boss", "account_merchant", "mule_supplier", "traffic_seller", "launderer", "sim_farmer")
_STEPS = ("BUYS_FROM", "SUPPLIES", "BROKERS_FOR", "INSTRUCTS", "EXTRACTS_FROM", "RECRUITS")
_ACTS = ("offer", "offer", "offer", "offer", "request", "request", "recruit", "swap", "warning")
_BETWEEN_POSTS = (("REPLIES_TO", 6_000), ("FORWARDED_FROM", 2_000), ("REPOST_OF", 4_000))
_PLATFORMS = ("telegram", "telegram", "qq", "forum")
_EVENTS = ("deal", "deal", "raid", "exit_scam", "payment", "breach")


class Market:
    """Makes the parts one after the other; `size` nodes of which all shares are taken."""

    def __init__(self, size: int, seed: int) -> None:
        self.size = size
        self.chance = random.Random(seed)
        self.made = Making()
        self.posts: list[Ref] = []
        self.listings: list[Ref] = []
        self._places()
        self._people()
        self._vocabulary()

    def share(self, of_100_000: int) -> int:
        """This many of 100,000, at least one."""
        return max(1, of_100_000 * self.size // NODES)

    def often(self, items: Sequence[_T]) -> _T:
        """One of the items; the first ones far more often than the last ones."""
        return items[int(len(items) * self.chance.random() ** 3)]

    def some(self, items: Sequence[Ref], most: int) -> list[Ref]:
        """At most so many of the items, each once."""
        return list(dict.fromkeys(self.often(items) for _ in range(most)))

    def when(self) -> datetime:
        """A second of the years that the market lasts, more in the evening than in the morning."""
        hour = max(self.chance.randrange(24), self.chance.randrange(24))
        seconds = hour * 3600 + self.chance.randrange(3600)
        return _FIRST + timedelta(days=self.chance.randrange(_DAYS), seconds=seconds)

    def day(self) -> date:
        """A day of these years."""
        return self.when().date()

    def evidence(self) -> list[str]:
        """Ids of one to six posts."""
        return [self.often(self.posts).id for _ in range(self.chance.randint(1, 6))]

    def _places(self) -> None:
        made, chance = self.made, self.chance
        self.venues = [
            made.venue(str(number), platform=chance.choice(_PLATFORMS), private=False,
                       segments=[chance.choice(("data", "cards", "chat"))])
            for number in range(self.share(150))
        ]  # fmt: skip
        self.files = {}
        for number, venue in enumerate(self.venues):
            file = made.file(f"{number:064x}", str(number % 5), venue)
            self.files[venue.id] = file
            watched = [self.day() for _ in range(40)]
            made.watched(venue, *watched, collector=str(number % 5))
        self.platforms = {
            name: made.node("Platform", f"platform:{name}", name, kind="software")
            for name in _PLATFORMS
        }

    def _people(self) -> None:
        made, chance = self.made, self.chance
        self.accounts = []
        for number in range(self.share(9_000)):
            platform, times = chance.choice(_PLATFORMS), sorted((self.when(), self.when()))
            seen = {"first_seen": times[0], "last_seen": times[1]}
            ref = made.account(
                str(100_000 + number), platform=platform, bot=number % 400 == 7, own=False,
                category="unknown", shared=number % 900 == 3, **seen,
            )  # fmt: skip
            made.link("ON_PLATFORM", ref, self.platforms[platform])
            self.accounts.append(ref)
            self._handle(ref, number, times)
        self.contacts = [
            made.contact(f"demo_{number}", kind=chance.choice(("telegram", "qq", "wechat", "trx")))
            for number in range(self.share(4_000))
        ]
        self.actors = [
            made.actor(f"{number:032x}", *self.some(self.accounts, 3))
            for number in range(self.share(600))
        ]
        for number in range(self.share(40)):
            crew = made.node("Syndicate", f"syndicate:{number}", f"crew {number}", basis="analyst")
            for actor in self.some(self.actors, 6):
                made.link("MEMBER_OF", actor, crew, basis="analyst")

    def _handle(self, account: Ref, number: int, times: list[datetime]) -> None:
        text = f"demo_{number if number % 50 else number // 100}"
        handle = self.made.node(
            "Handle", f"handle:telegram:{text}", text, text=text, norm=text, skeleton=text
        )
        self.made.link(
            "WEARS", account, handle, valid_from=times[0], valid_to=times[1], n=1 + number % 30
        )

    def _vocabulary(self) -> None:
        made, draft = self.made, self.made.draft
        self.products = [made.product(name) for name in PRODUCTS]
        self.escrows = [vocabulary.escrow(draft, f"escrow/{n}") for n in ("generic", "huione")]
        self.fields = [vocabulary.field(draft, n) for n in ("phone", "address", "balance", "name")]
        self.methods = [vocabulary.method(draft, n) for n in ("crawler", "operator_dpi", "insider")]
        self.countries = [vocabulary.jurisdiction(draft, n) for n in ("CN", "US", "IN", "CA")]
        self.payments = [vocabulary.payment(draft, n) for n in ("USDT", "BTC")]

    def write_listings(self) -> None:
        """Listings with their posts, goods, prices, sources and contacts."""
        clusters = [f"{number:032x}" for number in range(self.share(3_000))]
        for _ in range(self.share(20_000)):
            seller, venue = self.often(self.accounts), self.often(self.venues)
            family = self.often(clusters) if self.chance.random() < 0.4 else None
            post = self._post(seller, venue, family)
            self._listing(seller, post, self.chance.choice(_ACTS))

    def _post(self, author: Ref, venue: Ref, cluster: str | None = None) -> Ref:
        text = message(self.chance)
        post = self.made.post(
            author, self.when(), venue=venue, cluster=cluster, file=self.files[venue.id],
            excerpt=text[:200], lang="zh", edited=False, deleted=False, precision="second",
        )  # fmt: skip
        self.posts.append(post)
        return post

    def _listing(self, seller: Ref, post: Ref, polarity: str) -> None:
        made, chance = self.made, self.chance
        listing = made.listing(
            seller, self.when(), self.often(PRODUCTS), polarity=polarity, post=post, lang="zh",
            exclusive=chance.random() < 0.1, role=self.often(CHAIN[::-1] + BESIDE), masked=0,
            test=chance.choice(("offered", "refused", None)),
        )  # fmt: skip
        self.listings.append(listing)
        made.link("GIVES_CONTACT", listing, self.often(self.contacts), owner="seller", quote="Q")
        if chance.random() < 0.3:
            made.link("OFFERS", listing, self.often(self.products))
        if chance.random() < 0.6:
            value = round(chance.lognormvariate(0, 1.5), 2)
            made.price(listing, value, currency=chance.choice(("CNY", "USDT")))
        if chance.random() < 0.2:
            kind = chance.choice(("extraction_point", "employer_of_insider", "breached_system"))
            self._source(listing, self.often((*ORGANISATIONS, "")), kind)
        for type_, chosen, often in (
            ("ACCEPTS_ESCROW", self.escrows, 0.15), ("HAS_FIELD", self.fields, 0.2),
            ("CLAIMS_METHOD", self.methods, 0.1), ("COVERS", self.countries, 0.25),
            ("TAKES_PAYMENT", self.payments, 0.1), ("USED_FOR", self.products, 0.05),
        ):  # fmt: skip
            if chance.random() < often:
                made.link(type_, listing, self.often(chosen))

    def _source(self, listing: Ref, canonical: str, kind: str) -> None:
        made, id_ = self.made, ids.source(listing.id, kind, 0, 0)
        source = made.node("SourceRef", id_, canonical or "a friend", resolved=bool(canonical))
        made.link("CLAIMS_SOURCE", listing, source, kind=kind, quote="from")
        if canonical:
            made.link("RESOLVES_TO", source, made.organisation(canonical), basis="name")

    def tie(self) -> None:
        """Roles, contacts, deals and what people say of each other."""
        made, chance, accounts = self.made, self.chance, self.accounts
        for number, account in enumerate(accounts):
            if number % 3:
                first, last = sorted((self.day(), self.day()))
                code = CHAIN[number % 8] if number % 5 else BESIDE[number % 6]
                made.holds(account, code, first, last, round(chance.random(), 2))
            self._say("USES_CONTACT", account, self.often(self.contacts), exclusivity=0.5)
            self._say("ADVERTISES_ON", account, self.often(self.venues))
            if number % 4 == 0:
                venue = self.often(self.venues)
                made.link("MEMBER_OF_VENUE", account, venue, valid_from=self.when(), n=1)
        for _ in range(self.share(6_000)):
            self._deal()
        for type_, count in (("ACCUSES", 900), ("VOUCHES_FOR", 1_500)):
            for _ in range(self.share(count)):
                self._say(type_, chance.choice(accounts), self.often(accounts), outcome="unknown")
        for _ in range(self.share(400)):
            one, other = chance.choice(accounts), chance.choice(accounts)
            made.link("MAYBE_SAME", one, other, self.when(), score=0.7, features=["contact"])
            self._say("DEPOSITED_WITH", one, self.often(self.venues), amount=500.0, currency="USDT")

    def _deal(self) -> None:
        """Goods go from one layer of the chain to the next; now and then between any two."""
        layer = self.chance.randrange(len(CHAIN) - 1)
        giver = self._of_layer(layer)
        taker = self._of_layer(layer + 1) if self.chance.random() < 0.8 else self._of_layer(layer)
        if giver == taker:
            return
        goods = ids.vocabulary(self.often(PRODUCTS))
        type_ = self.often(_STEPS)
        start, end = (taker, giver) if type_ in ("BUYS_FROM", "EXTRACTS_FROM") else (giver, taker)
        more = {} if type_ in ("INSTRUCTS", "EXTRACTS_FROM", "RECRUITS") else {"product": goods}
        self._say(type_, start, end, basis="conversation", **more)
        self._say("FLOWS_TO", giver, taker, product=goods, via=[type_],
                  listings=[self.often(self.listings).id])  # fmt: skip

    def _of_layer(self, layer: int) -> Ref:
        # `tie` gives every account with this remainder the role of the layer.
        return self.often(self.accounts[layer :: len(CHAIN)] or self.accounts)

    def _say(self, type_: str, start: Ref, end: Ref, **props: object) -> None:
        first, last = sorted((self.when(), self.when()))
        posts = self.evidence()
        confidence = round(0.3 + 0.7 * self.chance.random(), 2)
        self.made.link(type_, start, end, first, last, posts=posts, n=len(posts),
                       confidence=confidence, **props)  # fmt: skip

    def report(self) -> None:
        """Events with their posts, the statements about them, and the talk between people."""
        made, chance = self.made, self.chance
        for number in range(self.share(1_500)):
            event = made.node("Event", f"event:{number:032x}", f"event {number}", date=self.day(),
                              kind=chance.choice(_EVENTS), source_class="post")  # fmt: skip
            made.link("REPORTED_IN", event, chance.choice(self.posts), span_start=0, span_end=9)
            self._say("SUBJECT_OF", self.often(self.accounts), event, measure="named")
        for number in range(self.share(3_000)):
            post = chance.choice(self.posts)
            claim = made.node("Claim", f"claim:{number:032x}", "tie", kind="tie", layer="claimed",
                              post_id=post.id, confidence=0.8, status="active")  # fmt: skip
            made.link("SUPPORTED_BY", claim, post)
            made.link("ABOUT", claim, self.often(self.accounts), part="subject")
        for number in range(self.share(25_000)):
            kind = ("reply", "mention", "quote", "forward")[number % 4]
            pair = chance.choice(self.accounts), self.often(self.accounts)
            made.link("INTERACTS_WITH", *pair, self.when(), kind=kind, n=chance.randint(1, 9))
        for type_, count in _BETWEEN_POSTS:
            for _ in range(self.share(count)):
                made.link(type_, chance.choice(self.posts), self.often(self.posts))
        for _ in range(self.share(10_000)):
            made.link("MENTIONS", chance.choice(self.posts), self.often(self.accounts))

    def fill(self, relationships: int) -> Graph:
        """The graph, filled up with chatter and with days of activity to the asked numbers."""
        for _ in range(self.size - len(self.made.graph().nodes)):
            self._post(self.chance.choice(self.accounts), self.often(self.venues))
        missing = relationships - len(self.made.graph().relationships)
        active: dict[tuple[Ref, Ref, date], None] = {}
        while len(active) < missing:
            active[self.often(self.accounts), self.often(self.venues), self.day()] = None
        for account, venue, day in active:
            n, at = self.chance.randint(1, 40), self.chance.randrange(24)
            hours = [n if hour == at else 0 for hour in range(24)]
            self.made.active(account, venue, day, n=n, by_hour=hours)
        return self.made.graph()


def big_graph(
    nodes: int = NODES, relationships: int = RELATIONSHIPS, *, case_id: str = CASE, seed: int = SEED
) -> Graph:
    """A graph with exactly these numbers, sorted by id; each call gives the same one.

    About 12,000 nodes and 40,000 relationships of 100,000 and 400,000 are left for filling, so
    the ratio may move a little and not more.
    """
    market = Market(nodes, seed)
    market.write_listings()
    market.tie()
    market.report()
    return _built(market.fill(relationships), case_id)


def _built(graph: Graph, case_id: str) -> Graph:
    nodes = [_stamped(node, case_id) if node.label == "Build" else node for node in graph.nodes]
    build = next(node for node in nodes if node.label == "Build")
    build.props["snapshot"] = snapshot(Graph(nodes, graph.relationships))
    return Graph(nodes, graph.relationships)


def _stamped(build: Node, case_id: str) -> Node:
    props = {**build.props, "case_id": case_id, "version": "0", "lexicon_version": "0"}
    return msgspec.structs.replace(build, props=props)
