"""Which posts stand behind the nodes and edges of a plan, found in one reading of the graph."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec

from graph.elements import Node, Relationship

_OF_POST = frozenset({"POSTED", "EXPRESSED_IN", "REPORTED_IN", "SUPPORTED_BY", "IN_CLUSTER"})
_UNDATED = datetime.max.replace(tzinfo=UTC)
Span = tuple[int, int]


class Behind(msgspec.Struct, frozen=True):
    """By id: posts, those of listings apart; where in its post a listing stands; post times."""

    listed: dict[str, list[str]]
    others: dict[str, list[str]]
    spans: dict[str, Span]
    times: dict[str, datetime]

    def chosen(self, name: str, most: int) -> tuple[list[str], int]:
        """Some of the posts, the earliest and the latest of the listings first; how many in all."""
        listed = self._in_time(self.listed.get(name, ()))
        others = [post for post in self._in_time(self.others.get(name, ())) if post not in listed]
        best = _ends(listed, most)
        best += _ends(others, most - len(best))
        return self._in_time(best), len(listed) + len(others)

    def _in_time(self, posts: Iterable[str]) -> list[str]:
        return sorted(set(posts), key=lambda post: (self.times.get(post, _UNDATED), post))


def behind(nodes: Iterable[Node], ties: Sequence[Relationship], wanted: frozenset[str]) -> Behind:
    """The posts behind each wanted node and relationship."""
    found = Behind({}, {}, {}, {})
    for node in nodes:
        time = node.props.get("posted_at")
        if node.label == "Post" and isinstance(time, datetime):
            found.times[node.id] = time
    expressed = {tie.start: tie for tie in ties if tie.type == "EXPRESSED_IN"}
    for tie in ties:
        _add(found, tie, expressed, wanted)
    for post in wanted:
        if post.startswith("post:"):
            found.others.setdefault(post, []).append(post)
    return found


def _add(
    found: Behind, tie: Relationship, expressed: Mapping[str, Relationship], wanted: frozenset[str]
) -> None:
    posts = tie.props.get("posts")
    named = [str(post) for post in posts] if isinstance(posts, list) else []
    for owner in (tie.id, tie.start, tie.end):
        if owner in wanted and named:
            found.others.setdefault(owner, []).extend(named)
    if tie.type in _OF_POST:
        for owner, post in _ends_of(tie, "Post"):
            if owner in wanted:
                found.others.setdefault(owner, []).append(post)
    for owner, listing in _ends_of(tie, "Listing"):
        if listing in expressed and {owner, listing, tie.id} & wanted:
            _of_listing(found, (owner, listing, tie.id), expressed[listing], wanted)


def _of_listing(
    found: Behind, owners: Iterable[str], said: Relationship, wanted: frozenset[str]
) -> None:
    start, end = said.props.get("span_start"), said.props.get("span_end")
    if isinstance(start, int) and isinstance(end, int):
        found.spans.setdefault(said.end, (start, end))
    for owner in owners:
        if owner in wanted:
            found.listed.setdefault(owner, []).append(said.end)


def _ends_of(tie: Relationship, label: str) -> Iterator[tuple[str, str]]:
    """(other end, the end that has the label), for each end that has it."""
    if tie.start_label == label:
        yield tie.end, tie.start
    if tie.end_label == label:
        yield tie.start, tie.end


def _ends(posts: Sequence[str], most: int) -> list[str]:
    if len(posts) <= most:
        return list(posts)
    early = (most + 1) // 2
    return [*posts[:early], *(posts[-(most - early) :] if most > early else [])]
