"""Invented people who come and go in a venue, with one account or with several by turns."""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from random import Random

from graph.build.moments import Moments
from graph.build.talk import read_talk
from tests.graph.filling import DAY, START, Filling

MINUTE, HOUR = 60, 3600
WAKING = (9, 10, 10, 11, 13, 14, 15, 16, 19, 20, 20, 21, 22, 23)
NIGHT = (0, 1, 2, 2, 3, 4)
Sitting = tuple[int, int]
"""Begin in seconds after the start, and number of messages."""


class Chat:
    """What people write: account, seconds after the start, text."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = Random(seed)
        self.said: list[tuple[str, int, str]] = []

    def sittings(
        self, days: Iterable[int], hours: Sequence[int] = WAKING, a_day: int = 2
    ) -> list[Sitting]:
        """When a person sits down, on some days at some hours."""
        return sorted(
            (day * DAY + self.rng.choice(hours) * HOUR + self.rng.randrange(HOUR), 3)
            for day in days
            for _ in range(a_day)
        )

    def write(self, who: str, sittings: Iterable[Sitting]) -> None:
        """A message every minute or two while sitting."""
        for begin, messages in sittings:
            at = begin
            for _ in range(messages):
                self.said.append((who, at, f"{len(self.said)}"))
                at += MINUTE + self.rng.randrange(1, MINUTE)

    def crowd(self, people: int, days: range, a_day: int = 2) -> list[str]:
        """Strangers who come and go independently; returns their native ids."""
        names = [f"9{number:04}" for number in range(people)]
        for name in names:
            self.write(name, self.sittings(days, WAKING, a_day))
        return names

    def moments(self, venues: int = 1) -> Moments:
        """The times alone; an account's number is its native id, the venue changes by the day."""
        rows = [
            (n, int(who), 1 + at // DAY % venues, START + at)
            for n, (who, at, _) in enumerate(self.said)
        ]
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute(
                "CREATE TABLE post (n, account_n, venue_n, utc, sender, kind DEFAULT 'message')"
            )
            connection.executemany(
                "INSERT INTO post (n, account_n, venue_n, utc) VALUES (?, ?, ?, ?)", rows
            )
            return Moments(read_talk(connection))

    def store(self, fill: Filling) -> None:
        """Puts the messages into an archive, behind what it holds."""
        connection, venue = fill.connection, fill.venue()
        (last,) = connection.execute("SELECT coalesce(max(n), 0) FROM post").fetchone()
        (version,) = connection.execute("SELECT coalesce(max(n), 0) FROM post_version").fetchone()
        for who in {who for who, _, _ in self.said}:
            fill.account(who)
        accounts = dict(connection.execute("SELECT native_id, n FROM account"))
        (place,) = connection.execute("SELECT n FROM venue WHERE id = ?", (venue,)).fetchone()
        posts, versions = [], []
        for n, (who, at, text) in enumerate(self.said, start=1):
            id_ = f"post:{10**9 + n:032x}"
            posts.append(
                (last + n, id_, place, accounts[who], f"name {who}", START + at, version + n)
            )
            versions.append((version + n, last + n, text))
        connection.executemany(
            "INSERT INTO post (n, id, venue_n, account_n, sender, kind, utc, version_n)"
            " VALUES (?, ?, ?, ?, ?, 'message', ?, ?)",
            posts,
        )
        connection.executemany(
            "INSERT INTO post_version VALUES (?, ?, ?, x'00', 0, NULL)", versions
        )
        captured = [(number, f"m[{number}]") for number, _, _ in versions]
        connection.executemany("INSERT INTO capture VALUES (?, 1, ?, 0)", captured)
