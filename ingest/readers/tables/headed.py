"""The rows of a table: the same for every format that has rows and columns."""

from collections.abc import Iterator, Sequence

from evidence.errors import InputError
from ingest.posts import Item, Problem
from ingest.readers.base import ReadOptions, Source
from ingest.readers.clock import NotATimeError
from ingest.readers.tables.columns import field_columns, numbered, readable
from ingest.readers.tables.post import EmptyRowError, RowReader


def has_heading(options: ReadOptions) -> bool:
    """Whether the first row of a table names its columns."""
    return options.mapping is None or options.mapping.heading


class HeadedTable:
    """What the rows below one heading give, or all rows where the mapping says there is none."""

    def __init__(self, columns: Sequence[str], options: ReadOptions, stem: str) -> None:
        mapping = options.mapping
        self.headed = headed = mapping is None or mapping.heading
        self.columns = list(columns) if mapping is None or headed else numbered(mapping)
        self.places = field_columns(self.columns, mapping)
        # A number says nothing where the name of a column stands in a text.
        self.names = {
            field: self.columns[at] if headed else field for field, at in self.places.items()
        }
        self._heading = self.columns if headed else None
        self.reader = RowReader(options, stem)

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
        if [cell.strip() for cell in cells] == self._heading:
            return
        said = {field: cells[at] for field, at in self.places.items() if at < len(cells)}
        try:
            yield from self.reader.read(said, self.names, place, offset, real_time=real_time)
        except (EmptyRowError, NotATimeError) as error:
            yield Problem(place, str(error))


def no_columns(source: Source, seen: str) -> InputError:
    """The error for a table whose columns say nothing; `seen`: their names."""
    return InputError(
        f"{source.name}: no known columns in: {seen[:200]}",
        hint="--mapping FILE says which column is what",
        where={"file": source.name},
    )
