"""Everything compiled once from the lexicon: scanners, grammars, role cues."""

from collections.abc import Sequence
from pathlib import Path

from ingest.extract.contacts import ContactGrammar
from ingest.extract.money import MoneyGrammar
from ingest.extract.roles import RoleCues
from ingest.extract.tokens import GOODS, Part, Token
from ingest.extract.vocabulary import vocabulary
from ingest.lexicon import Lexicon, load_lexicon
from ingest.text.scan import Scanner

_OPENERS = GOODS | {"recruit", "accuse", "escrow", "swap", "insider_word", "method", "sell", "buy"}


class Rules:
    """Compiled rules. Pickles as the list of extra lexicon files and compiles anew."""

    def __init__(self, lexicon: Lexicon, extra: tuple[Path, ...] = ()) -> None:
        table = vocabulary(lexicon)
        self.lexicon = lexicon
        self.version = lexicon.version
        self.extra = extra
        self.scanner = Scanner(list(table))
        self.parts: list[tuple[Part, ...]] = list(table.values())
        self.opens = [any(p.meaning.kind in _OPENERS for p in parts) for parts in self.parts]
        self.contacts = ContactGrammar(lexicon.contact_cues)
        self.money = MoneyGrammar(lexicon)
        self.roles = RoleCues(lexicon)

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> "Rules":
        """The packaged lexicon with extra files or folders of one case; InputError if bad."""
        return cls(load_lexicon(extra), tuple(extra))

    def __reduce__(self) -> tuple[object, tuple[tuple[Path, ...]]]:
        return Rules.load, (self.extra,)

    def tokens(self, hits: Sequence[tuple[int, int, int]]) -> list[Token]:
        """Typed tokens of scanner hits, by place."""
        found = [
            Token(start + part.start, start + part.end, *part.meaning)
            for number, start, _ in hits
            for part in self.parts[number]
        ]
        found.sort()
        return found
