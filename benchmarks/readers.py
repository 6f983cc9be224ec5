"""MB a second and peak memory of reading alone, beside what a user would parse the same file with.

`python -m benchmarks.readers [MB]`: two files of each format of that size, invented: of short chat
messages, most of a line's bytes being time and sender, and of messages of some 250 bytes.
`json.load` and pandas hold the whole file; ijson streams. None of the others keeps places, checks
records or lists what is wrong with them.
"""

import csv
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.measure import clock, own_peak, run
from benchmarks.messages import SEED, lines, long_message, message

DEFAULT: Final = 1000
_MB: Final = 1_000_000
Say = Callable[[Random], str]
_SAID: Final[dict[str, Say]] = {"short": message, "long": long_message}
_START: Final = datetime(2021, 3, 1)


def _telegram(path: Path, size: int, say: Say) -> None:
    chance = Random(SEED)
    at = _START
    with path.open("w", encoding="utf-8") as stream:
        head = {"name": "演示群", "type": "private_supergroup", "id": 1234567890}
        stream.write(json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "messages": [\n')
        number = 0
        while stream.tell() < size:
            number += 1
            at += timedelta(seconds=chance.randint(1, 90))
            user = chance.randint(10_001, 10_900)
            said = say(chance)
            one = {
                "id": number,
                "type": "message",
                "date": f"{at:%Y-%m-%dT%H:%M:%S}",
                "date_unixtime": str(int(at.timestamp())),
                "from": f"用户{user}",
                "from_id": f"user{user}",
                "text": said,
                "text_entities": [{"type": "plain", "text": said}],
            }
            part = json.dumps(one, ensure_ascii=False, indent=1).replace("\n", "\n  ")
            stream.write(("" if number == 1 else ",\n") + "  " + part)
        stream.write("\n ]\n}\n")


def _qq(path: Path, size: int, say: Say) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        for line in lines(size, say=say):
            stream.write(line + "\r\n")
            if stream.tell() >= size:
                return


def _csv(path: Path, size: int, say: Say) -> None:
    chance = Random(SEED)
    at = _START
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["date", "author", "author_id", "group", "text"])
        while stream.tell() < size:
            at += timedelta(seconds=chance.randint(1, 90))
            user = chance.randint(10_001, 10_900)
            rows.writerow([f"{at:%Y-%m-%d %H:%M:%S}", f"用户{user}", user, "演示群", say(chance)])


_FILES: Final[dict[str, tuple[str, Callable[[Path, int, Say], None]]]] = {
    "Telegram JSON": ("result.json", _telegram),
    "QQ text": ("group.txt", _qq),
    "CSV": ("posts.csv", _csv),
}


def _by_heichan(path: Path) -> int:
    from ingest.posts import ReadPost
    from ingest.readers import ReadOptions, Source, detect

    source = Source(path, path.name)
    reader = detect(source)
    assert reader is not None
    return sum(isinstance(item, ReadPost) for item in reader.read(source, ReadOptions()))


def _by_json(path: Path) -> int:
    with path.open("rb") as stream:
        return len(json.load(stream)["messages"])


def _by_ijson(path: Path) -> int:
    import ijson  # type: ignore[import-untyped]

    with path.open("rb") as stream:
        return sum(1 for _ in ijson.items(stream, "messages.item"))


def _by_pandas(path: Path) -> int:
    import pandas as pd

    if path.suffix == ".csv":
        return len(pd.read_csv(path))
    return len(pd.json_normalize(json.loads(path.read_bytes()), "messages"))


def _by_lines(path: Path) -> int:
    import re

    head = re.compile(r"^(\d{4}-\d\d-\d\d \d{1,2}:\d\d:\d\d) (.*)\((\d+)\)\s*$")
    found: list[Any] = []
    with path.open(encoding="utf-8-sig") as stream:
        for line in stream:
            if match := head.match(line):
                found.append([*match.groups(), ""])
            elif found:
                found[-1][3] += line
    return len(found)


_WAYS: Final[dict[str, tuple[str, ...]]] = {
    "Telegram JSON": ("heichan", "json.load", "ijson", "pandas"),
    "QQ text": ("heichan", "lines and re"),
    "CSV": ("heichan", "pandas"),
}
_READ: Final[dict[str, Callable[[Path], int]]] = {
    "heichan": _by_heichan,
    "json.load": _by_json,
    "ijson": _by_ijson,
    "pandas": _by_pandas,
    "lines and re": _by_lines,
}


def rows(megabytes: int) -> Iterator[str]:
    """The lines of a Markdown table, format by format."""
    yield "| format | messages are | way | messages | seconds | MB/s | peak MiB |"
    yield "| --- | --- | --- | ---: | ---: | ---: | ---: |"
    with tempfile.TemporaryDirectory() as folder:
        for (name, (file, write)), (length, say) in product(_FILES.items(), _SAID.items()):
            path = Path(folder) / file
            write(path, megabytes * _MB, say)
            size = path.stat().st_size / _MB
            for way in _WAYS[name]:
                done = run([sys.executable, "-m", "benchmarks.readers", "--read", way, str(path)])
                count, seconds, _ = done.output.split()
                rate = size / float(seconds)
                yield (
                    f"| {name} | {length} | {way} | {int(count):,} | {float(seconds):.1f} "
                    f"| {rate:.1f} | {done.peak:,.0f} |"
                )
            path.unlink()


def main() -> None:
    """Print the table for files of so many megabytes."""
    if sys.argv[1:2] == ["--read"]:
        started = clock()
        count = _READ[sys.argv[2]](Path(sys.argv[3]))
        print(count, clock() - started, own_peak())
        return
    for row in rows(int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT):
        print(row, flush=True)


if __name__ == "__main__":
    main()
