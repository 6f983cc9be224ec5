"""Small invented inputs for the tests of the command."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

OFFER = "出 股民料 联通抓取 0.5元一条 飞机@demo_name"
NOISE = bytes(range(1, 256)) * 20
"""Bytes of no format and no encoding."""


def message(number: int, text: str = OFFER, **fields: Any) -> dict[str, Any]:
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


def telegram(
    path: Path, messages: Sequence[dict[str, Any]], *, name: str = "demo", group: int = 1_234_567
) -> Path:
    """A Telegram export; lone surrogates are written as JSON escapes."""
    export = {"name": name, "type": "public_supergroup", "id": group, "messages": messages}
    path.write_text(json.dumps(export, indent=1), "ascii")
    return path


def messages(count: int, first: int = 1) -> list[dict[str, Any]]:
    return [message(n, f"{OFFER} 编号{n}") for n in range(first, first + count)]
