"""Everything compiled once from the lexicon: scanners, grammars, role cues."""

import gc
import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import cast

from ingest.extract.acts import ActRules
from ingest.extract.acts.phrases import phrases_version
from ingest.extract.contacts import ContactGrammar
from ingest.extract.counts import Counts
from ingest.extract.families import goods_of
from ingest.extract.links import Links
from ingest.extract.manner import Manner
from ingest.extract.money import MoneyGrammar
from ingest.extract.named import Named
from ingest.extract.patterns.load import with_phrases
from ingest.extract.patterns.own import OwnRules, load_own
from ingest.extract.role_cues import RoleCues
from ingest.extract.tokens import GOODS, Part, Token
from ingest.extract.topics import Topics
from ingest.extract.vocabulary import ByNumber, Vocabulary
from ingest.lexicon import Lexicon, load_lexicon
from ingest.lexicon.load import packaged_version
from ingest.lexicon.tables import CLAUSE
from ingest.records import Unit
from ingest.text.late import late
from ingest.text.once import once
from ingest.text.scan import Scanner
from ingest.text.view import Terms, Views

_OPENERS = GOODS | {
    "recruit",
    "first_person",
    "accuse",
    "insider_word",
    "method",
    "data_word",
    "people_word",
}
_NEVER_CLEAR = frozenset({"data_word", "people_word", "insider_word", "first_person"})
_OPENING_IDS = frozenset(
    {"quality/first_hand", "quality/source_claim", "org/bank/generic", "org/operator/generic"}
)


class Rules:
    """Compiled rules. Pickles as the list of extra lexicon files and compiles anew."""

    def __init__(self, lexicon: Lexicon, extra: tuple[Path, ...] = ()) -> None:
        own_version = ""
        self.own = OwnRules()
        if extra:
            self.own, own_version = load_own(extra, lexicon)
            lexicon = with_phrases(lexicon, self.own.listed)
        self.has_own = bool(self.own)
        vocabulary = Vocabulary(lexicon)
        self.lexicon = lexicon
        self.extra = extra
        self.scanner = Scanner(vocabulary.terms)
        self.parts = vocabulary.parts
        self.opens = ByNumber(lambda number: _opens(self.parts[number]))
        self.names = ByNumber(lambda number: _names_goods(self.parts[number]))
        self.views = Views(
            Terms(self.scanner, vocabulary.terms, vocabulary.meant, vocabulary.means, self.opens),
            [cue.cue for cue in lexicon.contact_cues],
            lexicon.disguises,
        )
        self.topics = Topics(lexicon.subjects)
        self._products = {
            stem: subject.product
            for subject in lexicon.subjects
            if subject.lang != CLAUSE
            for stem in subject.stems
            if len(stem) > 1
        }
        stems = sorted(self._products, key=lambda stem: (-len(stem), stem))
        han = "|".join(re.escape(stem) for stem in stems if not stem.isascii())
        latin = "|".join(re.escape(stem) for stem in stems if stem.isascii())
        self._subjects = late(rf"{han}|(?<![a-z])(?:{latin})(?![a-z])")
        self.contacts = ContactGrammar(lexicon.contact_cues, lexicon.context["no_id"])
        self.money = MoneyGrammar(lexicon)
        self.goods_units = cast("dict[str, Unit]", lexicon.goods_units)
        self.roles = RoleCues(lexicon)
        self.acts = ActRules.load() if extra else ActRules(lexicon)
        self.version = _version(lexicon.version, self.acts.version, own_version)

    @once
    def manner(self) -> Manner:
        """How ads are worded, read at its first use: not every run reads a text."""
        return Manner.packaged()

    @once
    def named(self) -> Named:
        """How goods are named, read at its first use."""
        return Named.packaged()

    @once
    def counts(self) -> Counts:
        """What numbers say, read at its first use."""
        return Counts.packaged()

    @once
    def links(self) -> Links:
        """Which amounts belong to which goods, read at its first use."""
        return Links.packaged()

    @classmethod
    def load(cls, extra: Sequence[Path] = ()) -> "Rules":
        """The packaged lexicon with extra files or folders of one case; InputError if bad."""
        return cls(load_lexicon(extra), tuple(extra)) if extra else _packaged()

    def __reduce__(self) -> tuple[object, tuple[tuple[Path, ...]]]:
        return Rules.load, (self.extra,)

    def kinds(self, hits: Sequence[tuple[int, int, int]]) -> set[str]:
        """Kinds of the tokens that scanner hits hold."""
        return {part.meaning.kind for number, _, _ in hits for part in self.parts[number]}

    def subject(self, text: str, start: int, end: int) -> tuple[int, str] | None:
        """Place and product of the last word for people or a topic between two places."""
        found = None
        for match in self._subjects.finditer(text, start, end):
            found = match.start(), self._products[match[0]]
        return found

    def tokens(self, hits: Sequence[tuple[int, int, int]]) -> list[Token]:
        """Typed tokens of scanner hits, by place."""
        parts = self.parts
        found = [
            tuple.__new__(Token, (start + first, start + last, *meaning))
            for number, start, _ in hits
            for first, last, meaning in parts[number]
        ]
        found.sort()
        return found


@cache
def _packaged() -> Rules:
    """Compiling takes half a second and more, so a process does it once."""
    with _uncollected():
        return Rules(load_lexicon())


@contextmanager
def _uncollected() -> Iterator[None]:
    # Much is made and nearly all of it kept: the collector would walk it again and again.
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def rules_version(extra: Sequence[Path] = ()) -> str:
    """The `version` that rules with these files have, without compiling them; InputError if bad."""
    if not extra:
        return _version(packaged_version(), phrases_version())
    lexicon = load_lexicon(extra)
    return _version(lexicon.version, phrases_version(), load_own(extra, lexicon)[1])


def _version(*parts: str) -> str:
    return hashlib.sha256(" ".join(filter(None, parts)).encode()).hexdigest()[:16]


def _names_goods(parts: tuple[Part, ...]) -> bool:
    """Whether a term names an organisation whose people are goods."""
    found = [p.meaning for p in parts if p.meaning.kind == "source" and not p.meaning.weak]
    return any(goods_of(meaning.id) is not None for meaning in found)


def _opens(parts: tuple[Part, ...]) -> int:
    """0: a term says nothing of the trade; 1: it needs company; 2: it is clear."""
    found = [p.meaning for p in parts if p.meaning.kind in _OPENERS or p.meaning.id in _OPENING_IDS]
    if not found:
        return 0
    clear = any(not m.weak and m.kind not in _NEVER_CLEAR for m in found)
    return 2 if clear else 1
