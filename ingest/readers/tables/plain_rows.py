"""Plain rows of a delimited table, each read at one stroke; all others are read with care."""

from functools import lru_cache
from sys import maxsize

from ingest.posts import ReadPost
from ingest.readers.clock import NotATimeError, plain_wall, read_time
from ingest.readers.tables.headed import HeadedTable
from ingest.readers.tables.post import APPENDED, account_of, kind_of

_NONE = -1
"""Place of a column that is not there: an empty cell is put behind the last one."""


class PlainRows:
    """Knows once for all rows which cell is what. Only for times that need no mapping."""

    def __init__(self, table: HeadedTable, delimiter: str) -> None:
        places = table.places
        self._delimiter = delimiter
        self._fewest = max(places.values()) + 1
        self._most = len(table.columns) if table.headed else maxsize
        self._text, self._heading = places.get("text", _NONE), places.get("heading", _NONE)
        self._time, self._id = places.get("time", _NONE), places.get("id", _NONE)
        self._reply = places.get("reply_to", _NONE)
        self._author, self._number = places.get("author", _NONE), places.get("author_id", _NONE)
        self._platform = places.get("platform", _NONE)
        self._venue, self._venue_id = places.get("venue", _NONE), places.get("venue_id", _NONE)
        self._appended = [
            (f"{table.names[field]}: ", places[field]) for field in APPENDED if field in places
        ]
        # Where one of these stands in its own column, the row may be the heading once more.
        self._names = {table.columns[at] for at in (self._text, self._heading) if at != _NONE}
        self._kind = kind_of(table.names)
        self._platform_else = table.reader.platform
        self._known = table.reader.venues.get
        if table.headed:
            self._fewest = self._most

    def post(self, text: str, number: int, offset: int) -> ReadPost | None:
        """The post of this line; None where it is none, or no plain one."""
        if '"' in text or "\r" in text:
            return None
        cells = text.split(self._delimiter)
        if not self._fewest <= len(cells) <= self._most:
            return None
        cells.append("")
        said, heading = cells[self._text], cells[self._heading]
        if heading:
            heading = " ".join(heading.split())
        told = said.strip()
        if not (told or heading) or told in self._names or heading in self._names:
            return None
        venue = self._known(
            (
                cells[self._platform] or self._platform_else,
                cells[self._venue_id],
                cells[self._venue],
            )
        )
        if venue is None:
            return None
        written = cells[self._time]
        wall, unix = plain_wall(written), None
        if wall is None and (written := written.strip()):
            try:
                moment = read_time(written)
            except NotATimeError:
                return None
            wall, unix = moment.wall, moment.unix
        account, sender = _speaker(
            venue.platform, venue.id, cells[self._number], cells[self._author]
        )
        shown = said or heading
        for name, at in self._appended:
            if cell := cells[at].strip():
                shown = f"{shown}\n{name}{cell}"
        return ReadPost(
            venue=venue.id,
            account=account,
            sender=sender,
            native_id=cells[self._id].strip() or None,
            kind=self._kind,
            wall=wall,
            unix=unix,
            raw_time=written or None,
            text=shown,
            heading=heading,
            reply_to=cells[self._reply].strip() or None,
            place=f"row {number}",
            offset=offset,
        )


@lru_cache(maxsize=1 << 16)
def _speaker(platform: str, venue: str, number: str, author: str) -> tuple[str | None, str | None]:
    """Account and name of an author, by the cells as written."""
    name = author.strip()
    return account_of(platform, venue, number.strip(), name), name or None
