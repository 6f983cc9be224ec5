"""Writes the QQ text exports, the forum's table, the feed and the coverage file."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date, timedelta

from demo.cast import MAIL, name_on
from demo.identity import native_id, venue_id
from demo.venues import GAPS, Venue
from demo.world import Message

_RULE = "=" * 64
_TITLES = {"qunzhu1": "【群主】", "qunzhu2": "【群主】", "abiao": "【活跃】", "ddos": "【管理员】"}
FORUM_COLUMNS = ("帖子ID", "版块", "标题", "作者", "作者ID", "发布时间", "内容", "回复ID")


def _head(message: Message, half_days: bool) -> str:
    when = message.when
    hour = f"{(when.hour - 1) % 12 + 1}" if half_days else f"{when.hour}"
    clock = f"{when:%Y-%m-%d} {hour}:{when:%M:%S}"
    if half_days:
        clock += " AM" if when.hour < 12 else " PM"
    if message.action:
        return f"{clock} 系统消息(10000)"
    name = name_on(message.person, f"{when:%Y-%m-%d}")
    title = _TITLES.get(message.person.key, "")
    mail = MAIL.get(message.person.key)
    return f"{clock} {title}{name}" + (f"<{mail}>" if mail else f"({message.person.number})")


def qq_text(venue: Venue, messages: Sequence[Message], half_days: bool) -> bytes:
    """A group as the old QQ client exports it: BOM, CRLF; 12-hour or 24-hour clock."""
    lines = ["消息记录(此消息记录为文本格式,不支持重新导入)", "", _RULE, "消息分组:我的QQ群", _RULE]
    lines += [f"消息对象:{venue.name}", _RULE, ""]
    for message in messages:
        lines += [_head(message, half_days), *message.text.split("\n"), ""]
    return "\ufeff".encode() + "\r\n".join(lines).encode()


def forum_csv(messages: Sequence[Message]) -> bytes:
    """The forum's posts as a table."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(FORUM_COLUMNS)
    for message in messages:
        reply = message.reply.number if message.reply else ""
        when = f"{message.when:%Y-%m-%d %H:%M:%S}"
        section, _, title = message.heading.partition("/")
        person = message.person
        rows.writerow(
            (message.number, section, title, person.name, person.number, when, message.text, reply)
        )
    return out.getvalue().encode("utf-8-sig")


def feed_jsonl(venue: Venue, messages: Sequence[Message]) -> bytes:
    """The feed: one JSON object a line, times in UTC."""
    lines: list[str] = []
    for message in messages:
        utc = message.when - timedelta(hours=8)
        row: dict[str, str | None] = {
            "id": native_id(message),
            "platform": venue.platform,
            "channel_id": venue.native,
            "channel": venue.name,
            "author_id": message.person.number,
            "author": message.person.name,
            "date": f"{utc:%Y-%m-%dT%H:%M:%SZ}",
            "text": message.text,
            "reply_to": native_id(message.reply) if message.reply else None,
        }
        lines.append(json.dumps(row, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines).encode()


def _watched(venue: Venue) -> list[tuple[date, date]]:
    start, stretches = venue.start, []
    for _, first, last in sorted(gap for gap in GAPS if gap[0] == venue.key):
        stretches.append((start, first - timedelta(days=1)))
        start = last + timedelta(days=1)
    return [*stretches, (start, venue.end)]


def coverage_csv(messages: Sequence[Message]) -> bytes:
    """The watched stretches of every venue with a message: `venue,from,to`, ends included."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(("venue", "from", "to"))
    venues = {venue_id(message): message.venue for message in messages}
    for name in sorted(venues):
        rows.writerows((name, first, last) for first, last in _watched(venues[name]))
    return out.getvalue().encode()
