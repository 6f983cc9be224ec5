"""Reports: the passages of a file put back in their places, read as one text."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import groupby

import msgspec
from msgspec.structs import replace

from evidence.archive.archive import Archive
from evidence.archive.claims import slot_claims
from evidence.archive.readings import Read, Record
from graph import ids
from ingest.extract import Rules
from ingest.extract.report import Pipeline, load_english, read_report
from ingest.extract.report.findings import EventFinding, FigureFinding, Finding, ListingFinding
from ingest.records import Listing


class Passage(msgspec.Struct, frozen=True):
    """A stored passage: its masked text stands at `offset` of the file's text."""

    post: str
    post_n: int
    version_n: int
    offset: int
    text: str
    wall: str | None = None
    heading: str = ""
    native: str | None = None

    @property
    def report(self) -> tuple[str | None, str, str | None]:
        """What the passages of one report have in common."""
        return self.wall, self.heading, self.native


def read_passages(archive: Archive, file_n: int, rules: Rules) -> list[Read]:
    """What the report in this file says by these rules; spans count in the passage's text."""
    return read_reports(_passages(archive, file_n), rules)


def read_reports(passages: Sequence[Passage], rules: Rules) -> list[Read]:
    """The same for passages of one file, in its order."""
    return [
        read
        for _, one in groupby(passages, key=lambda passage: passage.report)
        for read in _read_one(list(one), rules)
    ]


def _read_one(passages: Sequence[Passage], rules: Rules) -> list[Read]:
    """The same for the passages of one report; a file of several tells them apart."""
    start = passages[0].offset
    passages = [replace(passage, offset=passage.offset - start) for passage in passages]
    found: dict[str, list[Finding]] = {passage.post: [] for passage in passages}
    published = _published(passages[0])
    text = _whole(passages)
    for finding in read_report(text, english=_english(), published=published, rules=rules):
        found[_holder(passages, finding.span[0]).post].append(finding)
    return [_read(passage, found[passage.post]) for passage in passages]


@cache
def _english() -> Pipeline | None:
    return load_english()


def _passages(archive: Archive, file_n: int) -> list[Passage]:
    rows = archive.connection.execute(
        "SELECT p.id, p.n, v.n, c.byte_offset, v.text, p.wall, p.heading, p.native_id"
        " FROM capture c JOIN post_version v ON v.n = c.version_n JOIN post p ON p.n = v.post_n"
        " WHERE c.file_n = ? AND p.kind = 'report_passage' ORDER BY c.byte_offset, p.n",
        (file_n,),
    )
    return [Passage(*row) for row in rows]


def _published(passage: Passage) -> date | None:
    """The day of publication, which the reader gives as the passages' time."""
    return date.fromisoformat(passage.wall[:10]) if passage.wall else None


def _whole(passages: Sequence[Passage]) -> str:
    pieces: list[str] = []
    end = 0
    for passage in passages:
        pieces += ["\n" * (passage.offset - end), passage.text]
        end = passage.offset + len(passage.text)
    return "".join(pieces)


def _holder(passages: Sequence[Passage], start: int) -> Passage:
    """The passage in which a span starts."""
    return passages[max(bisect_right(passages, start, key=lambda p: p.offset) - 1, 0)]


def _read(passage: Passage, findings: Sequence[Finding]) -> Read:
    records: dict[str, Record] = {}
    numbers: dict[str, int] = {}
    products: set[str] = set()
    for finding in findings:
        kind = str(type(finding).__struct_config__.tag)
        record = _record(finding, kind, numbers.get(kind, 0), passage)
        if record.id not in records:
            records[record.id] = record
            numbers[kind] = record.number + 1
        if isinstance(finding, ListingFinding):
            products.update(ids.vocabulary(product.id) for product in finding.products)
    return Read(passage.post_n, passage.version_n, list(records.values()), sorted(products))


def _record(finding: Finding, kind: str, number: int, passage: Passage) -> Record:
    fields = msgspec.to_builtins(finding)
    fields.pop("text")
    _shift(fields, passage.offset)
    start, end = finding.span[0] - passage.offset, finding.span[1] - passage.offset
    if not isinstance(finding, ListingFinding):
        claim = ids.claim(kind, passage.post, *_about(finding, passage.post, start))
        return Record(claim, kind, number, (start, end), _json(fields))
    listing_id = ids.listing(passage.post, number)
    fields |= {"post": passage.post, "listing": number}
    listing = msgspec.convert(fields | {"text": ""}, Listing)
    claims = slot_claims(listing, passage.post, listing_id)
    return Record(listing_id, kind, number, (start, end), _json(fields), claims, finding.confidence)


def _about(finding: Finding, post: str, start: int) -> tuple[str, int, str]:
    """Subject, place and value code of a finding that is no listing."""
    if isinstance(finding, EventFinding):
        organisation = finding.organisation
        subject = (organisation.id or organisation.name) if organisation else post
        return subject, start, f"{finding.measure} {finding.date or ''}".rstrip()
    if isinstance(finding, FigureFinding):
        return post, start, f"{finding.value} {finding.unit or ''}".rstrip()
    fields = msgspec.to_builtins(finding)
    return post, start, str(fields.get("id") or fields.get("name") or fields.get("role"))


def _shift(value: object, offset: int) -> None:
    """Makes every span inside relative to `offset`."""
    if isinstance(value, dict):
        if isinstance(span := value.get("span"), (list, tuple)):
            value["span"] = [span[0] - offset, span[1] - offset]
        for inner in value.values():
            _shift(inner, offset)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _shift(inner, offset)


def _json(fields: object) -> str:
    return msgspec.json.encode(fields).decode()
