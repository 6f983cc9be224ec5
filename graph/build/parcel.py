"""Elements of a spooled graph as another process, which reads the same file, is told of them."""

import struct
from typing import Final

import msgspec

from graph.elements import Triple

NODE: Final = struct.Struct("<IQI")
"""The number of a node, and where its properties stand."""
TIE: Final = struct.Struct("<16sIIQI")
"""The hash of a relationship, the numbers of its ends, and where its properties stand."""
PREFIX: Final = "rel:"
"""What the ids of all relationships begin with; a hash of 16 bytes in hex follows."""
Place = tuple[int, int]
"""Where bytes stand in the file, and how many."""


class Parcel(msgspec.Struct, frozen=True, array_like=True):
    """Ids behind those of the parcels before, and the elements that were not told yet.

    Both ends of a relationship are told with it or before it, where there are any.
    """

    ids: Place
    ends: Place
    changed: list[tuple[str, Place]]
    """Nodes of a label that were told and are others now."""
    nodes: list[tuple[str, Place]]
    ties: list[tuple[Triple, Place]]
