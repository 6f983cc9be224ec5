"""The later sections of an account's page: how firm it is, where it stands, what hangs on it."""

from collections.abc import Iterator

from graph.analysis.between import Between
from graph.analysis.chance import Chance
from graph.analysis.communities import Tied
from graph.analysis.position import Brokerage
from graph.analysis.ranking import KEPT, SAMPLES
from graph.analysis.removal import PAIRS, Removal
from graph.analysis.rows import BrokerRow
from graph.analysis.services import Ranks

RECOVERY = (
    "Networks recover from a removal and may come out stronger (Duijn, Kashirin and Sloot, "
    "Scientific Reports 4, 4238, 2014). After guarantee markets were banned in May 2025 one fell "
    "by half, while what flowed into another grew seventyfold (TRM, quoted by CoinDesk). This is "
    "no list of targets."
)
_ROLES = {
    "coordinator": "between two of its own side",
    "itinerant": "between two of one other side",
    "representative": "from its own side to another",
    "gatekeeper": "from another side into its own",
    "liaison": "between two different other sides",
}
_OTHERS = " through one or two others"
_SIDES = {"supply": "supply side", "demand": "demand side", "other": "other or unknown"}


def firmness(row: BrokerRow) -> Iterator[str]:
    """Re-samples, rewires, and the rank with and without shared services."""
    if row.rank is not None:
        kept, lost = round(row.stability * SAMPLES), round(100 * (1 - KEPT))
        yield (
            f"It stays in the top {row.ranks.top} in {kept} of {SAMPLES} re-samples, each without "
            f"{lost}% of the ties and all evidence behind those."
        )
    if row.chance is not None:
        yield from _by_lot(row.chance)
    yield from _shared(row.ranks)


def _by_lot(found: Chance) -> Iterator[str]:
    verdict = "There is more to it than activity"
    if found.by_activity:
        verdict = "It is explained by activity alone"
    yield (
        f"{verdict}: what matches of {found.dealings} of its dealings weighs {found.seen:.2f}, by "
        f"lot {found.expected:.2f} on average, and as much in {found.as_much} of {found.rewires} "
        "rewires."
    )
    yield (
        "   In a rewire it is drawn by lot who took which dealing; everybody keeps how often they "
        "got and gave, every dealing its giver, goods and time."
    )
    if found.as_high is not None:
        as_high = f"{found.as_high:g} accounts of a rewire score"
        yield f"   On average {as_high} as high as its rank {found.rank}."


def _shared(ranks: Ranks) -> Iterator[str]:
    if ranks.with_shared is None and ranks.without_shared is None:
        return
    both = ranks.without_shared, ranks.with_shared
    without, with_them = ("not ranked" if rank is None else f"rank {rank}" for rank in both)
    if without == with_them:
        yield f"With shared services (escrow and the like) and without them: {without}."
    else:
        yield f"Without shared services (escrow and the like): {without}; with them: {with_them}."


def position(row: BrokerRow) -> Iterator[str]:
    """J, the groups that it is tied to, the five counts with names, and measures."""
    yield _structural(row)
    if not row.measures.degree:
        return
    yield from _groups(row)
    yield from _brokerage(row)
    measures = row.measures
    yield (
        f"{measures.degree} partners, betweenness {measures.betweenness:.3f}, constraint "
        f"{measures.constraint:.2f}, effective size {measures.effective_size:.1f}"
    )


def _structural(row: BrokerRow) -> str:
    place = row.structural
    if place.score is None or place.stability is None:
        return f"Its structural score J is switched off: {place.left_out}."
    kept = round(place.stability * place.partitions)
    return (
        f"Its structural score J is {place.score:.2f}: place {place.rank} of {place.of} accounts "
        "with ties, by position alone and whatever the goods; in the top "
        f"{row.ranks.top} with {kept} of {place.partitions} partition seeds."
    )


def _groups(row: BrokerRow) -> Iterator[str]:
    if len(row.communities) == 1:
        yield "All its ties lie within one group of accounts that trade among themselves:"
    else:
        n = row.structural.partitions
        yield (
            f"In {round(row.structural.joins * n) or 'none'} of {n} partitions it joins two or "
            "more groups by more ties than its activity explains. Its groups:"
        )
    for group in row.communities:
        yield f"   {_group(group)}"


def _group(group: Tied) -> str:
    ties = f"{group.ties} tie{'s' if group.ties != 1 else ''}"
    seen = f"{ties} where {group.expected:.1f} are expected (surprise {group.surprise:.1f})"
    return f"{seen}, to a group of {group.members} around {', '.join(group.top) or 'itself'}"


def _brokerage(row: BrokerRow) -> Iterator[str]:
    degree = row.measures.degree
    possible = degree * (degree - 1)
    counts = {name: getattr(row.brokerage, name) for name in Brokerage.__struct_fields__}
    if not any(counts.values()):
        yield "It stands between no two accounts that do not deal with each other directly."
        return
    own = row.between[0].sides[1] if row.between else "other"
    alike = " (all of no known side count as one)" if own == "other" else ""
    yield f"Its own side by role: {_SIDES[own]}{alike}. It stands between, whatever the goods:"
    for name, n in counts.items():
        if n:
            share = f"{n / possible:.0%} of {possible} possible"
            yield f"   {name}: {n} pair{'s' if n > 1 else ''} {_ROLES[name]} ({share})"
            yield from (_pair(pair) for pair in row.between if pair.role == name)
    if (by_lot := row.rewired) is not None:
        yield (
            f"Between different sides that makes {by_lot.seen}; in {by_lot.rewires} rewires, where "
            f"all keep side and number of partners, {by_lot.expected:.1f} on average, and as many "
            f"in {by_lot.as_much}. So these counts alone show "
            f"{'little but activity' if by_lot.as_much else 'more than activity'}."
        )


def _pair(pair: Between) -> str:
    (giver, taker), (before, _, after) = pair.names, pair.sides
    return f"      {giver} ({_SIDES[before]}) → it → {taker} ({_SIDES[after]})"


def consequences(row: BrokerRow) -> Iterator[str]:
    """What falls apart, which other ways and other accounts there are, and that networks heal."""
    if not row.measures.degree and not row.removal.pairs:
        return
    cut, pairs = row.removal.cut_off, row.measures.articulation
    if cut:
        yield f"{_accounts(cut)} would be cut off from the rest of the network."
    if pairs:
        yield f"{pairs} pairs of supply and demand side are joined through it alone, by any goods."
    if not cut and not pairs:
        yield "Nothing falls apart: whoever it joins is joined through others as well."
    yield from _ways(row)
    yield RECOVERY


def _of_pairs(removal: Removal, n: int) -> str:
    if removal.pairs == 1:
        return "Its one pair of supplier and buyer"
    latest = "latest " if removal.pairs == PAIRS else ""
    pairs = "pair" if removal.pairs == 1 else "pairs"
    return f"{n or 'None'} of its {removal.pairs} {latest}{pairs} of supplier and buyer"


def _accounts(n: int) -> str:
    return "1 account" if n == 1 else f"{n} accounts"


def _ways(row: BrokerRow) -> Iterator[str]:
    removal = row.removal
    if not removal.pairs:
        return
    n = removal.other_way
    if removal.pairs == 1 and not n:
        yield f"{_of_pairs(removal, n)} has no other way for the same goods{_OTHERS}."
    else:
        has = "has" if n < 2 else "have"
        through = f", through {', '.join(removal.through)}" if removal.through else _OTHERS
        yield f"{_of_pairs(removal, n)} {has} another way for the same goods{through}."
    if removal.direct:
        deal = "deals" if removal.direct < 2 else "deal"
        yield f"{_of_pairs(removal, removal.direct)} {deal} in them directly with each other too."
    if removal.same_goods:
        yield f"Others that rank with the same goods, best first: {', '.join(removal.same_goods)}."
    else:
        yield "Nobody else that ranks passes on the same goods."
