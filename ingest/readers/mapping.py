"""The mapping file: which column is what, and what the table itself does not say."""

from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
import yaml

from evidence.errors import InputError
from ingest.readers.forum.selectors import PageSelectors, PostSelectors

FIELDS = (
    "id",
    "time",
    "author",
    "author_id",
    "heading",
    "text",
    "venue",
    "venue_id",
    "reply_to",
    "platform",
    "price",
    "quantity",
    "contact",
    "category",
)

MOST_COLUMNS = 10_000
"""Of a table without a heading."""


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`kind: table`: `columns`: field -> column name, or without a `heading` its number from 1.
    `kind: forum`: `posts` and `thread`, where on a page what stands. For both: `time_format` as in
    `strptime`."""

    kind: Literal["table", "forum"] = "table"
    columns: dict[str, str] = {}
    platform: str | None = None
    venue: str | None = None
    zone: str | None = None
    time_format: str | None = None
    delimiter: str | None = None
    heading: bool = True
    """Whether the first row of a table names its columns."""
    thread: PageSelectors | None = None
    posts: PostSelectors | None = None

    def __post_init__(self) -> None:
        self._check_kind()
        if unknown := sorted(set(self.columns) - set(FIELDS)):
            raise ValueError(f"unknown field {unknown[0]} (known: {', '.join(FIELDS)})")
        if self.delimiter is not None and len(self.delimiter) != 1:
            raise ValueError("delimiter is not one character")
        if self.platform is not None and (not self.platform or ":" in self.platform):
            raise ValueError("platform is empty or holds a colon")
        if self.zone:
            _zone(self.zone)
        if self.time_format:
            datetime(2021, 3, 4).strftime(self.time_format)

    def _check_kind(self) -> None:
        forum = self.kind == "forum"
        if forum and self.posts is None:
            raise ValueError("posts: missing, a mapping of kind forum says where posts are")
        if not self.heading:
            self._check_numbers()
        strange = ("columns", "delimiter") if forum else ("posts", "thread")
        if given := next((name for name in strange if getattr(self, name)), None):
            raise ValueError(f"{given}: not for kind {self.kind}")

    def _check_numbers(self) -> None:
        if self.kind != "table":
            raise ValueError(f"heading: not for kind {self.kind}")
        for field, name in self.columns.items():
            if not (name.isascii() and name.isdecimal() and 0 < int(name[:6]) <= MOST_COLUMNS):
                raise ValueError(f"{field}: without a heading, columns are numbers from 1")


def load_mapping(path: Path) -> Mapping:
    """Reads a YAML mapping file; InputError naming the file and what is wrong in it."""
    try:
        return msgspec.convert(yaml.safe_load(path.read_text("utf-8")) or {}, Mapping)
    except OSError as error:
        reason = error.strerror or str(error)
    except (msgspec.ValidationError, yaml.YAMLError, ValueError, RecursionError) as error:
        reason = " ".join(str(error).split())
    raise InputError(
        f"mapping {path}: {reason}",
        hint="a mapping has kind (table or forum), platform, venue, zone, time_format; a table's"
        " columns (field: column), delimiter and heading; a forum's posts and thread"
        " (field: selector)",
        where={"file": str(path)},
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise ValueError(f"unknown zone {name}") from error
