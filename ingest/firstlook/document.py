"""What a first look tells; its fields are the JSON. Everything in it is masked."""

from datetime import datetime
from typing import Literal

import msgspec

from evidence.archive.filing import State
from ingest.posts import Problem

ZoneBasis = Literal["file", "option", "case", "default"]
"""Stated with every time, by `--tz` or the mapping, by the case, or by nobody."""


class VenueLook(msgspec.Struct, kw_only=True):
    """A venue and how many posts of it the file holds."""

    id: str
    name: str
    kind: str
    private: bool
    posts: int = 0


class SpeakerLook(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who wrote. `id` is None for posts whose sender is unknown."""

    id: str | None
    name: str
    posts: int


class ListingShare(msgspec.Struct, kw_only=True):
    """How many of the posts that extraction read are listings; `every`: one post of so many."""

    read: int = 0
    with_listing: int = 0
    listings: int = 0
    share: float | None = None
    every: int = 1


class AsideGroup(msgspec.Struct, kw_only=True):
    """What would be set aside for one reason, with the first names."""

    reason: str
    count: int = 0
    names: list[str] = []


class Counted(msgspec.Struct, kw_only=True):
    """What was counted, in a file or in all of them."""

    posts: int = 0
    service: int = 0
    skipped: int = 0
    set_aside: int = 0
    first: datetime | None = None
    last: datetime | None = None
    untimed: int = 0
    """Posts without a time."""
    speakers: int = 0
    languages: dict[str, int] = {}
    """Posts with a text by language."""
    listings: ListingShare = msgspec.field(default_factory=ListingShare)
    identifiers: dict[str, int] = {}
    """Victims' identifiers by kind."""
    media: dict[str, int] = {}


class FileLook(Counted, kw_only=True):
    """One file. `reader` and `sha256` are None where it cannot be read."""

    path: str
    reader: str | None = None
    signs: list[str] = []
    """What the reader was chosen for."""
    sha256: str | None = None
    size: int | None = None
    encoding: str | None = None
    encoding_basis: str | None = None
    state: State = "failed"
    known: bool | None = None
    """Whether the case holds the file; None without a case."""
    same_as: str | None = None
    """The path of an equal file that was looked at before; this one is not counted again."""
    zone: str | None = None
    zone_basis: ZoneBasis | None = None
    venues: list[VenueLook] = []
    top_speakers: list[SpeakerLook] = []
    asides: list[AsideGroup] = []
    problems: list[Problem] = []
    problems_left_out: int = 0


class AsideLook(msgspec.Struct, frozen=True, kw_only=True):
    """A file that would be set aside whole."""

    path: str
    reason: str
    sha256: str | None
    size: int | None


class Totals(Counted, kw_only=True):
    """Over all files, equal ones once."""

    files: int = 0
    known: int | None = None
    """Files that the case holds; None without a case."""
    bytes: int = 0
    readers: dict[str, int] = {}
    venues: int = 0


class FirstLook(msgspec.Struct, kw_only=True):
    """All that a first look tells."""

    case: str | None
    """Id of the case that was asked what it knows."""
    zone: str
    zone_basis: ZoneBasis
    """The zone for times that state none."""
    files: list[FileLook]
    asides: list[AsideLook]
    totals: Totals
    failed: list[str]
    """Paths of named inputs that cannot be read, hold nothing, or break off."""
    seconds: float = 0.0


def fields_of(look: FileLook) -> dict[str, object]:
    """The fields of a file's look in the order of the document: first what file it is."""
    counted = Counted.__struct_fields__
    own = [name for name in FileLook.__struct_fields__ if name not in counted]
    head = own.index("zone_basis") + 1
    return {name: getattr(look, name) for name in (*own[:head], *counted, *own[head:])}
