"""What every part of the build shares: accounts, venues, records and their posts."""

import sqlite3
from collections import defaultdict

from evidence.corrections.attach import overlay
from evidence.grading.marks import Mark, marks
from evidence.settings import Settings
from graph.build.clock import Clock
from graph.build.draft import Draft, Ref
from graph.build.flags import bot_name
from graph.build.moments import Moments
from graph.build.names import Names
from graph.build.records import Records
from graph.build.rows import (
    Account,
    ActRecord,
    ListingRecord,
    Post,
    Venue,
    read_accounts,
    read_venues,
)
from graph.build.talk import read_talk


class World:
    """The archive's records with their posts, and the draft they go into."""

    def __init__(self, connection: sqlite3.Connection, settings: Settings) -> None:
        self.connection = connection
        self.settings = settings
        self.clock = Clock(settings.zone)
        self.draft = Draft()
        self.marks = marks(connection)
        self.accounts: dict[int, Account] = {a.n: a for a in read_accounts(connection, self.marks)}
        self.account_by_id: dict[str, Account] = {a.id: a for a in self.accounts.values()}
        self._add_joined()
        self.venues: dict[int, Venue] = {v.n: v for v in read_venues(connection)}
        talk = read_talk(connection)
        self.names = Names(connection, self.accounts, talk)
        self.moments = Moments(talk)
        """When accounts wrote."""
        self.corrections = overlay(connection)
        records = Records(connection)
        self.listings: list[ListingRecord] = records.listings(self.corrections.listings)
        self.acts: list[ActRecord] = records.acts()
        self.listings_of: dict[int, list[ListingRecord]] = defaultdict(list)
        for listing in self.listings:
            self.listings_of[listing.post.n].append(listing)
        self.acts_of: dict[int, list[ActRecord]] = defaultdict(list)
        for act in self.acts:
            self.acts_of[act.post.n].append(act)
        self.goods_of = _goods(connection, self.acts)
        """Lexicon ids of the goods in the words of a post with acts, those of its acts first."""
        self.needed: dict[str, Post] = {}

    def _add_joined(self) -> None:
        """Accounts under the other ids that exports give them."""
        rows = self.connection.execute(
            "SELECT j.id, j.kept FROM joined_name j JOIN account a ON a.id = j.kept"
        )
        for id_, kept in rows:
            self.account_by_id[id_] = self.account_by_id[kept]

    def need(self, *posts: Post) -> None:
        """Posts that hold evidence: they become nodes."""
        for post in posts:
            self.needed[post.id] = post

    def author(self, post: Post) -> Account | None:
        """The account that wrote a post, None where it is unknown."""
        return None if post.account_n is None else self.accounts[post.account_n]

    def is_bot(self, account: Account) -> bool:
        """Whether an account is a program: a person says so, or the export, or its names."""
        put = self.marks.get(account.id, Mark()).bot
        names = self.names.by_account.get(account.id, ())
        return account.bot or any(bot_name(worn.text) for worn in names) if put is None else put

    def serves(self, id_: str) -> bool:
        """Whether a person says that a node serves many."""
        return bool(self.marks.get(id_, Mark()).shared)

    def account_ref(self, id_: str, name: str | None = None) -> Ref:
        """The node of an account; one that wrote nothing here is made from its id."""
        if (account := self.account_by_id.get(id_)) is not None:
            return account.ref
        _, platform, native = id_.split(":", 2)
        put = self.marks.get(id_, Mark())
        return self.draft.node(
            "Account",
            id_,
            name or native,
            platform=platform,
            native_id=native,
            native=not native.startswith("name/"),
            category=put.category or "unknown",
            own=bool(put.own),
            bot=bool(put.bot),
            shared=False,
        )


def _goods(connection: sqlite3.Connection, acts: list[ActRecord]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for record in acts:
        found.setdefault(record.post.n, []).extend(record.act.products)
    rows = connection.execute(
        "SELECT post_n, product FROM product_mention ORDER BY post_n, product"
    )
    for n, product in rows:
        if n in found:
            found[n].append(product.replace(":", "/", 1))
    return found
