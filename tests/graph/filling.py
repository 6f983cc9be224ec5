"""A small archive filled row by row, as the pipeline would leave it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from evidence.archive.archive import Archive, create_archive, open_writer
from evidence.archive.claims import act_claim
from evidence.archive.readings import body_of
from evidence.settings import Settings
from graph import ids
from ingest.records import (
    Act,
    ActKind,
    ContactRef,
    Cue,
    Listing,
    Party,
    Polarity,
    ProductRef,
    RoleReading,
    Voice,
)

SETTINGS = Settings(id="0" * 32)
DAY = 86_400
START = 1_614_556_800  # 2021-03-01T00:00:00Z
FILE = "ab" * 32


class Said(msgspec.Struct, frozen=True):
    """A post that was put in."""

    n: int
    version_n: int
    id: str
    native_id: str
    account: str | None


class Filling:
    """Puts venues, accounts and posts with their readings into an archive."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.connection = archive.connection
        self._numbers = iter(range(1, 1_000_000))
        self.connection.execute(
            "INSERT INTO run (id, tool_version, options, tz, started_at)"
            " VALUES ('run:1', '0', '{}', 'Asia/Shanghai', ?)",
            (START,),
        )
        self.connection.execute(
            "INSERT INTO file (id, run_n, path, size, media_kind, reader, captured_at, state)"
            " VALUES (?, 1, 'chat.json', 9, 'application/json', 'telegram', ?, 'read')",
            (ids.file(FILE), START),
        )

    def venue(self, native: str = "1", platform: str = "telegram", kind: str = "group") -> str:
        """A venue; returns its id."""
        id_ = ids.venue(platform, native)
        self.connection.execute(
            "INSERT OR IGNORE INTO venue (id, platform, kind, name, native) VALUES (?, ?, ?, ?, 1)",
            (id_, platform, kind, f"group {native}"),
        )
        return id_

    def account(self, native: str, platform: str = "telegram", *, bot: bool = False) -> str:
        """An account; returns its id."""
        id_ = ids.account(platform, native)
        self.connection.execute(
            "INSERT OR IGNORE INTO account (id, platform, native_id, native, bot)"
            " VALUES (?, ?, ?, 1, ?)",
            (id_, platform, native, bot),
        )
        return id_

    def say(
        self,
        who: str | None,
        text: str,
        at: int,
        *,
        venue: str | None = None,
        name: str | None = None,
        reply: Said | None = None,
        forwarded: str | None = None,
        kind: str = "message",
        action: str | None = None,
        members: Sequence[str] = (),
        number: int | None = None,
    ) -> Said:
        """A post `at` seconds after the start; `who` is an account's native id."""
        place = venue or self.venue()
        number = number if number is not None else next(self._numbers)
        native = str(number)
        author = None if who is None else self.account(who, place.split(":")[1])
        id_ = ids.post(place, native)
        post_n = self._insert(
            "INSERT INTO post (id, venue_n, account_n, sender, native_id, kind, wall, utc,"
            " reply_to, forwarded, forwarded_account, action, members) VALUES (?,"
            " (SELECT n FROM venue WHERE id = ?), (SELECT n FROM account WHERE id = ?),"
            " ?, ?, ?, '2021-03-01T00:00:00', ?, ?, ?, ?, ?, ?)",
            id_,
            place,
            author,
            name if name is not None else (f"name {who}" if who else None),
            native,
            kind,
            START + at,
            None if reply is None else reply.native_id,
            forwarded is not None,
            forwarded,
            action,
            msgspec.json.encode(members).decode() if members else None,
        )
        version_n = self._insert(
            "INSERT INTO post_version (post_n, text, text_key) VALUES (?, ?, ?)", post_n, text, b"k"
        )
        self.connection.execute("UPDATE post SET version_n = ? WHERE n = ?", (version_n, post_n))
        self.connection.execute(
            "INSERT INTO capture (version_n, file_n, place, byte_offset) VALUES (?, 1, ?, ?)",
            (version_n, f"messages[{number}]", number),
        )
        return Said(post_n, version_n, id_, native, author)

    def _insert(self, statement: str, *values: object) -> int:
        number = self.connection.execute(statement, values).lastrowid
        assert number is not None
        return number

    def listing(
        self,
        post: Said,
        polarity: Polarity = "offer",
        product: str | None = "product/stock_leads",
        *,
        contact: str | None = None,
        role: str | None = None,
        voice: Voice = "own",
        record: Listing | None = None,
    ) -> str:
        """A listing in a post; returns its id."""
        body = record or Listing(
            post=post.id,
            listing=0,
            text="",
            lang="zh",
            voice=voice,
            polarity=polarity,
            confidence=0.9,
            products=() if product is None else (ProductRef(product, "料", (0, 1)),),
            contacts=()
            if contact is None
            else (ContactRef("telegram", contact, f"@{contact}", (1, 2), "seller"),),
            roles=()
            if role is None
            else (RoleReading(role, "medium", 0.7, (Cue("出", (0, 1), 1.2),)),),
        )
        id_ = ids.listing(post.id, body.listing)
        self._record(id_, "listing", post, body_of(body), body.listing)
        return id_

    def act(
        self,
        post: Said,
        kind: ActKind,
        *parties: Party,
        products: tuple[str, ...] = (),
        escrow: str | None = None,
    ) -> str:
        """A speech act in a post; returns its claim id."""
        act = Act(
            kind=kind, span=(0, 1), quote="x", parties=parties, products=products, escrow=escrow
        )
        id_ = act_claim(act, post.id, post.account)
        self._record(id_, "act", post, body_of(act), 0)
        return id_

    def finding(self, post: Said, kind: str, body: msgspec.Struct, number: int = 0) -> str:
        """A finding of a report; returns its claim id."""
        id_ = ids.claim(kind, post.id, post.id, number, kind)
        self._record(id_, kind, post, body_of(body), number)
        return id_

    def _record(self, id_: str, kind: str, post: Said, body: str, number: int) -> None:
        self.connection.execute(
            "INSERT INTO record (id, version_n, kind, number, span_start, span_end, body,"
            " extractor, lexicon) VALUES (?, ?, ?, ?, 0, 1, ?, '1', 'lex')",
            (id_, post.version_n, kind, number, body),
        )

    def mention(self, post: Said, kind: str, value: str, start: int = 0) -> None:
        """A mention that the export marks."""
        self.connection.execute(
            "INSERT INTO mention VALUES (?, ?, ?, ?, ?)",
            (post.n, start, start + len(value), kind, value),
        )


def party(side: str, value: str, kind: str = "handle") -> Party:
    """A party that an act names."""
    return msgspec.convert(
        {"side": side, "kind": kind, "value": value, "quote": value, "span": (50, 51)}, type=Party
    )


@contextmanager
def filling(folder: Path) -> Iterator[Filling]:
    """An empty archive to fill."""
    path = folder / "archive.sqlite"
    create_archive(path)
    with open_writer(path, b"secret") as archive:
        yield Filling(archive)
