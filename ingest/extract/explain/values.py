"""The rule behind each value of the lexicon: products, sources, methods, escrow, claims."""

from collections.abc import Iterator
from typing import Final

import msgspec

from ingest.extract.explain.origins import Origins
from ingest.extract.explain.records import Origin, Place, Reason
from ingest.extract.explain.replay import Replay
from ingest.extract.tokens import DATA_GENERIC, ESCROW_SERVICE, Token
from ingest.records import Listing, SourceClaim, Span
from ingest.text.normalise import normalise

TERM: Final = "lexicon term"
INNER: Final = "lexicon term inside a longer one"
COMPOSED: Final = "words for people or a topic, and a data word"
DATA_WORD: Final = "data word in front of nothing more exact"
PHRASE: Final = "phrase grammar"
PATTERN: Final = "pattern of the case"
WORDING: Final = "wording (learned)"
MODEL: Final = "trained model of the case"
_ALL_THREE: Final = "org/operator/cn/all_three"
_OF_SOURCES: Final = "the country of a named operator or bank"


class Values:
    """Reasons for one listing."""

    def __init__(self, replay: Replay, rows: Origins) -> None:
        self._replay = replay
        self._rows = rows

    def of(self, listing: Listing) -> Iterator[Reason]:
        """A reason for each value that words of the lexicon, or frames around them, gave."""
        for n, product in enumerate(listing.products):
            place = Place(product.quote, product.span)
            yield self.reason(f"products[{n}]", product.id, place, {product.id})
        for n, source in enumerate(listing.sources):
            yield self._source(f"sources[{n}]", source)
        for n, method in enumerate(listing.methods):
            place = Place(method.quote, method.span)
            names = self._methods(method.id, method.span)
            yield self.reason(f"methods[{n}]", method.id, place, names)
        for n, service in enumerate(listing.escrow):
            place = Place(service.quote, service.span)
            note = "named service" if service.named else "any guarantee"
            names = {service.id, ESCROW_SERVICE}
            yield self.reason(f"escrow[{n}]", service.id, place, names, note)
        yield from self._claims(listing)

    def reason(
        self, slot: str, value: str, place: Place, names: set[str], note: str = ""
    ) -> Reason:
        """The rule behind a value at a place that a token with one of these ids gave."""
        token = self._replay.token_at(place.span, names)
        if token is None:
            return Reason(slot, value, place, PHRASE, note or "a frame of words, no single term")
        if (wording := self._replay.wording_of(token)) is not None:
            return Reason(slot, value, place, WORDING, wording)
        rule, rows = self._rule(token)
        weak = "ambiguous: counts with a second cue" if token.weak else ""
        return Reason(slot, value, place, rule, "; ".join(filter(None, (note, weak))), rows)

    def _rule(self, token: Token) -> tuple[str, tuple[Origin, ...]]:
        if pattern := self._replay.pattern_of(token):
            return PATTERN, (pattern,)
        if self._replay.is_learnt(token):
            return MODEL, ()
        text = self._replay.scene.text[token.start : token.end]
        whole = self._replay.hit_at(token)
        if rows := self._rows.of(text, token.id):
            if whole == text:
                return TERM, rows
            return INNER, (*rows, *self._rows.of(whole))
        if rows := self._rows.of(whole, token.id):
            return TERM, rows
        if rows := self._stems(text, token.id) or self._stems(whole, token.id):
            return COMPOSED, rows
        if token.id == DATA_GENERIC:
            return DATA_WORD, self._rows.of(text)
        rows = self._rows.of(text) or self._rows.of(whole)
        return (INNER if rows else PHRASE), rows

    def _stems(self, term: str, product: str) -> tuple[Origin, ...]:
        found = self._rows.longest(term, "subjects.tsv", product)
        if not found:
            return ()
        rest = term[len(found[0].term) :].strip()
        return (*found, *self._rows.in_file(rest, "context.tsv", "lexicon.tsv")[:1])

    def _methods(self, code: str, span: Span) -> set[str]:
        """Ids of the terms at the place of a method: its own, else those that a frame read."""
        here = (t for t in self._replay.scene.tokens if t.kind == "method")
        found = {t.id for t in here if self._replay.scene.written(t.start, t.end)[1] == span}
        exact = {f"method/{code}"} & found
        return exact or found

    def _source(self, slot: str, source: SourceClaim) -> Reason:
        place = Place(source.quote, source.span)
        kind = source.kind.replace("_", " ")
        if source.id is None:
            names = {t.id for t in self._replay.scene.tokens if t.id.endswith("/generic")}
            counted = "" if source.cardinality is None else f", {source.cardinality} of them"
            return self.reason(slot, "unnamed", place, names, f"vague{counted}; {kind}")
        known = {_ALL_THREE} if source.expanded else {source.id}
        said = "stands for the three operators; " if source.expanded else ""
        reason = self.reason(slot, source.id, place, known, said + kind)
        called = self._rows.in_file(source.id, "organisations.tsv")
        return Reason(slot, source.id, place, reason.rule, reason.note, (*reason.origins, *called))

    def _claims(self, listing: Listing) -> Iterator[Reason]:
        claims = listing.claims
        for slot, value in (
            ("freshness", claims.freshness),
            ("exclusivity", claims.exclusivity),
            ("test", claims.test),
        ):
            if value is not None:
                yield self._claim(slot, value)
        countries = {code: f"geo/{code.lower()}" for code in claims.jurisdictions}
        for code, name in countries.items():
            yield self._coded("claims.jurisdictions", code, {name}) or _country(listing, code)
        for code in claims.fields:
            slot = "claims.fields"
            reason = self._coded(slot, code, {f"field/{code}"})
            yield reason or Reason(slot, code, None, PHRASE)

    def _claim(self, slot: str, value: str) -> Reason:
        place = self._replay.claim_at(slot, value)
        words = "" if place is None else self._replay.words(place.span)
        rows = self._rows.in_file(words, "lexicon.tsv", "additions.tsv")
        rule = TERM if rows and slot == "freshness" else "claim pattern"
        note = "several words together" if place is None else ""
        return Reason(f"claims.{slot}", value, place, rule, note, rows)

    def _coded(self, slot: str, code: str, names: set[str]) -> Reason | None:
        token = self._replay.token_at((0, len(self._replay.scene.post.text)), names)
        if token is None:
            return None
        return self.reason(slot, code, self._replay.place(token.start, token.end), names)


def _country(listing: Listing, code: str) -> Reason:
    """A country that nobody names follows from an operator or a bank."""
    place = next(
        (Place(s.quote, s.span) for s in listing.sources if f"/{code.lower()}/" in (s.id or "")),
        None,
    )
    return Reason("claims.jurisdictions", code, place, _OF_SOURCES)


def undisguised(reason: Reason, replay: Replay, rows: Origins) -> Reason:
    """The reason with what disguised words were read as, and the row that says so."""
    if reason.place is None:
        return reason
    written = normalise(reason.place.quote).text.strip()
    words = replay.words(reason.place.span).strip()
    if written == words:
        return reason
    note = "; ".join(filter(None, (f"disguised: read as {words}", reason.note)))
    known = (*reason.origins, *rows.in_file(written, "camouflage.tsv"))
    return msgspec.structs.replace(reason, note=note, origins=known)
