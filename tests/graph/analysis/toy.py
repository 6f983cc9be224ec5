"""Two invented groups as Telegram Desktop exports them: the worked example of the metrics."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
G1, G2 = 4_000_000_001, 4_000_000_002
IDS = {"a": 501, "b": 502, "c": 503, "d": 504, "lucky_bot": 505}
Said = tuple[int, str, datetime]
"""Number of a message, who, when."""


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in Shanghai on a day of March 2021."""
    return datetime(2021, 3, day, hour, minute, tzinfo=SHANGHAI)


def late(minute: int) -> datetime:
    """On the first day in UTC, on the second in Shanghai."""
    return datetime(2021, 3, 1, 16, minute, tzinfo=UTC)


FIRST: list[Said] = [
    (1, "a", at(1, 10)),
    (2, "a", at(1, 11)),
    (3, "b", at(1, 12)),
    (4, "b", at(1, 20)),
    (5, "a", late(30)),
    (6, "a", late(31)),
    (7, "lucky_bot", at(2, 15)),
]
SECOND: list[Said] = [
    (1, "a", at(1, 10)),
    (2, "a", at(1, 11)),
    (3, "c", at(1, 12)),
    (4, "c", at(1, 13)),
    (5, "d", at(1, 14)),
    (6, "d", at(1, 15)),
]


def write_toy(folder: Path) -> Path:
    """Writes the exports and the coverage file; returns the coverage file."""
    _write(folder / "g1", "group one", G1, [_message(*said) for said in FIRST])
    # A second export of the same group, with one message again and a notice.
    again = [_message(*FIRST[2]), _join(9, at(2, 16))]
    _write(folder / "g1-again", "group one", G1, again)
    _write(folder / "g2", "group two", G2, [_message(*said) for said in SECOND])
    coverage = folder / "coverage.csv"
    rows = [f"venue:telegram:{group},2021-03-01,2021-03-03" for group in (G1, G2)]
    coverage.write_text("\n".join(["venue,from,to", *rows]) + "\n", encoding="utf-8")
    return coverage


def _write(folder: Path, name: str, group: int, messages: list[dict[str, object]]) -> None:
    folder.mkdir(parents=True)
    document = {"name": name, "type": "private_supergroup", "id": group, "messages": messages}
    (folder / "result.json").write_text(
        json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8"
    )


def _dated(number: int, kind: str, when: datetime) -> dict[str, object]:
    local = when.astimezone(SHANGHAI)
    return {
        "id": number,
        "type": kind,
        "date": local.strftime("%Y-%m-%dT%H:%M:%S"),
        "date_unixtime": str(int(when.timestamp())),
    }


def _message(number: int, who: str, when: datetime) -> dict[str, object]:
    text = f"says {number}"
    return {
        **_dated(number, "message", when),
        "from": who,
        "from_id": f"user{IDS[who]}",
        "text": text,
        "text_entities": [{"type": "plain", "text": text}],
    }


def _join(number: int, when: datetime) -> dict[str, object]:
    return {
        **_dated(number, "service", when),
        "actor": "e",
        "actor_id": "user506",
        "action": "join_group_by_link",
        "inviter": "group one",
        "text": "",
        "text_entities": [],
    }
