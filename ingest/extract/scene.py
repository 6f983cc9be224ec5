"""One post laid out for reading: normal text, tokens, contacts, figures, clauses, negation."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from ingest.extract.asides import asides, own_figures
from ingest.extract.contacts import Contact
from ingest.extract.counting import counting_text
from ingest.extract.counts import Vote
from ingest.extract.language import Language, language
from ingest.extract.money import Figure
from ingest.extract.negation import negated_spans
from ingest.extract.pieces import Piece, pieces
from ingest.extract.rules import Rules
from ingest.extract.spans import Span, SpanIndex
from ingest.extract.steps import Part, finished
from ingest.extract.tokens import GOODS, Token
from ingest.extract.told import Words
from ingest.records import Text
from ingest.text.normalise import Normal
from ingest.text.once import once
from ingest.text.scan import Hit

if TYPE_CHECKING:
    from ingest.extract.stances import Stance

_CLAUSE: Final = re.compile(r"[,;!?。\n、.](?:(?<!\.)|(?!\d))")
_BLOCKS: Final = frozenset({"product", "service", "source", "quality", "method", "role", "swap"})
_TOLD: Final = frozenset(
    ["source", "method", "escrow", "quality", "geo", "sell", "buy", "swap", "recruit"]
)
"""What words about somebody else say is not said of the author's goods."""


_BESIDE: Final = GOODS | {"source"}
"""What is named for another part than that of a source is no goods either (Amazon gift cards)."""
_HAN: Final = re.compile("[一-鿿]")


class Others(NamedTuple):
    """Values of contacts that, by the acts of a post, are not its author's."""

    accused: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    """Praised ones, and buyers and sellers of a notice."""


_NOBODY: Final = Others()


class Scene:
    """A post under reading. Offsets are those of the normal text unless a name says `written`."""

    def __init__(self, text: Text, normal: Normal, hits: list[Hit], rules: Rules) -> None:
        finished(self._lay_out(text, normal, hits, rules))

    @classmethod
    def in_steps(cls, text: Text, normal: Normal, hits: list[Hit], rules: Rules) -> Part["Scene"]:
        """A scene that is laid out step by step."""
        scene = cls.__new__(cls)
        yield from scene._lay_out(text, normal, hits, rules)
        return scene

    def _lay_out(self, text: Text, normal: Normal, hits: list[Hit], rules: Rules) -> Part[None]:
        self.post = text
        self.others = _NOBODY
        self.normal = normal
        self.text = normal.text
        self.rules = rules
        self._hits = hits
        tokens = rules.tokens(hits)
        self.contacts: list[Contact] = rules.contacts.find(text.text, normal)
        self.by_wording = False
        """Whether wording may open what cues left shut: where they opened nothing in a post."""
        self.reach: Sequence[Contact] = self.contacts
        """Contacts of the author, all of them until it is known whose they are."""
        self.goods: Sequence[Token] = ()
        self.acts: Sequence[Stance] = ()
        """What the post trades in, and the acts in it, once they are known."""
        yield None
        taken = [(c.start, c.end) for c in self.contacts]
        used = SpanIndex(taken)
        self.tokens: list[Token] = tokens
        if taken:
            self.tokens = [t for t in tokens if not used.overlaps(t.start, t.end)]
        blocked = taken + [(t.start, t.end) for t in tokens if t.kind in _BLOCKS]
        goods = {t.end: t.id for t in self.tokens if t.kind in GOODS}
        self.figures: list[Figure] = rules.money.find(self.counting, SpanIndex(blocked), goods)
        yield None
        self.all_figures = self.figures
        self.in_turn: set[Figure] = set()
        """Figures whose goods are told by their order in two lists."""
        self.votes: list[Vote] = []
        """What was learned that overrules the rules' reading of a figure."""
        self.own = rules.own.read(self.text, self.tokens, self.contacts, self.figures)
        self.all_tokens = self.own.over(tokens)
        self.tokens = self.own.over(self.tokens)
        self.kinds = {t.kind for t in self.tokens}
        self.by_start: dict[int, list[Token]] = {}
        self.by_end: dict[int, list[Token]] = {}
        for token in self.tokens:
            self.by_start.setdefault(token.start, []).append(token)
            self.by_end.setdefault(token.end, []).append(token)
        negated = negated_spans(self.text, self.tokens)
        self._negated = SpanIndex(negated)
        self.is_negated: Callable[[int, int], bool] = self._negated.covers
        """Whether a place lies in the scope of a negation."""
        words = Words(self.text, self.tokens, self.contacts, self.figures, self.kinds)
        self.aside = asides(words, reported=text.voice == "reported")
        if self.aside.any or negated:
            self.figures = own_figures(self.figures, self.aside, self._negated)
            self.tokens = [
                t for t in self.tokens
                if not (
                    (t.kind in _TOLD and self.aside.told.covers(t.start, t.end))
                    or (t.kind in _BESIDE and self.aside.sides.covers(t.start, t.end))
                )
            ]  # fmt: skip
        self.affirmed = _blanked(self.text, negated)

    def recount(self, figures: list[Figure]) -> None:
        """Puts figures in place of those that the rules read; the pieces of the post stay."""
        _ = self.pieces
        self.figures = figures

    def written(self, start: int, end: int) -> tuple[str, Span]:
        """Quote and span in the text as written."""
        span = self.normal.back(start, end)
        return self.post.text[span[0] : span[1]], span

    @once
    def breaks(self) -> list[int]:
        """Places of the signs that end a clause."""
        return [match.start() for match in _CLAUSE.finditer(self.text)]

    def parted(self, start: int, end: int) -> bool:
        """Whether a clause ends between two places."""
        number = bisect_left(self.breaks, start)
        return number < len(self.breaks) and self.breaks[number] < end

    @once
    def _begins(self) -> list[int]:
        """Places of the hits, which stand in order and apart."""
        return [start for _, start, _ in self._hits]

    def is_denied(self, start: int, end: int) -> bool:
        """Whether a place is negated or told of somebody else."""
        return self.is_negated(start, end) or self.aside.told.covers(start, end)

    def is_covered(self, place: int) -> bool:
        """Whether any term of the lexicon, an ordinary word included, stands at a place."""
        number = bisect_right(self._begins, place)
        return number > 0 and self._hits[number - 1][2] > place

    @once
    def counting(self) -> str:
        """The text in which numbers are looked for, as long as the normal text."""
        return counting_text(self.post.text, self.normal)

    @once
    def latin(self) -> bool:
        """Whether nothing in the text is Chinese."""
        return self.text.isascii() or _HAN.search(self.text) is None

    @once
    def lang(self) -> Language:
        """Language of the text as written."""
        start, end = self.normal.back(0, len(self.text))
        return language(self.post.text[start:end], self.normal)

    @once
    def pieces(self) -> list[Piece]:
        """The post as a learned reader counts it."""
        return pieces(self)

    @once
    def likeness(self) -> float:
        """Log-odds that the post is an ad of this trade, by its wording alone."""
        return self.rules.manner.likeness(self)

    @once
    def cue_hits(self) -> list[Token]:
        """Places of role cues; `id` is the number of the cue."""
        hits = self.rules.roles.scanner.scan(self.text)
        return [Token(start, end, "cue", str(number), False) for number, start, end in hits]


def _blanked(text: str, spans: list[Span]) -> str:
    parts: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            start = max(start, done)
            parts += (text[done:start], " " * (end - start))
            done = end
    return "".join(parts) + text[done:]
