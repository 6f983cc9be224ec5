"""Which Neo4j server is meant: read from the environment, refused where it would be unsafe."""

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

import msgspec

from evidence.errors import StoreError

DEFAULT_DATABASE = "neo4j"
_PLAIN = ("bolt", "neo4j")
_ENCRYPTED = ("bolt+s", "neo4j+s")
_UNVERIFIED = ("bolt+ssc", "neo4j+ssc")


class Address(msgspec.Struct, frozen=True):
    """A server, a database and who asks; the password shows in no text made of it."""

    uri: str
    database: str = DEFAULT_DATABASE
    username: str | None = None
    password: str | None = None

    def __repr__(self) -> str:
        return f"Address({self.uri!r}, {self.database!r}, {self.username!r})"

    @property
    def credentials(self) -> tuple[str, str] | None:
        """Name and password, None where no password is set or it is empty."""
        return (self.username or "neo4j", self.password) if self.password else None

    @property
    def here(self) -> bool:
        """Whether the server is on this machine."""
        return is_loopback(urlsplit(self.uri).hostname or "")


def from_environment(environment: Mapping[str, str], database: str | None = None) -> Address:
    """The server named by NEO4J_URI, with NEO4J_DATABASE, NEO4J_USERNAME and NEO4J_PASSWORD.

    `database` holds where NEO4J_DATABASE is not set. Raises StoreError without an address.
    """
    uri = environment.get("NEO4J_URI", "").strip()
    if not uri:
        raise StoreError(
            "no Neo4j server is named", hint="set NEO4J_URI, as in NEO4J_URI=bolt://127.0.0.1:7687"
        )
    return Address(
        uri=uri,
        database=environment.get("NEO4J_DATABASE") or database or DEFAULT_DATABASE,
        username=environment.get("NEO4J_USERNAME") or None,
        password=environment.get("NEO4J_PASSWORD") or None,
    )


def refuse_unsafe(address: Address, *, allow_plain: bool) -> None:
    """Raises StoreError for an address that is none, or is off loopback without protection."""
    parts = urlsplit(address.uri)
    if parts.scheme not in _PLAIN + _ENCRYPTED + _UNVERIFIED or not parts.hostname:
        hint = "write bolt://HOST:PORT, or bolt+s://HOST:PORT for an encrypted connection"
        raise StoreError("NEO4J_URI is no address of a Neo4j server", hint=hint)
    if parts.username or parts.password:
        hint = "take it out of NEO4J_URI and set NEO4J_USERNAME and NEO4J_PASSWORD"
        raise StoreError("NEO4J_URI holds a name or password", hint=hint)
    if allow_plain or address.here:
        return
    where: dict[str, str | int] = {"address": address.uri, "setting": "NEO4J_URI"}
    if parts.scheme not in _ENCRYPTED:
        scheme = parts.scheme.split("+")[0]
        hint = f"use {scheme}+s://; `store push` and `store status` also take --allow-plain"
        raise StoreError(
            "the server is not on this machine and unprotected", hint=hint, where=where
        )
    if address.credentials is None:
        hint = (
            "set NEO4J_USERNAME and NEO4J_PASSWORD; "
            "`store push` and `store status` also take --allow-plain"
        )
        raise StoreError("no password for a server off this machine", hint=hint, where=where)


def without_routing(uri: str) -> str:
    """The address with `bolt` for a plain `neo4j`: a routing table may lead off this machine."""
    return uri.replace("neo4j://", "bolt://", 1) if uri.startswith("neo4j://") else uri


def is_loopback(host: str) -> bool:
    """Whether the host is this machine by name or number."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
