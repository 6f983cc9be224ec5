"""Recent texts and the work on them, so that a copy costs nothing: two thirds of all lines."""

import sys
from typing import Final

import msgspec

from ingest.recent import Recent, RecentKeys
from ingest.work import Raw, Worked, is_plain, plain_work

_MOST_KEPT: Final = 24_000_000
"""Bytes, half of what the work on recent texts may take in memory."""
_MOST_PLAIN: Final = 40_000_000
"""Bytes, half of what recent texts may take that say nothing: most of a market's lines."""
_ENTRY: Final = 500
_SLOT: Final = 400
_PLACE: Final = 64
"""Bytes of a place in a set."""
Key = str | Raw
"""What stands for a text: `short`."""


class Memory:
    """Recent texts and the work on them; of those that say nothing, the texts alone."""

    def __init__(self, *, lasting: bool) -> None:
        self._work: Recent[Key, Worked] = Recent(_MOST_KEPT if lasting else 0)
        self._plain: RecentKeys[Key] = RecentKeys(_MOST_PLAIN if lasting else 0)

    def get(self, key: Key, raw: Raw) -> Worked | None:
        """The work on a text, if it is known."""
        if self._plain.holds(key, _size(raw)):
            return plain_work(raw)
        return self._work.get(key)

    def keep(self, key: Key, raw: Raw, work: Worked) -> None:
        """Keeps the work on a text, unless that has identifiers or failed."""
        if is_plain(raw, work):
            self._plain.keep(key, _size(raw))
        elif _may_stay(raw, work):
            self._work.keep(key, timeless(work), _weight(raw, work))


def timeless(work: Worked) -> Worked:
    """The work on a text that comes again: it takes no time."""
    return msgspec.structs.replace(work, seconds=0.0) if work.seconds else work


def _may_stay(raw: Raw, work: Worked) -> bool:
    """No text with identifiers stays in memory, and no failure."""
    text = work.text
    return text is not None and not work.error and text.masked == (raw.masked or 0)


def _weight(raw: Raw, work: Worked) -> int:
    """About the bytes that work takes in memory."""
    records = work.reading.records if work.reading is not None else ()
    slots = sum(len(record.body) + _SLOT * len(record.slots) for record in records)
    return _ENTRY + 4 * len(raw.text) + slots


def short(raw: Raw) -> Key:
    """What tells a text from all others, in the least room: of most, the text itself."""
    return raw.text if raw.voice == "own" and raw.read and raw.masked is None else raw


def _size(raw: Raw) -> int:
    """About the bytes that a text takes in memory."""
    return sys.getsizeof(raw.text) + _PLACE
