"""Workers for an ingest. A text that comes again is worked on once: two thirds of all lines."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import msgspec

from ingest.extract import Rules
from ingest.known import Key, Memory, short, timeless
from ingest.lots import Lot
from ingest.pool import InProcess, WorkerPool, Workers
from ingest.work import Raw, Setup, Worked, Workshop

_FIRST: Final = 2000
"""Posts whose texts are gathered at first; each time twice as many."""


class Waiting(msgspec.Struct):
    """Texts under way: what was known of them before, and the lots that the others went into.

    `seconds`: what the parts of the work took, once there is a result.
    """

    keys: list[Key]
    known: dict[Key, Worked]
    lots: dict[Key, Lot]
    fresh: dict[Key, Raw]
    """Those of the others that nobody who began before is waiting for: those asked for."""
    own: Lot | None
    """The lot that these went into."""
    seconds: dict[str, float] = {}

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
        for key, lot in self.lots.items():
            work = lot.found()[key]
            self.known[key] = work if key in self.fresh else timeless(work)
        if self.own is not None:
            self.seconds = self.own.share(len(self.fresh))
        self.lots, self.own = {}, None
        return [self.known[key] for key in self.keys]


class Workforce:
    """Workers who are asked only for what no recent text equals, nor any that is under way.

    What they gave is kept here and not by each of them: a copy may fall to another process. The
    texts of up to `together` posts are gathered, and sent when they are so many or somebody waits
    for them: many are read in less time than a few.
    """

    def __init__(self, workers: Workers, *, lasting: bool, together: int = 0) -> None:
        self.lookahead = workers.lookahead
        self._workers = workers
        self._lasting = lasting
        self._memory = Memory(lasting=lasting)
        self._underway: dict[Key, Lot] = {}
        self._together = together
        # All have something to do soon.
        self._enough = min(together, _FIRST)
        self._lot = self._new_lot()
        self._posts = 0
        """Posts whose texts were gathered since a lot was sent."""

    def submit(self, raws: Sequence[Raw]) -> Waiting:
        """Begins the work on texts."""
        keys = list(map(short, raws))
        known: dict[Key, Worked] = {}
        lots: dict[Key, Lot] = {}
        fresh: dict[Key, Raw] = {}
        for key, raw in dict(zip(keys, raws, strict=True)).items():
            if (work := self._memory.get(key, raw)) is not None:
                known[key] = work
            elif (elder := self._underway.get(key)) is not None:
                lots[key] = elder
            else:
                fresh[key] = raw
        own = self._gather(fresh, len(raws))
        lots |= dict.fromkeys(fresh, own)
        return Waiting(keys, known, lots, fresh, own if fresh else None)

    def _gather(self, fresh: Mapping[Key, Raw], posts: int) -> Lot:
        """The lot that the texts of so many posts go into; it is sent when it has enough."""
        if self._lot.sent:
            self._lot, self._posts = self._new_lot(), 0
        lot = self._lot
        lot.add(fresh)
        if self._lasting:
            self._underway |= dict.fromkeys(fresh, lot)
        self._posts += posts
        if lot.full or self._posts >= self._enough:
            lot.send()
            self._enough = min(2 * self._enough, self._together)
        return lot

    def _new_lot(self) -> Lot:
        return Lot(self._workers, self._memory, self._underway)

    def close(self) -> None:
        """Ends all workers at once; unfinished work is lost."""
        self._workers.close()


def open_workforce(
    jobs: int | None, size: int, setup: Setup, rules: Callable[[], Rules], together: int = 0
) -> Workforce:
    """Workers for so many bytes of text: `jobs` processes, or as many as the size is worth."""
    if jobs is None:
        # Below some 5,000 messages a pool costs more than it saves.
        jobs = 1 if size < 1_000_000 else min(4, os.cpu_count() or 1)
    # Worker processes load their rules while this one loads its own.
    pool = WorkerPool(jobs, setup) if jobs > 1 else None
    own = rules()
    # What a trained model gives may depend on the texts beside a text.
    lasting = own.own.model is None
    workers = pool or InProcess(Workshop(setup, own))
    return Workforce(workers, lasting=lasting, together=together if pool and lasting else 0)
