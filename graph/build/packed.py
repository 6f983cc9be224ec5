"""Properties in the one form in which they are hashed, and kept while a graph is made."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import cast

import msgspec

from graph.elements import Node, Relationship, Value
from graph.schema.clocks import CLOCKS

Packable = Value | msgspec.msgpack.Ext
PLAIN = frozenset({str, int, float, bool, datetime, list})
"""Types whose values are packed as they are."""
_DAY = 1
_MOST_DAYS = 10_000
LEFT_OUT = {
    **CLOCKS,
    "Build": CLOCKS["Build"] | {"snapshot", "case_id"},
    "File": CLOCKS["File"] | {"parent_id"},
}
"""No hash is over it: clock readings, the snapshot itself, the case's random id, file parents."""
# A copy costs less than half of making one with its parameters.
_empty = blake2b(digest_size=16).copy
pack = msgspec.msgpack.Encoder(order="sorted").encode


@lru_cache(_MOST_DAYS)
def day(value: date) -> msgspec.msgpack.Ext:
    """A day as it is packed: by itself it would come back as a text."""
    return msgspec.msgpack.Ext(_DAY, value.toordinal().to_bytes(4, "big"))


def packed(props: Mapping[str, Value]) -> bytes:
    """The properties in order of their names; equal ones give equal bytes."""
    if date in map(type, props.values()):
        return pack({n: day(v) if type(v) is date else v for n, v in props.items()})
    return pack(props)


class _Days(dict[memoryview | bytes, date]):
    """Days as they are packed, each read once: there are few."""

    def __missing__(self, data: memoryview | bytes) -> date:
        found = date.fromordinal(int.from_bytes(data, "big"))
        if len(self) < _MOST_DAYS:
            self[bytes(data)] = found
        return found


_days = _Days()


def other(code: int, data: memoryview) -> date:
    """A value again that has no form of its own."""
    assert code == _DAY
    return _days[data]


_unpack = msgspec.msgpack.Decoder(dict, ext_hook=other).decode


def unpacked(body: bytes | memoryview) -> dict[str, Value]:
    """The properties again."""
    return cast(dict[str, Value], _unpack(body))


def node_mark(id_: str, label: str, props: Mapping[str, Value], body: bytes) -> bytes:
    """The hash of a node without what differs from run to run; `body`: its packed properties."""
    left_out = LEFT_OUT.get(label)
    if left_out is not None:
        body = packed({name: value for name, value in props.items() if name not in left_out})
    return _mark(pack((id_, label)), body)


def tie_mark(
    id_: str, type_: str, start: str, start_label: str, end: str, end_label: str, body: bytes
) -> bytes:
    """The hash of a relationship; `body`: its packed properties."""
    return _mark(pack((id_, type_, start, start_label, end, end_label)), body)


def mark_of(element: Node | Relationship) -> bytes:
    """The hash of a node or relationship."""
    body = packed(element.props)
    if isinstance(element, Node):
        return node_mark(element.id, element.label, element.props, body)
    ends = (element.start, element.start_label, element.end, element.end_label)
    return tie_mark(element.id, element.type, *ends, body)


def _mark(head: bytes, body: bytes) -> bytes:
    hashed = _empty()
    hashed.update(head + body)
    return hashed.digest()
