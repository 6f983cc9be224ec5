"""Who is in a world: venues, and people with their roles, goods and accounts."""

from datetime import datetime, timedelta

from msgspec import structs

from benchmarks.worlds.accounts import Accounts
from benchmarks.worlds.goods import GOODS
from benchmarks.worlds.grammar import grammar
from benchmarks.worlds.model import Person, Takeover, Venue
from benchmarks.worlds.scenario import Scenario
from benchmarks.worlds.speech import voice
from demo.rng import Rng

_GOODS_SOLD = {
    "supplier": (1, 2), "trader": (1, 2), "reseller": (1, 2), "hub": (3, 5), "copycat": (2, 4),
    "spammer": (8, 14), "focused": (1, 1), "selfstyled": (2, 4),
}  # fmt: skip
_GOODS_WANTED = {"buyer": (1, 3), "trader": (1, 3), "hub": (1, 1)}


class Cast:
    """The venues and people of a world from its first to its last day."""

    def __init__(self, scenario: Scenario, seed: int, size: int) -> None:
        self.scenario, self.size = scenario, size
        self.rng = Rng("cast", scenario.name, seed)
        self.start = datetime(2020 + seed % 3, 1 + self.rng.below(8), 1 + self.rng.below(28))
        self.days = self.rng.between(84, 110)
        self.venues = self._venues()
        self.people: list[Person] = []
        self.takeovers: list[Takeover] = []
        self.dominant = self.rng.pick(tuple(GOODS)[:9])
        self._gather()

    @property
    def end(self) -> datetime:
        """The end of the last planned day."""
        return self.start + timedelta(days=self.days)

    def of(self, *roles: str) -> list[Person]:
        """The people of some roles, in the order of the cast."""
        return [person for person in self.people if person.role in roles]

    def venue(self, key: str) -> Venue:
        """The venue of a key."""
        return self.venues[key]

    def platforms(self, person: Person) -> set[str]:
        """The platforms on which a person has accounts."""
        return {self.venues[key].platform for key in person.venues}

    def _venues(self) -> dict[str, Venue]:
        made: dict[str, Venue] = {}
        plan = ["telegram"] * self.scenario.telegram + ["qq"] * self.scenario.qq
        foreign = round(self.scenario.telegram * self.scenario.english / 100)
        for number, platform in enumerate(plan, start=1):
            english = number <= foreign or (number == 1 and self.scenario.english >= 8)
            made[f"v{number}"] = self._venue(number, platform, "en" if english else "zh")
        return made

    def _venue(self, number: int, platform: str, language: str) -> Venue:
        name = grammar(f"chatter_{language}").say("groups", self.rng)
        native = f"19{number}{self.rng.digits(7)}" if platform == "telegram" else f"{name}{number}"
        name = name if platform == "telegram" else native
        path = f"telegram/group{number}/result.json" if platform == "telegram" else f"qq/{name}.txt"
        first = self.rng.between(2, 9000) if platform == "telegram" else 1
        return Venue(f"v{number}", platform, native, name, language, first, path)

    def _counts(self) -> dict[str, int]:
        low, high = self.scenario.brokers
        brokers = round(self.rng.between(low * 10, high * 10) * self.size / 1000)
        counts = {"broker": min(20, max(6 if self.size >= 150 else 3, brokers))}
        counts["hub"] = max(1, round(self.scenario.hubs * self.size / 240))
        counts |= {"escrow": 1 + bool(self.scenario.qq) + (self.size >= 200), "admin": 2}
        shares = structs.asdict(self.scenario.shares)
        counts |= {key: max(1, round(v * self.size / 100)) for key, v in shares.items() if v}
        return counts

    def _gather(self) -> None:
        accounts = Accounts(self.scenario, self.rng, self.start, self.days)
        roles = [role for role, count in self._counts().items() for _ in range(count)]
        roles.sort(key=lambda role: role == "broker")
        for role in roles:
            self._join(role)
        self._equip()
        for person in self.people:
            accounts.open(person, self.venues)
        while sum(len(person.faces) for person in self.people) < self.size:
            accounts.open(self._join("talker"), self.venues)
        self.takeovers = accounts.takeovers(self.people)

    def _join(self, role: str) -> Person:
        rng, number = self.rng, len(self.people)
        languages = self._languages(role)
        weight = 1 + int(40 / (1 + rng.below(40)))
        person = Person(f"p{number:03}", role, languages, voice(languages, rng), weight)
        person.venues = self._places(person, number)
        # Half of the traders sell the chief goods, the other half may buy them.
        without = [self.dominant] if role == "trader" and number % 2 else []
        person.goods = self._pick_goods(_GOODS_SOLD.get(role, (0, 0)), without)
        person.wants = self._pick_goods(_GOODS_WANTED.get(role, (0, 0)), person.goods)
        if role == "reseller":
            person.wants = list(person.goods)
        self.people.append(person)
        return person

    def _languages(self, role: str) -> tuple[str, ...]:
        english = self.rng.chance(self._english(role))
        if role == "escrow":
            return ("zh", "en")
        both = 85 if role == "broker" and self.scenario.english > 30 else 12
        if self.rng.chance(both):
            return ("en", "zh") if english else ("zh", "en")
        return ("en",) if english else ("zh",)

    def _english(self, role: str) -> int:
        """Where half the market is foreign, the goods are mostly Chinese and the buyers not."""
        share = self.scenario.english
        if share <= 30:
            return share
        return {"supplier": share * 2 // 5, "buyer": share * 3 // 2}.get(role, share)

    def _places(self, person: Person, number: int) -> list[str]:
        fit = [v for v in self.venues.values() if v.language in person.languages]
        fit = fit or list(self.venues.values())
        if self.scenario.split and person.role in ("supplier", "buyer") and self.rng.chance(80):
            odd = person.role == "supplier"
            fit = [v for v in fit if bool(int(v.key[1:]) % 2) == odd] or fit
        if person.role in ("escrow", "admin"):
            platform = "qq" if number % 2 and self.scenario.qq else "telegram"
            return [v.key for v in self.venues.values() if v.platform == platform]
        home = self.rng.pick(fit)
        both = self.rng.chance(self.scenario.both_platforms) and person.role != "talker"
        near = [v for v in fit if both or v.platform == home.platform]
        most = 4 if person.role in ("broker", "spammer", "trader", "hub", "copycat") else 3
        extra = [v.key for v in self.rng.sample(near, self.rng.between(0, most - 1))]
        return sorted({home.key, *extra})

    def _pick_goods(self, span: tuple[int, int], besides: list[str]) -> list[str]:
        left = [key for key in GOODS if key not in besides]
        picked = self.rng.sample(left, self.rng.between(*span))
        chief = self.dominant
        free = bool(picked) and chief in left and chief not in picked
        if not free or not self.rng.chance(self.scenario.dominant):
            return picked
        return [chief] if self.rng.chance(80) else [chief, *picked[1:]]

    def _equip(self) -> None:
        for person in self.of("broker"):
            self._give_book(person)

    def _give_book(self, broker: Person) -> None:
        """Suppliers and clients for each of a broker's goods, in venues they share."""
        sellers = [p for p in self.of("supplier", "hub", "trader") if self._meets(broker, p)]
        sellers = self._near(broker, sellers or self.of("supplier"))
        kinds = sorted({product for seller in sellers for product in seller.goods})
        chosen = self.rng.sample(kinds, self.rng.between(1, 4))
        if self.dominant in kinds and self.rng.chance(self.scenario.dominant):
            chosen = [self.dominant, *chosen[: self.rng.below(2)]]
        broker.goods = sorted(set(chosen))
        for product in broker.goods:
            able = [p for p in sellers if product in p.goods]
            broker.sources[product] = self.rng.sample(able, self.rng.between(2, 4))
            broker.clients[product] = self._clients(broker, product)
            for other in (*broker.sources[product], *broker.clients[product]):
                self._share(broker, other)

    def _clients(self, broker: Person, product: str) -> list[Person]:
        near = [p for p in self.of("buyer") if self._meets(broker, p)] or self.of("buyer")
        near = self._near(broker, near)
        keen = [p for p in near if product in p.wants]
        chosen = self.rng.sample(keen, 6)
        chosen += self.rng.sample([p for p in near if p not in chosen], 3)
        for person in chosen:
            if product not in person.wants:
                person.wants.append(product)
        return chosen[: self.rng.between(4, 9)]

    def _near(self, broker: Person, people: list[Person]) -> list[Person]:
        """Those who share a venue, where there are enough of them."""
        near = [p for p in people if set(p.venues) & set(broker.venues)]
        return near if len(near) >= 5 else people

    def _meets(self, one: Person, other: Person) -> bool:
        return bool(self.platforms(one) & self.platforms(other)) and bool(
            set(one.languages) & set(other.languages)
        )

    def _share(self, broker: Person, other: Person) -> None:
        if not set(broker.venues) & set(other.venues):
            broker.venues = sorted({*broker.venues, self.rng.pick(other.venues)})
