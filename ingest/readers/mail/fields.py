"""The header of a mail or of one of its parts: fields, parameters, addresses, the date."""

import re
from datetime import UTC
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import cached_property

import msgspec

from ingest.readers.clock import Moment, NotATimeError, wall_time
from ingest.readers.mail.words import decoded, words

HEADER_LIMIT = 256 << 10
_VALUE_LIMIT = 16 << 10
_END = re.compile(rb"\r?\n(?:[ \t]*\r?\n|\Z)|\A[ \t]*\r?\n")
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_FOLD = re.compile(rb"\r?\n(?![ \t])")
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:@]{1,64}@[^\s<>()\[\]\",;:@]{1,250}")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,400})>")
_ZONE = re.compile(r"(?:[+-]\d{4}|\b(?:GMT|UTC?|Z))\b")


class Address(msgspec.Struct, frozen=True):
    """`address` in lower case, empty where the field names none; `name` as written."""

    name: str
    address: str


class Fields:
    """The fields of a header, the first of each name; a broken line is passed over."""

    def __init__(self, raw: bytes) -> None:
        self._raw: dict[str, bytes] = {}
        for line in _FOLD.split(raw):
            if field := _FIELD.match(line):
                name = field[1].decode("ascii").lower()
                self._raw.setdefault(name, field[2][:_VALUE_LIMIT].strip())

    def __bool__(self) -> bool:
        return bool(self._raw)

    def __contains__(self, name: str) -> bool:
        return name in self._raw

    def text(self, name: str) -> str:
        """The field as shown; the empty string where it is missing."""
        return words(self._raw.get(name, b""))

    @cached_property
    def _mime(self) -> Message:
        message = Message()
        for name in ("Content-Type", "Content-Disposition"):
            if raw := self._raw.get(name.lower()):
                message[name] = " ".join(decoded(raw).split())
        return message

    @property
    def kind(self) -> str:
        """`text/html` and the like; what is not stated or broken is text."""
        return self._mime.get_content_type()

    @property
    def charset(self) -> str | None:
        return self._parameter("charset")

    @property
    def boundary(self) -> str:
        return self._parameter("boundary") or ""

    @property
    def flowed(self) -> bool:
        return (self._parameter("format") or "").lower() == "flowed"

    @property
    def encoding(self) -> str:
        """The transfer encoding, in lower case."""
        return self.text("content-transfer-encoding").lower()

    @property
    def attached(self) -> bool:
        return self._mime.get_content_disposition() == "attachment"

    @property
    def file_name(self) -> str:
        """The name that the part gives itself; the empty string for none."""
        try:
            name = self._mime.get_filename() or ""
        # The library's reading of RFC 2231 fails on some of what breaks it.
        except (ValueError, TypeError, LookupError, AttributeError):
            name = ""
        return words(name.encode("utf-8", "surrogateescape"))[:400]

    def _parameter(self, name: str) -> str | None:
        try:
            value = self._mime.get_param(name)
        except (ValueError, TypeError, LookupError, AttributeError):
            return None
        if isinstance(value, tuple):
            value = value[2]
        return value.strip() or None if isinstance(value, str) else None

    def addresses(self, name: str) -> list[Address]:
        """Who stands in the field, in order."""
        raw = self._raw.get(name, b"")
        text = " ".join(decoded(raw).split())
        try:
            pairs = getaddresses([text])
        # The library calls itself for each bracket of a comment, and fails on other nonsense.
        except (RecursionError, ValueError, IndexError, TypeError, AttributeError):
            pairs = []
        found = [_address(name, address) for name, address in pairs if name or address]
        if any(one.address for one in found):
            return found
        plain = [Address("", match[0].lower()) for match in _ADDRESS.finditer(text)]
        return plain or found

    def ids(self, name: str) -> list[str]:
        """The message ids in the field, without their brackets."""
        text = self.text(name)
        return _MESSAGE_ID.findall(text) or text.split()[:1]

    def date(self) -> Moment:
        """The wall time as written; seconds since 1970 only where the zone is stated in full.

        `CST` and other names of zones have several meanings: then the zone stays open.
        """
        text = self.text("date")[:100]
        try:
            read = parsedate_to_datetime(text)
            wall = wall_time(read.replace(tzinfo=None).isoformat())
            stated = _ZONE.search(text)
            unix = int(read.timestamp()) if stated and read.tzinfo else None
            if stated and stated[0] == "-0000":
                unix = int(read.replace(tzinfo=UTC).timestamp())
        except (NotATimeError, ValueError, TypeError, IndexError, OverflowError):
            return Moment(None, None)
        return Moment(wall, unix)


def _address(name: str, written: str) -> Address:
    address = written.strip().strip("<>").lower()
    if not _ADDRESS.fullmatch(address):
        name, address = name or written, ""
    shown = words(name.encode("utf-8", "replace")).strip("\"' ")
    return Address("" if shown.lower() == address else shown[:200], address)


def header_end(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the header that begins here ends, and where the body begins.

    One longer than 256 KiB ends there; one without a blank line behind it has no body.
    """
    if data[start : start + 2] == b"\r\n" or data[start : start + 1] == b"\n":
        return start, data.index(b"\n", start) + 1
    stop = min(end, start + HEADER_LIMIT)
    found = _END.search(data, start, stop)
    return (found.start(), found.end()) if found else (stop, stop)
