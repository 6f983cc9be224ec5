"""The part of an ingest that runs in a worker: mask texts, then extract from the masked texts."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from evidence.archive.cleaning import CleanText, clean
from evidence.archive.outline import NOTHING, ReadingOutline, outline_of
from evidence.masking import Context
from evidence.pace import LONG, SHOWN, SLOW
from ingest.extract import Rules, extract
from ingest.memory import failure
from ingest.records import Text, Voice


class Raw(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A text as written. `read`: whether extraction reads it."""

    text: str
    voice: Voice
    read: bool
    masked: int | None = None
    """How many identifiers are masked already; None for a text as written."""


class Worked(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A masked text and what extraction gave; `text` is None where the text cannot be stored."""

    text: CleanText | None
    reading: ReadingOutline | None = None
    error: str = ""
    seconds: float = 0.0
    """What a text took that is among the slowest; 0 for all others."""


class Work(msgspec.Struct, frozen=True, array_like=True):
    """The work on some texts, aligned with them, and the seconds that its parts took."""

    worked: list[Worked]
    seconds: dict[str, float]


def joined(one: Work, other: Work) -> Work:
    """The work on the texts of both."""
    parts = {**one.seconds, **other.seconds}
    seconds = {name: one.seconds.get(name, 0) + other.seconds.get(name, 0) for name in parts}
    return Work([*one.worked, *other.worked], seconds)


class Setup(msgspec.Struct, frozen=True):
    """What a worker builds its tables from, once."""

    secret: bytes
    lexicon: tuple[Path, ...] = ()


class Workshop:
    """Masks and extracts with tables built once."""

    def __init__(self, setup: Setup, rules: Rules | None = None) -> None:
        self._secret = setup.secret
        self._slowest: list[float] = []
        self._rules = rules or Rules.load(setup.lexicon)

    def work(self, raws: Sequence[Raw]) -> Work:
        """The masked text and the reading of each raw text, aligned."""
        started = time.perf_counter()
        worked, took = self._masked(raws)
        masked = time.perf_counter()
        wanted = [
            i for i, raw in enumerate(raws) if raw.read and raw.text and worked[i].text is not None
        ]
        texts = [_text(worked[i], raws[i]) for i in wanted]
        slow: dict[str, float] = {}
        for i, read in zip(wanted, self._extract(texts, slow), strict=True):
            worked[i] = Worked(worked[i].text, *read)
        extracted = time.perf_counter() - masked
        if took or slow:
            self._note_slow(raws, worked, took, slow)
        return Work(worked, {"masking": masked - started, "extraction": extracted})

    def _masked(self, raws: Sequence[Raw]) -> tuple[list[Worked], dict[int, float]]:
        """The masked texts, and the seconds of those that took long, by their places."""
        worked: list[Worked] = []
        took: dict[int, float] = {}
        before = time.perf_counter()
        for place, raw in enumerate(raws):
            worked.append(self._clean(raw))
            now = time.perf_counter()
            if now - before > LONG:
                took[place] = now - before
            before = now
        return worked, took

    def _note_slow(
        self,
        raws: Sequence[Raw],
        worked: list[Worked],
        took: Mapping[int, float],
        slow: Mapping[str, float],
    ) -> None:
        """Puts the seconds of the slowest texts so far into the work on them."""
        for place, work in enumerate(worked):
            seconds = took.get(place, 0.0) + (slow.get(work.text.text, 0.0) if work.text else 0.0)
            if seconds > SLOW and self._is_slow(seconds):
                # Tables are made when a text first needs them, which is not the fault of the text.
                again = self._timed(raws[place])
                if again > SLOW and self._is_slow(again):
                    self._slowest = sorted([*self._slowest, again])[-SHOWN:]
                    worked[place] = msgspec.structs.replace(work, seconds=again)

    def _is_slow(self, seconds: float) -> bool:
        return len(self._slowest) < SHOWN or seconds > self._slowest[0]

    def _timed(self, raw: Raw) -> float:
        """Seconds of the processor that one text takes by itself."""
        started = time.thread_time()
        work = self._clean(raw)
        if raw.read and work.text is not None:
            self._extract([_text(work, raw)], {})
        return time.thread_time() - started

    def _clean(self, raw: Raw) -> Worked:
        if raw.masked is not None:
            return Worked(CleanText(raw.text, (), raw.masked), NOTHING if raw.read else None)
        try:
            context: Context = "report" if raw.voice == "reported" else "post"
            cleaned = clean(raw.text, self._secret, context)
            return Worked(cleaned, NOTHING if raw.read else None)
        # A text that cannot be masked is not stored, whatever the reason; the post is listed.
        except Exception as error:
            return Worked(None, None, failure("masking", error))

    def _extract(
        self, texts: Sequence[Text], slow: dict[str, float]
    ) -> list[tuple[ReadingOutline, str]]:
        if not texts:
            return []
        try:
            return [(outline_of(reading), "") for reading in extract(texts, self._rules, slow=slow)]
        # One post that extraction cannot read must not lose the chunk: find and list it.
        except Exception as error:
            if len(texts) == 1:
                return [(NOTHING, failure("extraction", error))]
            half = len(texts) // 2
            return [*self._extract(texts[:half], slow), *self._extract(texts[half:], slow)]


def _text(worked: Worked, raw: Raw) -> Text:
    assert worked.text is not None
    return Text("", worked.text.text, raw.voice, worked.text.masked)


Found = tuple[int, Worked]
"""Place of a text in its chunk, and the work on it."""


def plain_work(raw: Raw) -> Worked:
    """The work on a text that is stored as written and says nothing."""
    return Worked(CleanText(raw.text, (), raw.masked or 0), NOTHING if raw.read else None)


def notable(raws: Sequence[Raw], worked: Sequence[Worked]) -> list[Found]:
    """The work that is not `plain_work`."""
    return [
        (place, work)
        for place, (raw, work) in enumerate(zip(raws, worked, strict=True))
        if not is_plain(raw, work)
    ]


def is_plain(raw: Raw, work: Worked) -> bool:
    """Whether this is `plain_work`."""
    text, reading = work.text, work.reading
    return (
        (reading is NOTHING or reading is None)
        and text is not None
        and text.masked == (raw.masked or 0)
        and not work.error
        and not work.seconds
        and text.text == raw.text
    )


def whole_work(raws: Sequence[Raw], found: Sequence[Found]) -> list[Worked]:
    """The work on each text, from the notable part of it."""
    worked = [plain_work(raw) for raw in raws]
    for place, work in found:
        worked[place] = work
    return worked
