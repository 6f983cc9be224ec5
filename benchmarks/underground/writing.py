"""Writes the corpus as files: QQ text or Telegram JSON, with coverage and tags beside them."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from benchmarks.underground.calendar import FIRST, LAST
from benchmarks.underground.corpus import Corpus, Message, Talk
from benchmarks.underground.names import QUARTER, group_name, nickname, qq_number
from graph import ids

COVERAGE: Final = "coverage.csv"
TAGS: Final = "tags.toml"
TELEGRAM: Final = 1_500_000_000
"""Ids of the groups of the Telegram form count from here."""
_EPOCH: Final = date(1970, 1, 1).toordinal()
_ZONE: Final = 8 * 3600
_RULE: Final = "=" * 64


def write_qq(corpus: Corpus, folder: Path) -> int:
    """QQ text exports of all groups, two of a group that was collected twice; messages in all."""
    return _write(corpus, folder, qq_venue, _write_qq)


def write_telegram(corpus: Corpus, folder: Path) -> int:
    """The same messages as Telegram's `result.json`, a file a group."""
    return _write(corpus, folder, telegram_venue, _write_telegram)


def write_one_more_day(corpus: Corpus, folder: Path) -> int:
    """New QQ exports of a tenth of the groups: the day after the last, with what was said before.

    Returns the number of messages.
    """
    folder.mkdir(parents=True)
    count = 0
    for talk in corpus.talks():
        if talk.group.number % 10 == 0:
            last = talk.messages[-1].day
            said = [
                msgspec.structs.replace(message, day=LAST + 1)
                for message in talk.messages
                if message.day == last and not message.joins
            ]
            path = folder / f"{talk.group.number:03}.txt"
            _qq_file(talk, path, said, later=talk.renamed)
            count += len(said)
    return count


def qq_venue(number: int, mobile: bool) -> str:
    """Id of a group in the QQ form."""
    return ids.venue_name("qq", group_name(number, mobile))


def telegram_venue(number: int, mobile: bool) -> str:
    """Id of a group in the Telegram form."""
    return ids.venue("telegram", str(TELEGRAM + number))


def _write(
    corpus: Corpus,
    folder: Path,
    venue: Callable[[int, bool], str],
    write: Callable[[Talk, Path], None],
) -> int:
    exports = folder / "exports"
    exports.mkdir(parents=True)
    count, spoke = 0, []
    for talk in corpus.talks():
        write(talk, exports)
        spoke.append(talk.group)
        count += sum(not message.joins for message in talk.messages)
    with (folder / COVERAGE).open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("venue", "from", "to"))
        for group in spoke:
            for days in group.watched:
                rows.writerow((venue(group.number, group.mobile), *map(_iso, days)))
    mobile = [venue(group.number, True) for group in spoke if group.mobile]
    tags = "".join(f'\n[venues."{one}"]\nsegments = ["mobile"]\n' for one in mobile)
    (folder / TAGS).write_text(tags, encoding="utf-8")
    return count


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _write_qq(talk: Talk, folder: Path) -> None:
    number, messages = talk.group.number, talk.messages
    if talk.again is None:
        _qq_file(talk, folder / f"{number:03}.txt", messages, later=False)
        return
    first, last = talk.again
    early = [message for message in messages if message.day <= last]
    late = [message for message in messages if message.day >= first]
    _qq_file(talk, folder / f"{number:03}-a.txt", early, later=False)
    _qq_file(talk, folder / f"{number:03}-b.txt", late, later=talk.renamed)


def _qq_file(talk: Talk, path: Path, messages: list[Message], *, later: bool) -> None:
    name = group_name(talk.group.number, talk.group.mobile, later)
    with path.open("w", encoding="utf-8-sig", newline="\r\n") as stream:
        stream.write("消息记录（此消息记录为文本格式，不支持重新导入）\n\n")
        stream.write(f"{_RULE}\n消息分组:我的群聊\n{_RULE}\n消息对象:{name}\n{_RULE}\n\n")
        stream.writelines(_qq_message(message, talk.bot) for message in messages)


def _qq_message(message: Message, bot: int | None) -> str:
    when = f"{_iso_of(message.day)} {_clock(message.second)}"
    who = f"{called(message, bot)}({qq_number(message.person)})"
    if message.joins:
        return f"{when} 系统消息(10000)\n{who}加入本群。\n\n"
    return f"{when} {who}\n{message.text}\n\n"


_iso_of = lru_cache(maxsize=1024)(_iso)


def _clock(second: int) -> str:
    """The client writes hours below ten with one digit."""
    return f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}"


def called(message: Message, bot: int | None) -> str:
    """What the sender is called on that day."""
    name = nickname(message.person, (message.day - FIRST) // QUARTER)
    return f"{name}机器人" if message.person == bot else name


def _write_telegram(talk: Talk, folder: Path) -> None:
    number, last = talk.group.number, 1 << 60
    first = last
    if talk.again is not None:
        first, last = talk.again
    rows = list(_telegram_messages(talk))
    _telegram_file(talk, folder / f"{number:03}-a.json", [r for d, r in rows if d <= last])
    if talk.again is not None:
        _telegram_file(talk, folder / f"{number:03}-b.json", [r for d, r in rows if d >= first])


def _telegram_file(talk: Talk, path: Path, rows: list[dict[str, Any]]) -> None:
    group = talk.group
    export = {
        "name": group_name(group.number, group.mobile),
        "type": "private_supergroup",
        "id": TELEGRAM + group.number,
        "messages": rows,
    }
    path.write_text(json.dumps(export, ensure_ascii=False, indent=1), encoding="utf-8")


def _telegram_messages(talk: Talk) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, message in enumerate(talk.messages, start=1):
        unix = (message.day - _EPOCH) * 86_400 + message.second - _ZONE
        name, person = called(message, talk.bot), f"user{qq_number(message.person)}"
        head = {
            "id": number,
            "date": f"{_iso_of(message.day)}T{message.second // 3600:02}"
            f":{message.second // 60 % 60:02}:{message.second % 60:02}",
            "date_unixtime": str(unix),
        }
        if message.joins:
            row = {**head, "type": "service", "actor": name, "actor_id": person,
                   "action": "join_group_by_link", "inviter": "Group", "text": ""}  # fmt: skip
        else:
            row = {**head, "type": "message", "from": name, "from_id": person,
                   "text": message.text,
                   "text_entities": [{"type": "plain", "text": message.text}]}  # fmt: skip
        yield message.day, row
