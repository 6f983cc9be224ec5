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
        kept: list[ReadPost] = []
        times: list[int | None] = []
        problems = []
        for post in posts:
            try:
                times.append(self._utc(post))
                kept.append(post)
            except ValueError as error:
                problems.append(Problem(post.place, str(error)))
        places = [_place(post) for post in kept]
        numbers = self._numbers(kept, places)
        keys = text_keys([post.text for post in kept], self._secret)
        drafts = [
            Draft(
                self._id(post, place, number),
                post,
                place[0],
                place[1],
                utc,
                key,
                self._edited(post) if _is_edited(post) else None,
            )
            for post, place, number, utc, key in zip(
                kept, places, numbers, times, keys, strict=True
            )
        ]
        return drafts, problems

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

    def _numbers(self, posts: Sequence[ReadPost], places: Sequence[_Place]) -> list[int]:
        """Occurrence numbers; 0 for a post that needs none."""
        triples = [
            (venue, account or "", _written_time(post) or "")
            for post, (venue, account, native) in zip(posts, places, strict=True)
            if venue is not None and native is None
        ]
        if not triples:
            return [0] * len(places)
        numbers = self._occurrences.number(triples)
        if len(numbers) == len(places):
            return numbers
        given = iter(numbers)
        return [
            next(given) if venue is not None and native is None else 0
            for venue, _, native in places
        ]

    def _id(self, post: ReadPost, place: _Place, number: int) -> str:
        venue, account, native = place
        if venue is None:
            self._passages += 1
            return ids.passage(self._sha256, self._passages)
        if native:
            return ids.post(venue, native)
        return ids.post_without(venue, account, _written_time(post), number)

    def close(self) -> None:
        self._occurrences.close()


def _is_edited(post: ReadPost) -> bool:
    return post.edited_wall is not None or post.edited_unix is not None


def _written_time(post: ReadPost) -> str | None:
    """Wall time, or the seconds since 1970 of a file that states these and no wall time.

    Without it, all posts of an account would be told apart by their order alone.
    """
    if post.wall is not None or post.unix is None:
        return post.wall
    return str(post.unix)


def _place(post: ReadPost) -> _Place:
    return (
        clean_id(post.venue) if post.venue else None,
        clean_id(post.account) if post.account else None,
        clean_native(post.native_id) if post.native_id else None,
    )
