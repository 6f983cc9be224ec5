"""What the author claims about the goods: freshness, exclusivity, tests."""

from typing import Final, Literal

from ingest.extract.scene import Scene
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import Wording, wording

Freshness = Literal["realtime", "daily", "recent", "historical"]
Exclusivity = Literal["first_hand", "exclusive", "resold"]
Test = Literal["offered", "refused"]
_BY_CANONICAL: Final[dict[str, Freshness]] = {
    "quality/realtime": "realtime",
    "quality/historical": "historical",
    "quality/freshness": "recent",
}
_OWN_READING: Final[dict[str, Freshness]] = {
    "daily update": "daily",
    "日更": "daily",
    "隔天": "recent",
    "昨日": "recent",
    "fresh": "recent",
}
_DAILY: Final = wording("daily_update")
_REAL: Final = wording("real_time")
_NEW: Final = wording("new_data")
_OLD: Final = wording("old_data")
_DEAL_DAY: Final = frame("undated_day")
_ORDER: Final[tuple[Freshness, ...]] = ("realtime", "daily", "recent", "historical")
_SOLD_ON: Final = wording("sold_on")
_ONLY: Final = wording("one_buyer")
_FIRST: Final = wording("first_hand")
_NOT: Final = frame("claim_denied")
_REFUSED: Final = wording("test_refused")
_OFFERED: Final = wording("test_offered")


def freshness(scene: Scene, tokens: list[Token], window: str) -> Freshness | None:
    """The strongest freshness that is claimed."""
    found: set[Freshness] = set()
    for token in tokens:
        if token.kind == "quality" and token.id in _BY_CANONICAL:
            word = scene.text[token.start : token.end]
            if scene.is_negated(token.start, token.end) or _of_the_deal(scene, token):
                continue
            if word not in {"二手", "2024"} and not _NOT.search(
                scene.text[max(0, token.start - 5) : token.start]
            ):
                found.add(_OWN_READING.get(word, _BY_CANONICAL[token.id]))
    if _DAILY.search(window):
        found.discard("realtime")
        found.add("daily")
    if _REAL.search(window):
        found.add("realtime")
    if not found and _NEW.search(window):
        found.add("recent")
    if not found and _OLD.search(window):
        found.add("historical")
    return next((f for f in _ORDER if f in found), None)


def _of_the_deal(scene: Scene, token: Token) -> bool:
    """今日报价, 当日出结果: the day of a price or a result says nothing of the data."""
    return token.id == "quality/realtime" and bool(_DEAL_DAY.match(scene.text, token.end))


def exclusivity(window: str) -> Exclusivity | None:
    """Own stock, only one buyer, or passed on; own stock wins over a bare 独家."""
    if _said(_FIRST, window):
        return "first_hand"
    if _said(_ONLY, window):
        return "exclusive"
    return "resold" if _said(_SOLD_ON, window) else None


def _said(pattern: Wording, window: str) -> bool:
    found = pattern.finditer(window)
    return bool(found) and any(not _NOT.search(window[: m.start()][-6:]) for m in found)


def test_claim(window: str) -> Test | None:
    """Whether tests are offered or refused; 免测 alone stays undecided."""
    if _REFUSED.search(window):
        return "refused"
    return "offered" if _OFFERED.search(window) else None
