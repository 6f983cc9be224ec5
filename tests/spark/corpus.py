"""A small seeded corpus of several formats: overlaps, edits, forwards, replies, hostile words."""

import json
import random
from pathlib import Path
from typing import Any

from benchmarks import messages
from tests.demo_case import CORPUS
from tests.ingest.exports import message, write_qq
from tests.talks import chatlab, talk, telegram_json

HOSTILE = (
    'a,b;c|d\te"',
    "x\r\ny\n",
    "=1+1",
    "\\n \\ '",
    "`$(x)`",
    "👍𠮷甲",
    "\u2028",
    "\x1f\x1e|;",
    "NULL",
    "\ud800",
)
OFFER = "出 股民料 联通抓取 日更5万条 0.5元一条 可走担保 飞机@demo_{n}"


def write(folder: Path) -> list[Path]:
    """The exports, in the order in which they are read."""
    (folder / "late").mkdir()
    return [
        *messages.write(folder / "group", 600),
        CORPUS / "telegram",
        _hostile(folder / "hostile.json"),
        _talk(folder / "talk.json"),
        _twice(folder / "late" / "talk.json"),
        _chatlab(folder / "lab.json"),
        _overlap(folder / "early.txt", 0, 40),
        _overlap(folder / "late.txt", 20, 60),
    ]


def _talk(path: Path) -> Path:
    path.write_bytes(telegram_json(talk(2)))
    return path


def _chatlab(path: Path) -> Path:
    """The same talk from other software, with seconds and no wall time."""
    path.write_bytes(chatlab(talk(3)))
    return path


def _twice(path: Path) -> Path:
    """The same talk later, with one post edited and one renamed sender."""
    turns = talk(3)
    text = telegram_json(turns).decode().replace("料仓老陈", "料仓老陈2")
    edited = text.replace(turns[0].text, f"{turns[0].text} 改", 1)
    path.write_text(edited.replace("今天天气", "昨天天气"), "utf-8")
    return path


def _overlap(path: Path, first: int, last: int) -> Path:
    chance = random.Random(5)
    lines = [
        (
            f"2013-06-01 9:{n // 60:02d}:{n % 60:02d}",
            f"用户{n % 7}({10_000 + n % 7})",
            OFFER.format(n=n % 9) if chance.random() < 0.5 else "在的联系",
        )
        for n in range(60)
    ]
    return write_qq(path, "重叠群", lines[first:last])


def _hostile(path: Path) -> Path:
    said: list[dict[str, Any]] = []
    for n, words in enumerate(HOSTILE, 1):
        offer = f"{OFFER.format(n=n)} {words} 手机13800138000"
        who = {"from": f"甲{words}", "from_id": f"user{n % 3}"}
        reply = {"reply_to_message_id": n - 1} if n % 2 else {}
        forward = {"forwarded_from": f"乙{words}", "forwarded_from_id": f"user{90 + n}"}
        said.append(message(n, offer, **who, **reply, **(forward if n % 3 == 0 else {})))
    chat = {"name": "害群", "type": "public_supergroup", "id": 77_001, "messages": said}
    # Escaped, since a lone surrogate cannot be written otherwise.
    path.write_text(json.dumps(chat), "ascii")
    return path
