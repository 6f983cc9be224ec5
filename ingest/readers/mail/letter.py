"""One mail as posts: its venue, who wrote it to whom, its own words and those it quotes."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from graph import ids
from ingest.posts import Mention, ReadPost, ReadVenue
from ingest.readers.base import native_part
from ingest.readers.mail.fields import Address, Fields
from ingest.readers.mail.parts import Content
from ingest.readers.mail.quotes import split_quotes

PLATFORM = "email"
_MOST_ADDRESSED = 20
_LIST_ID = re.compile(r"<([^<>\s]{1,250})>")
_NOBODY = Address("", "")


class Letter:
    """A mail by its header. `named`: the venue that the user named; `stem`: the file's name."""

    def __init__(self, fields: Fields, named: str | None, stem: str) -> None:
        self._fields = fields
        self._to = fields.addresses("to")
        self._list = _list_id(fields)
        self._mailbox = _NOBODY if self._list else self._recipient()
        native = self._list or self._mailbox.address
        own = ids.venue(PLATFORM, ids.encoded(native)) if native else None
        self.venue = named or own or ids.venue_name(PLATFORM, stem)

    def _recipient(self) -> Address:
        """The first one whom the mail is to, as every copy of it says; else whose copy it is."""
        others = ("delivered-to", "x-original-to", "envelope-to", "cc")
        named = [*self._to, *(one for field in others for one in self._fields.addresses(field))]
        return next((one for one in named if one.address), _NOBODY)

    def read_venue(self) -> ReadVenue:
        """The list, or the mailbox of the recipient."""
        native = native_part(self.venue)
        name = self._fields.text("list-id").partition("<")[0].strip("\"' ") if self._list else ""
        return ReadVenue(
            id=self.venue,
            platform=self.venue.split(":", 2)[1],
            kind="group" if self._list else "private",
            name=name or self._mailbox.name or native.removeprefix("name/"),
            native=not native.startswith("name/"),
            private=not self._list,
        )

    def posts(self, content: Content, place: str, offset: int) -> Iterator[ReadPost]:
        """The mail, and behind it what it quotes, which another one wrote."""
        said = split_quotes("\n".join(content.texts))
        quoted = "\n".join(part for part in (said.quoted, *content.quoted) if part.strip())
        author = ids.account(PLATFORM, ids.encoded(said.author)) if said.author else None
        subject = self._fields.text("subject")
        own, number = said.own.strip(), self._native("message-id")
        forward = bool(quoted.strip()) and not own
        frame = self._frame(subject, offset)
        yield replace(
            frame,
            native_id=number,
            text=quoted if forward else own or subject,
            reply_to=self._native("in-reply-to"),
            forwarded=forward,
            forwarded_account=author if forward else None,
            mentions=self._addressed(),
            media=tuple(dict.fromkeys(content.media)),
            place=place,
        )
        if own and quoted.strip():
            yield replace(
                frame,
                native_id=f"{number}#quoted" if number else None,
                text=quoted,
                reply_to=number,
                forwarded=True,
                forwarded_account=author,
                place=f"{place}, quoted",
            )

    def _frame(self, subject: str, offset: int) -> ReadPost:
        """What the mail's posts have in common."""
        sender, when = self._sender(), self._fields.date()
        return ReadPost(
            venue=self.venue,
            account=self._account(sender),
            sender=sender.name or None,
            wall=when.wall,
            unix=when.unix,
            raw_time=self._fields.text("date")[:100] or None,
            heading=subject,
            offset=offset,
        )

    def _native(self, field: str) -> str | None:
        """A message id; its @ is encoded, since it is no address to be masked."""
        found = self._fields.ids(field)
        return found[0][:400].replace("%", "%25").replace("@", "%40") if found else None

    def _addressed(self) -> tuple[Mention, ...]:
        """To whom the mail is; none for one to many, which is a broadcast."""
        if self._list or len(self._to) > _MOST_ADDRESSED:
            return ()
        own = self._sender().address
        to = dict.fromkeys(one.address for one in self._to if one.address not in ("", own))
        return tuple(
            Mention(0, 0, "account", ids.account(PLATFORM, ids.encoded(address))) for address in to
        )

    def _sender(self) -> Address:
        named = (self._fields.addresses(field) for field in ("from", "sender", "return-path"))
        return next((found[0] for found in named if found), _NOBODY)

    def _account(self, sender: Address) -> str | None:
        if sender.address:
            return ids.account(PLATFORM, ids.encoded(sender.address))
        if sender.name:
            return ids.account_name(PLATFORM, native_part(self.venue), sender.name)
        return None


def _list_id(fields: Fields) -> str:
    """The list's own id, in lower case; the empty string for a mail of no list."""
    written = fields.text("list-id")
    found = _LIST_ID.search(written)
    return (found[1] if found else written if " " not in written else "").lower()[:250]
