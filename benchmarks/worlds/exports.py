"""Writes what was said as exports: Telegram Desktop's `result.json`, the old QQ client's text."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone

from benchmarks.worlds.model import Face, Message, Venue, Worn
from benchmarks.worlds.stage import CLOSE, OPEN

Json = str | int | None | list["Json"] | dict[str, "Json"]
_ZONE = timezone(timedelta(hours=8))
_TOKEN = re.compile(f"{OPEN}([a-z]+):([^{CLOSE}]+){CLOSE}")
_PLAIN_MENTION = re.compile(r"@demo_\w+", re.ASCII)
_RULE = "=" * 64


def worn(items: Sequence[Worn], when: datetime) -> str:
    """The name or handle worn at a time."""
    return next((item.text for item in reversed(items) if item.since <= when), items[0].text)


def _handle(face: Face, when: datetime) -> str:
    own = [item for item in face.handles if item is face.handles[0] or item.since <= when]
    return f"@{own[-1].text}"


class Exporter:
    """Writes venues; `faces` are all accounts, `numbers` the number of each message."""

    def __init__(self, faces: Mapping[str, Face], numbers: Mapping[int, int]) -> None:
        self.faces, self.numbers = faces, numbers

    def telegram(self, venue: Venue, messages: Sequence[Message]) -> bytes:
        """A group as `result.json`; names are those of the day of the export."""
        last = messages[-1].when if messages else datetime(2000, 1, 1)
        rows: list[Json] = [self._row(message, last) for message in messages]
        root: dict[str, Json] = {
            "name": venue.name,
            "type": "private_supergroup",
            "id": int(venue.native),
            "messages": rows,
        }
        return json.dumps(root, ensure_ascii=False, indent=1).encode()

    def _row(self, message: Message, last: datetime) -> Json:
        unix = int(message.when.replace(tzinfo=_ZONE).astimezone(UTC).timestamp())
        row: dict[str, Json] = {
            "id": self.numbers[message.serial],
            "type": "message",
            "date": message.when.isoformat(),
            "date_unixtime": str(unix),
            "from": worn(message.face.names, last),
            "from_id": f"user{message.face.native}",
        }
        if message.forward is not None:
            row["forwarded_from"] = worn(message.forward.names, last)
            row["forwarded_from_id"] = f"user{message.forward.native}"
        if message.reply is not None:
            row["reply_to_message_id"] = self.numbers[message.reply]
        parts = self._parts(message, last)
        plain = all(part["type"] == "plain" for part in parts)
        row["text"] = (
            "".join(str(part["text"]) for part in parts)
            if plain
            else [part["text"] if part["type"] == "plain" else part for part in parts]
        )
        row["text_entities"] = [*parts]
        return row

    def _parts(self, message: Message, last: datetime) -> list[dict[str, Json]]:
        parts: list[dict[str, Json]] = []
        text, start = message.text, 0
        for found in _TOKEN.finditer(text):
            parts += _plain(text[start : found.start()])
            parts.append(self._mention(found.group(1), found.group(2), message.when, last))
            start = found.end()
        parts += _plain(text[start:])
        return [part for part in parts if part["text"]]

    def _mention(self, how: str, key: str, when: datetime, last: datetime) -> dict[str, Json]:
        face = self.faces[key]
        if how == "handle" and face.handles:
            return {"type": "mention", "text": _handle(face, when)}
        if how == "name":
            name = worn(face.names, last)
            return {"type": "mention_name", "text": name, "user_id": int(face.native)}
        return {"type": "plain", "text": worn(face.names, last)}

    def qq(self, venue: Venue, messages: Sequence[Message]) -> bytes:
        """A group as the old QQ client writes it: BOM, CRLF, names of the day itself."""
        lines = ["消息记录（此消息记录为文本格式，不支持重新导入）", "", _RULE, "消息分组:我的QQ群"]
        lines += [_RULE, f"消息对象:{venue.name}", _RULE, ""]
        for message in messages:
            when = message.when
            clock = f"{when:%Y-%m-%d} {when.hour}:{when:%M:%S}"
            name = worn(message.face.names, when)
            lines.append(f"{clock} {name}({message.face.native})")
            lines += [*self._words(message).split("\n"), ""]
        return "\ufeff".encode() + "\r\n".join(lines).encode()

    def _words(self, message: Message) -> str:
        def word(found: re.Match[str]) -> str:
            face = self.faces[found.group(2)]
            if found.group(1) == "handle":
                return _handle(face, message.when)
            return f"@{worn(face.names, message.when)}"

        return _TOKEN.sub(word, message.text)


def _plain(text: str) -> list[dict[str, Json]]:
    """A stretch of text, with the handles that stand in it marked as the application does."""
    parts: list[dict[str, Json]] = []
    start = 0
    for found in _PLAIN_MENTION.finditer(text):
        parts.append({"type": "plain", "text": text[start : found.start()]})
        parts.append({"type": "mention", "text": found.group()})
        start = found.end()
    parts.append({"type": "plain", "text": text[start:]})
    return parts
