"""The sum behind a role: every cue, deed and feature with its weight, factor and context.

Derived from the archive when it is asked for, by the functions that the build scores with.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from evidence.archive.archive import Archive
from graph import ids
from graph.build.clock import Clock
from graph.build.clusters import stored_families
from graph.build.pieces import Piece
from graph.build.records import Records
from graph.build.role_features import TEAM, of_listings
from graph.build.roles import Cue, Deed, Summand, done, logistic, of_listing, periods, summands
from graph.build.rows import Account, ListingRecord, Post, read_posts
from graph.explore.show import RoleHeld
from graph.store.base import GraphStore
from ingest.records import Listing, Span

NOTE: Final = "an order among readings, not a probability"
_CONSTANT: Final = {
    ("accused", "cheat"): "accused by another",
    ("act_derived", "escrow_agent"): "issued a notice",
}
"""Roles whose deeds are all of one kind: the relationship itself counts them."""
_ACCOUNT = "SELECT n, id, platform, native_id, native, bot, own, category FROM account WHERE id = ?"
_ACCOUNTS = (
    "SELECT n, id, platform, native_id, native, bot, own, category FROM account "
    "WHERE id IN (SELECT value FROM json_each(?))"
)
_PIECES = """
SELECT evidence, type, from_id, to_id, product, posts, side FROM tie_piece
WHERE from_id = ? OR to_id = ? ORDER BY n
"""
_TEAMS = """
MATCH (a:Account)-[:USES_CONTACT]->(c:Contact)<-[:USES_CONTACT]-(b:Account) WHERE a.id = $id
RETURN c.id AS contact, b.id AS account
"""
_SHARED = "MATCH (a:Account) WHERE a.id = $id RETURN a.shared_reason AS reason"

_NOTICES = """
MATCH (a:Account)-[h:HAS_ROLE]->(r:Role)
WHERE a.id = $id AND r.code = 'escrow_agent' AND h.basis = 'act_derived' RETURN h.id AS id
"""


class Row(msgspec.Struct, frozen=True):
    """A summand with its first words: `value` = weight x factor x context."""

    role: str
    cue: str
    weight: float
    factor: float
    context: float
    value: float
    messages: int
    post: str | None
    span: Span | None
    quote: str | None


class RoleSum(msgspec.Struct, frozen=True):
    """A role as it is held, and its rows; `stored` is the score that the graph holds."""

    holder: str
    role: str
    basis: str | None
    since: str | None
    sum: float
    score: float
    stored: float | None
    rows: tuple[Row, ...]
    note: str = NOTE

    @property
    def adds_up(self) -> bool:
        """Whether the rows give the stored score; if not, the graph is older than the archive.

        A role that a person put in has no rows to add.
        """
        if self.basis == "analyst" and not self.rows:
            return True
        return self.stored is not None and abs(self.score - self.stored) < 0.0051


Place = tuple[str, Span, str]
"""Post, span and quote of a cue."""


def of_reading(listing: str, body: Listing, roles: Sequence[RoleHeld]) -> list[RoleSum]:
    """The sums behind the roles that a listing's reading holds."""
    held = {role.role: role for role in roles}
    return [
        _of_cues(listing, body, role.role, held.get(role.role))
        for role in body.roles
        if role.role in held
    ]


def _of_cues(listing: str, body: Listing, role: str, held: RoleHeld | None) -> RoleSum:
    reading = next(each for each in body.roles if each.role == role)
    context = 0.5 if body.voice == "forwarded" else 1.0
    rows = tuple(
        Row(
            role,
            ids.normal_name(cue.quote),
            cue.weight / context,
            1.0,
            context,
            cue.weight,
            1,
            body.post,
            cue.span,
            cue.quote,
        )
        for cue in reading.cues
    )
    return _sum(listing, role, rows, held, logistic(Summand(r.cue, r.value) for r in rows))


def of_account(
    store: GraphStore, archive: Archive, zone: str, account: str, roles: Sequence[RoleHeld]
) -> list[RoleSum]:
    """The sums behind the roles that an account holds, one for each period."""
    found = archive.connection.execute(_ACCOUNT, (account,)).fetchone()
    if found is None:
        return []
    holder = msgspec.convert(found, type=Account, strict=False)
    holding = _Holding(store, archive, zone, holder)
    return [sum_ for held in roles if (sum_ := holding.sum(held)) is not None]


class _Holding:
    """What the archive and the graph hold about one account."""

    def __init__(self, store: GraphStore, archive: Archive, zone: str, holder: Account) -> None:
        self._store = store
        self._archive = archive
        self._clock = Clock(zone)
        self._holder = holder
        self._listings = [
            listing
            for listing in Records(archive.connection).of_account(holder.n)
            if listing.body.voice == "own"
        ]
        self._pieces = list(self._read_pieces())
        self._families = stored_families(archive.connection, holder.n)
        self._features = frozenset(self._read_features())
        self._places = _places(self._listings)

    def sum(self, held: RoleHeld) -> RoleSum | None:
        """The sum of one role over the period it is held in; None where no deed is known."""
        if (constant := _CONSTANT.get((held.basis or "", held.role))) is not None:
            deeds = self._counted(held, constant)
        else:
            deeds = self._period(held)
        if not deeds:
            return None
        posts = tuple(deed.post.id for deed in deeds)
        families = self._families
        if constant is not None:
            given = json.dumps(posts)
            families = stored_families(self._archive.connection, self._holder.n, given)
        family = families.family_of(deed.post for deed in deeds)
        found = summands(held.role, deeds, self._features, family)
        rows = tuple(self._row(held, each, deeds) for each in found)
        return _sum(self._holder.id, held.role, rows, held, logistic(found))

    def _period(self, held: RoleHeld) -> list[Deed]:
        source = self._own() if held.basis == "self_described" else done(self._pieces)
        mine = (d for d in source if d.holder.id == self._holder.id and d.role == held.role)
        dated = [deed for deed in mine if deed.post.utc is not None]
        dated.sort(key=lambda deed: (deed.post.order, deed.claims))
        for period in periods(self._clock, dated):
            if str(self._clock.day(period[0].post.utc or 0)) == str(held.since):
                return period
        return []

    def _own(self) -> Iterator[Deed]:
        for listing in self._listings:
            yield from of_listing(self._holder, listing)

    def _counted(self, held: RoleHeld, cue: str) -> list[Deed]:
        """Deeds of one kind: the relationship names twenty of their posts at most.

        That is enough: from four messages on the factor is the same.
        """
        rows = self._store.run(
            "MATCH (a:Account)-[h:HAS_ROLE]->(:Role) WHERE a.id = $id AND h.id = $rel "
            "RETURN h.posts AS posts",
            {"id": self._holder.id, "rel": held.rel},
        ).rows
        named = list(rows[0]["posts"]) if rows else []
        posts = self._posts(named)
        return [
            Deed(self._holder, held.role, held.basis or "", posts[id_], (Cue(cue, 1.0),), 0.8)
            for id_ in named
            if id_ in posts
        ]

    def _row(self, held: RoleHeld, each: Summand, deeds: Sequence[Deed]) -> Row:
        constant = _CONSTANT.get((held.basis or "", held.role)) == each.cue
        post, span, quote = self._places.get((held.role, each.cue), (None, None, None))
        order = [deed.post.id for deed in deeds if deed.post.id in each.posts]
        return Row(
            held.role,
            each.cue,
            each.weight,
            each.factor,
            each.context,
            each.value,
            (held.acts or 0) if constant else len(each.posts),
            post if post in each.posts else next(iter(order), None),
            span if post in each.posts else None,
            quote if post in each.posts else None,
        )

    def _read_features(self) -> Iterator[str]:
        led, copies = self._families.first_posters(each.post for each in self._listings)
        if self._listings:
            yield from of_listings(self._listings, led, copies)
        teams: dict[str, set[str]] = {}
        for row in self._store.run(_TEAMS, {"id": self._holder.id}).rows:
            teams.setdefault(row["contact"], {self._holder.id}).add(row["account"])
        if any(len(team) >= TEAM for team in teams.values()):
            yield "team_contact"
        goods = [piece.goods for piece in self._pieces if piece.goods is not None]
        if {self._holder.id} <= {g for g, _ in goods} & {t for _, t in goods}:
            yield "both_sides"
        if self._issues_notices():
            yield "issues_notices"

    def _issues_notices(self) -> bool:
        # A bot's reason for being shared is that it is one: then only issuers hold the role.
        shared = self._store.run(_SHARED, {"id": self._holder.id}).rows
        held = self._store.run(_NOTICES, {"id": self._holder.id}).rows
        return bool(held) or any(row["reason"] == "notices" for row in shared)

    def _read_pieces(self) -> Iterator[Piece]:
        rows = self._archive.connection.execute(_PIECES, (self._holder.id, self._holder.id))
        found = rows.fetchall()
        ends = self._accounts({id_ for row in found for id_ in row[2:4]})
        posts = self._posts(json.loads(row[5])[-1] for row in found)
        for evidence, type_, start, end, product, named, side in found:
            last = posts[json.loads(named)[-1]]
            yield Piece(evidence, type_, ends[start], ends[end], product, (last,), side=side)

    def _accounts(self, wanted: Iterable[str]) -> dict[str, Account]:
        listed = json.dumps(sorted(wanted))
        rows = self._archive.connection.execute(_ACCOUNTS, (listed,)).fetchall()
        return {a.id: a for a in msgspec.convert(rows, type=list[Account], strict=False)}

    def _posts(self, wanted: Iterable[str]) -> dict[str, Post]:
        rows = self._archive.connection.execute(
            "SELECT n FROM post WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(set(wanted))),),
        )
        found = read_posts(self._archive.connection, [n for (n,) in rows])
        return {post.id: post for post in found.values()}


def _places(listings: Iterable[ListingRecord]) -> dict[tuple[str, str], Place]:
    """The first words of each cue, by role and cue."""
    found: dict[tuple[str, str], Place] = {}
    for listing in sorted(listings, key=lambda each: each.post.order):
        for role in listing.body.roles:
            for cue in role.cues:
                key = role.role, ids.normal_name(cue.quote)
                found.setdefault(key, (listing.post.id, cue.span, cue.quote))
    return found


def _sum(
    holder: str, role: str, rows: tuple[Row, ...], held: RoleHeld | None, score: float
) -> RoleSum:
    since = None if held is None or held.since is None else str(held.since)
    basis = None if held is None else held.basis
    stored = None if held is None else held.score
    total = round(sum(row.value for row in rows), 6)
    return RoleSum(holder, role, basis, since, total, score, stored, rows)
