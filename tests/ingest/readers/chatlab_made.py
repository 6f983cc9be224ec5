"""Invented ChatLab files."""

import json
from collections.abc import Sequence
from typing import Any

START = 1_614_834_360
Fields = dict[str, Any]


def message(number: int, **fields: object) -> Fields:
    return {
        "sender": f"{20000 + number % 3}",
        "accountName": f"演示{number % 3}",
        "timestamp": START + number,
        "type": 0,
        "content": f"第{number}条",
        "platformMessageId": f"{7000 + number}",
        **fields,
    }


def meta(**fields: object) -> Fields:
    return {"name": "演示群", "platform": "qq", "type": "group", "groupId": "123456", **fields}


def export(messages: Sequence[object], **fields: object) -> Fields:
    return {
        "chatlab": {"version": "0.0.2", "exportedAt": START, "generator": "demo"},
        "meta": meta(),
        "members": [
            {"platformId": f"{20000 + n}", "accountName": f"演示{n}", "avatar": "data:,AAAA"}
            for n in range(3)
        ],
        "messages": list(messages),
        **fields,
    }


def lines(messages: Sequence[object], **head: object) -> str:
    header = {"_type": "header", "chatlab": {"version": "0.0.2"}, "meta": meta(**head)}
    rows: list[object] = [header, {"_type": "member", "platformId": "20000", "accountName": "甲"}]
    rows += [{"_type": "message", **m} if isinstance(m, dict) else m for m in messages]
    return "".join(f"{written(row)}\n" for row in rows)


def written(value: object, **layout: Any) -> str:
    return json.dumps(value, ensure_ascii=False, **layout)
