"""Who is who: the players of the table `phrases/cast.tsv` and the plain members around them."""

import csv
from dataclasses import dataclass
from importlib.resources import files

from demo.planted import samples
from demo.rng import Rng
from demo.stock import stock

CROWD_SIZES = {"shuju": 46, "danbao": 22, "chuhai": 24, "duanxin": 64, "jishu": 40, "luntan": 14}


@dataclass(frozen=True)
class Person:
    """An account; `number` is its native id, `same` the account of the same hand elsewhere."""

    key: str
    name: str
    number: str
    handle: str
    contact: str
    roles: tuple[str, ...]
    home: tuple[str, ...]
    same: str = ""


# Display names over time, (first day, name); the table gives the name before the first.
RENAMED = {
    "haige": (("2024-01-01", "北哥数据"),),
    "tongdao2": (("2012-12-01", "云讯短信赵"), ("2013-06-01", "赵公子")),
    "gumin": (("2013-04-01", "老宋（换头像）"),),
}

# The old display name of `tongdao2`, worn by somebody else from that day on.
WORN_AGAIN = {"fangchan": (("2013-07-01", "云讯小赵"),)}

# Senders whom the old QQ export names by their mail address.
MAIL = {"jishu_05": "demo_j05@example.com"}

# Accounts of which the export says that they are programs, or whose name says it.
BOTS = frozenset({"fujibot", "feed_e"})


def name_on(person: Person, day: str) -> str:
    """The display name of a person on an ISO day."""
    name = person.name
    for since, later in RENAMED.get(person.key, ()) + WORN_AGAIN.get(person.key, ()):
        if day >= since:
            name = later
    return name


def _players() -> list[Person]:
    text = (files("demo") / "phrases" / "cast.tsv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [
        Person(
            row["key"],
            row["name"],
            row["number"],
            row["handle"],
            row["contact"],
            tuple(role for role in row["roles"].split(",") if role != "none"),
            tuple(row["home"].split(",")),
            row["same"] or "",
        )
        for row in rows
    ]


def _number(venue: str, index: int, rng: Rng) -> str:
    if venue in ("duanxin", "jishu"):
        base = 14000 if venue == "duanxin" else 17000
        return str(base + index * 7) if rng.chance(40) else f"1000{20000 + base + index * 13}"
    return str(32000 + index * 3) if venue == "luntan" else str(9900300000 + rng.below(99999))


def _crowd(venue: str, size: int, taken: set[str]) -> list[Person]:
    rng, names = Rng("crowd", venue), stock("names")
    people: list[Person] = []
    section = {"chuhai": "english", "duanxin": "qq", "jishu": "qq"}.get(venue, "telegram")
    while len(people) < size:
        name = names.say(rng, section)
        number = _number(venue, len(people), rng)
        if name not in taken and number not in taken:
            taken |= {name, number}
            key = f"{venue}_{len(people):02d}"
            people.append(Person(key, name, number, f"demo_{key}", "", (), (venue,)))
    return people


# A plain member whose display name holds a victim's identity number.
NAMED = Person("named", f"实名{samples()['alone0'].text}", "9900001099", "", "", (), ("danbao",))
PLAYERS = (*_players(), NAMED)
_taken = {person.name for person in PLAYERS} | {person.number for person in PLAYERS}
CROWD = {venue: tuple(_crowd(venue, size, _taken)) for venue, size in CROWD_SIZES.items()}
CAST = {
    person.key: person for person in (*PLAYERS, *(p for crowd in CROWD.values() for p in crowd))
}
