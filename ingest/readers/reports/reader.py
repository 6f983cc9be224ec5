"""Reports of vendors and the press: text, Markdown, PDF and saved pages as passages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from evidence.errors import InputError
from ingest.confined.parent import LockedError
from ingest.posts import Item, Problem, ReadPost, SetAside
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.encoding import Encoding
from ingest.readers.pages.nesting import check_nesting
from ingest.readers.pages.saved import HTML, SIZE_LIMIT, page_encoding, read_limited
from ingest.readers.pages.signs import is_article, is_page
from ingest.readers.reports.article import read_article
from ingest.readers.reports.article_facts import LONGEST_TITLE, page_facts, plain_title, stated_day
from ingest.readers.reports.pdf import SIGN, Note, NoTextError, read_pdf

__all__ = ["SIZE_LIMIT", "ReportReader", "ReportText", "report_text"]

_MESSAGE = re.compile(r"Content-Type: multipart/related")
_FRONT_MATTER = re.compile(r"\ufeff?---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)
_MARKDOWN_TITLE = re.compile(r"^#\s+(.+?)\s*#*$", re.MULTILINE)
_STOPS = re.compile(r"[.!?。！？]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_STATED_DATE = re.compile(
    r"(?:date|published|发布日期|日期)\s*[:：]\s*[\"']?(\d{4}-\d{2}-\d{2})", re.IGNORECASE
)
_DAY_LINES = (
    re.compile(r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"),
    re.compile(r"(?P<day>\d{1,2}) (?P<month>[A-Z][a-z]{2,8}),? (?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_HEAD_LINES = 20


@dataclass(frozen=True)
class ReportText:
    """The text of a report, in which all spans count, its title, and its date where stated."""

    title: str
    text: str
    published: date | None = None
    author: str = ""
    left_out: tuple[tuple[str, int], ...] = ()
    """Parts of a page that are no text of the report, with their characters."""
    places: tuple[str, ...] = ()
    """Where each line of the text stands, where the format tells more than its order."""
    notes: tuple[Note, ...] = ()


class ReportReader:
    """Reads each non-empty line of a report as a passage without venue and account."""

    name = "report"

    def sniff(self, head: Head) -> Signs:
        """Weak signs only: a page that no other reader knows, Markdown, or some sentences."""
        if head.data.startswith(SIGN):
            return Signs(100, f"the file begins with {SIGN.decode()}")
        text = head.text.lstrip("\ufeff")
        if "\0" in text or _MESSAGE.search(text):
            return NO_SIGNS
        if is_page(text):
            told = "a page that is no chat's"
            return Signs(30 if is_article(text) else 0, told, missing="an article: it is a forum's")
        if head.encoding.codec is None or text.lstrip()[:1] in ("{", "[", "<"):
            return NO_SIGNS
        sentences = sum(map(_is_prose, text.split("\n")))
        if not sentences:
            return NO_SIGNS
        enough = sentences >= 2 or len(text) < 1000
        told = f"{sentences} lines with a whole sentence"
        return Signs(10 if enough else 0, told, missing="two lines with a whole sentence")

    def encoding(self, source: Source) -> Encoding | None:
        """How its text is encoded; None for a PDF."""
        head = source.head().data
        return None if head.startswith(SIGN) else page_encoding(source, head)

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """The passages; InputError where the file is too large or in no known encoding."""
        try:
            report = report_text(source)
        except (LockedError, NoTextError) as error:
            # The file is whole: what it holds is no text, as with a picture in its place.
            reason = error.message.removeprefix(f"{source.name}: ")
            yield Problem("file", f"{reason} ({error.hint})")
            return
        # The length of a wall time tells how exact it is.
        published = report.published.isoformat() if report.published else None
        number = start = 0
        for order, line in enumerate(report.text.split("\n")):
            passage = line.strip()
            if passage:
                number += 1
                yield ReadPost(
                    venue=None,
                    account=None,
                    kind="report_passage",
                    sender=report.author or None,
                    wall=published,
                    heading=report.title,
                    text=passage,
                    place=report.places[order] if report.places else f"passage {number}",
                    offset=start + line.index(passage),
                )
            start += len(line) + 1
        for part, letters in report.left_out:
            name = f"{source.name}: {part}, {letters} characters"
            yield SetAside(name, "a part of the page that is no text of its article")
        yield from report.notes


def _is_prose(line: str) -> bool:
    """Whether a line has a full stop and enough words, or enough Han characters, in front."""
    stop = _STOPS.search(line, 12)
    if stop is None:
        return False
    before = line[:4000]
    return len(before.split()) >= 8 or len(_HAN.findall(before)) >= 12


def report_text(source: Source) -> ReportText:
    """Text, title and stated date of a report file."""
    if source.head().data.startswith(SIGN):
        return _pdf(source)
    data = read_limited(source)
    text = _decoded(source, data)
    return _page(text, source.name) if HTML.match(text) else _plain(text)


def _decoded(source: Source, data: bytes) -> str:
    encoding = page_encoding(source, data)
    codec = encoding.codec or "utf-8"
    try:
        return data[encoding.bom :].decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        place = encoding.bom + getattr(error, "start", 0)
        raise InputError(
            f"{source.name}: not {codec} at byte {place}",
            hint="convert the file to UTF-8 and ingest it again",
            where={"file": source.name, "byte": place},
        ) from error


def _pdf(source: Source) -> ReportText:
    read = read_pdf(source)
    lines = [one.text for one in read.paragraphs]
    return ReportText(
        plain_title(read.title[:LONGEST_TITLE]),
        "\n".join(lines),
        _dated_line(lines[:_HEAD_LINES]),
        places=tuple(f"page {one.page}, paragraph {one.number}" for one in read.paragraphs),
        notes=tuple(read.notes),
    )


def _page(text: str, name: str) -> ReportText:
    check_nesting(text, name)
    tree = LexborHTMLParser(text)
    facts = page_facts(tree)
    article = read_article(tree)
    published = facts.published or _dated_line(article.text.split("\n", _HEAD_LINES)[:_HEAD_LINES])
    return ReportText(facts.title, article.text, published, facts.author, article.left_out)


def _plain(text: str) -> ReportText:
    matter = _FRONT_MATTER.match(text)
    stated = _STATED_DATE.search(matter[1] if matter else text[:2000])
    body = text[matter.end() :] if matter else text
    lines = [line.strip("\ufeff \t\r") for line in body.split("\n", 200)[:200]]
    full = [line for line in lines if line]
    heading = _MARKDOWN_TITLE.search(body)
    title = heading[1] if heading else full[0] if full and len(full[0]) <= LONGEST_TITLE else ""
    published = stated_day(stated[1]) if stated else _dated_line(full[:_HEAD_LINES])
    return ReportText(plain_title(title), text, published)


def _dated_line(lines: list[str]) -> date | None:
    """The first line that is a day and nothing else, as articles have below their title."""
    for line in lines:
        for form in _DAY_LINES:
            if found := form.fullmatch(line):
                return _calendar_day(found["year"], found["month"], found["day"])
    return None


def _calendar_day(year: str, month: str, day: str) -> date | None:
    name = month[:3].lower()
    try:
        return date(int(year), _MONTHS.index(name) + 1 if name.isalpha() else int(month), int(day))
    except ValueError:
        return None
