"""Small invented exports for the tests of the pipeline."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from evidence.archive.archive import Archive
from evidence.case import Case, create_case, open_case

# Row numbers and times of the clock may differ between two ways to one state.
_CLOCKS = {"started_at", "ended_at", "captured_at", "at"}
_KEYED = {"previous", "hash"}

Line = tuple[str, str, str]
"""Wall time, `name(number)` and text."""


def qq_text(subject: str, lines: Iterable[Line]) -> str:
    """A QQ text export of one group."""
    rule = "=" * 64
    head = (
        f"消息记录（此消息记录为文本格式，不支持重新导入）\n\n{rule}\n消息分组:我的QQ群\n{rule}\n"
    )
    body = "".join(f"{wall} {sender}\n{text}\n\n" for wall, sender, text in lines)
    return f"{head}消息对象:{subject}\n{rule}\n\n\n{body}"


def write_qq(path: Path, subject: str, lines: Iterable[Line]) -> Path:
    path.write_text(qq_text(subject, lines), "utf-8")
    return path


def message(number: int, text: str, **fields: Any) -> dict[str, Any]:
    """A message of a Telegram export."""
    return {
        "id": number,
        "type": "message",
        "date": "2021-03-04T13:06:07",
        "date_unixtime": str(1_614_834_367 + number),
        "from": "demo one",
        "from_id": "user100200300",
        "text": text,
        "text_entities": [{"type": "plain", "text": text}],
        **fields,
    }


def write_telegram(path: Path, messages: Sequence[dict[str, Any]], name: str = "demo") -> Path:
    export = {"name": name, "type": "public_supergroup", "id": 1_234_567_890, "messages": messages}
    path.write_text(json.dumps(export, ensure_ascii=False, indent=1), "utf-8")
    return path


def tables(case: Case) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables but clock readings, in order."""
    with case.reader() as archive:
        return {name: _rows(archive.connection, name) for name in _names(archive)}


def _names(archive: Archive) -> list[str]:
    rows = archive.connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    )
    return sorted(name for (name,) in rows)


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    shown = [name for name in columns if name not in _CLOCKS | _KEYED]
    return sorted(
        connection.execute(f"SELECT {', '.join(shown)} FROM {table}").fetchall(), key=repr
    )


def ask(case: Case, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
    """Rows of one statement on the archive."""
    with case.reader() as archive:
        return archive.connection.execute(statement, parameters).fetchall()


def twin(case: Case, root: Path) -> Case:
    """An empty case with the same secret, so that equal texts have equal keys."""
    create_case(root)
    (root / "secret").write_bytes((case.root / "secret").read_bytes())
    return open_case(root)
