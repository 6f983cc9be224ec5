"""The kinds of worlds."""

from collections.abc import Mapping
from types import MappingProxyType

from benchmarks.worlds.scenario import Scenario, Shares

# What says a role outright; where roles are hidden, nobody uses it.
_ROLE_WORDS = ("claim", "client")

_ALL = (
    Scenario("plain", "A mixed market: some of everything."),
    Scenario(
        "spammers",
        "Spammers answer requests and offers of every kind at once; nothing ever comes of it.",
        Shares(spammer=9, copycat=2),
        spam_answers=60,
    ),
    Scenario(
        "focused_posters",
        "Posters with one kind of goods, who offer and ask for it day by day and close nothing.",
        Shares(spammer=2, focused=9),
    ),
    Scenario(
        "hidden_roles",
        "Nobody says a role word: no source, agent, client or middleman is ever named.",
        Shares(selfstyled=0),
        muted=_ROLE_WORDS,
        client=0,
        recruits=0,
        introductions=4,
    ),
    Scenario(
        "sparse_replies",
        "Most of the dealing is private; few steps show.",
        openness=24,
        escrow=5,
        deals=(6, 14),
        sure=1,
    ),
    Scenario(
        "many_venues",
        "Suppliers and buyers keep to groups of their own; brokers bridge them.",
        telegram=6,
        qq=2,
        split=True,
        both_platforms=30,
    ),
    Scenario(
        "quiet_brokers",
        "Brokers write little and deal seldom; everybody else is louder.",
        deals=(3, 4),
        forwards=5,
        recruits=5,
        broker_chat=15,
        lively=(21, 25),
    ),
    Scenario(
        "self_styled",
        "Many call themselves middlemen and bring nobody together.",
        Shares(selfstyled=8, trader=8),
        client=8,
        recruits=10,
    ),
    Scenario(
        "two_languages",
        "Half of the market speaks English; brokers speak both languages.",
        english=48,
        telegram=4,
        qq=1,
    ),
    Scenario(
        "one_product",
        "Nearly everybody deals in the same goods, so that the kind tells nothing.",
        dominant=85,
    ),
    Scenario(
        "resellers",
        "Stock holders buy in bulk and sell the same goods weeks later.",
        Shares(reseller=9, buyer=28),
    ),
    Scenario(
        "sockpuppets",
        "Brokers and suppliers use several accounts: one buys, one sells, one praises.",
        socks=55,
    ),
    Scenario(
        "renamed",
        "Accounts are given up for new ones, names change, and left handles are taken by others.",
        renamed=45,
        taken=50,
    ),
    Scenario(
        "escrow_everywhere",
        "Escrow programs and hands stand on most dealings, and on the second-hand ones too.",
        escrow=80,
    ),
    Scenario(
        "copycats",
        "Many repost the offers of others under their own contact and have nothing behind them.",
        Shares(copycat=9, spammer=3),
    ),
    Scenario(
        "traders",
        "Many buy one kind of goods and sell another, own kind.",
        Shares(trader=18, buyer=22),
    ),
    Scenario(
        "hubs",
        "A few popular shops sell their own goods to many and buy some of their needs.",
        hubs=7,
        hub_sales=(26, 46),
        deals=(3, 8),
    ),
)

SCENARIOS: Mapping[str, Scenario] = MappingProxyType({one.name: one for one in _ALL})
