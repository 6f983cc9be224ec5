"""Families of posts in arrays: a million copies of one text are one family and no million objects.

"First" is the first that was observed: what was posted before collection began, or in venues that
were not watched, is not known. A post without a time is neither first nor a later copy.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from graph import ids
from graph.build.draft import Ref
from graph.build.rows import Post

NO_TIME: Final = np.iinfo(np.int64).max
"""So that undated posts come last."""
NOBODY: Final = -1
_CHUNK: Final = 10_000

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
Row = tuple[int, str, int | None, int | None, int | None]
"""Post number, id, seconds since 1970 UTC, account number, venue number."""


class Posts(NamedTuple):
    """Columns of equal length."""

    n: Numbers
    id: NDArray[np.bytes_]
    utc: Numbers
    account: Numbers
    venue: Numbers

    def at(self, places: NDArray[Any]) -> "Posts":
        """The posts at these places."""
        return Posts(*(column[places] for column in self))


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """A family as a whole; `first` is None where none of its posts has a time."""

    id: str
    size: int
    accounts: int
    venues: int
    first: str | None
    first_utc: int | None
    last_utc: int | None

    @property
    def ref(self) -> Ref:
        return Ref(self.id, "TextCluster")


class Member(msgspec.Struct, frozen=True):
    """A post in a family, its likeness to the text that leads, and seconds after the first."""

    post: str
    family: int
    similarity: float
    lag: int | None


def columns_of(rows: Sequence[Row]) -> Posts:
    """Posts from rows of an archive."""
    return posts_of(*zip(*rows, strict=True)) if rows else posts_of((), (), (), (), ())


def posts_of(
    n: Sequence[int],
    id_: Sequence[str],
    utc: Sequence[int | None],
    account: Sequence[int | None],
    venue: Sequence[int | None],
) -> Posts:
    """Posts from columns of an archive."""
    return Posts(
        np.array(n, dtype=np.int64),
        np.array(id_, dtype=np.bytes_),
        _filled(utc, NO_TIME),
        _filled(account, NOBODY),
        _filled(venue, NOBODY),
    )


def joined(parts: Sequence[Posts]) -> Posts:
    """One after the other."""
    if not parts:
        return columns_of([])
    return Posts(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _filled(values: Iterable[int | None], missing: int) -> Numbers:
    return np.array([missing if v is None else v for v in values], dtype=np.int64)


class Families:
    """Posts of families, by the family's id, then by time."""

    def __init__(self, posts: Posts, groups: Numbers, similarity: Floats) -> None:
        """`groups`: a number for each post, equal in a family, each family with two or more."""
        order = np.lexsort((posts.id, groups))
        begins = _begins(groups[order])
        # A family is named by the smallest of its post ids.
        named = posts.id[order[begins]]
        ranks = np.empty(len(begins), dtype=np.int64)
        ranks[np.argsort(named)] = np.arange(len(begins))
        numbers = np.empty(len(order), dtype=np.int64)
        numbers[order] = ranks[np.cumsum(_marked(begins, len(order))) - 1]
        order = np.lexsort((posts.id, posts.utc, numbers))
        self.posts = posts.at(order)
        self.similarity = similarity[order]
        self.numbers = numbers[order]
        self.starts = _begins(self.numbers)
        self.names = np.sort(named)
        self._by_n = np.argsort(self.posts.n)
        self._known = self.posts.n[self._by_n]

    def __len__(self) -> int:
        return len(self.starts)

    def rows(self) -> Iterator[tuple[int, str, float]]:
        """Post number, family id and likeness, by post number."""
        names = [self._id(number) for number in range(len(self))]
        for start in range(0, len(self._by_n), _CHUNK):
            places = self._by_n[start : start + _CHUNK]
            named = map(names.__getitem__, self.numbers[places].tolist())
            likeness = self.similarity[places].tolist()
            yield from zip(self.posts.n[places].tolist(), named, likeness, strict=True)

    def family_of(self, posts: Iterable[Post]) -> dict[str, str]:
        """Family ids of the posts that are in one, by post id."""
        asked, places = self._placed(posts)
        numbers = self.numbers[places].tolist()
        return {post.id: self._id(number) for post, number in zip(asked, numbers, strict=True)}

    def first_posters(self, posts: Iterable[Post]) -> tuple[set[str], dict[str, str]]:
        """Of these posts those that led others', and those that copy another's with its post."""
        led: set[str] = set()
        copies: dict[str, str] = {}
        asked, places = self._placed(posts)
        starts = self.starts[self.numbers[places]]
        others = self.posts.account[places] != self.posts.account[starts]
        dated = self.posts.utc[places] != NO_TIME
        columns = (column.tolist() for column in (places, starts, others, dated))
        for post, place, start, other, timed in zip(asked, *columns, strict=True):
            if not timed:
                continue
            if place == start and self._led_others(place):
                led.add(post.id)
            elif other:
                copies[post.id] = self.posts.id[start].decode()
        return led, copies

    def members(self, posts: Iterable[Post]) -> list[Member]:
        """These posts where they are in a family, by id."""
        asked, places = self._placed(posts)
        own, numbers = self.posts.utc[places], self.numbers[places]
        lags = own - self.posts.utc[self.starts[numbers]]
        columns = (each.tolist() for each in (numbers, self.similarity[places], lags, own))
        found = [
            Member(post.id, number, similarity, None if utc == NO_TIME else lag)
            for post, number, similarity, lag, utc in zip(asked, *columns, strict=True)
        ]
        return sorted(found, key=lambda member: member.post)

    def family(self, number: int) -> Family:
        """A family by its number."""
        whole = self._whole(int(self.starts[number]))
        times = self.posts.utc[whole]
        dated = times[times != NO_TIME]
        return Family(
            id=self._id(number),
            size=len(times),
            accounts=_distinct(self.posts.account[whole]),
            venues=_distinct(self.posts.venue[whole]),
            first=self.posts.id[whole.start].decode() if len(dated) else None,
            first_utc=int(dated[0]) if len(dated) else None,
            last_utc=int(dated[-1]) if len(dated) else None,
        )

    def of_two(self, least: int) -> Iterator[dict[int, list[int]]]:
        """Post numbers by account number, of families that two post alone, so many or more each.

        By the family's id; posts of unknown accounts are left out.
        """
        known = np.flatnonzero(self.posts.account != NOBODY)
        order = known[np.lexsort((self.posts.account[known], self.numbers[known]))]
        numbers, accounts = self.numbers[order], self.posts.account[order]
        begins = _begins(numbers, accounts)
        sizes = _lengths(begins, len(order))
        runs = _begins(numbers[begins])
        for run in runs[_lengths(runs, len(begins)) == 2].tolist():
            if sizes[run : run + 2].min() >= least:
                both = [slice(begins[at], begins[at] + sizes[at]) for at in (run, run + 1)]
                yield {int(accounts[own.start]): self.posts.n[order[own]].tolist() for own in both}

    def _placed(self, posts: Iterable[Post]) -> tuple[list[Post], Numbers]:
        """Those of the posts that are in a family, and where they stand."""
        asked = list(posts)
        wanted = np.array([post.n for post in asked], dtype=np.int64)
        places = np.searchsorted(self._known, wanted)
        held = np.flatnonzero(places < len(self._known))
        held = held[self._known[places[held]] == wanted[held]]
        return [asked[number] for number in held.tolist()], self._by_n[places[held]]

    def _whole(self, start: int) -> slice:
        return slice(start, int(np.searchsorted(self.numbers, self.numbers[start], "right")))

    def _led_others(self, start: int) -> bool:
        whole = self._whole(start)
        dated = self.posts.account[whole][self.posts.utc[whole] != NO_TIME]
        return bool((dated != dated[0]).any())

    def _id(self, number: int) -> str:
        return ids.cluster(self.names[number].decode())


def _begins(*columns: NDArray[Any]) -> Numbers:
    """Where a stretch of rows begins that are equal in all columns."""
    changed = np.zeros(len(columns[0]), dtype=np.bool_)
    changed[:1] = True
    for values in columns:
        changed[1:] |= values[1:] != values[:-1]
    return np.flatnonzero(changed)


def _lengths(begins: Numbers, count: int) -> Numbers:
    return np.diff(np.append(begins, count))


def _marked(places: Numbers, count: int) -> NDArray[np.bool_]:
    marked = np.zeros(count, dtype=np.bool_)
    marked[places] = True
    return marked


def _distinct(values: Numbers) -> int:
    return len(np.unique(values[values != NOBODY]))
