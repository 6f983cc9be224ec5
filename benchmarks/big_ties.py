"""Ties between the people of an invented market: roles, dealings, speech and candidates."""

from datetime import date, timedelta
from itertools import pairwise, permutations

from benchmarks.big_market import BESIDE, CHAIN, PRODUCTS, Market
from graph import ids
from graph.build.draft import Ref

_STEPS = ("BUYS_FROM", "SUPPLIES", "BROKERS_FOR", "INSTRUCTS", "EXTRACTS_FROM", "RECRUITS")
_SAID = ("explicit_text", "report", "court")
_STATES = ("open", "open", "unsure", "same", "different")
_SPEECH = (("ACCUSES", 900), ("VOUCHES_FOR", 1_500))


def tie_together(market: Market) -> None:
    """Everything between people."""
    for number, account in enumerate(market.accounts):
        _roles(market, number, account)
        _presence(market, number, account)
    for _ in range(market.share(6_000)):
        _deal(market)
    _unknown_uplines(market)
    _speech(market)
    _candidates(market)


def _roles(market: Market, number: int, account: Ref) -> None:
    """A role of two thirds of all; of some a second one, beside the first or after it."""
    if number % 3 == 0:
        return
    first, last = sorted((market.day(), market.day()))
    _hold(market, account, _role(number), first, last)
    if number % 7 == 1:
        _hold(market, account, _other(number), first + timedelta(days=5), last)
    if number % 11 == 1:
        begun = last + timedelta(days=market.chance.randrange(60))
        _hold(market, account, _other(number), begun, begun + timedelta(days=90))


def _role(number: int) -> str:
    return CHAIN[number % len(CHAIN)] if number % 5 else BESIDE[number % len(BESIDE)]


def _other(number: int) -> str:
    return CHAIN[(number + 3) % len(CHAIN)]


def _hold(market: Market, account: Ref, code: str, first: date, last: date) -> None:
    if first <= last:
        market.made.holds(account, code, first, last, round(market.chance.random(), 2))


def _presence(market: Market, number: int, account: Ref) -> None:
    made = market.made
    market.say("USES_CONTACT", account, market.often(market.contacts), exclusivity=0.5)
    market.say("ADVERTISES_ON", account, market.often(market.venues))
    if number % 4 == 0:
        venue = market.often(market.venues)
        type_ = "ADMINISTERS" if number % 40 == 0 else "MEMBER_OF_VENUE"
        made.link(type_, account, venue, valid_from=market.when(), n=1)


def _deal(market: Market) -> None:
    """Goods go on to the next layer of the chain or past it; now and then within one."""
    chance, layer = market.chance, market.chance.randrange(len(CHAIN) - 1)
    other = chance.choice((layer, layer + 1, layer + 1, chance.randrange(layer + 1, len(CHAIN))))
    giver, taker = _of_layer(market, layer), _of_layer(market, other)
    if giver == taker:
        return
    goods = ids.vocabulary(market.often(PRODUCTS))
    type_ = market.often(_STEPS)
    start, end = (taker, giver) if type_ in ("BUYS_FROM", "EXTRACTS_FROM") else (giver, taker)
    if type_ in ("INSTRUCTS", "EXTRACTS_FROM"):
        market.say(type_, start, end, basis=chance.choice(_SAID), modality="claimed")
    elif type_ == "RECRUITS":
        market.say(type_, start, end, basis="conversation")
    else:
        market.say(type_, start, end, basis="conversation", product=goods)
    market.say("FLOWS_TO", giver, taker, product=goods, via=[type_],
               listings=[market.often(market.listings).id])  # fmt: skip


def _of_layer(market: Market, layer: int) -> Ref:
    # `_role` gives most accounts with this remainder the role of the layer.
    return market.often(market.accounts[layer :: len(CHAIN)] or market.accounts)


def _unknown_uplines(market: Market) -> None:
    for number in range(market.share(80)):
        unknown = market.made.actor(f"upline{number}", kind="unknown")
        market.say("SUPPLIES", unknown, market.often(market.accounts), basis="explicit_text",
                   product=ids.vocabulary(market.often(PRODUCTS)))  # fmt: skip


def _speech(market: Market) -> None:
    chance, accounts = market.chance, market.accounts
    for type_, count in _SPEECH:
        for number in range(market.share(count)):
            outcome = "upheld" if number % 10 == 0 else "unknown"
            pair = chance.choice(accounts), market.often(accounts)
            market.say(type_, *pair, outcome=outcome)
    for _ in range(market.share(80)):
        ring = market.some(accounts, chance.randint(3, 5))
        for giver, taker in permutations(ring, 2):
            market.say("VOUCHES_FOR", giver, taker, outcome="unknown")
    for number in range(market.share(400)):
        where = market.often(market.venues if number % 2 else market.escrows)
        market.say("DEPOSITED_WITH", chance.choice(accounts), where, amount=500.0, currency="USDT")


def _candidates(market: Market) -> None:
    """Pairs that share a contact or a name, and some that share nothing."""
    made, chance = market.made, market.chance
    for number in range(market.share(400)):
        one, other = chance.choice(market.accounts), chance.choice(market.accounts)
        if one == other:
            continue
        made.link("MAYBE_SAME", one, other, market.when(), features=["contact"],
                  status=_STATES[number % len(_STATES)],
                  score=round(chance.random(), 2))  # fmt: skip
        if number % 2:
            contact = market.often(market.contacts)
            for account in (one, other):
                market.say("USES_CONTACT", account, contact, exclusivity=0.5)
    for _, wearers in sorted(market.wearers.items()):
        worn = list(dict.fromkeys(wearers))[:4]
        for first, second in pairwise(worn):
            made.link("MAYBE_IMPERSONATES", first, second, market.when(), distance=0.1,
                      reason="look-alike")  # fmt: skip
