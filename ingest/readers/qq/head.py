"""The head line of a message in a QQ text export: time, title, nickname, number or address."""

import re
from datetime import datetime

import msgspec

from ingest.readers.clock import FIRST_YEAR, LAST_YEAR, NotATimeError

_HEAD = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})[ \t]+(?:([AP]M|上午|下午)[ \t]+)?"
    r"(\d{1,2}):(\d{2}):(\d{2})(?:[ \t]+([AP]M|上午|下午)(?=[ \t]))?[ \t]?"
    r"(.*?)(?:\((\d{5,12})\)|[<(]([^<>()\s@]{1,64}@[^<>()\s@]{1,190})[>)])[ \t]*",
    re.DOTALL,
)
_TITLE = re.compile(r"【([^【】]{0,40})】")
_AFTERNOON = {"PM": 12, "下午": 12, "AM": 0, "上午": 0}
SYSTEM_SENDERS = frozenset({"10000", "1000000"})
_SYSTEM_NAME = "系统消息"


class QQHead(msgspec.Struct, frozen=True):
    """A parsed head. `wall` is None where `fault` says why it is no time."""

    written: str
    wall: str | None
    fault: str
    title: str
    nickname: str
    number: str | None
    address: str | None

    @property
    def system(self) -> bool:
        return self.number in SYSTEM_SENDERS or (
            self.number is None and self.nickname == _SYSTEM_NAME
        )


def is_head(line: str) -> bool:
    """Whether a line is a head, be it with a time that no clock has."""
    return line[:4].isdigit() and _HEAD.fullmatch(line) is not None


def read_head(line: str) -> QQHead | None:
    """The head that this line is, or None for a line of a message's body."""
    if not line[:4].isdigit() or (match := _HEAD.fullmatch(line)) is None:
        return None
    year, month, day, before, hour, minute, second, after, who, number, address = match.groups()
    written = line[: match.start(9)].strip()
    try:
        clock = tuple(map(int, (year, month, day, hour, minute, second)))
        wall, fault = _wall(clock, before or after), ""
    except NotATimeError as error:
        wall, fault = None, str(error)
    return QQHead(written, wall, fault, *without_title(who), number, address)


def without_title(who: str) -> tuple[str, str]:
    """The title that the group gave a sender, and the nickname behind it."""
    title = _TITLE.match(who) if who[:1] == "【" else None
    return (title[1], who[title.end() :]) if title else ("", who)


def _wall(clock: tuple[int, ...], half: str | None) -> str:
    """ISO wall time of 24 hours; NotATimeError where no clock or calendar has it."""
    year, month, day, hour, minute, second = clock
    if half is not None:
        if not 1 <= hour <= 12:
            raise NotATimeError(f"hour {hour} with {half}")
        hour = hour % 12 + _AFTERNOON[half]
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotATimeError("date out of range")
    try:
        return datetime(year, month, day, hour, minute, second).isoformat()
    except ValueError as error:
        raise NotATimeError("date is not a time") from error
