"""The role cues compiled: the cue table, then the lexicon's role terms."""

from typing import Final

from ingest.lexicon import Lexicon, RoleCue
from ingest.text.scan import Scanner

_PLAIN: Final = 1.0
_WEAK: Final = 0.3
"""Weights of role terms that have no row of their own: medium and weak of the cue scale."""


class RoleCues:
    """The cue table and the lexicon's role terms behind one scanner."""

    def __init__(self, lexicon: Lexicon) -> None:
        table: dict[str, dict[str, float]] = {}
        for term, senses in lexicon.terms_of("role"):
            roles = [s for s in senses if s.category == "role"]
            if len(roles) == 1 and len(term) > 1:
                weight = _WEAK if roles[0].ambiguous else _PLAIN
                table[term] = {roles[0].canonical.removeprefix("role/"): weight}
        for cue in lexicon.role_cues:
            table.setdefault(cue.cue, {})[cue.role] = cue.weight
        self.table = list(table.values())
        self.terms = list(table)
        self.scanner = Scanner(self.terms)
        self.goods = lexicon.goods_roles
        self.notes: dict[tuple[str, str], RoleCue] = {
            (c.cue, c.role): c for c in lexicon.role_cues if c.note
        }
