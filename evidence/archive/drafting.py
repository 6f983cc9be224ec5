"""From read posts to drafts: ids of venues, accounts and posts, and times in UTC."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from evidence.archive.cleaning import clean_id, clean_native, text_keys
from evidence.archive.entries import Draft
from evidence.archive.occurrences import Occurrences
from evidence.archive.wallclock import WallClock
from graph import ids
from ingest.posts import Problem, ReadPost

_LAST_UNIX = 1 << 40
_Place = tuple[str | None, str | None, str | None]
"""Venue, account and native id."""


class Drafter:
    """Makes the drafts of one file, in file order."""

    def __init__(self, sha256: str, zone: ZoneInfo, secret: bytes) -> None:
        self._sha256 = sha256
        self._clock = WallClock(zone)
        self._secret = secret
        self._occurrences = Occurrences()
        self._passages = 0

    def draft(self, posts: Sequence[ReadPost]) -> tuple[list[Draft], list[Problem]]:
        """Drafts of these posts, and a problem for each that has no possible time."""
        kept, times, problems = self._timed(posts)
        places = [_place(post) for post in kept]
        names = self._ids(kept, places)
        keys = text_keys([post.text for post in kept], self._secret)
        drafts = [
            Draft(name, post, place[0], place[1], utc, key, self._edited(post))
            for name, post, place, utc, key in zip(names, kept, places, times, keys, strict=True)
        ]
        return drafts, problems

    def _timed(
        self, posts: Sequence[ReadPost]
    ) -> tuple[Sequence[ReadPost], list[int | None], list[Problem]]:
        """The posts with a possible time or none, their times, and problems of the others."""
        try:
            return posts, list(map(self._utc, posts)), []
        except ValueError:
            return self._timed_singly(posts)

    def _timed_singly(
        self, posts: Sequence[ReadPost]
    ) -> tuple[list[ReadPost], list[int | None], list[Problem]]:
        kept: list[ReadPost] = []
        times: list[int | None] = []
        problems = []
        for post in posts:
            try:
                times.append(self._utc(post))
                kept.append(post)
            except ValueError as error:
                problems.append(Problem(post.place, str(error)))
        return kept, times, problems

    def _utc(self, post: ReadPost) -> int | None:
        """Seconds UTC, by the file or by its wall time in the zone; ValueError if no time."""
        if post.unix is not None:
            if not 0 <= post.unix < _LAST_UNIX:
                raise ValueError("date out of range")
            return post.unix
        return None if post.wall is None else self._clock.seconds(post.wall)

    def _edited(self, post: ReadPost) -> int | None:
        """Time of the last edit in UTC; an impossible one is as good as none."""
        if (edited := post.edited_unix) is not None:
            return edited if 0 <= edited < _LAST_UNIX else None
        if post.edited_wall is None:
            return None
        try:
            return self._clock.seconds(post.edited_wall)
        except ValueError:
            return None

    def _ids(self, posts: Sequence[ReadPost], places: Sequence[_Place]) -> list[str]:
        """Ids of the posts: by native id, by occurrence number, or by place in a report."""
        triples = [
            (venue, account or "", post.wall or _written_time(post) or "")
            for post, (venue, account, native) in zip(posts, places, strict=True)
            if venue is not None and native is None
        ]
        given = zip(triples, self._occurrences.number(triples), strict=True)
        unnamed = (ids.post_without(*triple, number) for triple, number in given)
        if len(triples) == len(places):
            return list(unnamed)
        return [
            self._passage()
            if venue is None
            else next(unnamed)
            if native is None
            else ids.post(venue, native)
            for venue, _, native in places
        ]

    def _passage(self) -> str:
        self._passages += 1
        return ids.passage(self._sha256, self._passages)

    def close(self) -> None:
        self._occurrences.close()


def _written_time(post: ReadPost) -> str | None:
    """Wall time, or the seconds since 1970 of a file that states these and no wall time.

    Without it, all posts of an account would be told apart by their order alone.
    """
    if post.wall is not None or post.unix is None:
        return post.wall
    return str(post.unix)


def _place(post: ReadPost) -> _Place:
    venue, account, native = post.venue, post.account, post.native_id
    return (
        clean_id(venue) if venue else None,
        clean_id(account) if account else None,
        clean_native(native) if native else None,
    )
