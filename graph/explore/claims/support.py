"""Which other claims support one, and owe nothing to it."""

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from graph.analysis.independence import (
    NOT_STATED,
    ONE_COLLECTOR,
    Links,
    Voice,
    grouped,
    links_of,
)
from graph.build.rows import chunks
from graph.explore.claims.graded import NO_CLAIM
from graph.explore.claims.model import Statement, Support
from graph.store.base import GraphStore

_IN: Final = "IN (SELECT value FROM json_each(?))"
_COLLECTED: Final = f"""
SELECT DISTINCT v.post_n, r.operator FROM post_version v JOIN capture c ON c.version_n = v.n
JOIN file f ON f.n = c.file_n JOIN run r ON r.n = f.run_n
WHERE v.post_n {_IN} AND r.operator IS NOT NULL ORDER BY 1, 2
"""
_CLUSTERS: Final = f"SELECT post_n, cluster FROM text_cluster WHERE post_n {_IN}"
_SELLERS: Final = """
MATCH (a:Account)-[:RESOLVED_TO]->(x:Actor) WHERE a.id IN $ids
RETURN a.id AS account, x.id AS actor ORDER BY account
"""
_Keys = frozenset[tuple[str, str, str]]


class Supports:
    """Who says the same independently, over the shown claims and those beside them."""

    def __init__(
        self, store: GraphStore, connection: sqlite3.Connection, claims: Iterable[Statement]
    ) -> None:
        self.links: Links = links_of(lambda text, given: store.run(text, given).rows)
        counted = [each for each in claims if _counts(each)]
        voices = _voices(store, connection, counted)
        self._voices = {each.id: voice for each, voice in zip(counted, voices, strict=True)}
        self._alike: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
        for each in sorted(counted, key=lambda one: one.id):
            for key in _keys(each):
                self._alike[key].append(each)
        self._grouped: dict[_Keys, dict[str, str]] = {}

    def of(self, claim: Statement) -> Support:
        """The other groups that say the same of the same."""
        if claim.id not in self._voices:
            return Support(None, NO_CLAIM if claim.layer == "assessed" else claim.status)
        if self.links.collectors < 2:
            return Support(None, ONE_COLLECTOR)
        group = self._groups(_keys(claim))
        own = group[claim.id]
        if not self._voices[claim.id].collectors:
            return Support(None, NOT_STATED, own)
        others = {
            group[each.id]
            for key in _keys(claim)
            for each in self._alike[key]
            if not each.vague and self._voices[each.id].collectors
        } - {own}
        return Support(len(others), _words(len(others)), own, tuple(sorted(others)))

    def _groups(self, keys: _Keys) -> dict[str, str]:
        """Claims that say one of these -> the smallest claim of the group of each."""
        if keys not in self._grouped:
            same = {each.id: each for key in keys for each in self._alike[key]}
            ids = sorted(same)
            firsts = grouped([self._voices[id_] for id_ in ids], self.links, by_collector=True)
            self._grouped[keys] = {id_: ids[n] for id_, n in zip(ids, firsts, strict=True)}
        return self._grouped[keys]


def _keys(claim: Statement) -> _Keys:
    return frozenset((said.subject, said.slot, said.value) for said in claim.says)


def _words(n: int) -> str:
    return f"{n} independent {'support' if n == 1 else 'supports'}" if n else "no other support"


def _counts(claim: Statement) -> bool:
    """Whether it is somebody's claim that stands: what was withdrawn or judged supports nothing."""
    return claim.layer == "claimed" and claim.status == "active" and claim.post_n is not None


def _voices(
    store: GraphStore, connection: sqlite3.Connection, claims: Sequence[Statement]
) -> list[Voice]:
    numbers = sorted({each.post_n for each in claims if each.post_n is not None})
    collectors: dict[int, list[str]] = defaultdict(list)
    clusters: dict[int, str] = {}
    for chunk in chunks(numbers):
        given = (msgspec.json.encode(chunk).decode(),)
        for post_n, operator in connection.execute(_COLLECTED, given):
            collectors[post_n].append(operator)
        clusters.update(connection.execute(_CLUSTERS, given).fetchall())
    sellers = _sellers(store, {each.speaker.id for each in claims if each.speaker.id})
    return [
        Voice(
            each.speaker.id or each.id,
            sellers.get(each.speaker.id or "", each.speaker.id or each.id),
            clusters.get(each.post_n or 0, each.post or each.id),
            collectors[each.post_n or 0],
        )
        for each in claims
    ]


def _sellers(store: GraphStore, accounts: Collection[str]) -> Mapping[str, str]:
    rows = store.run(_SELLERS, {"ids": sorted(accounts)}).rows
    return {str(row["account"]): str(row["actor"]) for row in rows}
