"""The part of an ingest that runs in a worker: mask texts, then extract from the masked texts."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from evidence.archive.cleaning import CleanText, clean
from evidence.archive.outline import NOTHING, ReadingOutline, outline_of
from evidence.masking import Context
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


class Setup(msgspec.Struct, frozen=True):
    """What a worker builds its tables from, once."""

    secret: bytes
    lexicon: tuple[Path, ...] = ()


class Workshop:
    """Masks and extracts with tables built once."""

    def __init__(self, setup: Setup, rules: Rules | None = None) -> None:
        self._secret = setup.secret
        self._rules = rules or Rules.load(setup.lexicon)

    def work(self, raws: Sequence[Raw]) -> list[Worked]:
        """The masked text and the reading of each raw text, aligned."""
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
            return Worked(None, None, failure("masking", error))

    def _extract(self, texts: Sequence[Text]) -> list[tuple[ReadingOutline, str]]:
        if not texts:
            return []
        try:
            return [(outline_of(reading), "") for reading in extract(texts, self._rules)]
        # One post that extraction cannot read must not lose the chunk: find and list it.
        except Exception as error:
            if len(texts) == 1:
                return [(NOTHING, failure("extraction", error))]
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
