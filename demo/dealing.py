"""How a dealing shows in the chat: each way writes its messages."""

from collections.abc import Callable
from dataclasses import dataclass

from demo.adverts import VARIANTS, advert_text, markup
from demo.cast import CAST, Person, name_on
from demo.goods import GOODS, Goods
from demo.money import amount, price, quantity
from demo.stock import stock
from demo.venues import VENUES
from demo.world import Dealing, Mark, Message, Part, Tie, World, at, later


@dataclass(frozen=True)
class Plan:
    """A dealing that is to show in a venue on a day, in some ways."""

    day: str
    venue: str
    seller: str
    buyer: str
    goods: str
    ways: tuple[str, ...]
    thread: str


class Scene:
    """One dealing while it is written."""

    def __init__(self, world: World, plan: Plan) -> None:
        self.world, self.plan = world, plan
        self.rng = world.rng("deal", plan.day, plan.seller, plan.buyer)
        self.goods: Goods = GOODS[plan.goods]
        self.word = self.rng.pick(self.goods.words)
        self.qty = quantity(plan.goods, self.rng)
        self.seller, self.buyer = CAST[plan.seller], CAST[plan.buyer]
        self.platform = VENUES[plan.venue].platform
        self.when = at(plan.day, self.rng.between(10, 20), self.rng.below(60))
        self.written: list[Message] = []

    def text(self, section: str, **slots: str) -> str:
        """A phrase of this dealing in the manner of its venue."""
        manner = {"chuhai": "en_"}.get(self.plan.venue, "qq_" if self.platform == "qq" else "")
        phrases = stock("deals")
        name = manner + section if phrases.has(manner + section) else section
        values = {"word": self.word, "qty": self.qty, "price": self.cost(), "contact": ""}
        return phrases.say(self.rng, name, **(values | slots)).strip()

    def cost(self) -> str:
        """The price as written this time."""
        return price(self.goods, self.plan.day, self.rng, markup(self.seller))

    def tell(self, who: Person, minutes: int, text: str, to: Message | None = None) -> Message:
        """A line of a party; in QQ, which has no replies, the other is named instead."""
        when = later(to, minutes) if to else self.when
        if to and self.platform == "qq" and self.rng.chance(80):
            text = f"@{name_on(to.person, self.plan.day)} {text}"
        reply = to if self.platform != "qq" else None
        message = self.world.say(self.plan.venue, who.key, when, text, reply=reply)
        self.written.append(message)
        return message


def _offered(scene: Scene) -> Message:
    """An offer of the seller to answer to, the same day."""
    variant = scene.rng.below(VARIANTS)
    text = advert_text(scene.world, scene.seller, scene.plan.goods, scene.plan.day, variant)
    scene.when = at(scene.plan.day, scene.rng.between(10, 18), scene.rng.below(60))
    return scene.tell(scene.seller, 0, text)


def _ask_way(scene: Scene, section: str) -> None:
    offer = _offered(scene)
    asked = scene.tell(scene.buyer, scene.rng.between(2, 40), scene.text(section), offer)
    taken = scene.tell(scene.seller, scene.rng.between(1, 12), scene.text("accept"), asked)
    if scene.rng.chance(70):
        scene.tell(scene.buyer, scene.rng.between(1, 9), scene.text("confirm"), taken)


def _buy(scene: Scene) -> None:
    _ask_way(scene, "buy")


def _ask(scene: Scene) -> None:
    _ask_way(scene, "brokerask")


def _requested(scene: Scene) -> Message:
    scene.when = at(scene.plan.day, scene.rng.between(10, 17), scene.rng.below(60))
    return scene.tell(scene.buyer, 0, scene.text("request", contact=scene.buyer.contact))


def _request(scene: Scene) -> None:
    wanted = _requested(scene)
    answer = scene.text("offeranswer", contact=scene.seller.contact)
    offered = scene.tell(scene.seller, scene.rng.between(3, 50), answer, wanted)
    scene.tell(scene.buyer, scene.rng.between(2, 15), scene.text("takeup"), offered)


def _forwarded(scene: Scene, source: Message, broker: Person, note: str) -> None:
    copied = Message(source.venue, later(source, 25), broker, source.parts, None, source.person)
    scene.written.append(scene.world.add(copied))
    scene.tell(broker, 1, scene.text(note, contact=broker.contact), copied)


def _forward(scene: Scene) -> None:
    _forwarded(scene, _offered(scene), scene.buyer, "fwdnote")


def _fwdreq(scene: Scene) -> None:
    wanted = _requested(scene)
    _forwarded(scene, wanted, scene.seller, "reqnote")
    offered = scene.tell(scene.seller, 45, scene.text("offeranswer", contact=""), wanted)
    scene.tell(scene.buyer, scene.rng.between(2, 15), scene.text("takeup"), offered)


def _agent(scene: Scene) -> None:
    slots = {"principal": f"@{scene.seller.handle}", "contact": scene.buyer.contact}
    scene.when = at(scene.plan.day, 19, scene.rng.below(60))
    line = scene.tell(scene.buyer, 0, scene.text("agentline", **slots))
    scene.world.ties.append(Tie("agent_of", scene.buyer.key, scene.seller.key, line))


def _vouch(scene: Scene) -> None:
    named = scene.seller.name if scene.platform == "qq" else f"@{scene.seller.handle}"
    scene.when = at(scene.plan.day, 20, scene.rng.below(60))
    scene.tell(scene.buyer, 0, scene.text("vouch", seller=named))


def _sides(text: str, people: dict[str, Person]) -> list[Part]:
    parts: list[Part] = [text]
    for hole, person in people.items():
        spread: list[Part] = []
        for part in parts:
            pieces = part.split(hole) if isinstance(part, str) else []
            spread.extend([part] if not isinstance(part, str) else pieces[:1])
            for piece in pieces[1:]:
                spread += [Mark("mention_name", person.name, person.number), piece]
        parts = spread
    return [part for part in parts if part != ""]


def _notice(scene: Scene) -> None:
    """The escrow's notice, later its release; the bot marks both sides, people write names."""
    qq, english = scene.platform == "qq", scene.plan.venue == "chuhai"
    issuer = "qunzhu1" if qq else "escrow_en" if english else scene.rng.pick(("fujibot", "laofu"))
    venue = scene.plan.venue if qq or english else "danbao"
    case, total = f"F{scene.rng.between(1200, 9800)}", str(amount(scene.rng))
    first = "agentnotice" if issuer == "laofu" or english else "notice"
    when = at(scene.plan.day, 18 if qq else 21, scene.rng.below(60))
    for section in (first, "release"):
        sides = {"\x01": scene.buyer, "\x02": scene.seller}
        by_mark = issuer == "fujibot"
        names = _names(scene, qq) if not by_mark else {"buyer": "\x01", "seller": "\x02"}
        text = scene.text(section, case=case, amount=total, **names)
        parts = _sides(text, sides) if by_mark else [text]
        message = scene.world.say(venue, issuer, when, *parts)
        scene.written.append(message)
        when = later(message, scene.rng.between(20, 75))


def _names(scene: Scene, qq: bool) -> dict[str, str]:
    if qq:
        return {
            side: f"{name_on(person, scene.plan.day)}({person.number})"
            for side, person in (("buyer", scene.buyer), ("seller", scene.seller))
        }
    return {"buyer": f"@{scene.buyer.handle}", "seller": f"@{scene.seller.handle}"}


WAYS: dict[str, Callable[[Scene], None]] = {
    "buy": _buy,
    "ask": _ask,
    "request": _request,
    "forward": _forward,
    "fwdreq": _fwdreq,
    "agent": _agent,
    "vouch": _vouch,
    "notice": _notice,
}


def deal(world: World, plan: Plan) -> Dealing:
    """Writes a dealing and keeps its truth."""
    scene = Scene(world, plan)
    for way in plan.ways:
        WAYS[way](scene)
    dealing = Dealing(
        plan.seller,
        plan.buyer,
        scene.goods.product,
        plan.day,
        plan.venue,
        plan.ways,
        plan.thread,
        tuple(scene.written),
    )
    world.dealings.append(dealing)
    return dealing
