"""One invented talk, written in every format that can hold it."""

import csv
import html
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tests.ingest.readers import chatlab_made, forum_pages, qq_made, telegram_pages
from tests.ingest.readers.xlsx_made import Cell, workbook

ZONE: Final = timezone(timedelta(hours=8))
BEGIN: Final = 1_614_834_000
NAME: Final = "演示群"
TELEGRAM: Final = 1_234_567_890
QQ: Final = "123456789"
PEOPLE: Final = {
    100_001: "料仓老陈",
    100_002: "收料小周",
    100_003: "中间人阿标",
    100_004: "路人丙",
}
_TEXTS: Final = (
    (100_001, "出 当天股民料 一手 联通抓取 日更5万条 0.5元一条 飞机@demo_chen01"),
    (100_002, "收 母婴料 每天3000条 预付 飞机@demo_zhou02"),
    (100_003, "@demo_chen01 股民料还有没有 客户等着要"),
    (100_001, "有 随时可以开"),
    (100_004, "早"),
    (100_002, "出 精准网贷料 2毛一条 走汇旺担保 飞机@demo_zhou02"),
    (100_004, "今天天气不错 大家吃了没有"),
    (100_003, "求购 快递面单 3000条左右 面单料 飞机@demo_biao03"),
    (100_004, "1"),
    (100_001, "面单这个我能出 3000条没问题 3.7元"),
)


@dataclass(frozen=True)
class Turn:
    number: int
    unix: int
    user: int
    text: str
    reply_to: int | None = None

    @property
    def name(self) -> str:
        return PEOPLE[self.user]

    @property
    def when(self) -> datetime:
        return datetime.fromtimestamp(self.unix, ZONE)


def talk(days: int = 3) -> list[Turn]:
    """Some days of talk, each text of some length another one."""
    turns = []
    for day in range(days):
        for place, (user, text) in enumerate(_TEXTS):
            number = day * len(_TEXTS) + place + 1
            said = text if len(text) < 6 else f"{text} 第{day + 1}批"
            reply = number - 1 if place in (3, 9) else None
            turns.append(
                Turn(number, BEGIN + day * 86_400 + place * 437 + day * 11, user, said, reply)
            )
    return turns


def telegram_json(turns: Sequence[Turn]) -> bytes:
    messages = [_telegram(turn) for turn in turns]
    chat = {"name": NAME, "type": "public_supergroup", "id": TELEGRAM, "messages": messages}
    return json.dumps(chat, ensure_ascii=False, indent=1).encode()


def _telegram(turn: Turn) -> dict[str, Any]:
    message = {
        "id": turn.number,
        "type": "message",
        "date": turn.when.strftime("%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(turn.unix),
        "from": turn.name,
        "from_id": f"user{turn.user}",
        "text": turn.text,
        "text_entities": [{"type": "plain", "text": turn.text}],
    }
    return message if turn.reply_to is None else {**message, "reply_to_message_id": turn.reply_to}


def telegram_html(turns: Sequence[Turn]) -> bytes:
    shown = [
        telegram_pages.message(
            turn.number,
            turn.name,
            turn.text,
            time=turn.when.strftime("%d.%m.%Y %H:%M:%S UTC+08:00"),
            reply="" if turn.reply_to is None else telegram_pages.link_to(turn.reply_to),
        )
        for turn in turns
    ]
    group = telegram_pages.service(-2, "路人甲 created group «演示群»")
    return telegram_pages.page([group, *shown], NAME).encode()


def _chatlab(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    return [
        {
            "sender": str(turn.user),
            "accountName": turn.name,
            "timestamp": turn.unix,
            "type": 0 if turn.reply_to is None else 25,
            "content": turn.text,
            "platformMessageId": str(turn.number),
            "replyToMessageId": None if turn.reply_to is None else str(turn.reply_to),
        }
        for turn in turns
    ]


def chatlab(turns: Sequence[Turn], platform: str = "telegram") -> bytes:
    place = str(TELEGRAM) if platform == "telegram" else QQ
    meta = chatlab_made.meta(platform=platform, groupId=place)
    return chatlab_made.written(
        chatlab_made.export(_chatlab(turns), meta=meta, members=[])
    ).encode()


def chatlab_lines(turns: Sequence[Turn], platform: str = "telegram") -> bytes:
    place = str(TELEGRAM) if platform == "telegram" else QQ
    return chatlab_made.lines(_chatlab(turns), platform=platform, groupId=place).encode()


COLUMNS: Final = ("platform", "group", "time", "user", "text")


def table(turns: Sequence[Turn], platform: str = "telegram", clock: str = "%H:%M:%S") -> bytes:
    """A table without any number: names, minutes or seconds, texts."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows(_row(turn, platform, clock) for turn in turns)
    return out.getvalue().encode()


def sheet(turns: Sequence[Turn], platform: str = "telegram", clock: str = "%H:%M:%S") -> bytes:
    rows: list[Sequence[Cell]] = [COLUMNS, *(_row(turn, platform, clock) for turn in turns)]
    return workbook({NAME: rows})


def parquet(turns: Sequence[Turn], platform: str = "telegram", clock: str = "%H:%M:%S") -> bytes:
    """The table as Parquet; its extra is locked with the tests."""
    rows = [_row(turn, platform, clock) for turn in turns]
    return _parquet(dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))


def _parquet(columns: dict[str, Any]) -> bytes:
    pa: Any = import_module("pyarrow")
    pq: Any = import_module("pyarrow.parquet")
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def _row(turn: Turn, platform: str, clock: str) -> tuple[str, ...]:
    time = turn.when.strftime(f"%Y-%m-%d {clock}")
    return platform, NAME, time, turn.name, turn.text


def qq_text(turns: Sequence[Turn]) -> bytes:
    rule = "=" * 64
    head = (
        f"消息记录（此消息记录为文本格式，不支持重新导入）\n\n{rule}\n消息分组:我的群聊\n{rule}\n"
    )
    said = "".join(
        f"{turn.when:%Y-%m-%d} {turn.when.hour}:{turn.when:%M:%S} {turn.name}({turn.user})\n"
        f"{turn.text}\n\n"
        for turn in turns
    )
    return f"{head}消息对象:{NAME}\n{rule}\n\n\n{said}".encode("utf-8-sig")


def qq_mht(turns: Sequence[Turn]) -> bytes:
    rows = []
    day = ""
    for turn in turns:
        if day != (day := f"{turn.when:%Y-%m-%d}"):
            rows.append(qq_made.day(day))
        clock = f"{turn.when.hour}:{turn.when:%M:%S}"
        rows.append(qq_made.said(f"{turn.name}({turn.user})", clock, turn.text))
    return qq_made.mht(qq_made.conversation(*rows, subject=NAME))


def qq_json(turns: Sequence[Turn]) -> bytes:
    messages = [
        qq_made.record(
            turn.number,
            turn.text,
            timestamp=turn.unix * 1000,
            sender={"uid": f"u_{turn.user}", "uin": str(turn.user), "name": turn.name},
        )
        for turn in turns
    ]
    return qq_made.written(qq_made.root(messages)).encode()


THREAD_COLUMNS: Final = (
    "platform", "fid", "forum", "title", "pid", "uid", "author", "posted_at", "content", "parent_id"
)  # fmt: skip
THREAD: Final = "出一手股民"


def discuz(turns: Sequence[Turn]) -> bytes:
    """A saved thread page."""
    said = []
    for turn in turns:
        shown = f"发表于 {turn.when.year}-{turn.when.month}-{turn.when.day} {turn.when:%H:%M:%S}"
        body = html.escape(turn.text)
        if turn.reply_to is not None:
            before = turns[turn.reply_to - 1]
            body = forum_pages.discuz_quote(before.number, before.name, "…") + body
        said.append(forum_pages.discuz_post(turn.number, turn.user, turn.name, body, shown))
    return forum_pages.discuz_thread(*said, title=THREAD).encode()


def _thread_rows(turns: Sequence[Turn]) -> list[tuple[str, ...]]:
    return [
        (
            forum_pages.HOST,
            "36",
            "数据交易",
            f"[出售] {THREAD}",
            str(turn.number),
            str(turn.user),
            turn.name,
            turn.when.strftime("%Y-%m-%d %H:%M:%S"),
            turn.text,
            "" if turn.reply_to is None else str(turn.reply_to),
        )
        for turn in turns
    ]


def thread_table(turns: Sequence[Turn]) -> bytes:
    """A table with the numbers that the thread's page has."""
    out = io.StringIO()
    csv.writer(out).writerows([THREAD_COLUMNS, *_thread_rows(turns)])
    return out.getvalue().encode()


def thread_lines(turns: Sequence[Turn]) -> bytes:
    rows = (dict(zip(THREAD_COLUMNS, row, strict=True)) for row in _thread_rows(turns))
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


def thread_sheet(turns: Sequence[Turn]) -> bytes:
    return workbook({THREAD: [THREAD_COLUMNS, *_thread_rows(turns)]})


def thread_parquet(turns: Sequence[Turn]) -> bytes:
    rows = map(list, zip(*_thread_rows(turns), strict=True))
    return _parquet(dict(zip(THREAD_COLUMNS, rows, strict=True)))


Writer = Callable[[Sequence[Turn]], bytes]
ON_TELEGRAM: Final[dict[str, Writer]] = {
    "result.json": telegram_json,
    "messages.html": telegram_html,
    "chatlab.json": chatlab,
    "chatlab.jsonl": chatlab_lines,
    "table.csv": table,
    "table.xlsx": sheet,
    "table.parquet": parquet,
}
ON_QQ: Final[dict[str, Writer]] = {
    "group.txt": qq_text,
    "group.mht": qq_mht,
    "group.json": qq_json,
    "chatlab.json": lambda turns: chatlab(turns, "qq"),
    "chatlab.jsonl": lambda turns: chatlab_lines(turns, "qq"),
    "table.csv": lambda turns: table(turns, "qq"),
    "table.xlsx": lambda turns: sheet(turns, "qq"),
    "table.parquet": lambda turns: parquet(turns, "qq"),
}
ON_FORUM: Final[dict[str, Writer]] = {
    "thread.html": discuz,
    "thread.csv": thread_table,
    "thread.jsonl": thread_lines,
    "thread.xlsx": thread_sheet,
    "thread.parquet": thread_parquet,
}


def write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path
