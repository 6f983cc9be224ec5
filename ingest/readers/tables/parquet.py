"""Parquet tables, read row group by row group in a child process."""

from collections.abc import Iterator
from pathlib import PurePath

from evidence.errors import InputError
from ingest.confined.frames import Cells, Columns, Faulty
from ingest.confined.parent import Ceilings, frames
from ingest.posts import Item, Problem
from ingest.readers.base import NO_SIGNS, Head, ReadOptions, Signs, Source
from ingest.readers.encoding import Encoding
from ingest.readers.jsonstream import TOO_LONG
from ingest.readers.lines import LINE_LIMIT
from ingest.readers.tables.headed import HeadedTable, no_columns

_SIGNS = (b"PAR1", b"PARE")
CEILINGS = Ceilings(memory=4 << 30, cpu=3600)
"""A row group is decoded whole, and writers make them as large as a gigabyte."""


class ParquetReader:
    """Reads the flat columns of a Parquet file as a table; needs the extra `parquet`."""

    name = "parquet"

    def sniff(self, head: Head) -> Signs:
        """Strength of the signs: the mark that each such file begins with."""
        found = next((sign for sign in _SIGNS if head.data.startswith(sign)), None)
        return Signs(100, f"the file begins with {found.decode()}") if found else NO_SIGNS

    def encoding(self, source: Source) -> Encoding | None:
        """None: a binary format."""
        return None

    def read(self, source: Source, options: ReadOptions) -> Iterator[Item]:
        """Venues and posts in file order; InputError where no column can be read as a post."""
        if not self.sniff(source.head()):
            raise InputError(
                f"{source.name}: no Parquet file, it does not begin with PAR1",
                hint="leave out --reader, and the format is told by the content",
                where={"file": source.name},
            )
        table: HeadedTable | None = None
        for frame in frames(source, "ingest.confined.parquet", CEILINGS, "parquet"):
            if isinstance(frame, Faulty):
                yield Problem(frame.place, frame.reason)
            elif isinstance(frame, Columns):
                table = HeadedTable(frame.names, options, PurePath(source.name).stem)
                if not table.readable:
                    raise no_columns(source, ", ".join(frame.names))
                for name, kind in frame.left_out:
                    yield Problem(f"column {name}", f"nested values are not read ({kind})")
            elif isinstance(frame, Cells) and table is not None:
                yield from _rows(table, frame)


def _rows(table: HeadedTable, cells: Cells) -> Iterator[Item]:
    real_time = table.places.get("time", -1) in cells.times
    for number, row in enumerate(cells.rows, cells.first):
        if any(len(cell) > LINE_LIMIT for cell in row):
            yield Problem(f"row {number}", TOO_LONG)
        else:
            yield from table.items(row, f"row {number}", 0, real_time=real_time)
