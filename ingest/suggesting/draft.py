"""The draft of a mapping: what was found, and the YAML that says it with reasons."""

from collections.abc import Iterator

import msgspec

from evidence.archive.cleaning import clean_message, clean_name
from evidence.errors import InputError
from ingest.readers import Source, detect
from ingest.readers.companions import companion_kind
from ingest.readers.encoding import Encoding
from ingest.readers.pages.signs import is_page
from ingest.readers.tables.columns import readable
from ingest.suggesting.columns import Columns, Proposal, columns_of
from ingest.suggesting.examples import Examples
from ingest.suggesting.sample import Sample, delimited, no_table, objects, parquet, workbook
from ingest.suggesting.writing import comment, quoted

_OBJECTS = ("{", "[")


class ColumnDraft(msgspec.Struct, frozen=True, kw_only=True):
    """One column; `field` is None where nothing fits it. Examples are masked."""

    column: str
    field: str | None
    taken: bool
    why: str
    also: list[str]
    examples: list[str]


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft for one file; `yaml` is the mapping file itself."""

    path: str
    kind: str
    encoding: str | None
    rows: int
    unit: str = "rows"
    heading: bool
    delimiter: str | None
    time_format: str | None
    columns: list[ColumnDraft]
    yaml: str


def draft_table(source: Source) -> Draft:
    """The draft for a table; InputError where the file is none, or holds no posts."""
    sample, encoding = _sample(source)
    examples = Examples(sample)
    found = columns_of(sample, examples.hidden())
    if not readable({one.field: one.column for one in found.taken}):
        raise no_table(source, "no column of texts beside one of times, names or numbers")
    drafts = list(_columns(sample, found, examples))
    return Draft(
        path=clean_name(source.name),
        kind="table",
        encoding=encoding.codec if encoding else None,
        rows=len(sample.rows),
        heading=sample.heading,
        delimiter=sample.delimiter,
        time_format=_time_format(found),
        columns=drafts,
        yaml="\n".join(_yaml(source, sample, encoding, found, drafts)) + "\n",
    )


def is_saved_page(source: Source) -> bool:
    """Whether the file is a page, for which selectors are drafted."""
    return is_page(source.head().text)


def _sample(source: Source) -> tuple[Sample, Encoding | None]:
    head = source.head()
    reader = detect(source)
    name = reader.name if reader else ""
    if name == "excel":
        return workbook(source), None
    if name == "parquet":
        return parquet(source), None
    if kind := companion_kind(head.data, source.name):
        raise no_table(source, f"a {kind}")
    if name not in ("", "table", "report"):
        raise InputError(
            f"{source.name}: reader {name} knows it; it needs no mapping",
            hint=f"heichan ingest {source.name}",
            where={"file": source.name},
        )
    start = head.text.lstrip("\ufeff \t\r\n")[:1]
    return (objects(source) if start in _OBJECTS else delimited(source)), source.encoding()


def _time_format(found: Columns) -> str | None:
    at = next((one.column for one in found.taken if one.field == "time"), None)
    return None if at is None else found.profiles[at].form


def _columns(sample: Sample, found: Columns, examples: Examples) -> Iterator[ColumnDraft]:
    by_column = {one.column: (one, True) for one in found.taken}
    by_column |= {one.column: (one, False) for one in found.unsure}
    for at, name in enumerate(sample.names):
        one, taken = by_column.get(at, (None, False))
        yield ColumnDraft(
            column=clean_message(name),
            field=one.field if one else None,
            taken=taken,
            why=_why(one, found, at),
            also=list(one.also) if one else [],
            examples=examples.of(at),
        )


def _why(one: Proposal | None, found: Columns, at: int) -> str:
    if one is not None:
        return one.why
    return "nothing fits it" if found.profiles[at].count else "empty"


def _yaml(
    source: Source,
    sample: Sample,
    encoding: Encoding | None,
    found: Columns,
    drafts: list[ColumnDraft],
) -> Iterator[str]:
    written = f", {encoding.codec} ({encoding.basis})" if encoding else ""
    where = f", {sample.where}" if sample.where else ""
    yield comment(f"Draft of a mapping for {clean_name(source.name)}{where}{written}.")
    yield comment(
        f"{len(sample.rows)} rows were looked at; examples are masked. Look it over, then:"
    )
    yield comment(f"heichan ingest {clean_name(source.name)} --mapping THIS_FILE")
    yield "kind: table"
    if sample.delimiter:
        yield f"delimiter: {quoted(sample.delimiter)}"
    if not sample.heading:
        yield comment("The first row holds values like the others: columns are numbers from 1.")
        yield "heading: false"
    yield from _times(found)
    yield comment(
        "platform: forum  # where the rows come from; the host of the site keeps ids apart"
    )
    if not {"venue", "venue_id"} & {one.field for one in found.taken}:
        yield comment("venue: NAME  # without it the venue is called like the file")
    yield "columns:"
    for at, one in enumerate(drafts):
        yield from _column_lines(sample.names[at], one)
    if sample.further:
        yield comment(f"{sample.further} further columns were not looked at.", indent=2)
    for name in sample.left_out:
        yield comment(f"{quoted(clean_message(name))}: nested values, not read", indent=2)


def _times(found: Columns) -> Iterator[str]:
    at = next((one.column for one in found.taken if one.field == "time"), None)
    form = _time_format(found)
    if at is not None and form:
        also = found.profiles[at].also
        if also:
            yield comment(f"Unsure: {also} fits every value that was looked at as well.")
        yield f"time_format: {quoted(form)}"
    if at is not None:
        yield comment(
            "zone: Asia/Shanghai  # for times without a zone, else that of the case or --tz"
        )


def _column_lines(name: str, one: ColumnDraft) -> Iterator[str]:
    shown = f" E.g. {' | '.join(one.examples)}" if one.examples else ""
    if clean_message(name) != name:
        yield comment("A column whose name holds an identifier: rename it to use it.", indent=2)
    elif one.field and one.taken:
        also = f" Or: {', '.join(one.also)}." if one.also else ""
        yield comment(f"{one.why}.{also}{shown}", indent=2)
        yield f"  {one.field}: {quoted(name)}"
    elif one.field:
        also = f" Or: {', '.join(one.also)}." if one.also else ""
        yield comment(f"Unsure: {one.why}.{also}{shown}", indent=2)
        yield comment(f"{one.field}: {quoted(name)}", indent=2)
    else:
        yield comment(f"Not used: {quoted(name)} ({one.why}).{shown}", indent=2)
