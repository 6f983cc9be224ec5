"""What every text passes before it is stored: victims' data masked, letter for letter."""

import hmac
import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from evidence.masking import Context, mask, mask_name
from graph import ids

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

_BLOCK = 64
_LONE = re.compile("[\ud800-\udfff]")
_NUMBER = re.compile(r"\d{1,10}\Z", re.ASCII)
_ADDRESS = re.compile(r"([\w.+-]+)@[\w-]+(?:\.[\w-]+)+\Z", re.ASCII)
_TIME = re.compile(
    r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]{0,3}(?:\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?\Z",
    re.ASCII,
)


class CleanIdentifier(msgspec.Struct, frozen=True, array_like=True):
    """A masked identifier: where it stood, its kind, and the key that links its value."""

    start: int
    end: int
    kind: str
    key: bytes


class CleanText(msgspec.Struct, frozen=True, array_like=True):
    """A text that may be stored. Made by `clean` only."""

    text: str
    identifiers: tuple[CleanIdentifier, ...] = ()
    masked: int = 0


def clean(written: str, secret: bytes, context: Context = "post") -> CleanText:
    """Masks a post's text length for length; the found values leave only their keys."""
    masked = mask(storable(written), context)
    if not masked.count:
        return CleanText(masked.text)
    found = tuple(
        CleanIdentifier(i.start, i.end, i.kind, value_key(i.kind, i.value, secret))
        for i in masked.identifiers
    )
    return CleanText(masked.text, found, masked.count)


def text_key(written: str, secret: bytes) -> bytes:
    """HMAC-SHA256 of a text as written: tells versions apart and tells nothing else."""
    return text_keys((written,), secret)[0]


def text_keys(texts: Iterable[str], secret: bytes) -> list[bytes]:
    """The keys of many texts."""
    inner, outer = (begun.copy for begun in _begun(secret, b"text\x1f"))
    keys = []
    for text in texts:
        hashed = inner()
        hashed.update(text.encode("utf-8", "surrogatepass"))
        whole = outer()
        whole.update(hashed.digest())
        keys.append(whole.digest())
    return keys


@lru_cache(maxsize=8)
def _begun(secret: bytes, prefix: bytes) -> "tuple[Hash, Hash]":
    """Inner and outer hash of RFC 2104 behind key and prefix, made once: most of the cost."""
    key = secret if len(secret) <= _BLOCK else sha256(secret).digest()
    padded = key.ljust(_BLOCK, b"\0")
    inner = sha256(bytes(byte ^ 0x36 for byte in padded) + prefix)
    return inner, sha256(bytes(byte ^ 0x5C for byte in padded))


def value_key(kind: str, value: str, secret: bytes) -> bytes:
    """HMAC-SHA256 that links equal identifiers of one kind."""
    message = f"{kind}\x1f{value}".encode("utf-8", "surrogatepass")
    return hmac.digest(secret, b"value\x1f" + message, "sha256")


def storable(text: str) -> str:
    """The text with lone surrogates, which no file can hold, as U+FFFD each."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text)
    return text


@lru_cache(maxsize=65_536)
def clean_name(written: str) -> str:
    """Masks a name, title, path or message."""
    return mask_name(storable(written))


def clean_message(written: str) -> str:
    """Masks an error message: the whole record that it quotes, names and addresses too."""
    return clean_name(mask(storable(written)).text)


def clean_native(written: str) -> str | None:
    """A native id of a post; None where it holds a victim's identifier."""
    if _NUMBER.match(written) or clean_name(written) == written:
        return written
    return None


def clean_time(written: str) -> str:
    """A time as written; masked unless it is a plain date and time."""
    return written if _TIME.match(written) else clean_name(written)


@lru_cache(maxsize=65_536)
def clean_id(entity_id: str) -> str:
    """An account or venue id, its name part masked; a native number stays."""
    kind, platform, native = entity_id.split(":", 2)
    if not native.startswith("name/"):
        return clean_name(entity_id) if _LONE.search(entity_id) else entity_id
    parts = native.removeprefix("name/").split("/")
    return f"{kind}:{platform}:name/{'/'.join(map(_clean_part, parts))}"


def _clean_part(part: str) -> str:
    name = unquote(part, errors="surrogatepass")
    if name.startswith("name/"):
        # The native part of a venue known by name stands encoded in the ids of its accounts.
        return ids.encoded("name/" + _clean_part(name.removeprefix("name/")))
    if (address := _ADDRESS.match(name)) and clean_name(address[1]) == address[1]:
        # The address is the account itself: masked, all senders of its length would be one.
        return part
    cleaned = clean_name(name)
    return part if cleaned == name else ids.encoded(cleaned)
