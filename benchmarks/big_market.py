"""An invented market: places, people and listings; a few of each take most of the links."""

import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, TypeVar

from benchmarks.messages import message
from graph import ids
from graph.build import vocabulary
from graph.build.draft import Ref
from tests.queries.cases.making import Making

NODES: Final = 100_000
DAYS: Final = 1_000
FIRST: Final = datetime(2021, 1, 1, tzinfo=UTC)
PRODUCTS: Final = (
    "product/stock_leads", "product/loan_leads", "product/gambling_leads", "product/crypto_leads",
    "product/ecom_orders", "product/citizen_db_foreign", "product/bank_finance",
    "product/hacked_db", "product/crawler_feed", "product/lookup_movement", "product/kyc_bundle",
    "service/mule_kits", "service/laundering", "service/ddos", "service/rat", "service/sms_spam",
    "service/call_floor", "service/number_scan", "service/exploit_intrusion", "service/sms_server",
)  # fmt: skip
ORGANISATIONS: Final = (
    "org/operator/cn/china_mobile", "org/operator/cn/china_telecom", "org/operator/cn/china_unicom",
    "org/bank/cn/icbc", "org/bank/cn/ccb", "org/bank/cn/abc", "org/bank/cn/boc",
    "org/app/ecommerce/jd", "org/app/lending/360loan", "org/app/lending/fenqile",
    "org/app/parenting/meetyou", "org/app/crypto/binance",
)  # fmt: skip
CHAIN: Final = (
    "insider", "hacker", "collector", "processor", "supplier", "middleman", "buyer", "end_user",
)  # fmt: skip
BESIDE: Final = (
    "boss", "account_merchant", "mule_supplier", "traffic_seller", "launderer", "sim_farmer",
)  # fmt: skip
_ACTS = ("offer", "offer", "offer", "offer", "request", "request", "recruit", "swap", "warning")
_PLATFORMS = ("telegram", "telegram", "qq", "forum")
_ESCROWS = ("generic", "huione", "xinbi", "tudou")
_SOURCES = ("extraction_point", "employer_of_insider", "breached_system")
_WATCHED = ((200, 400), (600, 120))
"""Stretches of days on which the busiest venues were watched: first day, number of days."""
_T = TypeVar("_T")


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
        return FIRST + timedelta(days=self.chance.randrange(DAYS), seconds=seconds)

    def day(self) -> date:
        """A day of these years."""
        return self.when().date()

    def say(self, type_: str, start: Ref, end: Ref, **props: object) -> None:
        """A link that posts speak of, seen between two times."""
        first, last = sorted((self.when(), self.when()))
        posts = [self.often(self.posts).id for _ in range(self.chance.randint(1, 6))]
        confidence = round(0.3 + 0.7 * self.chance.random(), 2)
        self.made.link(type_, start, end, first, last, posts=posts, n=len(posts),
                       confidence=confidence, **props)  # fmt: skip

    def post(self, author: Ref, venue: Ref, cluster: str | None = None) -> Ref:
        """A post with an invented text."""
        text = message(self.chance)
        post = self.made.post(
            author, self.when(), venue=venue, cluster=cluster, file=self.files[venue.id],
            excerpt=text[:200], lang="zh", edited=False, deleted=False, precision="second",
        )  # fmt: skip
        self.posts.append(post)
        return post

    def _places(self) -> None:
        made, chance = self.made, self.chance
        self.venues = [
            made.venue(str(number), platform=chance.choice(_PLATFORMS), private=False,
                       segments=[chance.choice(("data", "cards", "chat"))], first_seen=FIRST)
            for number in range(self.share(150))
        ]  # fmt: skip
        self.files = {}
        for number, venue in enumerate(self.venues):
            collector = str(number % 5)
            self.files[venue.id] = made.file(f"{number:064x}", collector, venue)
            made.watched(venue, *self._watched_days(number), collector=collector)
        self.platforms = {
            name: made.node("Platform", f"platform:{name}", name, kind="software")
            for name in _PLATFORMS
        }

    def _watched_days(self, number: int) -> list[date]:
        """Whole stretches of the busiest venues, days here and there of the others."""
        if number >= self.share(30):
            return [self.day() for _ in range(40)]
        return [
            (FIRST + timedelta(days=first + at)).date()
            for first, many in _WATCHED
            for at in range(many)
        ]

    def _people(self) -> None:
        made, chance = self.made, self.chance
        self.accounts: list[Ref] = []
        self.wearers: dict[str, list[Ref]] = defaultdict(list)
        for number in range(self.share(9_000)):
            platform, times = chance.choice(_PLATFORMS), sorted((self.when(), self.when()))
            seen = {"first_seen": times[0], "last_seen": times[1]}
            ref = made.account(
                str(100_000 + number), platform=platform, bot=number % 400 == 7, own=False,
                category="unknown", shared=number % 900 == 3, **seen,
            )  # fmt: skip
            made.link("ON_PLATFORM", ref, self.platforms[platform])
            self.accounts.append(ref)
            self._handles(ref, number, times)
        # Those that hundreds use are a help desk's or a bot's.
        self.contacts = [
            made.contact(f"demo_{number}", kind=chance.choice(("telegram", "qq", "wechat", "trx")),
                         shared=number < self.share(40), exclusivity=0.5)
            for number in range(self.share(4_000))
        ]  # fmt: skip
        free = chance.sample(self.accounts, min(len(self.accounts), 3 * self.share(600)))
        self.actors = [
            made.actor(f"{number:032x}", *free[number * 3 : number * 3 + chance.randint(1, 3)])
            for number in range(self.share(600))
        ]
        for number in range(self.share(40)):
            crew = made.node("Syndicate", f"syndicate:{number}", f"crew {number}", basis="analyst")
            for actor in self.some(self.actors, 6):
                made.link("MEMBER_OF", actor, crew, basis="analyst")

    def _handles(self, account: Ref, number: int, times: list[datetime]) -> None:
        """A name at a time; now and then one that others wear too."""
        begin, end = times
        for later in range(1 + (number % 3 == 0)):
            until = begin + (end - begin) / 2 if later == 0 and number % 3 == 0 else end
            common = number % 50 == 0
            text = f"demo_{number // 200}" if common else f"demo_{number}_{later}"
            handle = self.made.node(
                "Handle", f"handle:telegram:{text}", text, text=text, norm=text, skeleton=text
            )
            self.made.link(
                "WEARS", account, handle, valid_from=begin, valid_to=until, n=1 + number % 30
            )
            self.wearers[text].append(account)
            begin = until

    def _vocabulary(self) -> None:
        made, draft = self.made, self.made.draft
        self.products = [made.product(name) for name in PRODUCTS]
        self.escrows = [vocabulary.escrow(draft, f"escrow/{name}") for name in _ESCROWS]
        self.fields = [vocabulary.field(draft, n) for n in ("phone", "address", "balance", "name")]
        self.methods = [vocabulary.method(draft, n) for n in ("crawler", "operator_dpi", "insider")]
        self.countries = [vocabulary.jurisdiction(draft, n) for n in ("CN", "US", "IN", "CA")]
        self.payments = [vocabulary.payment(draft, n) for n in ("USDT", "BTC")]

    def write_listings(self) -> None:
        """Listings with their posts, goods, prices, sources and contacts."""
        clusters = [f"{number:032x}" for number in range(self.share(3_000))]
        for number in range(self.share(20_000)):
            seller, venue = self.often(self.accounts), self.often(self.venues)
            family = self.often(clusters) if self.chance.random() < 0.4 else None
            post = self.post(seller, venue, family)
            self._listing(seller, post, self.chance.choice(_ACTS), number)

    def _listing(self, seller: Ref, post: Ref, polarity: str, number: int) -> None:
        made, chance = self.made, self.chance
        listing = made.listing(
            seller, self.when(), self.often(PRODUCTS), polarity=polarity, post=post, lang="zh",
            exclusive=chance.random() < 0.1, masked=0, qty_raw=f"{number % 9 + 1}w",
            role=self.often(CHAIN[::-1] + BESIDE) if chance.random() < 0.6 else None,
            test=chance.choice(("offered", "refused", None)),
        )  # fmt: skip
        self.listings.append(listing)
        made.link("GIVES_CONTACT", listing, self.often(self.contacts), owner="seller", quote="Q")
        if chance.random() < 0.3:
            made.link("OFFERS", listing, self.often(self.products))
        if polarity == "recruit" and chance.random() < 0.5:
            made.link("SEEKS", listing, made.role("insider"))
        self._terms(listing)

    def _terms(self, listing: Ref) -> None:
        made, chance = self.made, self.chance
        if chance.random() < 0.6:
            value = round(chance.lognormvariate(0, 1.5), 2)
            made.price(listing, value, currency=chance.choice(("CNY", "USDT")))
        if chance.random() < 0.08:
            made.price(listing, float(chance.randint(1, 12)), at=9, kind="commission",
                       currency=None, per=None, value_cny=None)  # fmt: skip
        if chance.random() < 0.2:
            self._source(listing, self.often((*ORGANISATIONS, "")), chance.choice(_SOURCES))
        if chance.random() < 0.03:
            self._source(listing, self.often(ORGANISATIONS[7:]), "data_subject_service")
            self._source(listing, self.often(ORGANISATIONS[:3]), "extraction_point", at=1)
        for type_, chosen, often in (
            ("ACCEPTS_ESCROW", self.escrows, 0.15), ("HAS_FIELD", self.fields, 0.2),
            ("CLAIMS_METHOD", self.methods, 0.1), ("COVERS", self.countries, 0.25),
            ("TAKES_PAYMENT", self.payments, 0.1), ("USED_FOR", self.products, 0.05),
        ):  # fmt: skip
            if chance.random() < often:
                named = {"named": True} if type_ == "ACCEPTS_ESCROW" else {}
                made.link(type_, listing, self.often(chosen), **named)

    def _source(self, listing: Ref, canonical: str, kind: str, at: int = 0) -> None:
        made, id_ = self.made, ids.source(listing.id, kind, at, at)
        text = canonical.rsplit("/", 1)[-1] or "a friend"
        source = made.node("SourceRef", id_, text, text=text, resolved=bool(canonical))
        made.link("CLAIMS_SOURCE", listing, source, kind=kind, quote="from",
                  expanded=self.chance.random() < 0.1)  # fmt: skip
        if canonical:
            made.link("RESOLVES_TO", source, made.organisation(canonical), basis="name")
