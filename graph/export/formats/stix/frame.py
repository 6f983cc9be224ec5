"""What every STIX object of an export shares: ids and times from the data, marks, the creator."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final
from uuid import NAMESPACE_URL, UUID, uuid5

from evidence.errors import HeichanError
from evidence.settings import TLP_ORDER, Tlp, tlp_mark, tlp_rank
from graph.export.clean.words import Cell
from graph.export.stamp import Stamp
from graph.store.marks import DEFAULT_MARK

NAMESPACE: Final = uuid5(NAMESPACE_URL, "urn:heichan:stix")
"""Not the one of OASIS, which is for observables alone."""
TLP_EXTENSION: Final = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d"
TLP_IDS: Final[dict[Tlp, str]] = {
    "CLEAR": "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "GREEN": "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "AMBER": "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
    "AMBER+STRICT": "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
    "RED": "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
}
TLP_CREATED: Final = "2022-10-01T00:00:00.000Z"
BEGINS: Final = (
    *("first_seen", "posted_at", "date", "valid_from", "decided_at", "first_at"),
    *("first_day", "day"),
)
ENDS: Final = ("last_seen", "valid_to", "last_at", "last_day")
_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)


def library() -> Any:
    """The module `stix2`. Raises HeichanError where the extra is not installed."""
    try:
        import stix2  # type: ignore[import-untyped]
    except ImportError as error:
        raise HeichanError(
            "the extra [stix] is not installed", hint="pip install 'heichan[stix]'"
        ) from error
    return stix2


class Frame:
    """Makes the properties that objects share, and knows which marks were used."""

    def __init__(self, stamp: Stamp) -> None:
        self.stix2 = library()
        self._default = tlp_mark(stamp.tlp or DEFAULT_MARK)
        self._day = moment(stamp.last_day) or _EARLIEST
        self._used = {self._default}
        self.creator = f"identity--{self.uuid('creator')}"

    def uuid(self, *key: str) -> UUID:
        """The same UUID for the same key on every machine."""
        return uuid5(NAMESPACE, "\x1f".join(key))

    def of(
        self, kind: str, key: str, values: Mapping[str, Cell], marks: Iterable[Tlp] = ()
    ) -> dict[str, Any]:
        """Id, times, creator and mark of an object with times and versions of its own."""
        last = time_of(values, ENDS)
        first = time_of(values, BEGINS) or last or self._day
        return {
            "id": f"{kind}--{self.uuid(key)}",
            "created": first,
            "modified": max(first, last or first),
            "created_by_ref": self.creator,
            **self.marked(values, marks),
        }

    def marked(self, values: Mapping[str, Cell], marks: Iterable[Tlp] = ()) -> dict[str, Any]:
        """The strictest mark of the values and of what they rest on."""
        strictest = max((self.mark(values), *marks), key=TLP_ORDER.index)
        self._used.add(strictest)
        return {"object_marking_refs": [TLP_IDS[strictest]]}

    def mark(self, values: Mapping[str, Cell]) -> Tlp:
        """The mark of the values: their own, or that of the export."""
        place = tlp_rank(str(values.get("tlp", "")))
        return self._default if place is None else TLP_ORDER[place]

    def shared(self) -> list[Any]:
        """The creator and the definitions of all marks that were used."""
        identity = self.stix2.v21.Identity(
            **{**self.of("identity", "creator", {}), "id": self.creator},
            name="heichan",
            identity_class="system",
        )
        return [identity, *(self._definition(mark) for mark in sorted(self._used))]

    def _definition(self, mark: Tlp) -> Any:
        level = {"extension_type": "property-extension", "tlp_2_0": mark.lower()}
        return self.stix2.v21.MarkingDefinition(
            id=TLP_IDS[mark],
            created=TLP_CREATED,
            name=f"TLP:{mark}",
            extensions={TLP_EXTENSION: level},
        )


def strictness(made: Any) -> int:
    """Place of an object's mark among `TLP_ORDER`."""
    [reference] = made.object_marking_refs
    return next(TLP_ORDER.index(mark) for mark in TLP_ORDER if TLP_IDS[mark] == reference)


def time_of(values: Mapping[str, Cell], names: Iterable[str]) -> datetime | None:
    """The time of the first of the names that has one."""
    return next(filter(None, (moment(values.get(name)) for name in names)), None)


def moment(cell: Cell | None) -> datetime | None:
    """The time, or the first moment of the day, that a text begins with; none before 1970."""
    if not isinstance(cell, str):
        return None
    try:
        read = datetime.fromisoformat(cell)
    except ValueError:
        return None
    found = read if read.tzinfo else read.replace(tzinfo=UTC)
    return found if found >= _EARLIEST else None
