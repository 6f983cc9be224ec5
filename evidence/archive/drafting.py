"""From read posts to drafts: ids of venues, accounts and posts, and the time in UTC."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from evidence.archive.cleaning import clean_id, clean_native, text_key
from evidence.archive.entries import Draft, utc_of
from evidence.archive.occurrences import Occurrences
from graph import ids
from ingest.posts import Problem, ReadPost

_Placed = tuple[ReadPost, str | None, str | None, str | None, int | None]
"""Post, venue, account, native id, seconds UTC."""


class Drafter:
    """Makes the drafts of one file, in file order."""

    def __init__(self, sha256: str, zone: ZoneInfo, secret: bytes) -> None:
        self._sha256 = sha256
        self._zone = zone
        self._secret = secret
        self._occurrences = Occurrences()
        self._passages = 0

    def draft(self, posts: Sequence[ReadPost]) -> tuple[list[Draft], list[Problem]]:
        """Drafts of these posts, and a problem for each that has no possible time."""
        placed: list[_Placed] = []
        problems = []
        for post in posts:
            try:
                placed.append(self._place(post, utc_of(post, self._zone)))
            except ValueError as error:
                problems.append(Problem(post.place, str(error)))
        numbers = self._numbers(placed)
        secret = self._secret
        drafts = [
            Draft(self._id(at, number), at[0], at[1], at[2], at[4], text_key(at[0].text, secret))
            for at, number in zip(placed, numbers, strict=True)
        ]
        return drafts, problems

    def _place(self, post: ReadPost, utc: int | None) -> _Placed:
        venue = clean_id(post.venue) if post.venue else None
        account = clean_id(post.account) if post.account else None
        native = clean_native(post.native_id) if post.native_id else None
        return post, venue, account, native, utc

    def _numbers(self, placed: Sequence[_Placed]) -> list[int]:
        """Occurrence numbers; 0 for a post that needs none."""
        needed = [at[1] is not None and at[3] is None for at in placed]
        triples = [
            (at[1] or "", at[2] or "", at[0].wall or "")
            for at, need in zip(placed, needed, strict=True)
            if need
        ]
        numbers = iter(self._occurrences.number(triples)) if triples else iter(())
        return [next(numbers) if need else 0 for need in needed]

    def _id(self, placed: _Placed, number: int) -> str:
        post, venue, account, native, _ = placed
        if venue is None:
            self._passages += 1
            return ids.passage(self._sha256, self._passages)
        if native:
            return ids.post(venue, native)
        return ids.post_without(venue, account, post.wall, number)

    def close(self) -> None:
        self._occurrences.close()
