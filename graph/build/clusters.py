"""Families of near-duplicate posts over the whole archive, chatter included."""

from collections import defaultdict

import msgspec

from graph import ids
from graph.build.draft import Ref, short
from graph.build.rows import TALK_SQL
from graph.build.similarity import THRESHOLD, families, reduced
from graph.build.world import World
from ingest.text.normalise import normalise

# Shorter texts are answers that everybody gives.
SHORTEST = 8

_TEXTS = f"""
SELECT p.n, p.id, p.utc, p.account_n, p.venue_n, v.text
FROM post p JOIN post_version v ON v.n = p.version_n
WHERE p.kind IN {TALK_SQL} AND length(v.text) >= {SHORTEST}
ORDER BY p.utc, p.id
"""


class Member(msgspec.Struct, frozen=True, array_like=True):
    """A post of a family; `similarity` to the text that was observed first."""

    n: int
    id: str
    utc: int | None
    account_n: int | None
    venue_n: int | None
    similarity: float


class Cluster(msgspec.Struct, frozen=True):
    """At least two posts, in order of time; the first is the first that was observed."""

    id: str
    members: list[Member]

    @property
    def ref(self) -> Ref:
        return Ref(self.id, "TextCluster")


def find_clusters(world: World) -> list[Cluster]:
    """All families of two or more posts, by id; fills the archive's table of them."""
    grouped = _families(world)
    clusters = []
    for members in grouped:
        if len(members) > 1:
            members.sort(key=lambda member: (member.utc or 0, member.id))
            clusters.append(Cluster(ids.cluster(min(m.id for m in members)), members))
    clusters.sort(key=lambda cluster: cluster.id)
    _store(world, clusters)
    return clusters


def _families(world: World) -> list[list[Member]]:
    same: dict[str, list[tuple[int, str, int | None, int | None, int | None]]] = defaultdict(list)
    for n, id_, utc, account_n, venue_n, text in world.connection.execute(_TEXTS):
        key = reduced(normalise(text).text)
        if len(key) >= SHORTEST:
            same[key].append((n, id_, utc, account_n, venue_n))
    grouped: dict[int, list[Member]] = defaultdict(list)
    for place, posts in zip(families(list(same)), same.values(), strict=True):
        grouped[place.leader].extend(Member(*post, place.similarity) for post in posts)
    return list(grouped.values())


def _store(world: World, clusters: list[Cluster]) -> None:
    world.connection.execute("DELETE FROM text_cluster")
    world.connection.executemany(
        "INSERT INTO text_cluster (post_n, cluster, similarity) VALUES (?, ?, ?)",
        (
            (member.n, cluster.id, member.similarity)
            for cluster in clusters
            for member in cluster.members
        ),
    )


def add_clusters(world: World, clusters: list[Cluster]) -> None:
    """The families that hold a post of the graph, and which post copies which."""
    for cluster in clusters:
        nodes = [member for member in cluster.members if member.id in world.needed]
        if not nodes:
            continue
        members = cluster.members
        first = members[0]
        node = world.draft.node(
            "TextCluster",
            cluster.id,
            f"{len(members)} posts like {short(first.id, 13)}",
            method="minhash",
            threshold=THRESHOLD,
            size=len(members),
            accounts=len({m.account_n for m in members if m.account_n is not None}),
            venues=len({m.venue_n for m in members if m.venue_n is not None}),
            first_post=first.id,
        )
        world.draft.seen(node, *(member.utc for member in members))
        for member in nodes:
            _place(world, node, member, first)


def _place(world: World, cluster: Ref, member: Member, first: Member) -> None:
    post = Ref(member.id, "Post")
    world.draft.rel("IN_CLUSTER", post, cluster, similarity=member.similarity)
    if member.id == first.id or first.id not in world.needed:
        return
    lag = None if member.utc is None or first.utc is None else member.utc - first.utc
    world.draft.rel(
        "REPOST_OF", post, Ref(first.id, "Post"), similarity=member.similarity, lag_s=lag
    )


def first_posters(clusters: list[Cluster]) -> tuple[set[str], dict[str, Member]]:
    """Ids of posts that led a family, and of later copies by others with the post they copy."""
    led: set[str] = set()
    copies: dict[str, Member] = {}
    for cluster in clusters:
        first = cluster.members[0]
        others = [m for m in cluster.members if m.account_n != first.account_n]
        if others:
            led.add(first.id)
        copies.update((member.id, first) for member in others)
    return led, copies
