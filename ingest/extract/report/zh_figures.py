"""Numbers that a Chinese report states, with what they count."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.report.figures import figure_period
from ingest.extract.report.findings import FigureFinding
from ingest.extract.report.numbers import value_of
from ingest.extract.report.page import Sentence
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps
from ingest.records import Span

_FIGURE: Final = re.compile(
    r"(?P<qualifier>超过?|约|近|逾|达到?|共计?|多达|至少|最多|不足|累计|高达|将近|突破|总计)?"
    r"(?P<before>US\$|\$|¥|RMB)?(?P<digits>(?<![\d.,A-Za-z])\d{1,3}(?:,\d{3})+(?:\.\d+)?|"
    r"(?<![\d.,A-Za-z])\d+(?:\.\d+)?)"
    r"(?:余|多)?(?P<scale>万亿|千万|百万|[百千万亿])?(?:余|多)?"
    r"(?:(?P<money>元人民币|人民币|美元|美金|港元|欧元|USDT|比特币|BTC|元)|(?P<percent>%)|(?P<times>倍)"
    r"|(?P<unit>条|个|人次|人|家|名|起|款|部|台|张|次|例|户|组|份|枚|件|宗|笔|项)"
    r"(?P<counts>[\u3400-\u9fffA-Za-z]{0,10}))"
)
_MONEY: Final = {
    "元人民币": "CNY", "人民币": "CNY", "元": "CNY", "美元": "USD", "美金": "USD", "港元": "HKD",
    "欧元": "EUR", "USDT": "USDT", "比特币": "BTC", "BTC": "BTC",
}  # fmt: skip
_UNITS: Final = {
    "条": "record", "人": "person", "人次": "person", "家": "company", "名": "person",
    "起": "case", "款": "app", "次": "time", "例": "case", "户": "household", "宗": "case",
    "台": "host", "份": "file", "组": "set",
}  # fmt: skip
_CUT: Final = re.compile(
    r"以|的|在|被|和|与|及|,|是|为|了|等|进行|中|用于|涉及|抓获|查获|超|约|近|共|其中|违规|违法|非法|由|向|从|于"
)
_LIMITS: Final = frozenset({"最多", "不足"})
_WORTH: Final = re.compile(
    r"(?P<words>[\u3400-\u9fff]{2,10}?)(?:超过?|约|近|逾|达到?|为|共计?|高达|累计|突破)*$"
)


def read_figures(scene: Scene, sentence: Sentence, taken: list[Span]) -> Iterator[FigureFinding]:
    """The figures of one Chinese sentence; numbers inside `taken` belong to other statements."""
    view = scene.page.view
    days = [(hit.start, hit.end) for hit in scene.dates_in(sentence.start, sentence.end)]
    matches = [
        match
        for match in _FIGURE.finditer(view, sentence.start, sentence.end)
        if not overlaps(match.span(), taken) and not overlaps(match.span("digits"), days)
    ]
    for place, match in enumerate(matches):
        following = matches[place + 1].start() if place + 1 < len(matches) else sentence.end
        counts, end = _counts(match)
        span = match.start(), end
        yield FigureFinding(
            text=scene.page.quote((sentence.start, sentence.end)),
            quote=scene.page.quote(span),
            span=span,
            value=value_of(match["digits"], match["scale"]),
            unit=_unit(match),
            counts=f"limit of {counts}" if counts and match["qualifier"] in _LIMITS else counts,
            period=figure_period(scene, sentence, span, following),
        )


def _unit(match: re.Match[str]) -> str | None:
    if match["money"]:
        return _MONEY[match["money"]]
    if match["percent"]:
        return "percent"
    if match["times"]:
        return "times"
    return _UNITS.get(match["unit"], match["unit"])


def _counts(match: re.Match[str]) -> tuple[str | None, int]:
    """The words for what is counted, and where the figure ends."""
    if match["unit"] is None:
        before = _WORTH.search(match.string[max(0, match.start() - 16) : match.start()])
        return (before["words"] if before else None), match.end()
    written = match["counts"]
    cut = _CUT.search(written)
    words = written[: cut.start()] if cut else written
    return words or None, match.start("counts") + len(words)
