"""What a person reviews: candidates with what was decided on them, and the log of decisions."""

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final, Literal, cast

import msgspec

from evidence.decisions import Decision, decision_log, standing
from evidence.errors import NotFoundError, UsageError
from evidence.joining.venues import SAME_PLACE
from graph.resolve.groups import BETWEEN, IDENTITY, Conflict, Judged, conflicts, verdicts, waits
from graph.resolve.signs import Pair, pair
from graph.store.base import GraphStore

OPEN: Final = "open"
WAITING: Final = "waiting"
_CANDIDATES: Final = """
MATCH (a:Account)-[m:MAYBE_SAME]->(b:Account)
RETURN a.id AS one, b.id AS two, a.name AS name_a, b.name AS name_b, m.score AS score,
       m.features AS features, m.counter AS counter, m.n AS n_posts, m.first_seen AS first_seen,
       m.last_seen AS last_seen, m.posts AS evidence
ORDER BY one, two
"""
_BEGINNING: Final = len("decision:") + 4
State = Literal["in force", "superseded", "undone", "waits for a second reviewer"]


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """Two accounts that may be one actor's; `score` None where only a person joined them.

    `status` is what is in effect; `waits` tells of decisions that wait for a second reviewer.
    """

    account_a: str
    account_b: str
    name_a: str | None = None
    name_b: str | None = None
    score: float | None = None
    features: list[str] = []
    counter: list[str] = []
    status: str = OPEN
    decision: str | None = None
    conflict: str | None = None
    n_posts: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    evidence: list[str] = []
    waits: str | None = None


class Entry(msgspec.Struct, frozen=True):
    """A line of the log; the accounts of an undoing are those of the decision it takes back."""

    decision: str
    action: str
    account_a: str
    account_b: str
    state: State
    conflict: str | None
    author: str
    at: int
    reason: str
    undoes: str | None


def candidates(
    store: GraphStore,
    connection: sqlite3.Connection,
    least: float,
    status: str | None,
    reviewers: int = 1,
) -> list[Candidate]:
    """Candidates of a status (None: all), best first; open ones from the score `least` on.

    What was decided since the last build counts already. `WAITING` as a status asks for the pairs
    on which a decision waits for a second reviewer.
    """
    stand = verdicts(connection, reviewers)
    contradicted = _by_pair(conflicts(list(stand.judged.values())))
    seen = {pair(row["one"], row["two"]): row for row in store.run(_CANDIDATES).rows}
    found = [
        msgspec.structs.replace(
            _candidate(both, seen.get(both, {}), stand.judged.get(both), contradicted.get(both)),
            waits=waits(stand.waiting.get(both, ())),
        )
        for both in sorted(seen.keys() | stand.judged.keys() | stand.waiting.keys())
    ]
    kept = [each for each in found if _asked(each, least, status)]
    return sorted(kept, key=lambda each: (-(each.score or 0.0), each.account_a, each.account_b))


def _asked(candidate: Candidate, least: float, status: str | None) -> bool:
    if status == WAITING:
        return candidate.waits is not None
    if status not in (None, candidate.status):
        return False
    asked_for_all = status is None and candidate.waits is not None
    return asked_for_all or candidate.status != OPEN or (candidate.score or 0.0) >= least


def log(connection: sqlite3.Connection, reviewers: int = 1) -> list[Entry]:
    """All decisions on identity and what took them back, in the order in which they were made."""
    whole = {each.id: each for each in decision_log(connection)}
    stands = {each.id for each in standing(list(whole.values()))}
    stand = verdicts(connection, reviewers)
    known = list(stand.judged.values())
    last = {decision.id: each.pair for each in known for decision in each.decisions}
    waiting = {decision.id for found in stand.waiting.values() for decision in found}
    contradicted = _by_pair(conflicts(known))
    entries = []
    for each in whole.values():
        first = _first(whole, each)
        if first.kind not in (IDENTITY, SAME_PLACE):
            continue
        state: State = "in force" if each.id in stands else "undone"
        if state == "in force" and each.kind == IDENTITY and each.id not in last:
            state = "waits for a second reviewer" if each.id in waiting else "superseded"
        one, _, two = first.target.partition(BETWEEN)
        entries.append(
            Entry(
                each.id,
                each.value or "undo",
                one,
                two,
                state,
                contradicted.get(last[each.id]) if each.id in last else None,
                each.author,
                each.at,
                each.reason,
                each.undoes,
            )
        )
    return entries


def identity_decision(connection: sqlite3.Connection, typed: str) -> str:
    """The decision on identity whose id begins so. UsageError, NotFoundError."""
    if not typed.startswith("decision:") or len(typed) < _BEGINNING:
        raise UsageError(f"{typed[:60]!r} is no id of a decision", hint="It begins with decision:")
    found = {each.decision for each in log(connection) if each.decision.startswith(typed)}
    if typed in found:
        return typed
    if not found:
        raise NotFoundError(f"{typed[:60]} is not in this case", hint="heichan resolve log")
    if len(found) > 1:
        raise UsageError(f"{typed} begins more than one id", hint="Give more of its characters.")
    return found.pop()


def _candidate(
    both: Pair, row: Mapping[str, Any], known: Judged | None, conflict: str | None
) -> Candidate:
    return Candidate(
        account_a=both[0],
        account_b=both[1],
        name_a=row.get("name_a"),
        name_b=row.get("name_b"),
        score=row.get("score"),
        features=list(row.get("features") or ()),
        counter=list(row.get("counter") or ()),
        status=OPEN if known is None else known.verdict,
        decision=None if known is None else known.decision.id,
        conflict=conflict,
        n_posts=cast(int, row.get("n_posts") or 0),
        first_seen=row.get("first_seen"),
        last_seen=row.get("last_seen"),
        evidence=list(row.get("evidence") or ()),
    )


def _by_pair(found: Iterable[Conflict]) -> dict[Pair, str]:
    """Words of a conflict by each pair that takes part in it, the pair held apart too."""
    words: dict[Pair, str] = {}
    for each in found:
        links = zip(each.chain, each.chain[1:], strict=False)
        for both in (each.judged.pair, *(pair(one, two) for one, two in links)):
            words.setdefault(both, each.words)
    return words


def _first(whole: Mapping[str, Decision], decision: Decision) -> Decision:
    """The decision that a chain of undoings is about."""
    while decision.undoes is not None:
        decision = whole[decision.undoes]
    return decision
