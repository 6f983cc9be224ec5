"""Every kind of id of the graph: pure functions of stable fields, the same on every machine."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from hashlib import blake2b
from urllib.parse import quote as percent

Field = str | int | float | date | datetime | None

_SEPARATOR = "\x1f"
# A copy costs less than half of making one with its parameters.
_empty = blake2b(digest_size=16).copy
_TELEGRAM_USER = re.compile(r"user(\d+)\Z")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_CASE_KEPT = frozenset({"url", "onion", "btc", "trx", "xmr"})


def digest(kind: str, *fields: Field) -> str:
    """`<kind>:<hash>`, BLAKE2b-128 in hex over the kind and the fields joined by U+001F."""
    return f"{kind}:{_hash(_SEPARATOR.join((kind, *map(_written, fields))))}"


def hashes(written: Iterable[bytes]) -> list[bytes]:
    """BLAKE2b-128 of each."""
    found = []
    for each in written:
        hashed = _empty()
        hashed.update(each)
        found.append(hashed.digest())
    return found


def _hash(written: str) -> str:
    hashed = _empty()
    hashed.update(written.encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def _written(field: Field) -> str:
    if isinstance(field, str):
        return field
    if field is None:
        return ""
    known = type(field)
    if known is int:
        return str(field)
    if known is date:
        return field.isoformat()  # type: ignore[union-attr]
    if isinstance(field, datetime):
        return field.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(field, date):
        return field.isoformat()
    return str(int(field)) if field == int(field) else repr(field)


def post(venue_id: str, native_id: str) -> str:
    """Id of a post that has a native id in its venue."""
    # Written out, here and below, where there are millions of them.
    written = f"post\x1f{venue_id}\x1f{native_id}"
    return f"post:{_hash(written)}"


def post_without(venue_id: str, account_id: str | None, wall: str | None, occurrence: int) -> str:
    """Id of a post without native id; `occurrence` from 1 among equal triples in file order."""
    written = f"post\x1f{venue_id}\x1f{account_id or ''}\x1f{wall or ''}\x1f{occurrence}"
    return f"post:{_hash(written)}"


def passage(sha256: str, number: int) -> str:
    """Id of a report's passage, `number` from 1; `sha256` in hex without prefix."""
    return digest("post", sha256, number)


def listing(post_id: str, number: int) -> str:
    """Id of the listing with this number, from 0, in a post."""
    written = f"listing\x1f{post_id}\x1f{number}"
    return f"listing:{_hash(written)}"


def source(listing_id: str, kind: str, start: int, entry: int) -> str:
    """Id of a source reference; `entry` counts the entries that one span expands to, from 0."""
    return digest("source", listing_id, kind, start, entry)


def quote(listing_id: str, start: int) -> str:
    """Id of the price that stands at `start` of the post's text."""
    written = f"quote\x1f{listing_id}\x1f{start}"
    return f"quote:{_hash(written)}"


def claim(kind: str, post_or_file: str, subject: str, start: int | None, code: str) -> str:
    """Id of a claim: its kind, where it stands, whom or what it is about, and its value code."""
    at = "" if start is None else start
    written = f"claim\x1f{kind}\x1f{post_or_file}\x1f{subject}\x1f{at}\x1f{code}"
    return f"claim:{_hash(written)}"


def event(post_or_file: str, start: int | None, kind: str, day: date | str | None) -> str:
    """Id of an event that a post or a file states."""
    return digest("event", post_or_file, start, kind, day)


def run(sha256s: Iterable[str], options: Mapping[str, str]) -> str:
    """Id of a collection run: its files' hashes in hex and the options that change what is read."""
    pairs = sorted(f"{name}={value}" for name, value in options.items())
    return digest("run", *sorted(sha256s), *pairs)


def actor(founding: str) -> str:
    """Id of an actor: the founding decision's id, or the listing's for a report's unnamed actor."""
    return digest("actor", founding)


def rel(type_: str, start: str, end: str, *key: Field) -> str:
    """Id of a relationship; `key` in the order that the schema gives, None for an unknown value."""
    (hashed,) = rels(type_, [start], [end], [key])
    return f"rel:{hashed.hex()}"


def rels(
    type_: str, starts: Iterable[str], ends: Iterable[str], keys: Iterable[tuple[Field, ...]]
) -> list[bytes]:
    """The hashes of which the ids of many relationships of a type are made."""
    written = []
    for start, end, key in zip(starts, ends, keys, strict=True):
        text = f"rel\x1f{type_}\x1f{start}\x1f{end}"
        for each in key:
            text += _SEPARATOR + _written(each)
        written.append(text.encode("utf-8", "surrogatepass"))
    return hashes(written)


def cluster(post_id: str) -> str:
    """Id of the text cluster whose smallest member is this post."""
    return f"cluster:{post_id.removeprefix('post:')}"


def file(sha256: str) -> str:
    """Id of a file by the hash of its bytes, in hex."""
    return f"file:{sha256}"


def vocabulary(canonical: str) -> str:
    """Node id of a lexicon's canonical: its first slash turned into a colon."""
    return canonical.replace("/", ":", 1)


def venue(platform: str, native: str) -> str:
    """Id of a venue by its native id."""
    return f"venue:{platform}:{native}"


def venue_name(platform: str, name: str) -> str:
    """Id of a venue of which only the name is known."""
    return f"venue:{platform}:name/{encoded(normal_name(name))}"


def account(platform: str, native: str) -> str:
    """Id of an account; Telegram's `user100` is `100`, its channels and chats keep their prefix."""
    if platform == "telegram" and (user := _TELEGRAM_USER.match(native)):
        native = user[1]
    return f"account:{platform}:{native}"


def account_name(platform: str, venue_native: str, name: str) -> str:
    """Id of an account known only by its name, as written, in one venue."""
    written = encoded(unicodedata.normalize("NFC", name))
    return f"account:{platform}:name/{encoded(venue_native)}/{written}"


def contact(kind: str, value: str) -> str:
    """Id of a contact by its normalised value; case is kept only where it means something."""
    return f"contact:{kind}:{value if kind in _CASE_KEPT else value.casefold()}"


def handle(platform: str, name: str) -> str:
    """Id of a handle or display name, a leading `@` not counted."""
    return f"handle:{platform}:{encoded(normal_name(name).removeprefix('@'))}"


def normal_name(text: str) -> str:
    """A name for comparing: NFKC, case folded, white space run together and trimmed."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def encoded(name: str) -> str:
    """A name inside an id: `/`, `%` and characters that do not show are percent-encoded."""
    if name.isprintable() and "/" not in name and "%" not in name:
        return name
    return "".join(map(_encoded_character, name))


def _encoded_character(character: str) -> str:
    if character in "/%" or unicodedata.category(character) in _INVISIBLE:
        return percent(character.encode("utf-8", "surrogatepass"), safe="")
    return character
