"""The formats that can be read. A new format is one module and one entry in `READERS`."""

from evidence.errors import UsageError
from ingest.readers.base import Head, Reader, ReadOptions, Source
from ingest.readers.chatlab.reader import ChatLabReader
from ingest.readers.companions import companion_kind
from ingest.readers.forum.reader import ForumReader
from ingest.readers.mail.reader import EmlReader
from ingest.readers.mapping import Mapping, load_mapping
from ingest.readers.pages.signs import is_page
from ingest.readers.qq.json_reader import QQJsonReader
from ingest.readers.qq.mht_reader import QQMhtReader
from ingest.readers.qq.reader import QQReader
from ingest.readers.reports.reader import ReportReader
from ingest.readers.reports.stix import StixReader
from ingest.readers.tables.parquet import ParquetReader
from ingest.readers.tables.reader import TableReader
from ingest.readers.tables.xlsx import ExcelReader
from ingest.readers.telegram.html_reader import TelegramHtmlReader
from ingest.readers.telegram.reader import TelegramReader

__all__ = [
    "READERS",
    "Head",
    "Mapping",
    "ReadOptions",
    "Reader",
    "Source",
    "detect",
    "explain",
    "load_mapping",
    "reader_named",
]

READERS: tuple[Reader, ...] = (
    TelegramReader(),
    TelegramHtmlReader(),
    QQReader(),
    QQMhtReader(),
    QQJsonReader(),
    ChatLabReader(),
    StixReader(),
    EmlReader(),
    ExcelReader(),
    ParquetReader(),
    TableReader(),
    ForumReader(),
    ReportReader(),
)


def detect(source: Source, mapping: Mapping | None = None) -> Reader | None:
    """The reader with the strongest signs in the first 64 KiB, the file's name aside.

    With a mapping for the pages of a forum, any saved page is one.
    """
    head = source.head()
    if companion_kind(head.data, ""):
        return None
    if mapping is not None and mapping.kind == "forum" and is_page(head.text):
        return reader_named(ForumReader.name)
    strength, best = max(((_strength(reader, head), -n) for n, reader in enumerate(READERS)))
    return READERS[-best] if strength else None


def explain(source: Source) -> tuple[str, ...]:
    """One line for what the bytes show and one for each reader's strength, the chosen one last."""
    head = source.head()
    encoding = head.encoding
    shown = encoding.codec or f"unknown encoding (byte {encoding.bad_byte} is not UTF-8)"
    if kind := companion_kind(head.data, source.name):
        shown = kind
    chosen = detect(source)
    strengths = (f"{reader.name}: {_strength(reader, head)} of 100" for reader in READERS)
    return (
        f"{source.name}: {source.size} bytes, {shown}",
        *strengths,
        f"read as: {chosen.name if chosen else 'nothing'}",
    )


def reader_named(name: str) -> Reader:
    """The reader of this name; UsageError that lists the names."""
    for reader in READERS:
        if reader.name == name:
            return reader
    known = ", ".join(reader.name for reader in READERS)
    raise UsageError(f"no reader {name}", hint=f"readers: {known}")


def _strength(reader: Reader, head: Head) -> int:
    return reader.sniff(head) if head.data.strip(b"\0 \t\r\n") else 0
