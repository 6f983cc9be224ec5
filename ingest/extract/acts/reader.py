"""Puts the acts of one text together: which are looked for, with parties, goods and sums."""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import Final

from ingest.extract.acts.notices import notice, numbered
from ingest.extract.acts.praise import praise, sold
from ingest.extract.acts.replies import (
    answer,
    assents,
    buying_words,
    joins,
    ordered,
    receives,
    sends,
    settles,
    taken_up,
)
from ingest.extract.acts.rules import ActRules
from ingest.extract.acts.speech import Speech
from ingest.extract.acts.statements import accusations, agency, agency_by_name, deposits
from ingest.records import Act, ActKind, Listing, Party, Span

_NOTICES: Final = frozenset({"escrow_notice", "delivery_notice"})
_SAID_BY_PRAISE: Final = frozenset({"received", "buying_words"})
SELLING: Final = frozenset({"offer", "swap", "recruit"})
STATING: Final = frozenset(
    {
        "accusation",
        "praise",
        "got",
        "deal",
        "agent_of",
        "agent_named",
        "deposit",
        "sold",
        "sold_named",
    }
)
"""Classes of phrases that state something; the others are turns of a conversation."""


class ActReader:
    """Reads one text."""

    def __init__(
        self,
        speech: Speech,
        listings: Sequence[Listing],
        rules: ActRules,
        mentions: Sequence[str],
    ) -> None:
        self._speech = speech
        self._listings = listings
        self._rules = rules
        self._polarities = {each.polarity for each in listings}
        named = (product.id for each in listings for product in each.products)
        self._products = tuple(dict.fromkeys((*named, *mentions)))

    def acts(self, groups: Set[str]) -> tuple[Act, ...]:
        """All acts, by place; the same words are never two acts of one kind."""
        if STATING.isdisjoint(groups) and "warning" not in self._polarities:
            return self._sorted(self._turns(groups))
        accused = list(self._accused(groups))
        stated = {party.value for act in accused for party in act.parties}
        accused += (act for act in self._warned() if act.parties[0].value not in stated)
        praised = [] if accused else list(self._praised(groups))
        told = list(self._stated(groups))
        noticed = any(act.kind in _NOTICES for act in told)
        turns = [] if noticed else list(self._turns(groups))
        if praised:
            turns = [act for act in turns if act.kind not in _SAID_BY_PRAISE]
        return self._sorted((*accused, *praised, *told, *turns))

    @staticmethod
    def _sorted(acts: Iterable[Act]) -> tuple[Act, ...]:
        found: dict[tuple[str, Span], Act] = {}
        for act in acts:
            found.setdefault((act.kind, act.span), act)
        return tuple(sorted(found.values(), key=lambda act: (act.span, act.kind)))

    def _turns(self, groups: Set[str]) -> Iterator[Act]:
        """Short turns of a conversation; an advertisement is none."""
        if self._polarities & (SELLING | {"warning"}):
            return
        turns = list(taken_up(self._speech)) if "taken_up" in groups else []
        if not turns and "settles" in groups:
            turns = list(settles(self._speech))
        asks = list(buying_words(self._speech)) if "buying_words" in groups else []
        asks = asks or list(ordered(self._speech))
        if not any(_overlap(taken, ask) for _, taken in turns for _, ask in asks):
            turns += asks
        if asks and turns and turns[0][0] != "taken_up":
            turns += assents(self._speech, asks[0][1])
        told = self._told(groups)
        turns += [act for act in told if act[0] == "received" or not turns]
        if not turns and "request" not in self._polarities:
            turns = list(answer(self._speech, self._rules.money))
        if "joins" in groups:
            turns += joins(self._speech)
        for kind, span in turns:
            yield self._act(kind, span)

    def _told(self, groups: Set[str]) -> list[tuple[ActKind, Span]]:
        """That goods came, else that they went out."""
        if numbered(self._speech):
            return []
        came = list(receives(self._speech)) if "tried" in groups else []
        return came or (list(sends(self._speech)) if "delivers" in groups else [])

    def _praised(self, groups: Set[str]) -> Iterator[Act]:
        if groups & {"sold", "sold_named"} and not self._polarities & {"offer", "swap"}:
            for kind, span, named in sold(self._speech):
                yield self._act(kind, span, (self._speech.party(named[0], "buyer"),))
                return
        if not groups & {"praise", "got"} or self._polarities & (SELLING | {"request"}):
            return
        for kind, span, named in praise(self._speech, groups):
            parties = tuple(self._speech.party(each, "praised") for each in named)
            yield self._act(kind, span, parties)

    def _stated(self, groups: Set[str]) -> Iterator[Act]:
        speech, money = self._speech, self._rules.money
        noticed = False
        if "deal" in groups:
            for kind, span, named in notice(speech, self._rules.notice_words):
                noticed = True
                parties = tuple(speech.party(*each) for each in named)
                yield self._act(kind, span, parties, (0, len(speech.text)))
        if groups & {"agent_of", "agent_named"}:
            sold = list(agency(speech)) or list(agency_by_name(speech))
            for kind, span, who in sold:
                yield self._act(kind, span, (speech.party(who[0], "principal"),))
        if "deposit" in groups and not noticed:
            for kind, span, _ in deposits(speech):
                start, end = span
                held = money.sum_in(speech.text, start, end)
                yield self._act(kind, span, (), span if held else speech.sentence(start, end))

    def _accused(self, groups: Set[str]) -> Iterator[Act]:
        if "accusation" not in groups:
            return
        own = {c.value for each in self._listings for c in each.contacts if c.owner == "seller"}
        for kind, span, named in accusations(self._speech, own):
            parties = tuple(self._speech.party(each, "accused") for each in named)
            yield self._act(kind, span, parties)

    def _warned(self) -> Iterator[Act]:
        """What the reading as a warning found: its accused contacts."""
        warnings = [each for each in self._listings if each.polarity == "warning"]
        if warnings and next(self._speech.matches("curse"), None) is not None:
            return
        for listing in warnings:
            for contact in listing.contacts:
                if contact.owner == "accused":
                    yield Act(
                        kind="accusation",
                        span=contact.span,
                        quote=contact.quote,
                        parties=(
                            _accused_party(
                                contact.kind, contact.value, contact.quote, contact.span
                            ),
                        ),
                    )

    def _act(
        self,
        kind: ActKind,
        span: Span,
        parties: tuple[Party, ...] = (),
        paid: Span | None = None,
    ) -> Act:
        """An act; `paid` is where its sum and its escrow service may stand."""
        speech, money = self._speech, self._rules.money
        held = money.sum_in(speech.text, *paid) if paid else None
        service = money.service_in(speech.text, *speech.sentence(*span)) if paid else None
        written, quote = speech.quote(*span)
        return Act(
            kind=kind,
            span=written,
            quote=quote,
            parties=parties,
            products=self._products,
            amount=held.value if held else None,
            currency=held.currency if held else None,
            escrow=service,
        )


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _accused_party(kind: str, value: str, quote: str, span: Span) -> Party:
    if kind == "telegram":
        return Party("accused", "handle", value, quote, span)
    return Party("accused", "qq" if kind == "qq" else "contact", value, quote, span)
