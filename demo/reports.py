"""The three reports of the corpus: fixed words, names of the cast, figures counted from it."""

from collections import Counter
from collections.abc import Sequence
from importlib.resources import files

from demo.cast import CAST
from demo.venues import QQ, TELEGRAM, VENUES
from demo.world import Message, World

_FILES = {
    "reports/winter-offers.md": "report_listings.md",
    "reports/enforcement-brief.html": "report_enforcement.html",
    "reports/短信黑产群观察.txt": "report_qq.txt",
}


def _talk(world: World, venues: Sequence[str], since: str, until: str) -> list[Message]:
    return [
        message
        for message in world.messages
        if message.venue.key in venues
        and not message.action
        and since <= message.when.isoformat() < until
    ]


def _pace(said: list[Message]) -> tuple[str, str]:
    """Participants and messages a group and active day (PGD, MGD)."""
    days = {(message.venue.key, message.when.date()) for message in said}
    seats = {(message.venue.key, message.when.date(), message.person.key) for message in said}
    return f"{len(seats) / len(days):.2f}", f"{len(said) / len(days):.2f}"


def _slots(world: World) -> dict[str, str]:
    slots = {key: person.handle for key, person in CAST.items()}
    slots |= {key: venue.name for key, venue in VENUES.items()}
    rooms = _talk(world, TELEGRAM, "2023", "2025")
    top = Counter(message.text for message in rooms if len(message.text) > 20).most_common(1)
    slots |= {"messages": f"{len(rooms):,}", "rooms": str(len(TELEGRAM)), "top": str(top[0][1])}
    for year in ("2012", "2013"):
        said = _talk(world, QQ, year, str(int(year) + 1))
        june = _talk(world, QQ, f"{year}-06", f"{year}-07")
        slots[f"pgd{year[2:]}"], slots[f"mgd{year[2:]}"] = _pace(said)
        slots[f"june{year[2:]}"] = str(len(june))
    return slots | {"qqmessages": str(len(_talk(world, QQ, "2012", "2014")))}


def report_files(world: World) -> dict[str, bytes]:
    """The reports by path, their slots filled."""
    slots = _slots(world)
    made: dict[str, bytes] = {}
    for path, source in _FILES.items():
        text = (files("demo") / "phrases" / source).read_text(encoding="utf-8")
        for slot, value in slots.items():
            text = text.replace("{" + slot + "}", value)
        made[path] = text.encode()
    return made
