"""The lead of a window: by texts, in days of the case's zone, from the first offer."""

from datetime import UTC, datetime, timedelta
from typing import Any

from queries.pack import load_packs
from queries.steps.base import Context
from queries.steps.windows import WINDOWS

HEADER = load_packs().get("brokers.cross_product").header
START = datetime(2021, 3, 1, 4, tzinfo=UTC)


def offer(family: str, at: float, cluster: str = "", actor: str = "a") -> dict[str, Any]:
    seen = START + timedelta(days=at)
    text = cluster or f"{family} {at}"
    post = f"post:{actor}-{family}-{at}"
    base = {"actor": actor, "name": actor, "value": family, "cluster": text, "seen": seen}
    return {**base, "confidence": 0.5, "evidence": post}


def moves(rows: list[dict[str, Any]], days: int = 10, least: int = 1) -> list[tuple[str, ...]]:
    given = {"window_days": days, "min_clusters": least}
    context = Context(HEADER, given, lambda text, more: [{"tz": "Asia/Shanghai"}])
    found = WINDOWS.run(rows, context)
    return [(r["actor"], r["from_family"], r["to_family"], str(r["date"])) for r in found]


def test_a_change_of_lead_is_a_move() -> None:
    rows = [offer("x", 0), offer("y", 11), offer("y", 14), offer("x", 25)]
    assert moves(rows) == [("a", "x", "y", "2021-03-12"), ("a", "y", "x", "2021-03-26")]
    assert moves(rows[::-1]) == moves(rows)
    assert moves(rows, days=100) == []
    assert moves(rows, least=2) == []


def test_copies_of_one_text_count_once() -> None:
    copies = [offer("y", 11 + at, "one") for at in range(5)]
    assert moves([offer("x", 0), offer("x", 11), offer("x", 12), *copies]) == []


def test_a_tie_is_no_lead_and_an_empty_window_is_passed_over() -> None:
    tie = [offer("x", 11), offer("y", 12)]
    assert moves([offer("x", 0), *tie]) == []
    assert moves([offer("x", 0), *tie, offer("y", 55)]) == [("a", "x", "y", "2021-04-25")]


def test_windows_of_one_seller_are_not_those_of_another() -> None:
    assert moves([offer("x", 0), offer("y", 20, actor="b")]) == []


def test_days_are_those_of_the_zone() -> None:
    # 23:00 UTC of the tenth day is the eleventh in Shanghai, where the next window begins.
    late = offer("y", 9 + 19 / 24)
    assert moves([offer("x", 0), offer("x", 1), late]) == [("a", "x", "y", "2021-03-11")]
