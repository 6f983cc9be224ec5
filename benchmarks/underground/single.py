"""One group in which one sender says nearly everything."""

import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from benchmarks.underground.names import qq_number
from benchmarks.underground.talk import SHORT

SEED: Final = 7
DAYS: Final = 300
_RULE: Final = "=" * 64


def write(folder: Path, count: int) -> int:
    """A QQ export of `count` messages over 300 days: one a day by a second person, the rest by one.

    Returns the number of messages.
    """
    folder.mkdir(parents=True)
    chance = random.Random(SEED)
    with (folder / "single.txt").open("w", encoding="utf-8-sig", newline="\r\n") as stream:
        stream.write("消息记录（此消息记录为文本格式，不支持重新导入）\n\n")
        stream.write(f"{_RULE}\n消息分组:我的群聊\n{_RULE}\n消息对象:独角戏群\n{_RULE}\n\n")
        for at in range(count):
            day, place = divmod(at * DAYS, count)
            when = datetime(2013, 1, 1) + timedelta(days=day, seconds=place * 86_399 // count)
            person = 2 if place < DAYS else 1
            stream.write(f"{when:%Y-%m-%d %H:%M:%S} 某人{person}({qq_number(person)})\n")
            stream.write(f"{chance.choice(SHORT)}\n\n")
    return count
