"""Texts of several chunks that go to a worker together."""

from collections.abc import Mapping, MutableMapping
from concurrent.futures import Future
from typing import Final

from ingest.known import Key, Memory
from ingest.pool import Workers
from ingest.work import Raw, Work, Worked

_MOST: Final = 4000
_MOST_POINTS: Final = 400_000
"""Texts, and code points of them: beyond that a text gains nothing more from its company."""


class Lot:
    """Texts that are gathered, sent, and worked on; those who wait for them ask for `found`."""

    def __init__(
        self, workers: Workers, memory: Memory, underway: "MutableMapping[Key, Lot]"
    ) -> None:
        self._workers = workers
        self._memory = memory
        self._underway = underway
        """Which lot each text is in, of all that are not worked on."""
        self._texts: dict[Key, Raw] = {}
        self._points = 0
        self._future: Future[Work] | None = None
        self._found: dict[Key, Worked] | None = None
        self._seconds: dict[str, float] = {}

    @property
    def full(self) -> bool:
        return len(self._texts) >= _MOST or self._points >= _MOST_POINTS

    @property
    def sent(self) -> bool:
        return self._future is not None

    def add(self, texts: Mapping[Key, Raw]) -> None:
        """Adds texts, before it is sent."""
        self._texts |= texts
        self._points += sum(len(raw.text) for raw in texts.values())

    def send(self) -> None:
        """Sends it to the workers, unless it is sent or empty."""
        if self._future is None and self._texts:
            self._future = self._workers.submit(list(self._texts.values()))

    def found(self) -> dict[Key, Worked]:
        """The work on its texts; the first time it is kept for those to come."""
        if self._found is None:
            self.send()
            assert self._future is not None
            work = self._future.result()
            self._seconds = work.seconds
            self._found = dict(zip(self._texts, work.worked, strict=True))
            for (key, raw), worked in zip(self._texts.items(), work.worked, strict=True):
                self._underway.pop(key, None)
                self._memory.keep(key, raw, worked)
        return self._found

    def share(self, texts: int) -> dict[str, float]:
        """The seconds that the parts of the work took for so many of its texts."""
        part = texts / len(self._texts)
        return {name: seconds * part for name, seconds in self._seconds.items()}
