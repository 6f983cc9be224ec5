"""Rows of venues and accounts, made when first met."""

import sqlite3

from evidence.archive.cleaning import clean_id, clean_name
from ingest.posts import ReadVenue, VenueRenamed

_MOST_KEPT = 200_000


class Places:
    """Venue and account row numbers by id. Thrown away with its transaction when that fails."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._venues: dict[str, int] = {}
        self._accounts: dict[str, int] = {}
        self._bots: set[int] = set()

    def forget(self) -> None:
        """Drops what is remembered, after rows were deleted."""
        self._venues.clear()
        self._accounts.clear()
        self._bots.clear()

    def add_venue(self, read: ReadVenue, file_n: int) -> None:
        """The row of a venue met in a file, and its name."""
        venue = clean_id(read.id)
        name = clean_name(read.name)
        self._connection.execute(
            "INSERT INTO venue (id, platform, kind, name, native, private) VALUES (?,?,?,?,?,?)"
            " ON CONFLICT (id) DO UPDATE SET private = max(private, excluded.private),"
            # One kind whatever the order of the files; a group is what nothing better is known of.
            " kind = iif('group' IN (kind, excluded.kind), coalesce(nullif(kind, 'group'),"
            " nullif(excluded.kind, 'group'), 'group'), min(kind, excluded.kind))",
            (venue, clean_name(read.platform), read.kind, name, read.native, read.private),
        )
        self._add_name(self.venue(venue), name, None)
        self._connection.execute(
            "INSERT OR IGNORE INTO named VALUES (?, ?, ?)", (file_n, venue, name)
        )

    def rename(self, renamed: VenueRenamed) -> None:
        """A later name of a venue, or another id of it."""
        venue = clean_id(renamed.venue)
        if renamed.kind == "name":
            number = self.venue(venue)
            self._add_name(number, clean_name(renamed.value), renamed.unix)
            return
        alias = clean_id(renamed.value)
        # The native id is the one in use, whichever way round the export says it.
        if ":name/" in venue and ":name/" not in alias:
            venue, alias = alias, venue
        if alias != venue:
            self._connection.execute(
                "INSERT INTO venue_alias VALUES (?, ?, 'export') ON CONFLICT (alias) DO NOTHING",
                (alias, venue),
            )

    def _add_name(self, venue_n: int, name: str, utc: int | None) -> None:
        # UNIQUE does not hold rows with a NULL apart.
        self._connection.execute(
            "INSERT INTO venue_name SELECT ?1, ?2, ?3 WHERE NOT EXISTS"
            " (SELECT 1 FROM venue_name WHERE venue_n = ?1 AND name = ?2 AND utc IS ?3)",
            (venue_n, name, utc),
        )

    def venue(self, venue: str) -> int:
        """Row number of a venue id; a venue that no reader introduced is made from its id."""
        if (number := self._venues.get(venue)) is not None:
            return number
        _, platform, native = venue.split(":", 2)
        by_number = not native.startswith("name/")
        self._connection.execute(
            "INSERT INTO venue (id, platform, kind, name, native) VALUES (?, ?, 'group', ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            (venue, platform, native.removeprefix("name/"), by_number),
        )
        number = self._number("venue", venue)
        self._venues[venue] = number
        return number

    def account(self, account: str, *, bot: bool) -> int:
        """Row number of an account id, made when new; `bot` only ever turns the flag on."""
        number = self._accounts.get(account)
        if number is None:
            number = self._add_account(account)
        if bot and number not in self._bots:
            self._connection.execute("UPDATE account SET bot = 1 WHERE n = ?", (number,))
            self._bots.add(number)
        return number

    def _add_account(self, account: str) -> int:
        _, platform, native = account.split(":", 2)
        self._connection.execute(
            "INSERT INTO account (id, platform, native_id, native) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (id) DO NOTHING",
            (account, platform, native, not native.startswith("name/")),
        )
        if len(self._accounts) >= _MOST_KEPT:
            self._accounts.clear()
        number = self._number("account", account)
        self._accounts[account] = number
        return number

    def mark_own(self, account: str) -> None:
        """Marks the collector's own account, whether it wrote anything or not."""
        number = self.account(clean_id(account), bot=False)
        self._connection.execute("UPDATE account SET own = 1 WHERE n = ?", (number,))

    def _number(self, table: str, entity: str) -> int:
        row = self._connection.execute(f"SELECT n FROM {table} WHERE id = ?", (entity,)).fetchone()
        return int(row[0])
