"""Names of accounts and venues that the two exports tell differently."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from evidence.compare.model import Difference, Kind
from graph import ids

_NAMED: Final = """
SELECT coalesce(j.kept, n.id), n.name FROM named n LEFT JOIN joined_name j ON j.id = n.id
WHERE n.file_n IN (SELECT value FROM json_each(?))
"""
_FEWEST: Final = 2
"""Messages that must stand under both of two accounts known by name alone."""


def renamed(
    connection: sqlite3.Connection,
    a: Sequence[int],
    b: Sequence[int],
    pairs: Iterable[tuple[str, str]],
) -> list[Difference]:
    """Accounts and venues with another name in `b`; `pairs`: accounts of one message each."""
    before, after = _names(connection, a), _names(connection, b)
    rows = [
        _row(id_, before[id_] - after[id_], after[id_] - before[id_])
        for id_ in sorted(before.keys() & after.keys())
        if not before[id_] & after[id_]
    ]
    here = {id_ for id_ in before if id_.startswith("venue:")}
    there = {id_ for id_ in after if id_.startswith("venue:")}
    if len(here) == len(there) == 1 and here != there:
        (one,), (two,) = here, there
        if not before[one] & after[two]:
            rows.append(_row(two, before[one], after[two]))
    return rows + _by_messages(pairs, before, after)


def _names(connection: sqlite3.Connection, files: Sequence[int]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for id_, name in connection.execute(_NAMED, (msgspec.json.encode(list(files)).decode(),)):
        found[id_].add(ids.normal_name(name))
    return found


def _by_messages(
    pairs: Iterable[tuple[str, str]], before: dict[str, set[str]], after: dict[str, set[str]]
) -> list[Difference]:
    """Accounts known by name alone, whose messages the other export has under another name."""
    counted = Counter((one, two) for one, two in pairs if one and two and one != two)
    met = Counter(one for one, _ in counted)
    return [
        _row(two, before[one], after[two])
        for (one, two), n in sorted(counted.items())
        if n >= _FEWEST and met[one] == 1 and not before[one] & after[two]
    ]


def _row(id_: str, before: set[str], after: set[str]) -> Difference:
    kind: Kind = "renamed_venue" if id_.startswith("venue:") else "renamed_account"
    old, new = ", ".join(sorted(before)), ", ".join(sorted(after))
    return Difference(kind, id_, None, new or None, old or None, new or None)
