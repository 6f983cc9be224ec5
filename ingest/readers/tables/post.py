"""A row of a table as a post."""

import re
from collections.abc import Mapping as Cells
from dataclasses import dataclass, field
from functools import lru_cache

from graph import ids
from ingest.posts import PostKind, ReadPost, ReadVenue, VenueKind
from ingest.readers.base import ReadOptions, native_part
from ingest.readers.clock import Moment, read_time
from ingest.readers.jsonvalue import whole_text

_PLATFORM = re.compile(r"[^\w.-]+")
APPENDED = ("price", "quantity", "contact")
_KINDS: dict[str, VenueKind] = {"qq": "qq_group", "telegram": "group"}
DEFAULT_PLATFORM = "forum"


class EmptyRowError(ValueError):
    """A row that says nothing."""


@dataclass
class RowReader:
    """Turns rows into posts and names each venue once. `stem`: venue of a table that names none."""

    options: ReadOptions
    stem: str
    venues: dict[tuple[str, str, str], ReadVenue] = field(default_factory=dict)
    """Those that were met, by the cells of platform, number and name."""

    def read(
        self,
        cells: Cells[str, str],
        names: Cells[str, str],
        place: str,
        offset: int,
        *,
        real_time: bool = False,
    ) -> list[ReadVenue | ReadPost]:
        """The post, with its venue in front where it is new; EmptyRowError or NotATimeError.

        `cells`: field -> cell; `names`: field -> name of its column as written; `real_time`: the
        time is in ISO form whatever the mapping says of times that are written.
        """
        said = cells.get("text", "").strip("\r\n")
        heading = " ".join(cells.get("heading", "").split())
        if not said.strip() and not heading:
            raise EmptyRowError("no text")
        moment = self._moment(cells.get("time", ""), real_time)
        known = len(self.venues)
        venue = self._venue(cells, names)
        post = ReadPost(
            venue=venue.id,
            account=account_of(
                venue.platform,
                venue.id,
                cells.get("author_id", "").strip(),
                cells.get("author", "").strip(),
            ),
            sender=whole_text(cells.get("author", "").strip()) or None,
            native_id=cells.get("id", "").strip() or None,
            kind=kind_of(names),
            wall=moment.wall,
            unix=moment.unix,
            raw_time=cells.get("time", "").strip() or None,
            text=whole_text(_text(cells, names, said or heading)),
            heading=whole_text(heading),
            reply_to=cells.get("reply_to", "").strip() or None,
            place=place,
            offset=offset,
        )
        return [venue, post] if len(self.venues) > known else [post]

    def _moment(self, text: str, real_time: bool) -> Moment:
        if not text.strip():
            return Moment(None, None)
        mapping = self.options.mapping
        if mapping is None:
            return read_time(text)
        return read_time(text, None if real_time else mapping.time_format, mapping.zone)

    def _venue(self, cells: Cells[str, str], names: Cells[str, str]) -> ReadVenue:
        platform = cells.get("platform", "") or self.platform
        key = (platform, cells.get("venue_id", ""), cells.get("venue", ""))
        if key not in self.venues:
            section: VenueKind = "market_section" if "price" in names else "board"
            written, number, name = (part.strip() for part in key)
            self.venues[key] = self._new_venue(written, number, name, section)
        return self.venues[key]

    @property
    def platform(self) -> str:
        """The platform of a row that names none."""
        mapping = self.options.mapping
        return (mapping.platform if mapping else None) or ""

    def _new_venue(self, platform: str, number: str, name: str, section: VenueKind) -> ReadVenue:
        named = self.options.venue_id(platform_code(platform))
        if named:
            venue = named
        elif number:
            venue = ids.venue(platform_code(platform), ids.encoded(number))
        else:
            venue = ids.venue_name(platform_code(platform), name or self.stem)
        native = native_part(venue)
        platform = venue.split(":", 2)[1]
        return ReadVenue(
            id=venue,
            platform=platform,
            kind=_KINDS.get(platform, section),
            name=whole_text(name or number or self.stem),
            native=not native.startswith("name/"),
        )


def _text(cells: Cells[str, str], names: Cells[str, str], said: str) -> str:
    """What is said, with the cells of a listing below it under their columns' names."""
    extra = (
        f"{names[name]}: {cells[name].strip()}" for name in APPENDED if cells.get(name, "").strip()
    )
    return "\n".join((said, *extra))


def kind_of(names: Cells[str, str]) -> PostKind:
    """What the rows of a table with these columns are."""
    threaded = names.keys() & {"heading", "venue", "venue_id"}
    return "thread_post" if threaded and "price" not in names else "table_row"


def platform_code(name: str) -> str:
    return _PLATFORM.sub("_", name.casefold().strip()).strip("_") or DEFAULT_PLATFORM


def account_of(platform: str, venue: str, number: str, name: str) -> str | None:
    """Account of an author by number, else by name; None for neither."""
    if number:
        return ids.account(platform, ids.encoded(number))
    return _named_account(platform, venue, name) if name else None


@lru_cache(maxsize=1 << 16)
def _named_account(platform: str, venue: str, name: str) -> str:
    return ids.account_name(platform, native_part(venue), name)
