"""A sheet as a table: its heading is looked for in its first rows."""

from collections.abc import Iterator, Sequence

from ingest.posts import Item, Problem, SetAside
from ingest.readers.base import ReadOptions
from ingest.readers.tables.headed import HeadedTable, has_heading

_HEADING_AMONG = 20
_IDS = ("id", "author_id", "venue_id", "reply_to")


class SheetTable:
    """Takes the rows of one sheet in order."""

    def __init__(self, options: ReadOptions, stem: str, name: str) -> None:
        self.seen = ""
        """The first row, where no heading was found."""
        self._options = options
        self._stem = stem
        self._name = name
        self._table: HeadedTable | None = None
        self._above: list[str] = []
        self._rounded: set[int] = set()

    @property
    def readable(self) -> bool:
        return self._table is not None

    @property
    def given_up(self) -> bool:
        """Whether so many rows were no heading that the rest is not looked at."""
        return self._table is None and len(self._above) >= _HEADING_AMONG

    def items(
        self, cells: Sequence[str], place: str, times: Sequence[int], rounded: Sequence[int] = ()
    ) -> Iterator[Item]:
        """The items of a row; `times`, `rounded`: columns of real times, of numbers cut short."""
        table = self._table
        if table is None:
            yield from self._heading(cells, place, times, rounded)
            return
        if rounded:
            cells = self._without_ids(table, cells, rounded)
        real_time = table.places.get("time", -1) in times
        yield from table.items(cells, place, 0, real_time=real_time)

    def end(self) -> Iterator[Item]:
        """What is to be said when the sheet is over."""
        if self._table is None:
            return
        for at in sorted(self._rounded):
            name = f"{self._name}, column {self._table.columns[at]}"
            yield SetAside(
                name, "numbers of 16 digits and more, rounded by the spreadsheet: no ids"
            )

    def _heading(
        self, cells: Sequence[str], place: str, times: Sequence[int], rounded: Sequence[int]
    ) -> Iterator[Item]:
        names = [cell.strip() for cell in cells]
        table = HeadedTable(names, self._options, self._stem)
        if table.readable:
            self._table = table
            for above in self._above:
                yield SetAside(above, "above the heading")
            if not has_heading(self._options):
                yield from self.items(cells, place, times, rounded)
            return
        self.seen = self.seen or ", ".join(filter(None, names))[:200]
        self._above.append(place)

    def _without_ids(
        self, table: HeadedTable, cells: Sequence[str], rounded: Sequence[int]
    ) -> list[str]:
        """Two accounts or posts whose numbers were rounded to one must not become one."""
        places = {table.places[field] for field in _IDS if field in table.places}
        gone = places.intersection(rounded)
        self._rounded |= gone
        return ["" if at in gone else cell for at, cell in enumerate(cells)]


def unreadable(name: str, table: SheetTable) -> Problem:
    """The problem of a sheet without a known heading."""
    return Problem(name, f"no known columns in: {table.seen}")
