"""Properties in the one form in which they are hashed, and kept while a graph is made."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import repeat
from operator import add
from typing import cast

import msgspec

from graph.build.parcel import PREFIX
from graph.elements import Node, Relationship, Triple, Value
from graph.ids import hashes
from graph.schema.clocks import CLOCKS

Packable = Value | msgspec.msgpack.Ext
PLAIN = frozenset({str, int, float, bool, datetime, list, msgspec.msgpack.Ext})
"""Types whose values are packed as they are."""
_DAY = 1
_MOST_DAYS = 10_000
LEFT_OUT = {
    **CLOCKS,
    "Build": CLOCKS["Build"] | {"snapshot", "case_id"},
    "File": CLOCKS["File"] | {"parent_id"},
}
"""No hash is over it: clock readings, the snapshot itself, the case's random id, file parents."""
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


def node_marks(
    ids: Iterable[str],
    labels: Sequence[str],
    props: Iterable[Mapping[str, Value]],
    bodies: Iterable[bytes],
) -> list[bytes]:
    """The hashes of nodes without what differs from run to run; `bodies`: packed properties."""
    told = [
        packed({name: value for name, value in own.items() if name not in LEFT_OUT[label]})
        if label in LEFT_OUT
        else body
        for label, own, body in zip(labels, props, bodies, strict=True)
    ]
    return hashes(map(add, map(pack, zip(ids, labels, strict=True)), told))


def tie_marks(
    triple: Triple,
    hashed: Iterable[bytes],
    starts: Iterable[str],
    ends: Iterable[str],
    bodies: Iterable[bytes],
) -> list[bytes]:
    """The hashes of relationships; `hashed`: what their ids are made of."""
    type_, start_label, end_label = map(repeat, triple)
    ids = [f"{PREFIX}{each.hex()}" for each in hashed]
    heads = map(pack, zip(ids, type_, starts, start_label, ends, end_label, strict=False))
    return hashes(map(add, heads, bodies))


def mark_of(element: Node | Relationship) -> bytes:
    """The hash of a node or relationship."""
    body = packed(element.props)
    if isinstance(element, Node):
        (mark,) = node_marks([element.id], [element.label], [element.props], [body])
        return mark
    ends = (element.start, element.start_label, element.end, element.end_label)
    (mark,) = hashes([pack((element.id, element.type, *ends)) + body])
    return mark
