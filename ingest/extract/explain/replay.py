"""Reads a text once more and keeps what the reader threw away: tokens, acts, units, cues.

The only module of this package that knows the parts of the reader.
"""

import copy
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final

from ingest.extract.claims import exclusivity, freshness, test_claim
from ingest.extract.cues import trade_cues
from ingest.extract.deals import others_in
from ingest.extract.described import described
from ingest.extract.explain.records import Origin, Place
from ingest.extract.gate import polarity_of
from ingest.extract.listing import read_listings
from ingest.extract.money import Figure
from ingest.extract.products import goods_tokens
from ingest.extract.reading import read_text
from ingest.extract.recruits import recruitment
from ingest.extract.row_goods import with_row_goods
from ingest.extract.rules import Rules
from ingest.extract.scene import Scene
from ingest.extract.spans import within
from ingest.extract.stances import stances
from ingest.extract.tokens import Token
from ingest.extract.unit import Unit
from ingest.extract.units import figures_of, split_units
from ingest.extract.warning import accused_contacts, told_of_accused
from ingest.extract.worded import is_worded
from ingest.records import Listing, Reading, Span, Text
from ingest.text.scan import Hit

_MOST_WORDS: Final = 40
"""Cues of the gate that are shown one by one; the rest is one row."""


class Replay:
    """One text, read again."""

    def __init__(self, text: Text, rules: Rules) -> None:
        self.rules = rules
        self.reading: Reading = read_text(text, rules, keep_none=True)
        normal, hits = rules.views.view(text.text)
        self.hits: list[Hit] = hits
        self.scene = Scene(text, normal, self.hits, rules)
        self.scene.others = others_in(self.reading.acts)
        self._count(Scene(text, normal, hits, rules))
        known = (goods_tokens, recruitment, described)
        by_rule = sorted(token for read in known for token in read(self.scene))
        self.goods: list[Token] = by_rule
        if is_worded(self.scene):
            added = rules.named.with_added(self.scene, by_rule)
            self.goods = with_row_goods(self.scene, added)
        self._named = set(self.goods).difference(by_rule)
        self.acts = stances(self.scene, self.goods)
        self.accused = accused_contacts(self.scene)
        aside = told_of_accused(self.scene, self.accused)
        if self.accused:
            figures = self.scene.figures
            self.scene.figures = [f for f in figures if not aside.overlaps(f.start, f.end)]
            self.goods = [g for g in self.goods if not aside.overlaps(g.start, g.end)]
        self.units: list[Unit] = list(split_units(self.scene, self.acts, self.goods))
        self.scene.by_wording = not any(map(self.act_of, self.units))

    def _count(self, again: Scene) -> None:
        """Takes over what was learned of the numbers, which the reading of a listing settles."""
        again.others = self.scene.others
        read_listings(again)
        self.scene.recount(again.figures)
        self.scene.votes = again.votes

    def vote_on(self, model: str, span: Span) -> str | None:
        """What speaks for the reading of a number at a written span that a model gave."""
        for vote in self.scene.votes:
            start = self.scene.written(vote.start, vote.start + 1)[1][0]
            if vote.model == model and span[0] <= start < span[1]:
                return self.rules.counts.reasons(vote)
        return None

    @cached_property
    def strength(self) -> int:
        """2: a clear word of the trade stands in the text; 1: one that needs company; 0: none."""
        return max((self.rules.opens[number] for number, _, _ in self.hits), default=0)

    @cached_property
    def _by_id(self) -> dict[str, list[tuple[Token, Span]]]:
        found: dict[str, list[tuple[Token, Span]]] = defaultdict(list)
        for token in (*self.goods, *self.scene.all_tokens):
            found[token.id].append((token, self.scene.written(token.start, token.end)[1]))
        return found

    @cached_property
    def cue_weights(self) -> dict[str, dict[str, float]]:
        """Role cue in normal form -> role -> weight."""
        cues = self.rules.roles
        return dict(zip(cues.terms, cues.table, strict=True))

    def place(self, start: int, end: int) -> Place:
        """Words as written at a place of the normal text."""
        return Place(*self.scene.written(start, end))

    def pattern_of(self, token: Token) -> Origin | None:
        """The pattern of the case that gave a token, in the words of its file."""
        place = (token.start, token.end, token.id)
        own = self.scene.own.hits
        found = next((h.pattern for h in own if (h.start, h.end, h.pattern.label) == place), None)
        found = found or self.rules.own.phrase(self.scene.text[token.start : token.end])
        if found is None or found.label != token.id:
            return None
        return Origin(found.file, found.line, found.id, found.label, found.source, True)

    def is_learnt(self, token: Token) -> bool:
        """Whether only the trained model gave a token."""
        return token in self.scene.own.learnt

    def wording_of(self, token: Token) -> str | None:
        """What speaks for goods that only the learned wording named."""
        if token not in self._named:
            return None
        return ", ".join(self.rules.named.reasons(self.scene, token))

    def act_of(self, unit: Unit) -> str | None:
        """The polarity that the gate gives a unit."""
        return polarity_of(self.scene, unit, self.tokens(unit), self.figures(unit))

    def tokens(self, unit: Unit) -> list[Token]:
        """Tokens that a unit may read."""
        return within(self.scene.tokens, unit.ranges)

    def figures(self, unit: Unit) -> list[Figure]:
        """Figures that a unit may read."""
        return figures_of(self.scene, unit)

    def pairs(self, listings: Sequence[Listing]) -> list[tuple[Listing, Unit | None]]:
        """Each listing with the unit it was made from."""
        free = [(unit, self.act_of(unit)) for unit in self.units]
        found: list[tuple[Listing, Unit | None]] = []
        for listing in listings:
            starts = {product.span[0] for product in listing.products}
            fitting = (
                pair
                for pair in free
                if pair[1] == listing.polarity and self._holds(pair[0], starts)
            )
            pair = next(fitting, None)
            if pair is not None:
                free.remove(pair)
            found.append((listing, None if pair is None else pair[0]))
        return found

    def _holds(self, unit: Unit, starts: set[int]) -> bool:
        goods = {self.scene.written(g.start, g.end)[1][0] for g in unit.goods}
        return starts <= goods and bool(starts) == bool(goods)

    def hit_at(self, token: Token) -> str:
        """The whole term in normal form that a token was read from."""
        for _, start, end in self.hits:
            if start <= token.start and token.end <= end:
                return self.scene.text[start:end]
        return self.scene.text[token.start : token.end]

    def token_at(self, span: Span, names: set[str]) -> Token | None:
        """What has one of these ids and begins at, or overlaps, a written span."""
        placed = [pair for name in sorted(names) for pair in self._by_id.get(name, ())]
        for token, (start, _) in placed:
            if start == span[0]:
                return token
        return next((t for t, (s, e) in placed if s < span[1] and span[0] < e), None)

    def normal_span(self, span: Span) -> Span:
        """A span of the normal text that is written at a span."""
        if self.scene.normal.identity:
            return span
        size = len(self.scene.text)
        start = _first(size, lambda at: self.scene.normal.back(at, at)[0] >= span[0])
        end = _first(size, lambda at: self.scene.normal.back(at, at)[0] >= span[1])
        return start, max(start, end)

    def words(self, span: Span) -> str:
        """Normal text at a written span."""
        start, end = self.normal_span(span)
        return self.scene.text[start:end]

    def gate_cues(self, unit: Unit) -> list[tuple[str, float, Place | None]]:
        """What the cues of a unit add one after the other; they sum to the gate's total."""
        tokens, figures = self.tokens(unit), self.figures(unit)
        alone = copy.copy(self.scene)
        alone.contacts = []
        base = trade_cues(alone, unit, [], [])
        rows: list[tuple[str, float, Place | None]] = [
            ("goods that agree, inside access", base, None)
        ]
        for token in _once(self.scene.text, tokens)[:_MOST_WORDS]:
            more = trade_cues(alone, unit, [token], []) - base
            rows.append((f"{token.kind} {token.id}", more, self.place(token.start, token.end)))
        for figure in figures[:_MOST_WORDS]:
            more = trade_cues(alone, unit, [], [figure]) - base
            rows.append((figure.kind, more, self.place(figure.start, figure.end)))
        reached = trade_cues(self.scene, unit, [], []) - base
        rows.append(("a contact", reached, None))
        total = trade_cues(self.scene, unit, tokens, figures)
        rows.append(("taken together", total - sum(row[1] for row in rows), None))
        return [row for row in rows if round(row[1], 6)]

    def claim_at(self, slot: str, value: str) -> Place | None:
        """The first words that alone carry a claim: a term, or else a clause."""
        for token in self.scene.tokens:
            if slot == "freshness" and freshness(self.scene, [token], "") == value:
                return self.place(token.start, token.end)
        start = 0
        for end in _clause_ends(self.scene.text):
            if self._claim(slot, self.scene.text[start:end]) == value:
                return self.place(*_narrowed(self, slot, value, start, end))
            start = end
        return None

    def _claim(self, slot: str, words: str) -> str | None:
        match slot:
            case "freshness":
                return freshness(self.scene, [], words)
            case "exclusivity":
                return exclusivity(words)
            case _:
                return test_claim(words)


def _narrowed(replay: Replay, slot: str, value: str, start: int, end: int) -> Span:
    """The shortest part of a clause of at most 200 characters that still carries the claim."""
    text = replay.scene.text
    if end - start > 200:
        return start, end
    while end > start and replay._claim(slot, text[start : end - 1]) == value:
        end -= 1
    while start < end and replay._claim(slot, text[start + 1 : end]) == value:
        start += 1
    return start, end


def _clause_ends(text: str) -> list[int]:
    marks = [at + 1 for at, char in enumerate(text) if char in ",.;!?。\n|"]
    return [*marks, len(text)]


def _once(text: str, tokens: Sequence[Token]) -> list[Token]:
    return list({text[t.start : t.end]: t for t in reversed(tokens)}.values())[::-1]


def _first(size: int, holds: Callable[[int], bool]) -> int:
    low, high = 0, size
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
