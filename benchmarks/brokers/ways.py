"""Ways to rank accounts, all from the same ties: ours, and what a user would pick instead."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

import networkx as nx

from benchmarks.brokers.planted import Seen
from graph.analysis.dealings import Dealing, dealings
from graph.analysis.ledger import Ledger
from graph.analysis.measures.analysis import Analysis
from graph.analysis.ranking import candidates

Way = Callable[[Seen], list[str]]
_PREFIX: Final = "account:"


def matched(found: Sequence[Dealing]) -> list[str]:
    """Accounts by matched dealings, best first."""
    return [one.account for one in candidates(Ledger(found))]


def by(values: Mapping[str, float]) -> list[str]:
    """Accounts from the largest value down, equal ones by id."""
    return sorted(values, key=lambda account: (-values[account], account))


def _matched_dealings(seen: Seen) -> list[str]:
    return matched(dealings(seen.pieces))


def _accounts_alone(seen: Seen) -> list[str]:
    return matched(dealings(seen.alone))


def _degree(seen: Seen) -> list[str]:
    return by({name: seen.network.degree(name) for name in seen.network.names})


def _betweenness(seen: Seen) -> list[str]:
    return by(nx.betweenness_centrality(seen.network.directed))


def _constraint(seen: Seen) -> list[str]:
    return by({name: -value for name, value in nx.constraint(seen.network.simple).items()})


def _effective_size(seen: Seen) -> list[str]:
    return by(nx.effective_size(seen.network.simple))


def _pagerank(seen: Seen) -> list[str]:
    return by(nx.pagerank(seen.network.simple))


def _structural(seen: Seen) -> list[str]:
    """J by the roles that accounts claim; by its role lens alone where ties are too sparse."""
    network = seen.network
    analysis = Analysis(network.directed)
    found = analysis.structural_score({name: network.side(name) for name in network.names})
    return by(analysis.arrays.named(found.score))


def _community_broker(seen: Seen) -> list[str]:
    analysis = Analysis(seen.network.simple)
    groups = {name: n for n, part in enumerate(analysis.communities()) for name in part}
    return by(analysis.community_broker_score(groups))


def _both_sides(seen: Seen) -> list[str]:
    """A plain hand rule: of how many goods an account is both asker and offerer."""
    return by(
        {
            account: len(goods & seen.requests.get(account, frozenset())) + len(goods) / 1000
            for account, goods in seen.offers.items()
        }
    )


WAYS: Final[Mapping[str, Way]] = {
    "matched dealings": _matched_dealings,
    "matched dealings, each account by itself": _accounts_alone,
    "structural score J": _structural,
    "community broker score": _community_broker,
    "hand rule: asks for and offers the same": _both_sides,
    "degree": _degree,
    "betweenness": _betweenness,
    "constraint": _constraint,
    "effective size": _effective_size,
    "PageRank": _pagerank,
}


def ranked(seen: Seen, way: Way) -> list[str]:
    """Accounts by their key in the truth, best first."""
    return [account.removeprefix(_PREFIX) for account in way(seen)]
