"""Plays a world and writes it: exports under `exports/`, the planted truth in `truth.json`."""

from collections import Counter
from pathlib import Path

from benchmarks.worlds import truth as planted
from benchmarks.worlds.exports import Exporter
from benchmarks.worlds.model import Face, Message, Person, Planted
from benchmarks.worlds.scenario import Scenario
from benchmarks.worlds.scenarios import SCENARIOS
from benchmarks.worlds.scenes import SCENES
from benchmarks.worlds.stage import Stage
from benchmarks.worlds.truth import Truth
from demo.rng import Rng
from evidence.errors import NotFoundError, UsageError

SIZE = 240
FIRST_CHECK_SEED = 100
"""Seeds from here on are kept for checks; rules are made on the lower ones."""
SMALLEST, LARGEST = 60, 1000


def play(scenario: Scenario, seed: int, size: int = SIZE) -> Stage:
    """A world of about `size` accounts, played to its end; UsageError for an impossible size."""
    if not SMALLEST <= size <= LARGEST:
        raise UsageError(
            f"a world has {SMALLEST} to {LARGEST} accounts, not {size}", hint="choose another size"
        )
    stage = Stage(scenario.drawn(seed), seed, size)
    for scene in SCENES:
        scene(stage)
    return stage


def write(folder: Path, scenario: str, seed: int, size: int = SIZE) -> Truth:
    """Writes a world into a folder and returns its truth; NotFoundError for an unknown scenario."""
    if scenario not in SCENARIOS:
        raise NotFoundError(f"no scenario {scenario!r}", hint=", ".join(SCENARIOS))
    book = Book(play(SCENARIOS[scenario], seed, size))
    for path, content in book.files().items():
        target = folder / "exports" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    found = book.truth()
    planted.save(found, folder / "truth.json")
    return found


class Book:
    """A played world, its messages in order and numbered."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.said: dict[str, list[Message]] = {key: [] for key in stage.cast.venues}
        for message in sorted(stage.messages, key=lambda one: (one.when, one.serial)):
            self.said[message.venue.key].append(message)
        self.numbers: dict[int, int] = {}
        for key, messages in self.said.items():
            self._number(key, messages)
        people = stage.cast.people
        self.faces: dict[str, Face] = {face.key: face for p in people for face in p.faces}
        self.spoken = Counter(message.face.key for message in stage.messages)

    def _number(self, key: str, messages: list[Message]) -> None:
        venue, rng = self.stage.cast.venue(key), Rng("numbers", self.stage.seed, key)
        number = venue.first
        for message in messages:
            self.numbers[message.serial] = number
            gap = venue.platform == "telegram" and rng.chance(8)
            number += 1 + (rng.between(1, 3) if gap else 0)

    def files(self) -> dict[str, bytes]:
        """The exports by their path, without venues in which nobody spoke."""
        writer, made = Exporter(self.faces, self.numbers), dict[str, bytes]()
        for key, messages in self.said.items():
            venue = self.stage.cast.venue(key)
            if messages:
                export = writer.telegram if venue.platform == "telegram" else writer.qq
                made[venue.path] = export(venue, messages)
        return made

    def truth(self) -> Truth:
        """The planted truth."""
        stage = self.stage
        return Truth(
            scenario=stage.scenario.name,
            seed=stage.seed,
            size=stage.cast.size,
            messages=len(stage.messages),
            exports=tuple(
                sorted(stage.cast.venue(k).path for k, said in self.said.items() if said)
            ),
            brokers=self._of("broker"),
            suppliers=self._of("supplier"),
            buyers=self._of("buyer"),
            traders=self._of("trader"),
            resellers=self._of("reseller"),
            hubs=self._of("hub"),
            copycats=self._of("copycat"),
            spammers=self._of("spammer"),
            focused=self._of("focused"),
            self_styled=self._of("selfstyled"),
            escrow=self._of("escrow"),
            others=self._of("talker", "admin"),
            occasional=self._occasional(),
            aliases=self._aliases(),
            takeovers=self._takeovers(),
            accounts=tuple(self._account(p, f) for p in stage.cast.people for f in self._used(p)),
            dealings=tuple(self._dealing(n, one) for n, one in enumerate(stage.planted, start=1)),
        )

    def _used(self, person: Person) -> list[Face]:
        return [face for face in person.faces if self.spoken[face.key]]

    def _key(self, person: Person) -> str:
        used = self._used(person) or person.faces
        return used[0].key

    def _of(self, *roles: str) -> tuple[str, ...]:
        people = self.stage.cast.of(*roles)
        return tuple(sorted(self._key(person) for person in people if self._used(person)))

    def _occasional(self) -> tuple[str, ...]:
        between = {p.key: p for one in self.stage.planted for p in one.through}
        return tuple(sorted(self._key(p) for p in between.values() if p.role != "broker"))

    def _aliases(self) -> tuple[tuple[str, ...], ...]:
        groups = [tuple(face.key for face in self._used(p)) for p in self.stage.cast.people]
        return tuple(sorted(group for group in groups if len(group) > 1))

    def _takeovers(self) -> tuple[planted.Takeover, ...]:
        return tuple(
            planted.Takeover(one.handle, one.owner.key, one.taker.key, one.when.isoformat())
            for one in self.stage.cast.takeovers
        )

    def _account(self, person: Person, face: Face) -> planted.Account:
        names = tuple(worn.text for worn in face.names)
        handles = tuple(worn.text for worn in face.handles)
        first = self._key(person)
        return planted.Account(face.key, first, person.role, names, handles, self.spoken[face.key])

    def _dealing(self, number: int, one: Planted) -> planted.Dealing:
        marks = sorted(one.marks, key=lambda mark: (mark.message.when, mark.message.serial))
        traces = tuple(
            planted.Trace(
                f"{mark.message.venue.path}#{self.numbers[mark.message.serial]}",
                mark.message.face.key,
                mark.message.when.isoformat(),
                mark.act,
                mark.part,
            )
            for mark in marks
        )
        return planted.Dealing(
            number, one.kind, self._key(one.supplier), self._key(one.buyer),
            tuple(self._key(p) for p in one.through), one.product, one.quantity, one.price,
            one.when.isoformat(), traces,
        )  # fmt: skip
