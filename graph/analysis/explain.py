"""A ranked account as a page that an investigator can check line by line."""

from collections.abc import Iterator

from graph.analysis.brokers import COMPOSED, LEAD, SAMPLES, BrokerRow, Side, Triple
from graph.analysis.position import Brokerage

_ROLES = {
    "coordinator": "between two of its own side",
    "itinerant": "between two of another side",
    "representative": "from its own side to another",
    "gatekeeper": "from another side into its own",
    "liaison": "between two different other sides",
}


def explanation(row: BrokerRow, quotes: dict[str, str]) -> Iterator[str]:
    """Lines of text; `quotes`: post id -> words of the post."""
    place = f"rank {row.rank}, score {row.score:.2f}" if row.rank else "not ranked"
    yield f"{row.name}  {row.id}"
    kept = round(row.stability * SAMPLES)
    yield f"{place}; stays at the top in {kept} of {SAMPLES} re-samples of the evidence"
    yield f"claimed roles: {', '.join(row.roles) or 'unknown'}"
    if row.warnings:
        yield f"warnings: {', '.join(row.warnings)}"
    yield from _position(row)
    if not row.triples:
        yield "no supplier and buyer of the same goods could be matched"
    for number, triple in enumerate(row.triples, 1):
        yield from _triple(number, triple, row.name, quotes)
    yield COMPOSED if row.triples else ""
    yield LEAD


def _position(row: BrokerRow) -> Iterator[str]:
    for group in row.communities:
        names = ", ".join(group.top)
        yield f"tied {group.ties} times ({group.expected:.1f} expected) to a group with {names}"
    yield from _brokerage(row.brokerage)
    if row.measures is not None:
        measures = row.measures
        cut = "; others are joined through it alone" if measures.articulation else ""
        yield f"{measures.degree} partners, betweenness {measures.betweenness:.3f}{cut}"


def _brokerage(counts: Brokerage) -> Iterator[str]:
    for name in Brokerage.__struct_fields__:
        n = getattr(counts, name)
        if n:
            yield f"{name}: {n} pairs {_ROLES[name]}"


def _triple(number: int, triple: Triple, name: str, quotes: dict[str, str]) -> Iterator[str]:
    goods = triple.product or "goods unknown"
    yield f"{number}. {triple.supplier.name} → {name} → {triple.buyer.name}   {goods}"
    yield from _side("got from", triple.supplier, quotes)
    yield from _side("gave to", triple.buyer, quotes)


def _side(word: str, side: Side, quotes: dict[str, str]) -> Iterator[str]:
    day = (side.date or "undated")[:10]
    yield f"   {word} {side.name} ({side.id}), {day}: {', '.join(side.evidence)}"
    for post in side.posts[:3]:
        if post in quotes:
            yield f"      “{quotes[post]}”  {post}"
