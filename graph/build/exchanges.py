"""Dealings read from a whole exchange of two accounts: orders, answers, deliveries, receipts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from graph import ids
from graph.build.goods import NO_GOODS
from graph.build.pieces import Piece, listing_products
from graph.build.rows import Account
from graph.build.signals import LISTED, UNADDRESSED, Signal, signal
from graph.build.turns import Turn

_DAY: Final = 86_400
# An exchange that nobody went on with for so long has ended.
PAUSE: Final = 4 * _DAY
# After a dealing was settled, words that go on with it come sooner.
SETTLED: Final = _DAY // 2
# So long words without an addressee are taken to go on with the author's last exchange.
GOES_ON: Final = 2 * _DAY
# So long an offer or a request tells the goods and the sides of what follows.
OPEN: Final = 14 * _DAY
# So long before an exchange a listing that nobody replied to still tells what it is about.
TELLS: Final = 3 * _DAY
# Weight that makes a dealing, and how many times the other direction's it must be.
ENOUGH: Final = 2.4
CLEARLY: Final = 2.0
# Weight that shows that a tie read from single turns was read the wrong way round.
PLAIN: Final = 4.0

_Pair = frozenset[str]


class Exchange(msgspec.Struct):
    """Signals between two accounts in one venue, in order of time, each with its weight."""

    pair: tuple[str, ...]
    signals: list[tuple[Signal, float]] = msgspec.field(default_factory=list)
    direct: bool = False
    """Whether one of the two spoke to the other by name or reply."""

    @property
    def first(self) -> int:
        return self.signals[0][0].post.utc or 0

    @property
    def last(self) -> int:
        return self.signals[-1][0].post.utc or 0

    def is_over(self, said: Signal) -> bool:
        """Whether these words begin another dealing."""
        pause = (said.post.utc or 0) - self.last
        settled = any(each.done or each.turn.does("taken_up") for each, _ in self.signals)
        return pause > PAUSE or (pause > SETTLED and settled and not said.done)

    def giver(self, said: Signal) -> str:
        """Who gives goods by these words."""
        one, two = self.pair
        other = two if said.author.id == one else one
        return other if said.side == "buys" else said.author.id

    def sums(self) -> dict[str, float]:
        """The weight of each account's giving; a yes goes the way of what it answers."""
        found = dict.fromkeys(self.pair, 0.0)
        before: Signal | None = None
        early: list[tuple[Signal, float]] = []
        for said, weight in self.signals:
            if said.side != "agrees":
                agreed = (w for each, w in early if each.author.id != said.author.id)
                found[self.giver(said)] += weight + sum(agreed)
                before, early = said, []
            elif before is None:
                early.append((said, weight))
            elif before.author.id != said.author.id:
                found[self.giver(before)] += weight
        return found

    def goods(self) -> Counter[str]:
        """How often each goods are named."""
        named = (each for said, _ in self.signals for each in said.goods)
        return Counter(each for each in named if each not in NO_GOODS)

    def speaks(self) -> bool:
        """Whether both spoke, or one told that goods went or came."""
        return len({said.author.id for said, _ in self.signals}) == 2 or any(
            said.done for said, _ in self.signals
        )


class Found(msgspec.Struct, frozen=True):
    """A dealing of an exchange with the weight of its direction, and the times it spans."""

    piece: Piece
    weight: float
    first: int
    last: int


class Exchanges:
    """Reads the turns of one venue in order of time."""

    def __init__(self) -> None:
        self.found: list[Found] = []
        self._open: dict[_Pair, Exchange] = {}
        self._partners: dict[str, dict[str, int]] = defaultdict(dict)
        self._loose: dict[str, list[Signal]] = defaultdict(list)
        self._listed: dict[tuple[str, str], list[Turn]] = defaultdict(list)
        self._people: dict[str, Account] = {}

    def read(self, turn: Turn) -> None:
        """Takes in the next turn."""
        self._people[turn.author.id] = turn.author
        if turn.post.utc is not None:
            self._take(turn)
        for listing in turn.listings:
            self._listed[turn.author.id, listing.body.polarity].append(turn)

    def close(self) -> list[Found]:
        """All dealings, those still open included."""
        for pair in list(self._open):
            self._end(pair)
        return self.found

    def _take(self, turn: Turn) -> None:
        others = [each for each in turn.said_to if each.id != turn.author.id]
        # Most turns are adverts to nobody in particular.
        if len(others) > 1 or (turn.listings and not others):
            return
        said = signal(turn)
        if said is None:
            return
        if others:
            self._people.setdefault(others[0].id, others[0])
            self._direct(said, others[0].id)
        else:
            partner = self._partner(said)
            if partner is None:
                self._loose[turn.author.id].append(said)
            else:
                self._add(said, partner, UNADDRESSED)

    def _direct(self, said: Signal, other: str) -> None:
        pair = frozenset((said.author.id, other))
        known = self._open.get(pair)
        if known is not None and known.is_over(said):
            self._end(pair)
        # What the other said to nobody in particular is what these words answer.
        for loose in self._loose.pop(other, []):
            if 0 <= (said.post.utc or 0) - (loose.post.utc or 0) <= GOES_ON:
                self._add(loose, said.author.id, UNADDRESSED)
        self._add(said, other, 1.0)
        self._open[pair].direct = True

    def _add(self, said: Signal, other: str, factor: float) -> None:
        exchange = self._exchange(said.author.id, other)
        exchange.signals.append((said, factor * said.weight))
        utc = said.post.utc or 0
        self._partners[said.author.id][other] = utc
        self._partners[other][said.author.id] = utc

    def _exchange(self, one: str, two: str) -> Exchange:
        pair = frozenset((one, two))
        if pair not in self._open:
            self._open[pair] = Exchange(tuple(sorted(pair)))
        return self._open[pair]

    def _partner(self, said: Signal) -> str | None:
        """Whom words without an addressee go on with: the last one on the fitting side."""
        utc, author = said.post.utc or 0, said.author.id
        known = self._partners[author].items()
        recent = sorted(((at, id_) for id_, at in known if utc - at <= GOES_ON), reverse=True)
        for _, other in recent:
            exchange = self._open.get(frozenset((author, other)))
            if exchange is not None and self._fits(exchange, said, other):
                return other
        return None

    @staticmethod
    def _fits(exchange: Exchange, said: Signal, other: str) -> bool:
        if said.side == "agrees":
            return exchange.signals[-1][0].author.id == other
        named, sums = exchange.goods(), exchange.sums()
        if said.goods and named and named.keys().isdisjoint(said.goods):
            return False
        giver = exchange.giver(said)
        return sums[giver] > sum(sums.values()) - sums[giver]

    def _end(self, pair: _Pair) -> None:
        exchange = self._open.pop(pair)
        if exchange.direct and exchange.speaks():
            self.found += self._dealing(exchange)

    def _dealing(self, exchange: Exchange) -> Iterator[Found]:
        sums, goods = exchange.sums(), exchange.goods()
        for giver, taker in (exchange.pair, exchange.pair[::-1]):
            sums[giver] += LISTED * self._lists(exchange, giver, "offer", goods)
            sums[giver] += LISTED * self._lists(exchange, taker, "request", goods)
        giver, taker = sorted(exchange.pair, key=lambda id_: -sums[id_])
        if sums[giver] >= ENOUGH and sums[giver] >= CLEARLY * sums[taker]:
            piece = self._piece(exchange, giver, taker)
            yield Found(piece, sums[giver], exchange.first, exchange.last)

    def _lists(self, exchange: Exchange, who: str, polarity: str, goods: Counter[str]) -> float:
        """1 where an account lists such goods then, half where the goods are not known."""
        listed = [*self._near(who, polarity, exchange)]
        if not listed or not goods:
            return 0.5 * bool(listed)
        return float(any(goods.keys() & set(listing_products(each.listings)) for each in listed))

    def _near(self, who: str, polarity: str, exchange: Exchange) -> Iterator[Turn]:
        for turn in self._listed[who, polarity]:
            if exchange.first - OPEN <= (turn.post.utc or 0) <= exchange.last:
                yield turn

    def _piece(self, exchange: Exchange, giver: str, taker: str) -> Piece:
        signals = [each for each, _ in exchange.signals]
        offer = self._latest(giver, "offer", exchange)
        request = self._latest(taker, "request", exchange)
        voices = {each.author.id for each in signals}
        done = any(each.done for each in signals)
        evidence = "dealt" if done and len(voices) == 2 else "receipt" if done else "answered"
        above = [each for each in (offer, request) if each is not None]
        posts = {each.post.n: each.post for each in (*above, *(said.turn for said in signals))}
        return Piece(
            evidence,
            "BUYS_FROM",
            self._people[taker],
            self._people[giver],
            _product(exchange, giver, offer, request),
            tuple(sorted(posts.values(), key=lambda post: post.order)),
            tuple(each.id for turn in above for each in turn.listings),
            tuple(record.id for said in signals for record in said.turn.acts),
        )

    def _latest(self, who: str, polarity: str, exchange: Exchange) -> Turn | None:
        """The listing that the exchange replies to, else the latest before it began."""
        answered = {n for said, _ in exchange.signals for n in said.turn.answered}
        found: Turn | None = None
        for turn in self._near(who, polarity, exchange):
            if turn.post.n in answered:
                return turn
            if (turn.post.utc or 0) <= exchange.first or found is None:
                found = turn
        return found


def _product(
    exchange: Exchange, giver: str, offer: Turn | None, request: Turn | None
) -> str | None:
    """Node id of the goods: those named most, else those of the listing it began with."""
    named = exchange.goods().most_common()
    if named and (len(named) == 1 or named[0][1] > named[1][1]):
        return ids.vocabulary(named[0][0])
    offered, wanted = _listed(offer, "offer"), _listed(request, "request")
    answered = {n for said, _ in exchange.signals for n in said.turn.answered}
    began = exchange.signals[0][0].author.id
    first, second = (wanted, offered) if began == giver else (offered, wanted)
    if request is not None and request.post.n in answered:
        first, second = wanted, offered
    elif offer is not None and offer.post.n in answered:
        first, second = offered, wanted
    common = [each for each in first if each in second or any(each == id_ for id_, _ in named)]
    if len(set(common)) == 1:
        return ids.vocabulary(common[0])
    for turn, goods in ((request, wanted), (offer, offered))[:: 1 if first is wanted else -1]:
        if len(set(goods)) == 1 and _tells(turn, exchange, answered):
            return ids.vocabulary(goods[0])
    return None


def _tells(turn: Turn | None, exchange: Exchange, answered: set[int]) -> bool:
    """Whether an exchange is about a listing: one replied to, or posted shortly before."""
    if turn is None:
        return False
    return turn.post.n in answered or exchange.first - (turn.post.utc or 0) <= TELLS


def _listed(turn: Turn | None, polarity: str) -> list[str]:
    found = [] if turn is None else listing_products(turn.holds(polarity))
    return [each for each in found if each not in NO_GOODS]


def exchanged(turns: Iterable[Turn]) -> list[Found]:
    """The dealings of all exchanges, venue by venue."""
    venues: dict[int | None, Exchanges] = defaultdict(Exchanges)
    for turn in turns:
        venues[turn.post.venue_n].read(turn)
    return [found for each in venues.values() for found in each.close()]


def merged(pieces: Iterable[Piece], found: Iterable[Found]) -> list[Piece]:
    """Pieces of single turns and of whole exchanges, each dealing once and one way round.

    An exchange replaces the weaker pieces of its time between its two; a plain one those that
    were read the other way round too.
    """
    spans: dict[_Pair, list[Found]] = defaultdict(list)
    for each in found:
        spans[frozenset((each.piece.start.id, each.piece.end.id))].append(each)
    kept: list[Piece] = []
    dropped: set[int] = set()
    for piece in pieces:
        within = [each for each in spans[_ends(piece)] if _during(piece, each)]
        if any(each.piece.goods != piece.goods and each.weight < PLAIN for each in within):
            dropped |= {id(each) for each in within if each.piece.goods != piece.goods}
            within = [each for each in within if each.piece.goods == piece.goods]
        if not within:
            kept.append(piece)
    chosen = (each.piece for group in spans.values() for each in group if id(each) not in dropped)
    return [*kept, *chosen]


def _ends(piece: Piece) -> _Pair:
    return frozenset((piece.start.id, piece.end.id))


def _during(piece: Piece, found: Found) -> bool:
    return piece.type != "RECRUITS" and found.first <= (piece.utc or 0) <= found.last
