"""What `case.toml` says about a case."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from evidence.errors import DataError, UsageError

SCHEMA = 1
DEFAULT_ZONE = "Asia/Shanghai"
Tlp = Literal["RED", "AMBER+STRICT", "AMBER", "GREEN", "CLEAR"]
TLP_ORDER: tuple[Tlp, ...] = tuple(reversed(get_args(Tlp)))
"""The least strict first."""


def tlp_rank(mark: str) -> int | None:
    """Place of a mark, with or without `TLP:`, among `TLP_ORDER`; None where it is no mark."""
    name = mark.upper().removeprefix("TLP:")
    return next((place for place, each in enumerate(TLP_ORDER) if each == name), None)


def tlp_mark(text: str) -> Tlp:
    """The mark that a text names. Raises UsageError for one that is none."""
    place = tlp_rank(text)
    if place is None:
        raise UsageError(f"{text} is no TLP mark", hint=f"one of {', '.join(TLP_ORDER)}")
    return TLP_ORDER[place]


class VenueTags(msgspec.Struct, frozen=True):
    """Tags of one venue; `segments` are the market segments that it counts for."""

    segments: tuple[str, ...] = ()


class Assistant(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `heichan mcp` may hand to an assistant: nothing until the user enables it."""

    enabled: bool = False
    tlp_max: Tlp = "CLEAR"
    """What is marked stricter is left out."""
    rows: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 50
    """Rows of an answer at the most."""


class Resolving(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How decisions on who is who are made."""

    reviewers: Annotated[int, msgspec.Meta(ge=1, le=2)] = 1
    """So many different people must decide the same before a decision takes effect."""


class Auditing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What goes into the audit log beside what changes a case or leaves it."""

    queries: bool = False
    """Everything that is asked and shown, with a hash of the answer."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """The settings of a case. `id` is random and made once; `schema` is the layout's version."""

    id: str
    schema: int = SCHEMA
    purpose: str = ""
    owner: str = ""
    zone: str = DEFAULT_ZONE
    store: Literal["embedded", "neo4j"] = "embedded"
    database: str = "neo4j"
    tlp: Tlp = "AMBER"
    retention: date | None = None
    """The day until which the case may be kept; None where none is set."""
    vault: str = ""
    """Public part of the key for which originals are encrypted; empty where none are kept."""
    mcp: Assistant = Assistant()
    resolve: Resolving = Resolving()
    audit: Auditing = Auditing()
    venues: dict[str, VenueTags] = {}

    def segments(self, venue: str) -> tuple[str, ...]:
        """Segments of a venue id; empty where none is set."""
        tags = self.venues.get(venue)
        return tags.segments if tags else ()


def zone_of(name: str) -> ZoneInfo:
    """The zone of this name; UsageError where there is none."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, LookupError) as error:
        raise UsageError(
            f"unknown time zone: {name}", hint="use a name such as Asia/Shanghai or UTC"
        ) from error


def read_settings(path: Path) -> Settings:
    """Settings from `case.toml`; DataError where it is damaged or of a newer version."""
    where: dict[str, str | int] = {"file": str(path)}
    try:
        # tomllib recurses on nested arrays without a limit of its own.
        document = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise DataError(f"{path} is not a case file: {error}", where=where) from error
    except OSError as error:
        reason = error.strerror or str(error)
        raise DataError(f"{path} cannot be read: {reason}", where=where) from error
    _refuse_newer(document.get("schema"), path)
    try:
        settings = msgspec.convert(document, Settings)
        zone_of(settings.zone)
    except (msgspec.ValidationError, UsageError) as error:
        raise DataError(
            f"{path} is not a case file: {error}",
            hint="put the value right, or restore case.toml from a copy",
            where=where,
        ) from error
    return settings


def _refuse_newer(schema: object, path: Path) -> None:
    if isinstance(schema, int) and schema > SCHEMA:
        raise DataError(
            f"{path.parent}: this case has layout version {schema}; this program knows {SCHEMA}",
            hint="install a newer heichan",
            where={"file": str(path)},
        )


def toml_of(settings: Settings) -> str:
    """The text of a new `case.toml`."""
    fields = msgspec.to_builtins(settings)
    fields.pop("venues")
    for name in ("vault", "retention"):
        if not fields[name]:
            del fields[name]
    usual = {"mcp": Assistant(), "resolve": Resolving(), "audit": Auditing()}
    tables = {name: fields.pop(name) for name in usual}
    lines = [f"{name} = {_value(value)}" for name, value in fields.items()]
    for table, values in tables.items():
        if values != msgspec.to_builtins(usual[table]):
            lines += ["", f"[{table}]", *(f"{name} = {_value(v)}" for name, v in values.items())]
    for venue, tags in sorted(settings.venues.items()):
        segments = ", ".join(map(_value, tags.segments))
        lines += ["", f"[venues.{_value(venue)}]", f"segments = [{segments}]"]
    return "\n".join(lines) + "\n"


def _value(value: str | int) -> str:
    # A JSON string is a TOML string but for DEL, which JSON leaves as it is.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
