"""Brokers: accounts through whose hands the same goods pass, ranked by matched dealings."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, Literal

import msgspec

from evidence.archive.archive import Archive
from evidence.errors import NotFoundError, UsageError
from graph.analysis import services, warnings
from graph.analysis.between import stands_between
from graph.analysis.books import Books
from graph.analysis.cautions import BY_ACTIVITY, TAKEN, Caution
from graph.analysis.chance import Chance, chance
from graph.analysis.communities import VERY_MANY_ARCS, Communities
from graph.analysis.dealings import FEW_TIES, Piece, dealings, known_products
from graph.analysis.hypothesis import STRONG, Hypothesis, hypothesis, taken_as_one
from graph.analysis.ledger import WINDOW_DAYS, Ledger
from graph.analysis.lots import Lots
from graph.analysis.measures.betweenness import PIVOTS, SEED
from graph.analysis.network import read_network
from graph.analysis.people import People, read_people
from graph.analysis.pieces import Pieces, read_pieces
from graph.analysis.position import Position
from graph.analysis.ranking import Candidate, candidates, stability
from graph.analysis.reasons import composed
from graph.analysis.removal import Ways
from graph.analysis.rewired import Rewires
from graph.analysis.rows import BrokerReport, BrokerRow, Triple, ends, posts_behind, triples
from graph.analysis.standing import Standing
from graph.analysis.wording import ENGLISH
from graph.schema import ROLES
from graph.store.base import GraphStore

LEAD: Final = ENGLISH.say("lead")
COMPOSED: Final = composed(ENGLISH)

Chosen = Sequence[tuple[str, Candidate | None]]
Identities = Literal["accounts", "decided", "candidates"]
IDENTITIES: Final[tuple[Identities, ...]] = ("accounts", "decided", "candidates")


class BrokerOptions(msgspec.Struct, frozen=True, kw_only=True):
    """`since` included, `until` excluded; `explain`: an account to show even if unranked.

    `role`, `among`: rows of those with this role, of these alone; their ranks stay those among all.
    `identities`: each account by itself, as decided, or strong undecided candidates taken as one
    as well.
    """

    top: int = 10
    since: datetime | None = None
    until: datetime | None = None
    product: str | None = None
    role: str | None = None
    window_days: int = WINDOW_DAYS
    include_shared: bool = False
    explain: str | None = None
    among: frozenset[str] | None = None
    identities: Identities = "candidates"


class Evidence(msgspec.Struct, frozen=True):
    """What a ranking is made from: `pieces` between parties, all; `gone` are not to be ranked."""

    people: People
    taken: Hypothesis
    pieces: Pieces
    gone: frozenset[str]

    def kept(self) -> Pieces:
        """The pieces between parties that may be ranked."""
        return self.pieces.without(self.gone)


class Scene(msgspec.Struct, frozen=True):
    """All that the rows are made from; `chosen`: whom they tell of, more than are shown."""

    archive: Archive
    people: People
    evidence: Evidence
    ledger: Ledger
    ranked: list[Candidate]
    stable: dict[str, float]
    position: Position
    communities: Communities
    standing: Standing
    ways: Ways
    rewires: Rewires
    lots: Lots
    shared: list[str]
    other: Sequence[Candidate]
    """The ranking with shared services, or without where they are ranked here."""
    options: BrokerOptions
    chosen: Chosen


def rank_brokers(archive: Archive, store: GraphStore, options: BrokerOptions) -> BrokerReport:
    """The top brokers with reasons, or a plain word where the evidence is too little.

    Raises UsageError for an unknown role or goods that no tie speaks of, NotFoundError for an
    unknown account.
    """
    return report_of(scene_of(archive, store, options))


def report_of(scene: Scene) -> BrokerReport:
    """The rows of the first of those who are chosen, with notes."""
    shown = scene.chosen[: scene.options.top]
    rows = [_row(scene, account, place) for account, place in shown]
    notes = _notes(scene)
    if not scene.options.include_shared:
        notes += services.left_out(
            scene.shared, scene.ranked, scene.other, scene.people, scene.options.top
        )
    undecided = _undecided(scene.evidence.taken)
    return BrokerReport(rows, notes, more=len(scene.chosen) - len(rows), undecided=undecided)


def scene_of(archive: Archive, store: GraphStore, options: BrokerOptions) -> Scene:
    """The ranking and the network around it. Raises as `rank_brokers`."""
    evidence = gather(archive, store, options)
    people = evidence.people
    network = read_network(
        store,
        people,
        left_out=evidence.gone,
        since=options.since,
        until=options.until,
        product=options.product,
    )
    if len(network.arcs) > VERY_MANY_ARCS:
        # The store would keep more in memory than all that follows; it opens again when asked.
        store.close()
    ledger = ledger_of(evidence.kept(), options)
    ranked = candidates(ledger)
    shared = services.tied(evidence.pieces, people)
    chosen = choose(ranked, people, options)
    position, communities = Position(network), Communities(network)
    return Scene(
        archive=archive,
        people=people,
        evidence=evidence,
        ledger=ledger,
        ranked=ranked,
        stable=stability(ledger, ranked, options.top),
        position=position,
        communities=communities,
        standing=Standing(network, position, communities, options.top),
        ways=Ways(ledger, ranked),
        rewires=Rewires(position),
        lots=Lots(ledger, [place for _, place in chosen[: options.top] if place is not None]),
        shared=shared,
        other=_with_or_without(evidence, options) if shared else ranked,
        options=options,
        chosen=chosen,
    )


def gather(archive: Archive, store: GraphStore, options: BrokerOptions) -> Evidence:
    """The pieces of evidence between parties, and who they are. Raises as `rank_brokers`."""
    _check(archive, options)
    people = read_people(store, decided=options.identities != "accounts")
    pieces = _pieces(archive, people, options)
    taken = Hypothesis()
    if options.identities == "candidates":
        taken = hypothesis(archive, store, people, pieces)
        people = taken_as_one(people, taken.leads)
        pieces = pieces.between(people)
    gone = people.own if options.include_shared else people.own | people.shared.keys()
    return Evidence(people, taken, pieces, gone)


def _with_or_without(evidence: Evidence, options: BrokerOptions) -> list[Candidate]:
    """The ranking with shared services where they are left out, else without."""
    people = evidence.people
    gone = people.own | people.shared.keys() if options.include_shared else people.own
    return candidates(ledger_of(evidence.pieces.without(gone), options))


def _check(archive: Archive, options: BrokerOptions) -> None:
    if options.role not in (None, *ROLES):
        raise UsageError(f"no role {options.role}", hint=f"Choose {', '.join(ROLES)}.")
    product = options.product
    if product is not None and product not in (known := known_products(archive)):
        raise UsageError(
            f"no tie speaks of {product}", hint=f"ties speak of: {', '.join(known) or 'no goods'}"
        )


def _asked(options: BrokerOptions, people: People) -> str | None:
    if options.explain is None:
        return None
    if options.explain not in people.names:
        raise NotFoundError(f"{options.explain} is no account here", hint="heichan search TEXT")
    return people.who(options.explain)


def _pieces(archive: Archive, people: People, options: BrokerOptions) -> Pieces:
    found = read_pieces(archive, since=options.since, until=options.until, product=options.product)
    return found.between(people)


def ledger_of(pieces: Pieces | Sequence[Piece], options: BrokerOptions) -> Ledger:
    """The dealings of these pieces."""
    found = Books(pieces) if isinstance(pieces, Pieces) else dealings(pieces)
    return Ledger(found, options.window_days, named=options.product is not None)


def choose(ranked: Sequence[Candidate], people: People, options: BrokerOptions) -> Chosen:
    """Those with the role in order of rank, or the one account that is to be explained."""
    asked, role = _asked(options, people), options.role
    if asked is None:
        among = None if options.among is None else set(map(people.who, options.among))
        return [
            (one.account, one)
            for one in ranked
            if (role is None or role in people.codes(one.account))
            and (among is None or one.account in among)
        ]
    return [(asked, next((one for one in ranked if one.account == asked), None))]


def _row(scene: Scene, account: str, place: Candidate | None) -> BrokerRow:
    matches = scene.ledger.matches(account)
    matched = [deal for match in matches for deal in (match.supply, match.sale)]
    # Without a match the ties themselves are what there is to look at.
    posts = posts_behind(matched or scene.ledger.of(account))
    best = scene.ranked[0].raw if scene.ranked else 1.0
    shown = triples(matches, scene.people)
    by_lot = chance(scene.ledger, account, place, scene.lots)
    return BrokerRow(
        rank=None if place is None else place.rank,
        id=account,
        name=scene.people.name(account),
        score=0.0 if place is None else round(place.raw / best, 4),
        stability=scene.stable.get(account, 0.0),
        roles=scene.people.roles.get(account, ["unknown"]),
        communities=scene.communities.tied(account, scene.people),
        brokerage=scene.position.brokerage(account),
        measures=scene.position.measures(account),
        triples=shown,
        cautions=[*_cautions(scene, account, place, posts, by_lot), *_taken(scene, account, shown)],
        evidence=ends(posts),
        structural=scene.standing.of(account),
        between=stands_between(
            scene.position.network,
            account,
            scene.people,
            {(match.supply.giver, match.sale.taker) for match in matches},
        ),
        removal=scene.ways.without(account, matches, scene.people, scene.position.cut_off(account)),
        chance=by_lot,
        rewired=scene.rewires.of(account),
        ranks=services.ranks(
            account,
            scene.ranked,
            scene.other,
            scene.options.top,
            included=scene.options.include_shared,
        ),
    )


def _cautions(
    scene: Scene,
    account: str,
    place: Candidate | None,
    posts: Sequence[str],
    by_lot: Chance | None,
) -> list[Caution]:
    people, ledger = scene.people, scene.ledger
    told = {
        "indiscriminate": account in scene.communities.indiscriminate,
        "role unknown": account not in people.roles,
        "fewer than three ties": scene.position.network.degree(account) < FEW_TIES,
        "single source file": warnings.is_single_file(scene.archive, posts),
        "only shared-escrow ties": warnings.is_escrow_only(account, ledger.of(account), people),
        BY_ACTIVITY: by_lot is not None and by_lot.by_activity,
        "approximate": scene.position.approximate or warnings.is_approximate(account, ledger),
    }
    found = [Caution(code) for code, holds in told.items() if holds]
    if place is None:
        found.insert(0, warnings.why_not(account, ledger, ledger.matches(account), people))
    return found


def _taken(scene: Scene, account: str, shown: Sequence[Triple]) -> list[Caution]:
    """Who is taken as one in a row without a decision: the account, and those of its triples."""
    others = {side.id for triple in shown for side in (triple.supplier, triple.buyer)} - {account}
    taken, people = scene.evidence.taken, scene.people
    return [
        *(Caution(TAKEN, taken=one) for one in taken.told(account)),
        *(
            Caution(TAKEN, taken=one, beside=people.name(other))
            for other in sorted(others)
            for one in taken.told(other)
        ),
    ]


def _notes(scene: Scene) -> list[str]:
    network = scene.position.network
    notes = [LEAD]
    notes += [COMPOSED] if scene.ranked else [too_little(scene.ledger)]
    strangers = scene.ledger.sides.keys() - scene.people.names.keys()
    if strangers:
        notes.append(f"{len(strangers)} accounts are not in this graph yet: heichan build")
    if scene.position.approximate:
        arcs, seed = len(network.arcs), f"seed {SEED}"
        notes.append(f"betweenness of {arcs} arcs is sampled from {PIVOTS} pivots, {seed}")
    return notes


def _undecided(taken: Hypothesis) -> str:
    if not taken.links:
        return ""
    parties = f"{len(taken.links)} {'parties' if len(taken.links) > 1 else 'party'}"
    return (
        f"{len(taken.leads)} accounts count as {parties} by candidates from {STRONG} on that "
        "nobody decided (--identities decided leaves them apart)"
    )


def too_little(ledger: Ledger) -> str:
    """Why nobody is ranked."""
    return f"too little evidence: {len(ledger.sides)} accounts with directed links"
