"""The grammar and the cue row behind each contact, price and quantity."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.contacts import Contact
from ingest.extract.counts import KINDS, PERS, UNITS
from ingest.extract.explain.origins import Origins
from ingest.extract.explain.records import Origin, Place, Reason
from ingest.extract.explain.replay import Replay
from ingest.extract.explain.values import WORDING
from ingest.extract.money import Figure
from ingest.records import ContactRef, Listing, Price, Quantity, Span

_CUES: Final = "contact_cues.tsv"
_WALLETS: Final = {
    "btc": "base58check or bech32 checksum",
    "eth": "EIP-55 checksum where the case is mixed",
    "trx": "base58check with the byte of TRON",
    "xmr": "base58 with the checksum of Monero",
}
_OWNERS: Final = {
    "seller": "the author's: nothing gives it to somebody else",
    "accused": "beside the words of an accusation",
    "other": "somebody else's by the words beside it or by an act of the post",
}


class Grammars:
    """Reasons for the values of one listing that grammars gave."""

    def __init__(self, replay: Replay, rows: Origins) -> None:
        self._replay = replay
        self._rows = rows
        scene = replay.scene
        self._contacts: dict[Span, Contact] = {
            c.written or scene.written(c.start, c.end)[1]: c for c in scene.contacts
        }
        self._figures: dict[Span, Figure] = {
            scene.written(f.start, f.end)[1]: f for f in scene.figures
        }

    def of(self, listing: Listing) -> Iterator[Reason]:
        """A reason for each contact, price and quantity."""
        for n, quantity in enumerate(listing.quantities):
            yield self._quantity(f"quantities[{n}]", quantity)
        for n, price in enumerate(listing.prices):
            yield self._price(f"prices[{n}]", price)
        for n, contact in enumerate(listing.contacts):
            yield self._contact(f"contacts[{n}]", contact)

    def _contact(self, slot: str, ref: ContactRef) -> Reason:
        place = Place(ref.quote, ref.span)
        value = f"{ref.kind} {ref.value} ({ref.owner})"
        note = _OWNERS[ref.owner]
        if ref.kind in _WALLETS:
            return Reason(slot, value, place, f"wallet grammar: {_WALLETS[ref.kind]}", note)
        contact = self._contacts.get(ref.span)
        words = self._replay.words(ref.span)
        rows = self._rows.longest(words, _CUES, ref.kind)
        if not rows:
            heard = contact is not None and not contact.sure
            form = "words that sound like a cue, and an id" if heard else "a form without a cue"
            return Reason(slot, value, place, f"contact grammar: {form}", note)
        unsure = (
            "" if contact is None or contact.sure else "; homophone or sign: one step less sure"
        )
        rule = f"contact grammar: cue {rows[0].term} and an id"
        return Reason(slot, value, place, rule, note + unsure, rows)

    def _price(self, slot: str, price: Price) -> Reason:
        words = self._replay.words(price.span)
        rows: list[Origin] = []
        parts = [_number(price.value)]
        if price.currency is not None:
            parts.append(price.currency)
            rows += self._rows.within(words, "currencies.tsv", price.currency)
        if price.per is not None:
            parts.append(f"per {price.per}")
            rows += self._rows.within(words, "units.tsv", price.per)
        if price.min_quantity is not None:
            parts.append(f"from {_number(price.min_quantity)}")
        figure = self._figures.get(price.span)
        each = figure is not None and figure.per == "each"
        note = "each: the unit is that of the goods" if each else ""
        least = self._least(price)
        if least:
            note = "; ".join(filter(None, (note, f"least order: {least[0].quote}")))
        place = Place(price.quote, price.span)
        rule, note = self._learned("price grammar", PERS, price.span, note)
        return Reason(slot, " ".join(parts), place, rule, note, tuple(rows), least)

    def _learned(self, rule: str, model: str, span: Span, note: str) -> tuple[str, str]:
        """The rule and the note of a number, where what was learned of such overrules a grammar."""
        if found := self._replay.vote_on(KINDS, span):
            rule, note = WORDING, found
        if (settled := self._replay.vote_on(model, span)) is not None:
            what = "what it is for" if model == PERS else "the unit"
            note = "; ".join(filter(None, (note, f"{what} by {WORDING}: {settled}")))
        return rule, note

    def _least(self, price: Price) -> tuple[Place, ...]:
        found = (
            self._replay.place(figure.start, figure.end)
            for figure in self._replay.scene.figures
            if figure.kind == "least" and figure.value == price.min_quantity
        )
        return tuple(found)[:1]

    def _quantity(self, slot: str, quantity: Quantity) -> Reason:
        words = self._replay.words(quantity.span)
        rows = self._rows.within(words, "units.tsv", quantity.unit)
        value = f"{_number(quantity.value)} {quantity.unit}"
        if quantity.period is not None:
            value += f" a {quantity.period}"
        note = "" if rows else "no unit is written: that of the goods"
        place = Place(quantity.quote, quantity.span)
        rule, note = self._learned("quantity grammar", UNITS, quantity.span, note)
        return Reason(slot, value, place, rule, note, rows)


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"
