"""What the data files hold, row by row. Terms are in normal form."""

from typing import Final

import msgspec

from ingest.text.disguise import Row


class Sense(msgspec.Struct, frozen=True, gc=False):
    """One reading of a term. `canonical` is an id such as `product/stock_leads`."""

    category: str
    canonical: str
    ambiguous: bool
    lang: str


class RoleCue(msgspec.Struct, frozen=True):
    role: str
    cue: str
    lang: str
    weight: float
    note: str
    """Context rule named in brackets in the data: `vocative`, `about others`, `says others`."""


class ContactCue(msgspec.Struct, frozen=True):
    cue: str
    kind: str
    value: str
    """Shape of the id, a name of `ingest.extract.contacts`: digits, handle, jid and others."""
    strength: str
    """plain, homophone, or letter (one letter or character: needs a separator or digits)."""


class UnitWord(msgspec.Struct, frozen=True):
    written: str
    unit: str
    per: str
    lang: str


class Currency(msgspec.Struct, frozen=True):
    written: str
    currency: str
    factor: float
    lang: str


CLAUSE: Final = "clause"
"""The `lang` of topics that name data only as what people did (订了酒店的), without a data word."""


class Subject(msgspec.Struct, frozen=True):
    """Words for the people behind data: with a data word after them they name `product`."""

    lang: str
    product: str
    stems: tuple[str, ...]


class Lexicon(msgspec.Struct, frozen=True, kw_only=True):
    """All data files. `version` is a hash of their bytes, extra files included."""

    terms: dict[str, tuple[Sense, ...]]
    role_cues: tuple[RoleCue, ...]
    contact_cues: tuple[ContactCue, ...]
    units: tuple[UnitWord, ...]
    currencies: tuple[Currency, ...]
    subjects: tuple[Subject, ...]
    camouflage: dict[str, str]
    """Disguised form -> how: `homophone`, `letters` or `nonword`."""
    disguises: tuple[Row, ...]
    """The same forms with what they mean."""
    names: dict[str, str]
    """Organisation id -> English name."""
    goods_roles: dict[str, tuple[tuple[str, float], ...]]
    """Goods that say what their seller is: id -> roles and weights."""
    goods_units: dict[str, str]
    """What goods are counted in: id -> unit."""
    context: dict[str, tuple[str, ...]]
    """Class of context words -> its words."""
    version: str

    def terms_of(self, *categories: str) -> list[tuple[str, tuple[Sense, ...]]]:
        """Terms with a sense of some categories, in their order, with all their senses."""
        # Rows that say the same share one value, so that there are few to look at.
        said = {id(senses): senses for senses in self.terms.values()}
        named = {
            key for key, senses in said.items() if any(s.category in categories for s in senses)
        }
        return [(term, senses) for term, senses in self.terms.items() if id(senses) in named]
