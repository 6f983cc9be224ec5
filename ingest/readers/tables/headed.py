"""The rows of a table with a heading: the same for every format that has rows and columns."""

from collections.abc import Iterator, Sequence

from evidence.errors import InputError
from ingest.posts import Item, Problem
from ingest.readers.base import ReadOptions, Source
from ingest.readers.clock import NotATimeError
from ingest.readers.tables.columns import field_columns, readable
from ingest.readers.tables.post import EmptyRowError, RowReader


class HeadedTable:
    """What the rows below one heading give."""

    def __init__(self, columns: Sequence[str], options: ReadOptions, stem: str) -> None:
        self.columns = list(columns)
        self.places = field_columns(self.columns, options.mapping)
        self._names = {field: self.columns[at] for field, at in self.places.items()}
        self._reader = RowReader(options, stem)

    @property
    def readable(self) -> bool:
        """Whether these columns can be read as posts."""
        return readable(self.places)

    def items(
        self, cells: Sequence[str], place: str, offset: int, *, real_time: bool = False
    ) -> Iterator[Item]:
        """The items of one row; none where the heading stands once more.

        `real_time`: the format itself says that the cell of the time is one, in ISO form.
        """
        if [cell.strip() for cell in cells] == self.columns:
            return
        said = {field: cells[at] for field, at in self.places.items() if at < len(cells)}
        try:
            yield from self._reader.read(said, self._names, place, offset, real_time=real_time)
        except (EmptyRowError, NotATimeError) as error:
            yield Problem(place, str(error))


def no_columns(source: Source, seen: str) -> InputError:
    """The error for a table whose columns say nothing; `seen`: their names."""
    return InputError(
        f"{source.name}: no known columns in: {seen[:200]}",
        hint="--mapping FILE says which column is what",
        where={"file": source.name},
    )
