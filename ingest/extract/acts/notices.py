"""Notices of a deal that name a buyer and a seller."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.acts.fields import FieldWords, by_fields
from ingest.extract.acts.phrases import alternatives
from ingest.extract.acts.speech import Habits, Named, Side, Speech
from ingest.records import ActKind, Span
from ingest.text.late import late

Pair = tuple[Named, Named]
Sides = tuple[tuple[Named, Side], tuple[Named, Side]]
_DEAL_NUMBER: Final = re.compile(r"#\s?[a-z]{0,3}[0-9]{2,}|编号[:\s]?[a-z]{0,3}[0-9]{2,}")
_JOIN: Final = r"(?:是|为|=|:|\s|\(|-|\[|【){0,4}"


class NoticeWords:
    """The words for the two sides, and what each side does."""

    def __init__(self, habits: Habits, words: dict[str, tuple[str, ...]]) -> None:
        sides = (
            rf"(?:(?P<buyer>{_bounded(words['buyer'])})|(?P<seller>{_bounded(words['seller'])}))"
        )
        self.before = late(rf"{sides}{_JOIN}\Z")
        self.behind = late(rf"\s?[\(\[【:]?\s?{sides}")
        sells, buys = _bounded(words["seller_acts"]), _bounded(words["buyer_acts"])
        acts = rf"(?:(?P<seller>{sells})|(?P<buyer>{buys}))"
        self.does = late(rf"(?:\s|的|已经?|会|就|请|马上|has|will){{0,3}}{acts}")
        self.fields = FieldWords(words)
        self.escrow = late(_bounded(words["escrow_word"]))


def _bounded(words: tuple[str, ...]) -> str:
    han = alternatives(word for word in words if not word.isascii())
    latin = alternatives(word for word in words if word.isascii())
    return rf"{han}|(?<![a-z])(?:{latin})(?![a-z])"


def notice(speech: Speech, words: NoticeWords) -> Iterator[tuple[ActKind, Span, Sides]]:
    """An escrow notice, or a delivery notice where it says that goods or money went out."""
    deal = next(speech.matches("deal"), None)
    if deal is None or speech.asked(*deal):
        return
    sides = _sides(speech, words)
    if sides is None:
        return
    done = next(speech.matches("delivered"), None)
    spans = [named[:2] for named, _ in sides] + [done or deal]
    whole = min(start for start, _ in spans), max(end for _, end in spans)
    yield ("delivery_notice" if done else "escrow_notice"), whole, sides


def _sides(speech: Speech, words: NoticeWords) -> Sides | None:
    """The two sides; both are `other` where nothing says which of the two buys."""
    pair = by_templates(speech) or by_fields(speech, words.fields)
    if pair is None and len({(each.kind, each.value) for each in speech.named}) > 1:
        pair = by_words(speech, words) or by_acts(speech, words)
    if pair is not None:
        return (pair[0], "buyer"), (pair[1], "seller")
    both = by_templates(speech, "both", ("one", "other"))
    return None if both is None else ((both[0], "other"), (both[1], "other"))


def numbered(speech: Speech) -> bool:
    """Whether a text gives the number of a deal, as the notices of a service do."""
    return _DEAL_NUMBER.search(speech.text) is not None


def closes(speech: Speech) -> bool:
    """Whether a text with the number of a deal says that goods or money went out to a named one."""
    if not (speech.named and numbered(speech)):
        return False
    return next(speech.matches("deal"), None) is not None and (
        next(speech.matches("delivered"), None) is not None
    )


def by_templates(
    speech: Speech, group: str = "pair", sides: tuple[str, str] = ("buyer", "seller")
) -> Pair | None:
    """Buyer and seller by a template that catches bare names too; None where two disagree."""
    found: dict[tuple[str, str], Pair] = {}
    for pattern in speech.templates(group):
        match = pattern.search(speech.text)
        buyer = speech.caught(match, sides[0]) if match else None
        seller = speech.caught(match, sides[1]) if match else None
        if buyer and seller and buyer.value != seller.value:
            found.setdefault((buyer.value, seller.value), (buyer, seller))
    return next(iter(found.values())) if len(found) == 1 else None


def by_words(speech: Speech, words: NoticeWords) -> Pair | None:
    """Buyer and seller by the words in front of all names, or behind all of them."""
    in_front = [
        (words.before.search(speech.text, max(0, n.start - 16), n.start), n) for n in speech.named
    ]
    if pair := _pair(in_front):
        return pair
    if any(match for match, _ in in_front):
        return None
    return _pair([(words.behind.match(speech.text, n.end), n) for n in speech.named])


def by_acts(speech: Speech, words: NoticeWords) -> Pair | None:
    """Two names and no other, one of which delivers or pays, in a text that speaks of escrow."""
    values = dict.fromkeys((each.kind, each.value) for each in speech.named)
    told = [
        words.before.search(speech.text, max(0, each.start - 16), each.start)
        for each in speech.named
    ]
    if len(values) != 2 or not (any(told) or words.escrow.search(speech.text)):
        return None
    found = [
        (side or words.does.match(speech.text, each.end), each)
        for side, each in zip(told, speech.named, strict=True)
    ]
    pair = _pair(found)
    if pair:
        return pair
    for side in ("buyer", "seller"):
        doing = [each for match, each in found if match and match[side]]
        others = [e for e in speech.named if doing and e.value != doing[0].value]
        if doing and others and len({each.value for each in doing}) == 1:
            return (doing[0], others[0]) if side == "buyer" else (others[0], doing[0])
    return None


def _pair(found: list[tuple[re.Match[str] | None, Named]]) -> Pair | None:
    """The pair where exactly one is told to be the buyer and exactly one other the seller."""
    sides: dict[str, dict[str, Named]] = {"buyer": {}, "seller": {}}
    for match, named in found:
        for side, members in sides.items():
            if match and match[side]:
                members.setdefault(named.value, named)
    buyers, sellers = sides["buyer"], sides["seller"]
    if len(buyers) != 1 or len(sellers) != 1 or buyers.keys() == sellers.keys():
        return None
    return next(iter(buyers.values())), next(iter(sellers.values()))
