"""Writes a group as Telegram Desktop exports it (`result.json`)."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from demo.cast import Person, name_on
from demo.venues import Venue
from demo.world import Mark, Message, Part

Json = str | int | None | list["Json"] | dict[str, "Json"]
_ZONE = timezone(timedelta(hours=8))
_FOUND = re.compile(
    r"(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<link>https?://\S+|\bt\.me/\w+)"
    r"|(?P<mention>(?<![\w@])@[A-Za-z]\w{4,31})"
    r"|(?P<hashtag>(?<!\w)#[^\W\d]\w*)",
    re.ASCII,
)
_TARGETS = {"mention_name": "user_id", "text_link": "href", "custom_emoji": "document_id"}
_LEFT_OUT = "(File not included. Change data exporting settings to download.)"
# A picture of one white point, so that the folders hold something.
PHOTO = bytes.fromhex(
    "ffd8ffe000104a46494600010100000100010000ffdb004300ffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
    "ffffffffffffffffffffffffc2000b080001000101011100ffc40014000100000000000000000000000000000"
    "000ffda0008010100000001" + "3fffd9"
)


def _marks(text: str) -> list[Mark]:
    marks: list[Mark] = []
    start = 0
    for found in _FOUND.finditer(text):
        marks.append(Mark("plain", text[start : found.start()]))
        marks.append(Mark(str(found.lastgroup), found.group()))
        start = found.end()
    marks.append(Mark("plain", text[start:]))
    return [mark for mark in marks if mark.text]


def _entities(parts: Sequence[Part]) -> list[Mark]:
    found: list[Mark] = []
    for part in parts:
        found.extend(_marks(part) if isinstance(part, str) else [part])
    return found


def _entity(mark: Mark) -> dict[str, Json]:
    row: dict[str, Json] = {"type": mark.kind, "text": mark.text}
    if mark.kind == "mention_name":
        row["user_id"] = int(mark.target)
    elif mark.target:
        row[_TARGETS[mark.kind]] = mark.target
    return row


def _text(marks: Sequence[Mark]) -> Json:
    if all(mark.kind == "plain" for mark in marks):
        return "".join(mark.text for mark in marks)
    return [mark.text if mark.kind == "plain" else _entity(mark) for mark in marks]


def _time(name: str, when: datetime) -> dict[str, Json]:
    unix = int(when.replace(tzinfo=_ZONE).astimezone(UTC).timestamp())
    return {name: when.isoformat(), f"{name}_unixtime": str(unix)}


def _peer(person: Person) -> str:
    return person.number if person.number.startswith("channel") else f"user{person.number}"


def _service(message: Message, name: str) -> dict[str, Json]:
    row: dict[str, Json] = {"actor": name, "actor_id": _peer(message.person)}
    row["action"] = message.action
    if message.action == "join_group_by_link":
        row["inviter"] = message.members[0].name if message.members else ""
    elif message.action == "invite_members":
        row["members"] = [member.name for member in message.members]
    elif message.action == "pin_message" and message.reply is not None:
        row["message_id"] = message.reply.number
    elif message.action == "edit_group_title":
        row["title"] = message.heading
    row["text"] = ""
    row["text_entities"] = []
    return row


def photo_name(message: Message) -> str:
    """The path of a message's picture inside the export."""
    return f"photos/photo_{message.number}@{message.when:%d-%m-%Y_%H-%M-%S}.jpg"


def _media(message: Message) -> dict[str, Json]:
    if message.media == "photo":
        return {"photo": photo_name(message), "width": 1, "height": 1}
    if message.media == "sticker":
        return {"file": _LEFT_OUT, "media_type": "sticker", "sticker_emoji": "👍"}
    if message.media == "file":
        return {"file": _LEFT_OUT, "mime_type": "application/zip"}
    return {}


def _spoken(message: Message, name: str, exported: str) -> dict[str, Json]:
    row: dict[str, Json] = {"from": name or None, "from_id": _peer(message.person)}
    if message.forward is not None:
        row["forwarded_from"] = name_on(message.forward, exported)
        row["forwarded_from_id"] = _peer(message.forward)
    if message.reply is not None:
        row["reply_to_message_id"] = message.reply.number
    row |= _media(message)
    marks = _entities(message.parts)
    row["text"] = _text(marks)
    row["text_entities"] = [_entity(mark) for mark in marks]
    return row


def _row(message: Message, exported: str) -> dict[str, Json]:
    if message.action == "unsupported":
        return {"id": message.number, "type": "unsupported"}
    row: dict[str, Json] = {
        "id": message.number,
        "type": "service" if message.action else "message",
        **_time("date", message.when),
    }
    if message.edited is not None:
        row |= _time("edited", message.edited)
    name = name_on(message.person, exported)
    return row | (_service(message, name) if message.action else _spoken(message, name, exported))


def result_json(venue: Venue, messages: Sequence[Message], exported: str) -> bytes:
    """The export of a group made on an ISO day: names are those of that day."""
    rows: list[Json] = [dict(_row(message, exported)) for message in messages]
    root: dict[str, Json] = {
        "name": venue.name,
        "type": "private_supergroup",
        "id": int(venue.native),
        "messages": rows,
    }
    return json.dumps(root, ensure_ascii=False, indent=1).encode()
