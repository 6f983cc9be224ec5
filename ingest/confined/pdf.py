"""The lines of a PDF, with their places on the pages."""

import encodings.utf_16_le  # noqa: F401 -- for titles; later no file can be opened
from collections.abc import Iterator
from itertools import pairwise
from typing import BinaryIO

import pypdfium2.raw as raw  # type: ignore[import-untyped]
from pypdfium2 import (
    PdfDocument,
    PdfiumError,
    PdfTextPage,
)

from ingest.confined.frames import Document, Failure, Faulty, Frame, Line, Page

MOST_PAGES = 5000
MOST_CHARACTERS = 1 << 20
"""Of one page; a page of small print has some ten thousand."""
_TITLE = 300
_LINE_FEED = 10
_HYPHENS = (2, 0xFFFE)
"""What the library writes for a hyphen at the end of a line, in the place of its line feed."""


def work(stream: BinaryIO) -> Iterator[Frame]:
    """The document, then each page; a page that cannot be read is named."""
    try:
        document = PdfDocument(stream)
    except PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        yield Failure("encrypted" if locked else "damaged", str(error)[:200])
        return
    pages = len(document)
    yield Document(pages, document.get_metadata_value("Title")[:_TITLE])
    if pages > MOST_PAGES:
        yield Failure("too_long", f"{pages} pages")
        return
    for number in range(pages):
        yield _page(document, number)


def _page(document: PdfDocument, number: int) -> Page | Faulty:
    place = f"page {number + 1}"
    try:
        page = document.get_page(number)
        try:
            text = page.get_textpage()
        except PdfiumError:
            page.close()
            raise
    except PdfiumError as error:
        return Faulty(place, f"cannot be read: {str(error)[:200]}")
    try:
        if (count := text.count_chars()) > MOST_CHARACTERS:
            return Faulty(place, f"{count} characters, no page has so many")
        objects = int(raw.FPDFPage_CountObjects(page))
        return Page(number + 1, page.get_height(), list(_lines(text, count)), objects)
    finally:
        text.close()
        page.close()


def _lines(text: PdfTextPage, count: int) -> Iterator[Line]:
    """Lines of so many characters, as the library breaks them, and where it took a hyphen away."""
    codes = [raw.FPDFText_GetUnicode(text, at) for at in range(count)]
    ends = [at for at, code in enumerate(codes) if code == _LINE_FEED or code in _HYPHENS]
    for start, end in pairwise([0, *(at + 1 for at in ends), count]):
        places = [at for at in range(start, end) if codes[at] not in (0, 10, 13)]
        marks = [at for at in places if codes[at] > 32 and codes[at] not in _HYPHENS]
        if marks:
            first = text.get_charbox(marks[0], loose=True)
            last = text.get_charbox(marks[-1], loose=True)
            said = "".join(_character(codes[at]) for at in places)
            yield Line(said, first[0], first[1], last[2], first[3])


def _character(code: int) -> str:
    if code in _HYPHENS:
        return "\xad"
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
