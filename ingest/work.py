"""The part of an ingest that runs in a worker: mask texts, then extract from the masked texts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from evidence.archive.cleaning import CleanText, clean
from evidence.archive.outline import NOTHING, ReadingOutline, outline_of
from evidence.masking import Context
from ingest.extract import Rules, extract
from ingest.recent import Recent
from ingest.records import Text, Voice

_MOST_KEPT: Final = 16_000_000
"""Bytes, half of what the work on recent texts may take in memory."""
_ENTRY: Final = 500
_SLOT: Final = 400


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


class Setup(msgspec.Struct, frozen=True):
    """What a worker builds its tables from, once."""

    secret: bytes
    lexicon: tuple[Path, ...] = ()


def _weight(raw: Raw, work: Worked) -> int:
    """About the bytes that work takes in memory."""
    records = work.reading.records if work.reading is not None else ()
    slots = sum(len(record.body) + _SLOT * len(record.slots) for record in records)
    return _ENTRY + 4 * len(raw.text) + slots


class Workshop:
    """Masks and extracts with tables built once."""

    def __init__(self, setup: Setup, rules: Rules | None = None) -> None:
        self._secret = setup.secret
        self._rules = rules or Rules.load(setup.lexicon)
        # What a trained model gives may depend on the texts beside a text.
        lasting = self._rules.own.model is None
        self._recent: Recent[Raw, Worked] = Recent(_MOST_KEPT if lasting else 0)

    def work(self, raws: Sequence[Raw]) -> list[Worked]:
        """The masked text and the reading of each raw text, aligned; copies are worked on once."""
        # A third of a market's lines are exact copies, and adverts come again for months.
        worked: dict[Raw, Worked] = {}
        fresh: list[Raw] = []
        for raw in dict.fromkeys(raws):
            known = self._recent.get(raw)
            if known is None:
                fresh.append(raw)
            else:
                worked[raw] = known
        for raw, work in zip(fresh, self._work(fresh), strict=True):
            worked[raw] = work
            self._keep(raw, work)
        return [worked[raw] for raw in raws]

    def _keep(self, raw: Raw, work: Worked) -> None:
        """Keeps work for the next time, but no text with identifiers and no failure."""
        text = work.text
        if text is not None and not work.error and text.masked == (raw.masked or 0):
            self._recent.keep(raw, work, _weight(raw, work))

    def _work(self, raws: Sequence[Raw]) -> list[Worked]:
        worked = [self._clean(raw) for raw in raws]
        wanted = [
            i for i, raw in enumerate(raws) if raw.read and raw.text and worked[i].text is not None
        ]
        texts = [_text(worked[i], raws[i]) for i in wanted]
        for i, read in zip(wanted, self._extract(texts), strict=True):
            worked[i] = Worked(worked[i].text, read[0], read[1])
        return worked

    def _clean(self, raw: Raw) -> Worked:
        if raw.masked is not None:
            return Worked(CleanText(raw.text, (), raw.masked), NOTHING if raw.read else None)
        try:
            context: Context = "report" if raw.voice == "reported" else "post"
            cleaned = clean(raw.text, self._secret, context)
            return Worked(cleaned, NOTHING if raw.read else None)
        # A text that cannot be masked is not stored, whatever the reason; the post is listed.
        except Exception as error:
            return Worked(None, None, f"masking failed: {type(error).__name__}")

    def _extract(self, texts: Sequence[Text]) -> list[tuple[ReadingOutline, str]]:
        if not texts:
            return []
        try:
            return [(outline_of(reading), "") for reading in extract(texts, self._rules)]
        # One post that extraction cannot read must not lose the chunk: find and list it.
        except Exception as error:
            if len(texts) == 1:
                return [(NOTHING, f"extraction failed: {type(error).__name__}")]
            half = len(texts) // 2
            return [*self._extract(texts[:half]), *self._extract(texts[half:])]


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
        if not _is_plain(raw, work)
    ]


def _is_plain(raw: Raw, work: Worked) -> bool:
    text, reading = work.text, work.reading
    return (
        (reading is NOTHING or reading is None)
        and text is not None
        and text.masked == (raw.masked or 0)
        and not work.error
        and text.text == raw.text
    )


def whole_work(raws: Sequence[Raw], found: Sequence[Found]) -> list[Worked]:
    """The work on each text, from the notable part of it."""
    worked = [plain_work(raw) for raw in raws]
    for place, work in found:
        worked[place] = work
    return worked
