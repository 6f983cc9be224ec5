"""Groups in which everybody is tied to everybody, in both directions."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations, islice

from queries.header import Header
from queries.steps.base import Context, Row, Step

MOST = 10_000
"""Groups that are looked at; more are called cut off."""
_TAKES = ["giver", "taker", "giver_since", "taker_since", "n", "first", "last", "sure", "evidence"]
_DAY = 86_400


def run(rows: list[Row], context: Context) -> list[Row]:
    """One row a maximal group of at least `k`: `members`, `density`, `account_ages`, evidence.

    A tie counts only with its answer. `density`: of all ties that the members give and get, the
    share that stays among them. `account_ages`: whole days from when each member was first seen to
    the first tie of the group.
    """
    ties = {(row["giver"], row["taker"]): row for row in rows}
    degree: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for giver, taker in ties:
        degree[giver].add((giver, taker))
        degree[taker].add((giver, taker))
    found = list(islice(_groups(ties), MOST + 1))
    if len(found) > MOST:
        context.warnings.append(f"only the first {MOST} groups were looked at")
    least = int(context.parameters["k"])
    kept = [group for group in found[:MOST] if len(group) >= least]
    answer = [_row(group, ties, degree) for group in kept]
    return sorted(answer, key=lambda row: (-len(row["members"]), row["members"]))


def _groups(ties: Iterable[tuple[str, str]]) -> Iterable[list[str]]:
    import networkx as nx

    known = set(ties)
    mutual = sorted(pair for pair in known if pair[0] < pair[1] and pair[::-1] in known)
    names = sorted({name for pair in mutual for name in pair})
    # Numbers, unlike names, are walked in the same order in every process.
    number = {name: at for at, name in enumerate(names)}
    graph = nx.Graph((number[a], number[b]) for a, b in mutual)
    return (sorted(names[at] for at in group) for group in nx.find_cliques(graph))


def _row(
    members: list[str],
    ties: dict[tuple[str, str], Row],
    degree: dict[str, set[tuple[str, str]]],
) -> Row:
    inside = [ties[pair] for a, b in combinations(members, 2) for pair in ((a, b), (b, a))]
    around = {tie for member in members for tie in degree[member]}
    began = min(tie["first"] for tie in inside)
    since = {tie["giver"]: tie["giver_since"] for tie in inside}
    ages = [
        max(0, int((began - born).total_seconds()) // _DAY) if (born := since[member]) else -1
        for member in members
    ]
    return {
        "members": members,
        "density": len(inside) / len(around),
        "account_ages": ages,
        "n_posts": sum(tie["n"] for tie in inside),
        "first_seen": began,
        "last_seen": max(tie["last"] for tie in inside),
        "confidence": min(tie["sure"] for tie in inside),
        "evidence": [tie["evidence"] for tie in inside],
    }


def _takes(header: Header) -> list[str]:
    return _TAKES


CLIQUES = Step(run, _takes, frozenset({"k"}))
