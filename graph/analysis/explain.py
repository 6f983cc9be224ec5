"""An account as a page that an investigator can check line by line."""

from collections.abc import Iterator

from graph.analysis.brokers import COMPOSED
from graph.analysis.position import Brokerage
from graph.analysis.ranking import SAMPLES
from graph.analysis.rows import BrokerRow, Side, Triple

_ROLES = {
    "coordinator": "between two of its own side",
    "itinerant": "between two of another side",
    "representative": "from its own side to another",
    "gatekeeper": "from another side into its own",
    "liaison": "between two different other sides",
}


def explanation(row: BrokerRow, quotes: dict[str, str]) -> Iterator[str]:
    """Lines of text; `quotes`: post id -> words of the post."""
    yield f"{row.name}  {row.id}"
    yield _place(row)
    yield f"roles: {', '.join(row.roles)}"
    if row.warnings:
        yield f"warnings: {', '.join(row.warnings)}"
    yield from _position(row)
    if not row.triples:
        yield "no supplier and buyer of the same goods could be matched"
    for number, triple in enumerate(row.triples, 1):
        yield from _triple(number, triple, row.name, quotes)
    if row.triples:
        yield COMPOSED


def _place(row: BrokerRow) -> str:
    if row.rank is None:
        return "not ranked"
    kept = round(row.stability * SAMPLES)
    sampled = f"stays at the top in {kept} of {SAMPLES} re-samples of the ties"
    return f"ranks {row.rank} on matched dealings, score {row.score:.2f}; {sampled}"


def _position(row: BrokerRow) -> Iterator[str]:
    for group in row.communities:
        names = ", ".join(group.top)
        ties = f"{group.ties} tie{'s' if group.ties != 1 else ''} ({group.expected:.1f} expected)"
        yield f"{ties} to a group of {group.members} around {names or 'itself'}"
    measures = row.measures
    yield from _brokerage(row.brokerage, measures.degree)
    if measures.degree:
        yield (
            f"{measures.degree} partners, betweenness {measures.betweenness:.3f}, constraint "
            f"{measures.constraint:.2f}, effective size {measures.effective_size:.1f}"
        )
    if measures.articulation:
        yield f"{measures.articulation} pairs of supplier and buyer are joined through it alone"


def _brokerage(counts: Brokerage, degree: int) -> Iterator[str]:
    possible = degree * (degree - 1)
    for name in Brokerage.__struct_fields__:
        n = getattr(counts, name)
        if n:
            yield f"{name}: {n} pairs {_ROLES[name]} ({n / possible:.0%} of {possible} possible)"


def _triple(number: int, triple: Triple, name: str, quotes: dict[str, str]) -> Iterator[str]:
    yield f"{number}. {triple.supplier.name} → {name} → {triple.buyer.name}   {triple.product}"
    yield from _side("got from", triple.supplier, quotes)
    yield from _side("gave to", triple.buyer, quotes)


def _side(word: str, side: Side, quotes: dict[str, str]) -> Iterator[str]:
    day = (side.date or "undated")[:10]
    untold = "" if side.product else ", goods not told"
    yield f"   {word} {side.name} ({side.id}), {day}: {', '.join(side.evidence)}{untold}"
    for post in side.posts[:3]:
        if post in quotes:
            yield f"      “{quotes[post]}”  {post}"
