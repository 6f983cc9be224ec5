"""Workers for an ingest. A text that comes again is worked on once: two thirds of all lines."""

import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Final

import msgspec

from ingest.extract import Rules
from ingest.pool import InProcess, WorkerPool, Workers
from ingest.recent import Recent, RecentKeys
from ingest.work import Raw, Setup, Work, Worked, Workshop, is_plain, plain_work

_MOST_KEPT: Final = 24_000_000
"""Bytes, half of what the work on recent texts may take in memory."""
_MOST_PLAIN: Final = 40_000_000
"""Bytes, half of what recent texts may take that say nothing: most of a market's lines."""
_ENTRY: Final = 500
_SLOT: Final = 400
_PLACE: Final = 64
"""Bytes of a place in a set."""
Key = str | Raw
"""What stands for a text: `_short`."""


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
            self._work.keep(key, _timeless(work), _weight(raw, work))


class Waiting(msgspec.Struct):
    """Texts under way: what was known of them before, and the work on the others.

    `seconds`: what the parts of the work took, once there is a result.
    """

    keys: list[Key]
    known: dict[Key, Worked]
    shared: "dict[Key, Waiting]"
    """Texts that others who began before are waiting for."""
    fresh: dict[Key, Raw]
    """The others: those asked for."""
    future: "Future[Work]"
    memory: Memory
    underway: "dict[Key, Waiting]"
    """Who waits for what, of all that are waiting."""
    seconds: dict[str, float] = {}
    found: dict[Key, Worked] | None = None
    """The work on the texts asked for, once there is a result."""

    @property
    def asked(self) -> list[Raw]:
        """The texts asked for."""
        return list(self.fresh.values())

    @property
    def repeats(self) -> int:
        """How many of the texts are not worked on, since an equal one is or was."""
        return len(self.keys) - len(self.fresh)

    def result(self) -> list[Worked]:
        """The work on each text, aligned."""
        for key, elder in self.shared.items():
            self.known[key] = _timeless(elder.finish()[key])
        self.shared = {}
        worked = self.finish() | self.known
        return [worked[key] for key in self.keys]

    def finish(self) -> dict[Key, Worked]:
        """The work on the texts asked for; the first time it is kept for those to come."""
        if self.found is None:
            work = self.future.result()
            self.seconds = work.seconds
            self.found = dict(zip(self.fresh, work.worked, strict=True))
            for (key, raw), worked in zip(self.fresh.items(), work.worked, strict=True):
                self.underway.pop(key, None)
                self.memory.keep(key, raw, worked)
        return self.found


class Workforce:
    """Workers who are asked only for what no recent text equals, nor any that is under way.

    What they gave is kept here and not by each of them: a copy may fall to another process.
    """

    def __init__(self, workers: Workers, *, lasting: bool) -> None:
        self.lookahead = workers.lookahead
        self._workers = workers
        self._lasting = lasting
        self._memory = Memory(lasting=lasting)
        self._underway: dict[Key, Waiting] = {}

    def submit(self, raws: Sequence[Raw]) -> Waiting:
        """Begins the work on texts."""
        keys = list(map(_short, raws))
        known: dict[Key, Worked] = {}
        shared: dict[Key, Waiting] = {}
        fresh: dict[Key, Raw] = {}
        for key, raw in dict(zip(keys, raws, strict=True)).items():
            if (work := self._memory.get(key, raw)) is not None:
                known[key] = work
            elif (elder := self._underway.get(key)) is not None:
                shared[key] = elder
            else:
                fresh[key] = raw
        future = self._workers.submit(list(fresh.values()))
        waiting = Waiting(keys, known, shared, fresh, future, self._memory, self._underway)
        if self._lasting:
            self._underway.update(dict.fromkeys(fresh, waiting))
        return waiting

    def close(self) -> None:
        """Ends all workers at once; unfinished work is lost."""
        self._workers.close()


def open_workforce(
    jobs: int | None, size: int, setup: Setup, rules: Callable[[], Rules]
) -> Workforce:
    """Workers for so many bytes of text: `jobs` processes, or as many as the size is worth."""
    if jobs is None:
        # Below some 5,000 messages a pool costs more than it saves.
        jobs = 1 if size < 1_000_000 else min(4, os.cpu_count() or 1)
    # Worker processes load their rules while this one loads its own.
    pool = WorkerPool(jobs, setup) if jobs > 1 else None
    own = rules()
    # What a trained model gives may depend on the texts beside a text.
    return Workforce(pool or InProcess(Workshop(setup, own)), lasting=own.own.model is None)


def _timeless(work: Worked) -> Worked:
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


def _short(raw: Raw) -> Key:
    """What tells a text from all others, in the least room: of most, the text itself."""
    return raw.text if raw.voice == "own" and raw.read and raw.masked is None else raw


def _size(raw: Raw) -> int:
    """About the bytes that a text takes in memory."""
    return sys.getsizeof(raw.text) + _PLACE
