"""Stored records decoded so that what many of them say alike is held once.

The lines of a market come again and again: the slots of its listings have few values.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from msgspec.structs import FieldInfo, asdict, fields

from ingest.records import Act, Listing

_PARTS: Final = [f for f in fields(Listing) if isinstance(f.default, tuple | msgspec.Struct)]
"""The fields that are values of several values."""


def _stored(field: FieldInfo) -> tuple[str, Any, Any]:
    if field in _PARTS:
        return field.name, msgspec.Raw, msgspec.Raw(msgspec.json.encode(field.default))
    return field.name, field.type, field.default


# The text stands once, with the post.
_Stored: Final = msgspec.defstruct(
    "_Stored", [_stored(field) for field in fields(Listing) if field.name != "text"], kw_only=True
)
_decode: Final = msgspec.json.Decoder(_Stored).decode


class _Known(dict[Any, Any]):
    """Values by how they are written, each decoded once."""

    def __init__(self, type_: Any) -> None:
        super().__init__()
        self._decode: Callable[[Any], Any] = msgspec.json.Decoder(type_).decode

    def __missing__(self, written: Any) -> Any:
        value = self[written] = self._decode(written)
        return value


class Bodies:
    """Decodes the records of one archive; remembers what they say as long as it lives."""

    def __init__(self) -> None:
        self._parts = [(field.name, _Known(field.type)) for field in _PARTS]
        self._acts = _Known(Act)

    def listing(self, body: str, post: str) -> Listing:
        """A stored listing of a post."""
        given = asdict(_decode(body))
        for name, known in self._parts:
            given[name] = known[bytes(given[name])]
        if given["post"] == post:
            given["post"] = post
        return Listing(text="", **given)

    def act(self, body: str) -> Act:
        """A stored act."""
        act: Act = self._acts[body]
        return act
