"""Scenes written line by line in tables: `phrases/script_NAME.tsv`."""

import csv
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib.resources import files

from demo.cast import CAST
from demo.venues import VENUES
from demo.world import Dealing, Mark, Message, Part, Tie, Trap, World

_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


def _parts(text: str, platform: str) -> tuple[Part, ...]:
    if platform != "telegram":
        return (text,)
    pieces = _BOLD.split(text)
    parts: list[Part] = [
        Mark("bold", piece) if place % 2 else piece for place, piece in enumerate(pieces)
    ]
    return tuple(part for part in parts if part)


def _dealing(message: Message, value: str) -> Dealing:
    sides, _, product = value.partition("=")
    seller, _, buyer = sides.partition(">")
    day, venue = message.when.date().isoformat(), message.venue.key
    return Dealing(seller, buyer, product, day, venue, ("written",), "script", (message,))


def _tag(world: World, message: Message, tag: str) -> None:
    name, _, value = tag.partition(":")
    if name == "edited":
        message.edited = message.when + timedelta(minutes=int(value))
    elif name == "media":
        message.media = value
    elif name == "action":
        message.action = value
    elif name == "forward":
        message.forward = CAST[value]
    elif name == "heading":
        message.heading = value
    elif name == "deal":
        world.dealings.append(_dealing(message, value))
    elif name == "trap":
        rule, _, reading = value.partition("=")
        world.traps.append(Trap(rule, reading, message))
    else:
        left, _, right = value.partition(">")
        world.ties.append(Tie(name, left, right, message))


def _filled(text: str, slots: Mapping[str, str]) -> str:
    for slot, value in slots.items():
        text = text.replace("{" + slot + "}", value)
    return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), text)


def perform(world: World, name: str, slots: Mapping[str, str] | None = None) -> None:
    """Plays a table: `id venue when who reply tags text`; `{x}` in a text is a slot."""
    source = files("demo") / "phrases" / f"script_{name}.tsv"
    rows = csv.DictReader(
        source.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    told: dict[str, Message] = {}
    for row in rows:
        text = _filled(row["text"].replace("\\n", "\n"), slots or {})
        venue = VENUES[row["venue"]]
        when = datetime.fromisoformat(row["when"]).replace(second=len(text) % 60)
        message = Message(
            venue, when, CAST[row["who"]], _parts(text, venue.platform), told.get(row["reply"])
        )
        told[row["id"]] = world.add(message)
        for tag in filter(None, row["tags"].split(",")):
            _tag(world, message, _filled(tag, slots or {}))
