"""Which ids are there: in the archive, in the directory of the last build, or by decision."""

import sqlite3
from collections.abc import Collection
from typing import Final

from graph.explore.directory import ids_from
from graph.knowledge.actors import actors
from graph.schema import ROLES

_ELSEWHERE: Final = """
SELECT 1 FROM mention WHERE kind = 'account' AND value = :id
UNION ALL SELECT 1 FROM post WHERE forwarded_account = :id
UNION ALL SELECT 1 FROM venue_alias WHERE alias = :id
LIMIT 1
"""


class Known:
    """Looks ids up. `vocabulary`: node ids of the lexicon, which may stand in no post yet."""

    def __init__(self, connection: sqlite3.Connection, vocabulary: Collection[str] = ()) -> None:
        self._connection = connection
        self._vocabulary = vocabulary
        self._founded = {each.id for each in actors(connection)}
        self._looked: dict[str, bool] = {}

    def __contains__(self, identifier: object) -> bool:
        if not isinstance(identifier, str):
            return False
        if identifier not in self._looked:
            self._looked[identifier] = self._here(identifier)
        return self._looked[identifier]

    def _here(self, identifier: str) -> bool:
        kind, _, code = identifier.partition(":")
        if identifier in self._founded or identifier in self._vocabulary:
            return True
        if kind == "role":
            return code in ROLES
        # Of the ids that begin so, sorted, the id itself comes first.
        if ids_from(self._connection, identifier, 1) == [identifier]:
            return True
        found = self._connection.execute(_ELSEWHERE, {"id": identifier}).fetchone()
        return found is not None
