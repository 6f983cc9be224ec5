"""One sale between two parties, as far as others can see it: opening, agreement, receipt."""

from datetime import datetime, timedelta

from msgspec import Struct

from benchmarks.worlds.goods import YUAN_A_USDT
from benchmarks.worlds.model import Advert, Mark, Message, Person, Venue
from benchmarks.worlds.scenes.crowd import Wish, rivals
from benchmarks.worlds.stage import Stage
from demo.rng import Rng


class Terms(Struct, frozen=True):
    """Who sells what to whom, where; `sure` means that enough of it shows."""

    seller: Person
    buyer: Person
    product: str
    quantity: int
    price: float
    venue: Venue
    sure: bool = False


class Leg:
    """A sale while it is played; `marks` are its traces."""

    def __init__(self, stage: Stage, terms: Terms, rng: Rng, part: str = "sale") -> None:
        self.stage, self.terms, self.rng, self.part = stage, terms, rng, part
        self.order = "takes"
        self.marks: list[Mark] = []
        self.theirs: dict[str, Message] = {}
        self.when = stage.cast.start

    def by_request(self, when: datetime, section: str = "request", hold: int = 10) -> None:
        """The buyer asks in public; the seller and others answer. `hold`: percent of 'wait'."""
        self.when = when
        asked = self._buyer(section, "request", 0, 100) if self._shows(85) else None
        if asked is not None:
            rivals(self.stage, asked, self._wish(), self.rng, besides=(self.terms.seller,))
        words = "wait" if self.rng.chance(hold) else "has"
        self._seller(words, "answer", 25, 100 if self.terms.sure else 70)
        self._buyer("takes", "order", 15, 45)
        self._either("pmd", 4, 35)

    def by_advert(self, when: datetime, advert: Advert | None = None) -> None:
        """The buyer answers an advert of the seller, a fresh one where none is given."""
        self.when = when
        advert = advert or self._fresh_advert()
        if advert is not None:
            if advert.copied is not None:
                self.marks.append(Mark(advert.copied, "forward", self.part))
            self._note(advert.message, "offer", self.terms.seller)
            self.when = max(self.when, advert.message.when + timedelta(minutes=3))
        if self.rng.chance(45):
            self._buyer("asks", "question", 30, 70)
            self._seller("has", "answer", 15, 60)
        self._buyer(self.order, "order", 40, 100 if self.terms.sure else 65)
        self._seller("yes", "agreement", 10, 55)
        self._either("pmd", 4, 35)

    def again(self, when: datetime) -> None:
        """A regular asks for more, without any advert."""
        self.when = when
        self._buyer("more", "order", 0, 100 if self.terms.sure else 75)
        self._seller("yes", "agreement", 20, 60)

    def close(self, when: datetime) -> datetime:
        """Escrow, delivery, receipt, and sometimes a word about it later; the time of receipt."""
        self.when = when
        self._escrow()
        self._buyer("paid", "payment", 10, 18)
        self._seller("sent", "delivery", 30, 38)
        bad = self.rng.chance(9)
        self._buyer("got_bad" if bad else "got", "receipt", 120, 100 if self.terms.sure else 66)
        received = self.when
        if bad:
            self._seller("fix", "repair", 20, 70)
        self._afterwards()
        return received

    def _wish(self) -> Wish:
        return Wish(self.terms.buyer, self.terms.product, self.terms.quantity)

    def _shows(self, percent: int) -> bool:
        return self.rng.chance(percent) and self.rng.chance(self.stage.scenario.openness)

    def _later(self, minutes: int) -> datetime:
        """Moves the clock on by about so many minutes."""
        shift = self.rng.between(minutes * 30, minutes * 90) + self.rng.between(5, 50)
        self.when += timedelta(seconds=shift)
        return self.when

    def _buyer(self, section: str, act: str, minutes: int, percent: int) -> Message | None:
        return self._speak(self.terms.buyer, "buy", section, act, minutes, percent)

    def _seller(self, section: str, act: str, minutes: int, percent: int) -> Message | None:
        return self._speak(self.terms.seller, "sell", section, act, minutes, percent)

    def _either(self, section: str, minutes: int, percent: int) -> None:
        if self.rng.chance(50):
            self._buyer(section, "word", minutes, percent)
        else:
            self._seller(section, "word", minutes, percent)

    def _speak(
        self, who: Person, side: str, section: str, act: str, minutes: int, percent: int
    ) -> Message | None:
        when = self._later(minutes) if minutes else self.when
        if percent < 100 and not self._shows(percent):
            return None
        terms, rng = self.terms, self.rng
        text = self.stage.phrase(
            who, terms.venue, when, section, rng, product=terms.product,
            quantity=terms.quantity, price=terms.price, side=side,
        )  # fmt: skip
        other = terms.seller if who is terms.buyer else terms.buyer
        reply = self._answered(other)
        if reply is None and act not in ("request",) and (rng.chance(55) or terms.sure):
            there = "sell" if side == "buy" else "buy"
            text = f"{self.stage.name_of(other, terms.venue, when, rng, there)} {text}"
        said = self.stage.say(who, terms.venue, when, text, reply=reply, side=side, act=act)
        return self._note(said, act, who)

    def _answered(self, other: Person) -> Message | None:
        last = self.theirs.get(other.key)
        if last is None or last.venue.key != self.terms.venue.key:
            return None
        return last if self.terms.sure or self.rng.chance(72) else None

    def _note(self, message: Message, act: str, who: Person) -> Message:
        self.marks.append(Mark(message, act, self.part))
        self.theirs[who.key] = message
        return message

    def _fresh_advert(self) -> Advert | None:
        terms, stage, rng = self.terms, self.stage, self.rng
        recent = [
            advert
            for advert in stage.adverts
            if advert.owner == terms.seller.key
            and advert.product == terms.product
            and advert.message.venue.key == terms.venue.key
            and timedelta(0) < self.when - advert.message.when < timedelta(days=6)
        ]
        if recent and rng.chance(80):
            return recent[-1]
        if not self._shows(75):
            return None
        pattern = stage.pattern(
            terms.seller, terms.venue, "offer", terms.product, terms.quantity, rng
        )
        return stage.advertise(
            terms.seller, terms.venue, self.when, terms.product, terms.price, pattern, rng
        )

    def _escrow(self) -> None:
        terms, stage, rng = self.terms, self.stage, self.rng
        hands = [p for p in stage.cast.of("escrow") if terms.venue.key in p.venues]
        if not hands or not rng.chance(stage.scenario.escrow):
            return
        hand = rng.pick(hands)
        program = terms.venue.platform == "telegram"
        total = max(10, round(terms.price * terms.quantity / YUAN_A_USDT))
        facts = {"no": rng.digits(5), "sum": str(total)}
        opened = self._notice(hand, "notice" if program else "escrow_hand", facts)
        self.marks.append(Mark(opened, "escrow", self.part))
        if rng.chance(60):
            self._later(200)
            done = self._notice(hand, "release" if program else "escrow_hand_done", facts)
            self.marks.append(Mark(done, "release", self.part))

    def _notice(self, hand: Person, section: str, facts: dict[str, str]) -> Message:
        terms, stage, rng = self.terms, self.stage, self.rng
        when = self._later(15)
        buyer = stage.name_of(terms.buyer, terms.venue, when, rng, "buy")
        seller = stage.name_of(terms.seller, terms.venue, when, rng, "sell")
        text = stage.phrase(
            hand, terms.venue, when, section, rng, product=terms.product,
            quantity=terms.quantity, named={**facts, "buyer": buyer, "seller": seller},
        )  # fmt: skip
        return stage.say(hand, terms.venue, when, text, act="escrow")

    def _afterwards(self) -> None:
        terms = self.terms
        if self._shows(12):
            self._about(terms.buyer, terms.seller, "vouch", ("buy", "sell"))
        if self._shows(6):
            self._about(terms.seller, terms.buyer, "vouch_pay", ("sell", "buy"))
        if self._shows(2):
            self._about(terms.buyer, terms.seller, "accuse", ("buy", "sell"))
            self._seller("deny", "denial", 30, 60)

    def _about(self, who: Person, whom: Person, section: str, sides: tuple[str, str]) -> None:
        terms, stage = self.terms, self.stage
        when = self._later(self.rng.between(600, 3000))
        other = stage.name_of(whom, terms.venue, when, self.rng, sides[1])
        text = stage.phrase(
            who, terms.venue, when, section, self.rng, product=terms.product,
            quantity=terms.quantity, side=sides[0], named={"other": other},
        )  # fmt: skip
        said = stage.say(who, terms.venue, when, text, side=sides[0], act=section)
        self.marks.append(Mark(said, section, self.part))
