"""The accounts of people: names, handles, second accounts, moves, and handles taken over."""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec import structs

from benchmarks.worlds.goods import GOODS
from benchmarks.worlds.grammar import grammar
from benchmarks.worlds.model import Face, Person, Takeover, Venue, Worn
from benchmarks.worlds.scenario import Scenario
from benchmarks.worlds.speech import kind_word
from demo.rng import Rng

EARLY, LATE = datetime(2000, 1, 1), datetime(2100, 1, 1)
_SOUNDS = (
    "ka", "lo", "mi", "ra", "xu", "wen", "hai", "tong", "feng", "bei", "zo", "lin", "sky", "max",
    "jia", "qi", "nan", "rui", "ye", "bo", "tan", "vic", "sha", "du", "ning", "kou", "pi", "gu",
)  # fmt: skip
_MOVERS = ("broker", "supplier", "trader", "reseller", "hub", "buyer")
_TRADE_NAMED = {"hub": 80, "spammer": 70, "broker": 35, "selfstyled": 20, "buyer": 8, "talker": 3}


class Accounts:
    """Opens accounts; no two share a number, and none a handle at the same time."""

    def __init__(self, scenario: Scenario, rng: Rng, start: datetime, days: int) -> None:
        self.scenario, self.rng, self.start, self.days = scenario, rng, start, days
        self._taken: set[str] = set()
        self._left: list[tuple[Face, str, datetime]] = []

    def open(self, person: Person, venues: dict[str, Venue]) -> None:
        """Gives a person accounts on each platform of the venues, and the odd second one."""
        platforms = sorted({venues[key].platform for key in person.venues})
        for platform in platforms:
            self._add(person, platform)
        main = platforms[-1]
        if person.role in ("broker", "supplier") and self.rng.chance(self.scenario.socks):
            self._second(person, main)
        elif person.role in _MOVERS and self.rng.chance(self.scenario.renamed):
            self._change(person, self.rng.between(0, 2))

    def takeovers(self, people: list[Person]) -> list[Takeover]:
        """Left handles that others take."""
        made: list[Takeover] = []
        takers = [p for p in people if p.role in ("copycat", "spammer", "talker")]
        for owner, handle, left in self._left:
            if self.rng.chance(self.scenario.taken) and takers:
                when = left + timedelta(days=self.rng.between(2, 9), hours=self.rng.below(12))
                made += self._take(self.rng.pick(takers), handle, owner, when)
        return made

    def _take(self, who: Person, handle: str, owner: Face, when: datetime) -> list[Takeover]:
        for place, face in enumerate(who.faces):
            if face.platform == "telegram" and len(face.handles) == 1:
                worn = (*face.handles, Worn(handle, when))
                who.faces[place] = structs.replace(face, handles=worn)
                return [Takeover(handle, owner, who.faces[place], when)]
        return []

    def _add(self, person: Person, platform: str, side: str = "", name: str = "") -> None:
        native = self._fresh(lambda: f"99{self.rng.digits(8)}")
        bot = person.role == "escrow" and platform == "telegram"
        name = name or self._name(person) + (" bot" if bot else "")
        handles: tuple[Worn, ...] = ()
        if platform == "telegram":
            handles = (Worn(self._handle() + ("_bot" if bot else ""), EARLY),)
        key = f"{platform}:{native}"
        names = (Worn(name, EARLY),)
        person.faces.append(
            Face(key, platform, native, names, handles, EARLY, LATE, side=side, bot=bot)
        )

    def _second(self, person: Person, platform: str) -> None:
        sides = ["buy", "sell"] if person.role == "broker" else ["sell", "praise"]
        self._add(person, platform, side=self.rng.pick(sides))
        if self.rng.chance(35):
            self._add(person, platform, side="praise")

    def _change(self, person: Person, way: int) -> None:
        """A new account (0), a new handle (1) or a new name (2)."""
        when = self.start + timedelta(days=self.days * self.rng.between(30, 65) // 100)
        face = person.faces[0]
        if way == 0:
            person.faces[0] = structs.replace(face, until=when)
            same = face.names[0].text if self.rng.chance(50) else ""
            self._add(person, face.platform, name=same)
            person.faces[-1] = structs.replace(person.faces[-1], since=when)
        elif way == 1 and face.handles:
            worn = (*face.handles, Worn(self._handle(), when))
            person.faces[0] = structs.replace(face, handles=worn)
        else:
            worn = (*face.names, Worn(self._name(person), when))
            person.faces[0] = structs.replace(face, names=worn)
        if way < 2 and face.handles:
            self._left.append((person.faces[0], face.handles[0].text, when))

    def _name(self, person: Person) -> str:
        phrases = grammar(f"chatter_{person.languages[0]}")
        section = self._name_section(person.role)
        product = self.rng.pick(person.goods or tuple(GOODS))
        slots = {"kind": kind_word(product, person.languages[0], self.rng)}

        def one() -> str:
            name = phrases.say(section, self.rng, slots)
            if name not in self._taken and self.rng.chance(80):
                return name
            return name + self.rng.pick(("_", "·", " ", "")) + self.rng.digits(2)

        return self._fresh(one)

    def _name_section(self, role: str) -> str:
        open_roles = "claim" not in self.scenario.muted
        styled = {"selfstyled": 50, "broker": 12}.get(role, 0)
        if open_roles and self.rng.chance(styled):
            return "role_names"
        return "trade_names" if self.rng.chance(_TRADE_NAMED.get(role, 30)) else "names"

    def _handle(self) -> str:
        def one() -> str:
            sounds = "".join(self.rng.pick(_SOUNDS) for _ in range(self.rng.between(2, 3)))
            return f"demo_{sounds}{self.rng.digits(self.rng.between(1, 3))}"

        return self._fresh(one)

    def _fresh(self, make: Callable[[], str]) -> str:
        while (text := make()) in self._taken:
            pass
        self._taken.add(text)
        return text
