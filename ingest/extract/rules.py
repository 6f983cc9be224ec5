"""Everything compiled once from the lexicon: scanners, grammars, role cues."""

import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ingest.extract.acts import ActRules
from ingest.extract.contacts import ContactGrammar
from ingest.extract.money import MoneyGrammar
from ingest.extract.role_cues import RoleCues
from ingest.extract.tokens import GOODS, Part, Token
from ingest.extract.vocabulary import vocabulary
from ingest.lexicon import Lexicon, load_lexicon
from ingest.text.scan import Scanner

_OPENERS = GOODS | {"recruit", "first_person", "accuse", "insider_word", "method", "data_word"}
_OPENING_IDS = frozenset(
    {"quality/first_hand", "quality/source_claim", "org/bank/generic", "org/operator/generic"}
)


class Rules:
    """Compiled rules. Pickles as the list of extra lexicon files and compiles anew."""

    def __init__(self, lexicon: Lexicon, extra: tuple[Path, ...] = ()) -> None:
        table = vocabulary(lexicon)
        self.lexicon = lexicon
        self.extra = extra
        self.scanner = Scanner(list(table))
        self.parts: list[tuple[Part, ...]] = list(table.values())
        self.opens = [_opens(parts) for parts in self.parts]
        self._products = {
            stem: subject.product
            for subject in lexicon.subjects
            for stem in subject.stems
            if subject.lang == "zh" and len(stem) > 1
        }
        stems = sorted(self._products, key=lambda stem: (-len(stem), stem))
        self._subjects = re.compile("|".join(map(re.escape, stems)))
        self.contacts = ContactGrammar(lexicon.contact_cues, lexicon.context["no_id"])
        self.money = MoneyGrammar(lexicon)
        self.roles = RoleCues(lexicon)
        self.acts = ActRules.load() if extra else ActRules(lexicon)
        both = f"{lexicon.version} {self.acts.version}"
        self.version = hashlib.sha256(both.encode()).hexdigest()[:16]

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> "Rules":
        """The packaged lexicon with extra files or folders of one case; InputError if bad."""
        return cls(load_lexicon(extra), tuple(extra)) if extra else _packaged()

    def __reduce__(self) -> tuple[object, tuple[tuple[Path, ...]]]:
        return Rules.load, (self.extra,)

    def subject(self, text: str, start: int, end: int) -> tuple[int, str] | None:
        """Place and product of the last word for people or a topic between two places."""
        found = None
        for match in self._subjects.finditer(text, start, end):
            found = match.start(), self._products[match[0]]
        return found

    def tokens(self, hits: Sequence[tuple[int, int, int]]) -> list[Token]:
        """Typed tokens of scanner hits, by place."""
        found = [
            Token(start + part.start, start + part.end, *part.meaning)
            for number, start, _ in hits
            for part in self.parts[number]
        ]
        found.sort()
        return found


@cache
def _packaged() -> Rules:
    """Compiling takes about a second, so a process does it once."""
    return Rules(load_lexicon())


def _opens(parts: tuple[Part, ...]) -> int:
    """0: a term says nothing of the trade; 1: it needs company; 2: it is clear."""
    found = [p.meaning for p in parts if p.meaning.kind in _OPENERS or p.meaning.id in _OPENING_IDS]
    if not found:
        return 0
    clear = any(
        not m.weak and m.kind not in {"data_word", "insider_word", "first_person"} for m in found
    )
    return 2 if clear else 1
