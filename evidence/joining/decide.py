"""A person's word on two ids of one venue or account, before what the messages say."""

import sqlite3
from typing import Final, Literal

from evidence.decisions import Decision, decide
from evidence.errors import NotFoundError, UsageError
from evidence.joining.venues import SAME_PLACE

Verdict = Literal["same", "different"]
_KNOWN: Final = "SELECT 1 FROM {kind} WHERE id = ?"
_JOINED: Final = """
SELECT 1 FROM joined_name j, json_each(j.candidates) c WHERE (j.id, c.value) IN ((?1, ?2), (?2, ?1))
"""


def are_ids_of_one(connection: sqlite3.Connection, one: str, two: str) -> bool:
    """Whether it is asked if these are two ids of one thing: two venues, or ids that were joined.

    Any other two accounts are two, and may be one actor's.
    """
    if one.startswith("venue:") and two.startswith("venue:"):
        return True
    return connection.execute(_JOINED, (one, two)).fetchone() is not None


def judge(
    connection: sqlite3.Connection, one: str, two: str, verdict: str, author: str, reason: str
) -> Decision:
    """Keeps a decision inside the caller's transaction. UsageError, NotFoundError."""
    if verdict not in ("same", "different"):
        raise UsageError("two ids are of one thing or of two", hint="Choose same or different.")
    if one == two:
        raise UsageError(f"{one} is one id", hint="Name two.")
    for each in (one, two):
        kind = each.partition(":")[0]
        if not connection.execute(_KNOWN.format(kind=kind), (each,)).fetchone():
            raise NotFoundError(f"no {kind} {each}", hint="heichan search TEXT finds one")
    target = " ".join(sorted((one, two)))
    return decide(
        connection, SAME_PLACE, target, verdict, author=author, reason=reason, masked=True
    )
