"""Node labels and relationship types with their properties, read from the tables beside it."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Literal

import msgspec

ValueType = Literal["s", "i", "f", "b", "d", "t", "[s]", "[i]", "[f]"]
EvidenceClass = Literal["structural", "listing", "counts", "full"]

_EVERY_NODE = ("id", "name", "tlp", "first_seen", "last_seen")
_CLASS_PROPERTIES: dict[str, tuple[str, ...]] = {
    "structural": (),
    "counts": (),
    "listing": ("modality", "confidence", "claims"),
    "full": ("modality", "confidence", "n", "posts", "claims", "first_seen", "last_seen"),
}


class Property(msgspec.Struct, frozen=True):
    """A property: `value` is s, i, f, b, d, t, or a list of one, as in `[s]`."""

    name: str
    value: ValueType
    en: str
    zh: str


class NodeKind(msgspec.Struct, frozen=True):
    """A label, the kinds that its ids start with, and all properties it may have."""

    label: str
    prefixes: tuple[str, ...]
    modality: str
    zh_name: str
    en: str
    zh: str
    properties: dict[str, Property]


class Form(msgspec.Struct, frozen=True):
    """Allowed ends of a type with the key that tells several between one pair apart."""

    ends: tuple[tuple[str, str], ...]
    evidence: EvidenceClass
    modality: str
    key: tuple[str, ...]
    properties: dict[str, Property]


class RelationshipKind(msgspec.Struct, frozen=True):
    """A relationship type; only HAS_ROLE has two forms, of a listing and of a holder."""

    type: str
    zh_name: str
    en: str
    zh: str
    forms: tuple[Form, ...]

    @property
    def ends(self) -> tuple[tuple[str, str], ...]:
        """All allowed pairs of labels."""
        return tuple(pair for form in self.forms for pair in form.ends)

    @property
    def properties(self) -> dict[str, Property]:
        """The properties of all forms."""
        return {name: value for form in self.forms for name, value in form.properties.items()}

    def form(self, start: str, end: str) -> Form | None:
        """The form between these labels, None where the triple is not allowed."""
        return next((form for form in self.forms if (start, end) in form.ends), None)


class RoleTerm(msgspec.Struct, frozen=True):
    """A role code; `layer` is None for an accusation, which has no place in the chain."""

    code: str
    layer: int | None
    zh: str
    en: str


def _rows(table: str) -> Iterator[list[str]]:
    text = files("graph.schema").joinpath(table).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        yield line.split("\t")


def _read_properties() -> dict[tuple[str, str], Property]:
    return {
        (owner, name): msgspec.convert(
            {"name": name, "value": value, "en": en, "zh": zh}, type=Property
        )
        for owner, name, value, en, zh in _rows("properties.tsv")
    }


def _chosen(
    owner: str, names: tuple[str, ...], known: dict[tuple[str, str], Property]
) -> dict[str, Property]:
    return {name: known.get((owner, name)) or known["*", name] for name in names}


def _read_nodes(known: dict[tuple[str, str], Property]) -> dict[str, NodeKind]:
    return {
        label: NodeKind(
            label,
            tuple(prefixes.split()),
            modality,
            zh_name,
            en,
            zh,
            _chosen(label, _EVERY_NODE + tuple(names.split()), known),
        )
        for label, prefixes, modality, zh_name, en, zh, names in _rows("labels.tsv")
    }


def _pairs(ends: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (start, end)
        for part in ends.split(";")
        for start in part.split(">")[0].split(",")
        for end in part.split(">")[1].split(",")
    )


def _read_types(known: dict[tuple[str, str], Property]) -> dict[str, RelationshipKind]:
    kinds: dict[str, RelationshipKind] = {}
    for type_, zh_name, evidence, modality, ends, key, names, en, zh in _rows("types.tsv"):
        every = ("id", *_CLASS_PROPERTIES[evidence], *names.split())
        form = msgspec.convert(
            Form(
                _pairs(ends),
                evidence,  # type: ignore[arg-type]  # convert checks it
                modality,
                tuple(key.split()),
                _chosen(type_, every, known),
            ),
            type=Form,
            from_attributes=True,
        )
        earlier = kinds[type_].forms if type_ in kinds else ()
        first = kinds.get(type_, RelationshipKind(type_, zh_name, en, zh, ()))
        kinds[type_] = msgspec.structs.replace(first, forms=(*earlier, form))
    return kinds


_PROPERTIES = _read_properties()
NODE_KINDS: dict[str, NodeKind] = _read_nodes(_PROPERTIES)
RELATIONSHIP_KINDS: dict[str, RelationshipKind] = _read_types(_PROPERTIES)
ROLES: dict[str, RoleTerm] = {
    code: RoleTerm(code, int(layer) if layer else None, zh, en)
    for code, layer, zh, en in _rows("roles.tsv")
}
