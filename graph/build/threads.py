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
# Turns whose words were not read count only beside two that were, and only so soon.
OPEN_UNREAD = _DAY

Pair = tuple[str, str]


class _Inquiry(msgspec.Struct):
    """Words towards the author of an offer, then that author's reply, then the next words.

    Two of the three must have been read as buying, answering and taking up.
    """

    offer: Turn
    listings: list[ListingRecord]
    ask: Turn
    asked: bool
    reply: Turn | None = None
    answered: bool = False

    def read(self, *, taken: bool = False) -> bool:
        """Whether enough was read to call it a purchase."""
        return self.reply is not None and self.asked + self.answered + taken >= 2


class _Response(msgspec.Struct, frozen=True):
    """A reply to a request; `offered` where its words were read as an answer or an offer."""

    request: Turn
    answer: Turn
    offered: bool


class Conversation:
    """Reads the turns of one venue in order of time."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._by_post: dict[int, Turn] = {}
        self._latest: dict[tuple[str, str], Turn] = {}
        self._inquiries: dict[Pair, _Inquiry] = {}
        self._responses: dict[Pair, _Response] = {}

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
            if inquiry.asked and inquiry.reply is None
        ]

    def _towards(self, turn: Turn, other: Account) -> None:
        if not self._take_up_answer(turn, other):
            self._ask(turn, other)
        self._reply(turn, other)
        self._respond(turn, other)
        if turn.does("joins") and (ad := self._said(turn, other, "recruit")) is not None:
            self.pieces.append(_joined(turn, other, ad))

    def _take_up_answer(self, turn: Turn, other: Account) -> bool:
        """A requester takes up the answer to the request."""
        pair = (other.id, turn.author.id)
        response = self._responses.get(pair)
        if response is None or not turn.does("taken_up"):
            return False
        if not _near(response.answer.post, turn.post, OPEN if response.offered else OPEN_UNREAD):
            return False
        self.pieces.append(_supplied(response, turn))
        del self._responses[pair]
        return True

    def _ask(self, turn: Turn, other: Account) -> None:
        """Words towards somebody with an open offer, or who answered a request."""
        pair, asked = (turn.author.id, other.id), turn.does("buying_words")
        known = self._inquiries.get(pair)
        if known is not None and known.reply is not None and turn.does("taken_up"):
            if known.read(taken=True) and _near(known.reply.post, turn.post, OPEN_UNREAD):
                self._close(pair, known, turn.post)
            return
        if known is not None and known.asked and not asked:
            return
        offer = self._offer(turn, other)
        if offer is not None:
            self._inquiries[pair] = _Inquiry(*offer, turn, asked)

    def _offer(self, turn: Turn, other: Account) -> tuple[Turn, list[ListingRecord]] | None:
        offer = self._said(turn, other, "offer")
        if offer is not None:
            return offer, offer.holds("offer")
        response = self._responses.get((other.id, turn.author.id))
        if response is None or not response.offered:
            return None
        if not _near(response.answer.post, turn.post, OPEN):
            return None
        return response.answer, response.request.holds("request")

    def _reply(self, turn: Turn, other: Account) -> None:
        """An offerer speaks to somebody who spoke to the offer."""
        pair = (other.id, turn.author.id)
        inquiry = self._inquiries.get(pair)
        if inquiry is None or not _near(inquiry.ask.post, turn.post, OPEN):
            return
        answers = turn.does("answer", "taken_up") or bool(turn.holds("offer"))
        if inquiry.reply is None or (answers and not inquiry.answered):
            inquiry.reply, inquiry.answered = turn, answers
        if inquiry.read():
            self._close(pair, inquiry)

    def _close(self, pair: Pair, inquiry: _Inquiry, *later: Post) -> None:
        if inquiry.reply is not None:
            answer = (inquiry.reply.post, *later)
            self.pieces.append(_bought(inquiry, "answered", answer))
            del self._inquiries[pair]

    def _respond(self, turn: Turn, other: Account) -> None:
        request = self._said(turn, other, "request")
        if request is None:
            return
        offered = turn.does("answer") or bool(turn.holds("offer"))
        pair = (turn.author.id, other.id)
        known = self._responses.get(pair)
        if known is None or known.request is not request or (offered and not known.offered):
            self._responses[pair] = _Response(request, turn, offered)

    def _said(self, turn: Turn, other: Account, polarity: str) -> Turn | None:
        """The other's listing that a turn speaks to: in its thread, else the latest still open."""
        for n in turn.answered:
            above = self._by_post.get(n)
            if above is not None and above.author.id == other.id and above.listings:
                # The nearest listing in the thread is the one that is spoken of.
                return above if above.holds(polarity) else None
        latest = self._latest.get((other.id, polarity))
        limit = OPEN if turn.acts or turn.listings else OPEN_UNREAD
        if latest is None or not _near(latest.post, turn.post, limit):
            return None
        return latest


def _near(earlier: Post, later: Post, limit: int) -> bool:
    if earlier.utc is None or later.utc is None:
        return False
    return 0 <= later.utc - earlier.utc <= limit


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
        _claims(ask) + (() if inquiry.reply is None else _claims(inquiry.reply)),
    )


def _joined(turn: Turn, recruiter: Account, ad: Turn) -> Piece:
    return Piece(
        "recruited",
        "RECRUITS",
        recruiter,
        turn.author,
        None,
        (ad.post, turn.post),
        tuple(each.id for each in ad.holds("recruit")),
        tuple(record.id for record in turn.acts if record.act.kind == "joins"),
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
