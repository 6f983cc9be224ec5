"""The formats that can be read. A new format is one module and one entry in `READERS`."""

from evidence.errors import UsageError
from ingest.readers.base import NO_SIGNS, Head, Reader, ReadOptions, Signs, Source
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
    "Signs",
    "Source",
    "detect",
    "load_mapping",
    "reader_named",
    "signs_of",
]

_TABLE = TableReader()
_FORUM = ForumReader()
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
    _TABLE,
    _FORUM,
    ReportReader(),
)


def detect(source: Source, mapping: Mapping | None = None) -> Reader | None:
    """The reader with the strongest signs in the first 64 KiB, the file's name aside.

    With a mapping for the pages of a forum, any saved page is one.
    """
    head = source.head()
    if companion_kind(head.data, ""):
        return None
    reader, signs = max(signs_of(head, mapping), key=lambda one: one[1])
    return reader if signs else None


def signs_of(head: Head, mapping: Mapping | None = None) -> tuple[tuple[Reader, Signs], ...]:
    """What each reader sees in a head; of equally strong ones the first is taken."""
    if not head.data.strip(b"\0 \t\r\n"):
        return tuple((reader, NO_SIGNS) for reader in READERS)
    return tuple((reader, _signs(reader, head, mapping)) for reader in READERS)


def _signs(reader: Reader, head: Head, mapping: Mapping | None) -> Signs:
    if mapping is not None and mapping.kind == "forum" and reader is _FORUM and is_page(head.text):
        return Signs(100, "a saved page, and a mapping for the pages of a forum")
    signs = reader.sniff(head)
    if mapping is not None and mapping.kind == "table" and reader is _TABLE:
        return max(_TABLE.sniff_mapped(head, mapping), signs)
    return signs


def reader_named(name: str) -> Reader:
    """The reader of this name; UsageError that lists the names."""
    for reader in READERS:
        if reader.name == name:
            return reader
    known = ", ".join(reader.name for reader in READERS)
    raise UsageError(f"no reader {name}", hint=f"readers: {known}")
