"""PDF reports: the text layer, read in a child process, as paragraphs with their pages."""

from collections.abc import Iterator, Sequence

import msgspec

from evidence.errors import InputError
from ingest.confined.frames import Document, Faulty, Page
from ingest.confined.parent import Ceilings, frames
from ingest.posts import BreaksOff, Problem, SetAside
from ingest.readers.base import Source
from ingest.readers.reports.pdf_layout import Paragraph, lay_out, nameless

SIGN = b"%PDF-"
CEILINGS = Ceilings()
MOST_TEXT = 32 << 20
"""Characters of a document; the same for a text file."""
_LARGER = 1.12


class NoTextError(InputError):
    """A document whose pages bear no text that could be read."""


Note = Problem | SetAside | BreaksOff


class PdfText(msgspec.Struct, frozen=True):
    """Title and paragraphs, and what could not be read or is no text of the report."""

    title: str
    paragraphs: list[Paragraph]
    notes: list[Note]


def read_pdf(source: Source, ceilings: Ceilings = CEILINGS) -> PdfText:
    """The text layer; InputError where the file is damaged, encrypted, or holds pictures only."""
    title, count = "", 0
    pages: list[Page] = []
    notes: list[Note] = []
    letters = 0
    for frame in frames(source, "ingest.confined.pdf", ceilings):
        if isinstance(frame, Document):
            title, count = frame.title, frame.pages
        elif isinstance(frame, Faulty):
            notes.append(Problem(frame.place, frame.reason))
        elif isinstance(frame, Page):
            letters += sum(len(line.text) for line in frame.lines)
            if letters > MOST_TEXT:
                notes.append(BreaksOff(f"page {frame.number}", "more text than a report has"))
                break
            pages.append(frame)
    readable = list(_readable(pages, notes))
    if not readable:
        raise _no_text(source, count, notes)
    layout = lay_out(readable)
    if layout.running_lines:
        name = f"{source.name}: running heads and feet, {layout.running_characters} characters"
        notes.append(SetAside(name, f"{layout.running_lines} lines that stand on many pages"))
    return PdfText(_title(title, layout.paragraphs), layout.paragraphs, notes)


def _readable(pages: Sequence[Page], notes: list[Note]) -> Iterator[Page]:
    for page in pages:
        place = f"page {page.number}"
        if not page.lines:
            reason = "no text layer, a picture or drawing" if page.objects else "an empty page"
            notes.append(SetAside(place, reason))
        elif nameless(page):
            notes.append(Problem(place, "its fonts do not say which characters their shapes are"))
        else:
            yield page


def _no_text(source: Source, pages: int, notes: Sequence[Note]) -> NoTextError:
    """What a document without one readable page is: scanned, damaged, or empty."""
    fault = next((note for note in notes if isinstance(note, Problem)), None)
    if fault:
        reason = f"no readable text ({fault.where}: {fault.reason})"
    else:
        reason = f"{pages} pages and no text layer: scanned pictures"
    return NoTextError(
        f"{source.name}: {reason}",
        hint="run it through text recognition (ocrmypdf IN OUT) and ingest the result",
        where={"file": source.name},
    )


def _title(stated: str, paragraphs: Sequence[Paragraph]) -> str:
    """The stated title where the first page bears it; else what stands there in larger type."""
    first = [one for one in paragraphs if one.page == paragraphs[0].page]
    plain = "".join(stated.split()).casefold()
    if plain and plain in "".join("".join(one.text.split()) for one in first).casefold():
        return " ".join(stated.split())
    largest = max(first, key=lambda one: one.size)
    usual = min(one.size for one in first)
    return (largest if largest.size > usual * _LARGER else first[0]).text
