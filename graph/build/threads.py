"""Ties that a conversation shows: asked and answered, offered on request and taken, recruited."""

from collections import defaultdict
from collections.abc import Iterable

import msgspec

from graph.build.goods import settled
from graph.build.pieces import Piece
from graph.build.rows import Account, ListingRecord, Post
from graph.build.turns import Turn

_DAY = 86_400
# How long an offer, a request or a question stays open without a reply that points to it.
OPEN = 7 * _DAY

Pair = tuple[str, str]


class _Inquiry(msgspec.Struct, frozen=True):
    """Buying words of `ask` towards the author of `offer`."""

    offer: Turn
    listings: list[ListingRecord]
    ask: Turn


class _Response(msgspec.Struct, frozen=True):
    """An answer to a request."""

    request: Turn
    answer: Turn


class Conversation:
    """Reads the turns of one venue in order of time."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._by_post: dict[int, Turn] = {}
        self._latest: dict[tuple[str, str], Turn] = {}
        self._inquiries: dict[Pair, _Inquiry] = {}
        self._responses: dict[Pair, _Response] = {}
        self._answered: set[str] = set()

    def read(self, turn: Turn) -> None:
        """Takes in the next turn."""
        for other in turn.said_to:
            self._towards(turn, other)
        self._by_post[turn.post.n] = turn
        for listing in turn.listings:
            self._latest[turn.author.id, listing.body.polarity] = turn

    def one_way(self) -> list[Piece]:
        """Buying words that nobody answered: a weak sign, and no tie."""
        return [
            _bought(inquiry, "one_way_reply", ())
            for inquiry in self._inquiries.values()
            if inquiry.ask.post.id not in self._answered
        ]

    def _towards(self, turn: Turn, other: Account) -> None:
        towards, back = (turn.author.id, other.id), (other.id, turn.author.id)
        response = self._open(self._responses.get(back), turn)
        if turn.does("taken_up") and response is not None:
            self.pieces.append(_supplied(response, turn))
            del self._responses[back]
        elif turn.does("buying_words"):
            self._ask(turn, other)
        answers = turn.does("answer", "taken_up") or bool(turn.holds("offer"))
        if answers and (inquiry := self._open_inquiry(back, turn)) is not None:
            self.pieces.append(_bought(inquiry, "answered", (turn.post,)))
            self._answered.add(inquiry.ask.post.id)
            del self._inquiries[back]
        if turn.does("answer") or turn.holds("offer"):
            self._respond(turn, other, towards)
        if turn.does("joins") and (ad := self._said(turn, other, "recruit")) is not None:
            self._join(turn, other, ad)

    def _ask(self, turn: Turn, other: Account) -> None:
        offer = self._said(turn, other, "offer")
        listings = offer.holds("offer") if offer is not None else []
        if offer is None:
            response = self._open(self._responses.get((other.id, turn.author.id)), turn)
            if response is None:
                return
            offer, listings = response.answer, response.request.holds("request")
        self._inquiries[turn.author.id, other.id] = _Inquiry(offer, listings, turn)

    def _respond(self, turn: Turn, other: Account, towards: Pair) -> None:
        request = self._said(turn, other, "request")
        if request is not None:
            self._responses[towards] = _Response(request, turn)

    def _said(self, turn: Turn, other: Account, polarity: str) -> Turn | None:
        """The other's listing that a turn speaks to: in its thread, else the latest still open."""
        for n in turn.answered:
            above = self._by_post.get(n)
            if above is not None and above.author.id == other.id and above.listings:
                # The nearest listing in the thread is the one that is spoken of.
                return above if above.holds(polarity) else None
        latest = self._latest.get((other.id, polarity))
        if latest is None or not _near(latest.post, turn.post):
            return None
        return latest

    def _open(self, response: _Response | None, turn: Turn) -> _Response | None:
        if response is None or not _near(response.answer.post, turn.post):
            return None
        return response

    def _open_inquiry(self, pair: Pair, turn: Turn) -> _Inquiry | None:
        inquiry = self._inquiries.get(pair)
        if inquiry is None or not _near(inquiry.ask.post, turn.post):
            return None
        return inquiry

    def _join(self, turn: Turn, other: Account, ad: Turn) -> None:
        claims = tuple(record.id for record in turn.acts if record.act.kind == "joins")
        self.pieces.append(
            Piece(
                "recruited",
                "RECRUITS",
                other,
                turn.author,
                None,
                (ad.post, turn.post),
                tuple(each.id for each in ad.holds("recruit")),
                claims,
            )
        )


def _near(earlier: Post, later: Post) -> bool:
    if earlier.utc is None or later.utc is None:
        return False
    return 0 <= later.utc - earlier.utc <= OPEN


def _supplied(response: _Response, taken: Turn) -> Piece:
    request, answer = response.request, response.answer
    listings = request.holds("request")
    return Piece(
        "taken_up",
        "SUPPLIES",
        answer.author,
        taken.author,
        settled(listings, [*_goods(answer), *taken.named]),
        (request.post, answer.post, taken.post),
        tuple(each.id for each in [*listings, *answer.holds("offer")]),
        _claims(answer, taken),
    )


def _bought(inquiry: _Inquiry, evidence: str, answer: tuple[Post, ...]) -> Piece:
    offer, ask = inquiry.offer, inquiry.ask
    return Piece(
        evidence,
        "BUYS_FROM" if answer else "INTERACTS_WITH",
        ask.author,
        offer.author,
        settled(inquiry.listings, _goods(ask)),
        (offer.post, ask.post, *answer),
        tuple(each.id for each in inquiry.listings),
        _claims(ask),
    )


def _goods(turn: Turn) -> list[str]:
    return [*(p.id for each in turn.listings for p in each.body.products), *turn.named]


def _claims(*turns: Turn) -> tuple[str, ...]:
    return tuple(record.id for turn in turns for record in turn.acts)


def conversations(turns: Iterable[Turn]) -> list[Piece]:
    """The pieces that all conversations show, one-way buying words included."""
    venues: dict[int | None, Conversation] = defaultdict(Conversation)
    for turn in turns:
        venues[turn.post.venue_n].read(turn)
    return [piece for each in venues.values() for piece in [*each.pieces, *each.one_way()]]
