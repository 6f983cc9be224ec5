"""Reports of vendors and the press: text, Markdown and saved pages as passages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborHTMLParser

from evidence.errors import InputError
from ingest.posts import Item, ReadPost
from ingest.readers.base import Head, ReadOptions, Source
from ingest.readers.html_text import page_text

SIZE_LIMIT = 32 << 20
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype html|html|head|body|article)", re.I
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,20})""", re.I)
_OTHER_PAGES = re.compile(
    r'class="(?:page_wrap|history|message default clearfix)|id="postlist"|Powered by Discuz'
    r"|phpBB|class=\"postbody\"|Content-Type: multipart/related",
)
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
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DATE_MARKS = (
    ("meta[property='article:published_time']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='date']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("time[datetime]", "datetime"),
)
_LONGEST_TITLE = 160


@dataclass(frozen=True)
class ReportText:
    """The text of a report, in which all spans count, its title, and its date where stated."""

    title: str
    text: str
    published: date | None = None


class ReportReader:
    """Reads each non-empty line of a report as a passage without venue and account."""

    name = "report"

    def sniff(self, head: Head) -> int:
        """Weak signs only: a page that no other reader knows, Markdown, or some sentences."""
        text = head.text.lstrip("\ufeff")
        if "\0" in text or _OTHER_PAGES.search(text):
            return 0
        if _HTML.match(text):
            return 30
        if head.encoding.codec is None or text.lstrip()[:1] in ("{", "[", "<"):
            return 0
        sentences = sum(map(_is_prose, text.split("\n")))
        return 10 if sentences >= 2 or (sentences and len(text) < 1000) else 0

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """The passages; InputError where the file is too large or in no known encoding."""
        report = report_text(source)
        # The length of a wall time tells how exact it is.
        published = report.published.isoformat() if report.published else None
        number = start = 0
        for line in report.text.split("\n"):
            passage = line.strip()
            if passage:
                number += 1
                yield ReadPost(
                    venue=None,
                    account=None,
                    kind="report_passage",
                    wall=published,
                    heading=report.title,
                    text=passage,
                    place=f"passage {number}",
                    offset=start + line.index(passage),
                )
            start += len(line) + 1


def _is_prose(line: str) -> bool:
    """Whether a line has a full stop and enough words, or enough Han characters, in front."""
    stop = _STOPS.search(line, 12)
    if stop is None:
        return False
    before = line[:4000]
    return len(before.split()) >= 8 or len(_HAN.findall(before)) >= 12


def report_text(source: Source) -> ReportText:
    """Text, title and stated date of a report file."""
    if source.size > SIZE_LIMIT:
        raise InputError(
            f"{source.name}: longer than {SIZE_LIMIT >> 20} MiB, no report is",
            hint="name another reader with --reader, or split the file",
            where={"file": source.name},
        )
    with source.open() as stream:
        data = stream.read(SIZE_LIMIT + 1)
    text = _decoded(source, data)
    return _page(text) if _HTML.match(text) else _plain(text)


def _decoded(source: Source, data: bytes) -> str:
    encoding = source.encoding()
    codec = encoding.codec or _declared(data) or source.require_encoding().codec or "utf-8"
    try:
        return data[encoding.bom :].decode(codec)
    except (UnicodeDecodeError, LookupError) as error:
        place = encoding.bom + getattr(error, "start", 0)
        raise InputError(
            f"{source.name}: not {codec} at byte {place}",
            hint="convert the file to UTF-8 and ingest it again",
            where={"file": source.name, "byte": place},
        ) from error


def _declared(data: bytes) -> str | None:
    """The encoding that a page states for itself."""
    found = _CHARSET.search(data[:4096])
    return found[1].decode("ascii", "replace") if found else None


def _page(text: str) -> ReportText:
    tree = LexborHTMLParser(text)
    title, published = _page_title(tree), _page_date(tree)
    return ReportText(title, page_text(tree), published)


def _page_title(tree: LexborHTMLParser) -> str:
    named = tree.css_first("meta[property='og:title']")
    if named is not None and (title := (named.attributes.get("content") or "").strip()):
        return _title(title)
    for selector in ("title", "h1"):
        if (node := tree.css_first(selector)) is not None and (title := node.text().strip()):
            return _title(title)
    return ""


def _page_date(tree: LexborHTMLParser) -> date | None:
    for selector, attribute in _DATE_MARKS:
        node = tree.css_first(selector)
        if node is not None and (found := _day(node.attributes.get(attribute) or "")):
            return found
    return None


def _plain(text: str) -> ReportText:
    matter = _FRONT_MATTER.match(text)
    stated = _STATED_DATE.search(matter[1] if matter else text[:2000])
    body = text[matter.end() :] if matter else text
    lines = [line.strip("\ufeff \t\r") for line in body.split("\n", 200)[:200]]
    full = [line for line in lines if line]
    heading = _MARKDOWN_TITLE.search(body)
    title = heading[1] if heading else full[0] if full and len(full[0]) <= _LONGEST_TITLE else ""
    published = _day(stated[1]) if stated else _dated_line(full[:_HEAD_LINES])
    return ReportText(_title(title), text, published)


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


def _title(text: str) -> str:
    return " ".join(text.split()).strip("\ufeff ")[:_LONGEST_TITLE]


def _day(text: str) -> date | None:
    found = _DATE.match(text.strip())
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None
