"""The records that extraction gave, with their posts."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec

from evidence.corrections.attach import Corrected, overlay
from graph.build.bodies import Bodies
from graph.build.rows import POST_COLUMNS, ActRecord, FindingRecord, ListingRecord, Post, post_of

_COLUMNS: Final = f"r.id, r.number, r.body, r.extractor, r.lexicon, {POST_COLUMNS}"
_POSTS: Final = """
CROSS JOIN post_version v ON v.n = r.version_n
CROSS JOIN post p ON p.n = v.post_n AND p.version_n = v.n
"""
# CROSS JOIN and the named index: else SQLite walks all posts, in the order that is asked for.
_OF_KIND: Final = f"FROM record r INDEXED BY record_kind {_POSTS}"
_ALL: Final = f"SELECT {_COLUMNS} {_OF_KIND} WHERE r.kind = ?"
_ONE: Final = f"SELECT {_COLUMNS} FROM record r {_POSTS} WHERE r.id = ? AND r.kind = 'listing'"
_OF_ACCOUNT: Final = f"""
SELECT {_COLUMNS} FROM post p CROSS JOIN record r ON r.version_n = p.version_n
WHERE p.account_n = ? AND r.kind = 'listing'
"""
_FINDINGS: Final = f"""
SELECT r.id, r.kind, r.body, r.lexicon, r.span_start, r.span_end, {POST_COLUMNS} {_OF_KIND}
WHERE r.kind IN ('organisation', 'market', 'place', 'event', 'figure', 'role')
ORDER BY p.id, r.kind, r.number, r.id
"""
_Record = TypeVar("_Record", ListingRecord, ActRecord)


class Records:
    """Reads the records of latest versions, by post id and number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._bodies = Bodies()
        self._posts: dict[int, Post] = {}
        self._words: dict[Any, Any] = {}

    def listings(self, corrected: Mapping[str, Corrected]) -> list[ListingRecord]:
        """All listings; `none` is no listing."""
        return self._listings(self._connection.execute(_ALL, ("listing",)), corrected)

    def of_account(self, account_n: int) -> list[ListingRecord]:
        """The listings of one account as they count."""
        rows = self._connection.execute(_OF_ACCOUNT, (account_n,))
        return self._listings(rows, overlay(self._connection).listings)

    def of_id(self, id_: str) -> ListingRecord | None:
        """One listing as it counts; None where there is none with that id."""
        rows = self._connection.execute(_ONE, (id_,))
        return next(iter(self._listings(rows, overlay(self._connection).listings)), None)

    def acts(self) -> list[ActRecord]:
        """All speech acts."""
        found = []
        rows = self._connection.execute(_ALL, ("act",))
        for id_, number, body, _, lexicon, *columns in rows:
            post = self._post(columns)
            act = ActRecord(id_, post, self._bodies.act(body), self._once(lexicon))
            found.append((post.id, number, id_, act))
        return _ordered(found)

    def findings(self) -> Iterator[FindingRecord]:
        """Findings of reports but their listings."""
        for id_, kind, body, lexicon, start, end, *post in self._connection.execute(_FINDINGS):
            span = None if start is None else (int(start), int(end))
            yield FindingRecord(id_, kind, self._post(post), body, span, lexicon)

    def _listings(
        self, rows: Iterable[tuple[Any, ...]], corrected: Mapping[str, Corrected]
    ) -> list[ListingRecord]:
        found = []
        for id_, number, written, extractor, lexicon, *columns in rows:
            by_person, post = corrected.get(id_), self._post(columns)
            body = self._bodies.listing(written, post.id) if by_person is None else by_person.body
            if body.polarity == "none":
                continue
            by = self._once(extractor), self._once(lexicon)
            record = ListingRecord(id_, post, body, *by)
            counted = record if by_person is None else _assessed(record, by_person)
            found.append((post.id, number, id_, counted))
        return _ordered(found)

    def _post(self, columns: list[Any]) -> Post:
        """The post of a record, one for all of its records."""
        known = self._posts.get(columns[0])
        if known is None:
            columns[5:] = [self._words.setdefault(each, each) for each in columns[5:]]
            known = self._posts[columns[0]] = post_of(columns)
        return known

    def _once(self, word: str) -> str:
        return str(self._words.setdefault(word, word))


def _assessed(record: ListingRecord, by_person: Corrected) -> ListingRecord:
    values = frozenset(by_person.judged)
    return msgspec.structs.replace(record, assessed=values, status=by_person.status)


def _ordered(found: list[tuple[str, int, str, _Record]]) -> list[_Record]:
    return [record for *_, record in sorted(found)]
