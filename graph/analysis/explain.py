"""An account as a page that an investigator can check line by line, from top to bottom."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from graph.analysis.brokers import COMPOSED
from graph.analysis.explain_position import consequences, firmness, position
from graph.analysis.goods import plain_name
from graph.analysis.ranking import SAMPLES
from graph.analysis.rows import BrokerRow, Side, Triple
from graph.analysis.warnings import BY_ACTIVITY, NOT_RANKED

LEAD = "A rank is a lead, not a finding."
NOTHING_MATCHED = "no supplier and buyer of the same goods could be matched"
_QUOTES = 3
_POSTS = 6
_BASES = {
    "self_described": "says so",
    "act_derived": "by what it did",
    "accused": "others accuse it",
    "report": "a report says so",
    "court": "a court found so",
    "analyst": "an analyst put it down",
}
_EVIDENCE = {
    "agent_of": "says that it sells for them",
    "answered": "an offer and answered buying words",
    "dealt": "both speak of the deal as done",
    "escrow_notice": "an escrow notice names both",
    "forward": "forwarded with its own contact",
    "one_way_reply": "buying words that nobody answered",
    "receipt": "one of them speaks of the deal as done",
    "received": "says that it received the goods",
    "recruited": "recruited as an agent",
    "taken_up": "a request, answered, taken up",
    "vouch": "vouches for it",
}
_GOODS_BY = {
    "words": "the words",
    "listing": "an advert among the posts",
    "offers": "what the giver offered then",
    "requests": "what the taker asked for then",
    "between": "their other dealings",
}
_WARNINGS = {
    "indiscriminate": "it has very many partners in all groups alike, as a spammer or a shop has",
    "role unknown": "nothing says or shows which role it has",
    "fewer than three ties": "its place in the network rests on fewer than three partners",
    "single source file": "all posts behind it stand in one and the same file",
    "only shared-escrow ties": "nothing but escrow services and their notices ties it to others",
    BY_ACTIVITY: "as much matches where it is drawn by lot who dealt with whom (see below)",
    "approximate": "the graph or the number of its dealings is large: some figures are sampled",
}
Day = Callable[[str], str]
"""A UTC time as it stands in a document -> as people read it."""


def explanation(
    row: BrokerRow,
    quotes: Mapping[str, str],
    *,
    goods: Mapping[str, str] | None = None,
    day: Day = str,
) -> Iterator[str]:
    """Lines of text, those of a section indented; `quotes`: post id -> words of the post.

    `goods`: product id -> its name where it is traded.
    """
    named = goods or {}
    yield f"{row.name}   {row.id}"
    sections: list[tuple[str, Sequence[str]]] = [
        ("In short", [*_short(row, named)]),
        ("Take care", [*_care(row)]),
        ("Who stands on both sides", [*_triples(row, quotes, named, day)]),
        ("How firm the rank is", [*firmness(row)]),
        ("Where it stands in the network of goods", [*position(row)]),
        ("What would break without it", [*consequences(row)]),
    ]
    for title, lines in sections:
        if lines:
            yield ""
            yield title
            yield from (f"  {line}" for line in lines)
    yield ""
    yield LEAD


def brief(row: BrokerRow, quotes: Mapping[str, str]) -> Iterator[str]:
    """The beginning of the page: the rank, warnings and triples."""
    yield f"{row.name}   {row.id}"
    yield from _short(row, {})
    if row.warnings:
        yield f"warnings: {', '.join(row.warnings)}"
    yield from _triples(row, quotes, {}, str)


def _short(row: BrokerRow, goods: Mapping[str, str]) -> Iterator[str]:
    yield _place(row)
    passed = dict.fromkeys(triple.product for triple in row.triples)
    if passed:
        yield f"goods that pass through it: {'; '.join(_goods(one, goods) for one in passed)}"
    yield f"roles: {', '.join(map(_role, row.roles))}"


def _place(row: BrokerRow) -> str:
    if row.rank is None:
        return next((told for told in row.warnings if told.startswith(NOT_RANKED)), "not ranked")
    kept = round(row.stability * SAMPLES)
    return (
        f"ranks {row.rank} of {row.ranks.of} on matched dealings, in the top {row.ranks.top} in "
        f"{kept} of {SAMPLES} re-samples; score {row.score:.2f}, a place and no probability"
    )


def _role(role: str) -> str:
    code, _, basis = role.partition(" (")
    known = _BASES.get(basis.rstrip(")"))
    return role if known is None else f"{code.replace('_', ' ')} ({known})"


def _goods(product: str, goods: Mapping[str, str]) -> str:
    return goods.get(product) or plain_name(product)


def _care(row: BrokerRow) -> Iterator[str]:
    for warning in row.warnings:
        if not warning.startswith(NOT_RANKED):
            meaning = _WARNINGS.get(warning)
            yield warning if meaning is None else f"{warning}: {meaning}"


def _triples(
    row: BrokerRow, quotes: Mapping[str, str], goods: Mapping[str, str], day: Day
) -> Iterator[str]:
    if not row.triples:
        yield NOTHING_MATCHED
        yield from _posts(row, quotes)
        return
    for number, triple in enumerate(row.triples, 1):
        yield from _triple(number, triple, row.name, quotes, goods, day)
    yield COMPOSED


def _posts(row: BrokerRow, quotes: Mapping[str, str]) -> Iterator[str]:
    told = [post for post in row.evidence if post in quotes]
    if told:
        yield "Posts behind its ties, the earliest and the latest:"
    half = _POSTS // 2
    for post in told if len(told) <= _POSTS else [*told[:half], *told[-half:]]:
        yield f"   “{quotes[post]}”  {post}"


def _triple(
    number: int,
    triple: Triple,
    name: str,
    quotes: Mapping[str, str],
    goods: Mapping[str, str],
    day: Day,
) -> Iterator[str]:
    what = _goods(triple.product, goods)
    yield f"{number}. {triple.supplier.name} → {name} → {triple.buyer.name}   {what}"
    yield from _side("got from", triple.supplier, triple.product, quotes, day)
    yield from _side("gave to", triple.buyer, triple.product, quotes, day)


def _told(side: Side, product: str) -> str:
    """What a side says of the goods, where it does not tell those of the triple."""
    if side.product == product:
        return ""
    by = ", ".join(_GOODS_BY[sign] for sign in side.goods_by)
    told = "goods not told" if side.product is None else f"read as {plain_name(side.product)}"
    if by:
        return f"; {told}, likely these by {by}"
    return f"; {told}" if side.product is None else f"; {told}, perhaps these"


def _side(
    word: str, side: Side, product: str, quotes: Mapping[str, str], day: Day
) -> Iterator[str]:
    when = "undated" if side.date is None else day(side.date)
    untold = _told(side, product)
    said = ", ".join(_EVIDENCE.get(kind, kind.replace("_", " ")) for kind in side.evidence)
    yield f"   {word} {side.name} ({side.id}), {when}: {said}{untold}"
    for post in side.posts[:_QUOTES]:
        if post in quotes:
            yield f"      “{quotes[post]}”  {post}"
