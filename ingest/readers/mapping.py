"""The mapping file: which column is what, and what the table itself does not say."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import yaml

from evidence.errors import InputError

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


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`columns`: field -> column name. `time_format` as in `strptime`."""

    columns: dict[str, str] = {}
    platform: str | None = None
    venue: str | None = None
    zone: str | None = None
    time_format: str | None = None
    delimiter: str | None = None

    def __post_init__(self) -> None:
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
        hint="a mapping has columns (field: column), platform, venue, zone, time_format, delimiter",
        where={"file": str(path)},
    )


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise ValueError(f"unknown zone {name}") from error
