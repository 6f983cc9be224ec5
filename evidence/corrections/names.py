"""From the names of things to their ids: what the lexicon of the case knows."""

import unicodedata
from collections import defaultdict
from functools import cached_property
from typing import Final

from evidence.corrections.codes import FIELDS, REGIONS
from graph.schema import ROLES
from ingest.lexicon.tables import Lexicon

_PREFIXES: Final[dict[str, tuple[str, ...]]] = {
    "products": ("product/", "service/"),
    "methods": ("method/",),
    "escrow": ("escrow/",),
    "sources": ("org/",),
    "fields": ("field/",),
    "jurisdictions": ("geo/",),
    "roles": ("role/",),
}
_BARE: Final = frozenset({"methods", "fields", "jurisdictions", "roles"})
"""Slots that hold the code without its prefix."""
_NO_SERVICE: Final = frozenset({"escrow/group_types", "escrow/dispute", "escrow/finalise"})
_VAGUE: Final = ("/generic", "/all_three")


class Names:
    """Ids of each slot's vocabulary, by id, code, name and term."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def ids(self, slot: str, given: str) -> list[str]:
        """The ids that a name may mean, sorted; an id or a code means itself alone."""
        folded = _fold(given)
        exact = folded.replace(":", "/", 1)
        known = self._known[slot]
        if slot == "jurisdictions":
            exact = exact.upper()
        if exact in known:
            return [exact]
        coded = sorted(id_ for id_ in known if id_.rsplit("/", 1)[-1] == exact.replace(" ", "_"))
        return coded or sorted(self._by_name[slot].get(folded, ()))

    def has(self, slot: str) -> bool:
        """Whether the values of a slot have names."""
        return slot in _PREFIXES

    def known(self, slot: str) -> list[str]:
        """All ids of a slot and all names, sorted: what a word may be near to."""
        return sorted({*self._known[slot], *self._by_name[slot]})

    def canonical(self, slot: str) -> frozenset[str]:
        """All ids of a slot."""
        return self._known[slot]

    def organisation(self, id_: str) -> str:
        """The English name of an organisation."""
        return self._lexicon.names.get(id_) or id_.rsplit("/", 1)[-1].replace("_", " ")

    @cached_property
    def _known(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for canonical in self._canonicals:
            for slot in _slots_of(canonical):
                found[slot].add(_id(slot, canonical))
        found["roles"] = set(ROLES)
        found["escrow"].add("escrow/generic")
        found["products"] |= {subject.product for subject in self._lexicon.subjects}
        found["products"].add("product/data_generic")
        found["fields"] |= set(FIELDS)
        found["jurisdictions"] |= set(REGIONS)
        return {slot: frozenset(found[slot]) for slot in _PREFIXES}

    @cached_property
    def _canonicals(self) -> frozenset[str]:
        terms = {sense.canonical for senses in self._lexicon.terms.values() for sense in senses}
        return frozenset(terms | set(self._lexicon.names))

    @cached_property
    def _by_name(self) -> dict[str, dict[str, set[str]]]:
        found: dict[str, dict[str, set[str]]] = {slot: defaultdict(set) for slot in _PREFIXES}
        for term, senses in self._lexicon.terms.items():
            for sense in senses:
                for slot in _slots_of(sense.canonical):
                    found[slot][_fold(term)].add(_id(slot, sense.canonical))
        for id_, name in self._lexicon.names.items():
            found["sources"][_fold(name)].add(id_)
        for code, role in ROLES.items():
            for name in (role.zh, role.en):
                found["roles"][_fold(name)].add(code)
        for slot, ids in self._known.items():
            for id_ in ids:
                found[slot][_fold(id_.rsplit("/", 1)[-1].replace("_", " "))].add(id_)
        return found


def _slots_of(canonical: str) -> list[str]:
    if canonical in _NO_SERVICE or (canonical.startswith("org/") and canonical.endswith(_VAGUE)):
        return []
    return [slot for slot, prefixes in _PREFIXES.items() if canonical.startswith(prefixes)]


def _id(slot: str, canonical: str) -> str:
    if slot not in _BARE:
        return canonical
    code = canonical.partition("/")[2]
    return code.upper() if slot == "jurisdictions" else code


def _fold(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
