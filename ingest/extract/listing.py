"""Puts the slots of one listing together."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

import msgspec

from ingest.extract.beside_goods import settled
from ingest.extract.claims import exclusivity, freshness, test_claim
from ingest.extract.clause_mates import of_act, of_goods
from ingest.extract.confidence import confidence
from ingest.extract.contact_turns import contacts_in_turn, without_others
from ingest.extract.contacts import Contact
from ingest.extract.described import described
from ingest.extract.escrow import read_escrow
from ingest.extract.fields import field_codes, read_fields
from ingest.extract.figures import (
    budgets,
    read_prices,
    read_quantities,
    wages,
    without_wages,
)
from ingest.extract.gate import polarity_of
from ingest.extract.methods import read_methods
from ingest.extract.owners import contact_refs
from ingest.extract.patterns.votes import voted
from ingest.extract.places import read_jurisdictions
from ingest.extract.products import choose_products, goods_tokens, product_refs
from ingest.extract.recruits import recruitment
from ingest.extract.roles import read_roles
from ingest.extract.row_goods import with_row_goods
from ingest.extract.scene import Scene
from ingest.extract.sections import said_below, stamped
from ingest.extract.sources import read_sources, told_by_methods
from ingest.extract.spans import within
from ingest.extract.stances import Stance, stances
from ingest.extract.steps import Part, finished
from ingest.extract.tokens import DATA_GENERIC, Token
from ingest.extract.undecided import decided
from ingest.extract.unit import Unit
from ingest.extract.units import figures_of, split_units
from ingest.extract.warning import accused_contacts, told_of_accused
from ingest.extract.worded import LIKE, is_worded
from ingest.records import ContactRef, Listing, ListingClaims, Polarity

_BARE: Final = 0.5
"""Confidence up to which an offer must say something beside its goods."""
_ROWS: Final = 2
"""So many rows beside one make a list in which one of unknown goods is a row too."""
_WITHOUT_GOODS: Final = frozenset(
    {"method", "insider_word", "first_person", "recruit", "quality", "role", "people_word"}
)
"""Kinds of tokens that an offer which names no goods may rest on."""


def read_listings(scene: Scene) -> tuple[Listing, ...]:
    """Listings of a post, numbered from 0; empty where it is none."""
    return finished(listings_in_steps(scene))


def listings_in_steps(scene: Scene) -> Part[tuple[Listing, ...]]:
    """The same, read step by step."""
    goods = sorted([*goods_tokens(scene), *recruitment(scene), *described(scene)])
    # The tables of learned weights are the largest: each is fetched for many texts in a row.
    yield None
    worded = is_worded(scene)
    yield None
    if worded:
        goods = with_row_goods(scene, scene.rules.named.with_added(scene, goods))
    accused = accused_contacts(scene)
    if not (goods or accused or scene.kinds & _WITHOUT_GOODS or worded):
        return ()
    acts = stances(scene, goods)
    aside = told_of_accused(scene, accused)
    if accused:
        scene.figures = [f for f in scene.figures if not aside.overlaps(f.start, f.end)]
        goods = [g for g in goods if not aside.overlaps(g.start, g.end)]
    contacts = contact_refs(scene, accused, warns=False)
    sellers = {(c.kind, c.value) for c in contacts if c.owner == "seller"}
    scene.reach = [c for c in scene.contacts if (c.kind, c.value) in sellers]
    scene.goods, scene.acts = goods, acts
    parts = acts, goods, contacts
    yield None
    found = yield from _offers(scene, parts, warns=bool(accused))
    if found and not accused and scene.post.voice != "reported":
        found = yield from _recounted(scene, parts, found)
    if found:
        yield None
        found = settled(scene, goods, scene.rules.links.relinked(scene, goods, found))
    if accused and not found:
        found.append(_warning(scene, accused))
    return (*found[:1], *(_numbered(item, n) for n, item in enumerate(found[1:], 1)))


_Parts = tuple[list[Stance], list[Token], tuple[ContactRef, ...]]
"""The acts, the goods and the contacts of a post."""


def _offers(scene: Scene, parts: _Parts, *, warns: bool) -> Part[list[Listing]]:
    acts, goods, contacts = parts
    units = split_units(scene, acts, goods)
    turns = contacts_in_turn(scene, units, contacts)
    offered = [
        (unit, (turns[number],) if number in turns else _of_line(scene, unit, contacts))
        for number, unit in enumerate(units)
        if not warns or _sells(scene, unit)
    ]
    if len(stamps := stamped(scene)) > 1:
        offered = [(unit, _by_speaker(scene, unit, own, stamps)) for unit, own in offered]
    found = yield from _listings(scene, offered)
    if not found and is_worded(scene):
        scene.by_wording = True
        found = yield from _listings(scene, offered)
    return found


def _recounted(scene: Scene, parts: _Parts, found: list[Listing]) -> Part[list[Listing]]:
    """The listings of an ad once its numbers are judged by what was learned of such."""
    yield None
    by_rule, by_vote = scene.figures, scene.votes
    figures, votes = scene.rules.counts.recounted(scene)
    if figures == by_rule:
        return found
    scene.recount(figures)
    scene.votes = votes
    again = yield from _offers(scene, parts, warns=False)
    if again:
        return again
    scene.figures, scene.votes = by_rule, by_vote
    return found


def _listings(
    scene: Scene, offered: Sequence[tuple[Unit, tuple[ContactRef, ...]]]
) -> Part[list[Listing]]:
    found: dict[int, Listing] = {}
    for number, (unit, contacts) in enumerate(offered):
        listing = yield from _listing(scene, unit, contacts)
        if listing is not None:
            found[number] = listing
    acts = {number: listing.polarity for number, listing in found.items()}
    for number, (unit, contacts) in enumerate(offered):
        if number not in acts and (act := _of_rows(scene, unit, number, acts)):
            listing = yield from _listing(scene, unit, contacts, act)
            if listing is not None:
                found[number] = listing
    return [found[number] for number in sorted(found)]


def _of_rows(scene: Scene, unit: Unit, number: int, acts: Mapping[int, Polarity]) -> str | None:
    """The act of the rows around a priced row of a list whose goods no term names."""
    if unit.goods or not unit.beside or len(unit.own) != 1 or not acts:
        return None
    below = scene.text[unit.own[0][0] - 1 : unit.own[0][0]] == "\n"
    if below and max(len(acts), unit.beside) < _ROWS:
        return None
    priced = any(f.kind == "price" for f in within(scene.figures, unit.own))
    beside = {acts[n] for n in (number - 1, number + 1) if n in acts} or set(acts.values())
    return beside.pop() if priced and len(beside) == 1 else None


def _numbered(record: Listing, number: int) -> Listing:
    return msgspec.structs.replace(record, listing=number)


def _sells(scene: Scene, unit: Unit) -> bool:
    """An ad that also warns has goods, and an act or a price, outside the warning."""
    priced = any(f.kind == "price" for f in scene.figures)
    named = any(g.id != DATA_GENERIC and not g.weak for g in unit.goods)
    return bool(unit.goods) and (priced or (named and unit.stance is not None))


def _listing(
    scene: Scene, unit: Unit, contacts: tuple[ContactRef, ...], of_rows: str | None = None
) -> Part[Listing | None]:
    """The listing of a unit. `of_rows`: the act of the rows beside it, where its own is unknown."""
    ranges = unit.ranges
    tokens = within(scene.tokens, ranges)
    figures = figures_of(scene, unit)
    act = of_rows or polarity_of(scene, unit, tokens, figures)
    if act is None:
        return None
    yield None
    fields = read_fields(scene, tokens)
    products = scene.rules.named.kept(scene, choose_products(scene, unit.goods, fields))
    codes = field_codes(fields, products)
    if unit.goods and not products:
        return None
    methods = read_methods(scene, tokens, products, ranges)
    own = of_goods(scene, tokens, [*unit.goods, *products])
    sources = told_by_methods(read_sources(scene, own, products, ranges), methods)
    unsure: tuple[str, ...] = ()
    if not unit.paired:
        figures, unsure = decided(scene, figures, (products, unit.goods), sources, act)
    figures = of_act(scene, figures, products, act)
    figures = (wages if act == "recruit" else without_wages)(scene.text, figures)
    figures = budgets(figures, products) if act == "request" else figures
    yield None
    window = "\n".join(scene.text[s:e] for s, e in ranges)
    affirmed = "\n".join(scene.affirmed[s:e] for s, e in ranges)
    record = Listing(
        post=scene.post.id,
        listing=0,
        text=scene.post.text,
        lang=scene.lang,
        voice=scene.post.voice,
        polarity=_polarity(act),
        confidence=0.0,
        products=product_refs(scene, products, unit.stance.end if unit.stance else -1),
        sources=sources,
        methods=methods,
        quantities=read_quantities(scene, figures, products),
        prices=read_prices(scene, figures, products),
        contacts=without_others(scene, products, contacts),
        escrow=read_escrow(scene, tokens, products),
        roles=read_roles(scene, act, unit.stance, products, ranges),
        claims=ListingClaims(
            freshness(scene, tokens, affirmed),
            exclusivity(affirmed),
            test_claim(window),
            read_jurisdictions(scene, tokens, sources),
            codes,
        ),
        masked=scene.post.masked,
        problems=(*(f.words for f in figures if f.kind == "problem"), *unsure),
    )
    record = voted(scene, ranges, _with_confidence(scene, record, unit, products))
    return None if scene.likeness < LIKE and _says_too_little(record) else record


def _says_too_little(record: Listing) -> bool:
    """Whether an offer rests on one ambiguous word: no price, amount, contact, source or claim."""
    if record.polarity != "offer" or record.confidence > _BARE:
        return False
    claims = record.claims
    told = (record.prices, record.quantities, record.contacts, record.sources, record.methods)
    said = (record.escrow, claims.freshness, claims.exclusivity, claims.test, claims.fields)
    return not any(told) and not any(said)


def _of_line(scene: Scene, unit: Unit, contacts: tuple[ContactRef, ...]) -> tuple[ContactRef, ...]:
    """A contact on the line of one listing is not that of the listings on other lines."""
    if len(contacts) < 2 or not unit.beside:
        return contacts
    near = within(scene.contacts, unit.own) or within(scene.contacts, unit.shared)
    values = {(c.kind, c.value) for c in near}
    return tuple(c for c in contacts if not values or (c.kind, c.value) in values)


def _by_speaker(
    scene: Scene, unit: Unit, contacts: tuple[ContactRef, ...], stamps: Sequence[tuple[int, str]]
) -> tuple[ContactRef, ...]:
    """Without the contacts that another one gives in a copied talk."""
    name = said_below(stamps, unit.own[0][0])
    others = {(c.kind, c.value) for c in scene.contacts if said_below(stamps, c.start) != name}
    return tuple(c for c in contacts if (c.kind, c.value) not in others)


def _with_confidence(scene: Scene, record: Listing, unit: Unit, products: list[Token]) -> Listing:
    value = confidence(
        record,
        act=unit.stance is not None,
        weak=all(p.weak for p in products),
        unsure=sum(not c.sure for c in scene.contacts[:1]),
    )
    return msgspec.structs.replace(record, confidence=value)


def _polarity(act: str) -> Polarity:
    return cast(Polarity, act)


def _warning(scene: Scene, accused: Sequence[Contact]) -> Listing:
    ranges = [(0, len(scene.text))]
    record = Listing(
        post=scene.post.id,
        listing=0,
        text=scene.post.text,
        lang=scene.lang,
        voice=scene.post.voice,
        polarity="warning",
        confidence=0.0,
        contacts=contact_refs(scene, accused, warns=True),
        roles=read_roles(scene, "warning", None, [], ranges),
        masked=scene.post.masked,
    )
    value = confidence(record, act=True, weak=False, unsure=0)
    return msgspec.structs.replace(record, confidence=value)
