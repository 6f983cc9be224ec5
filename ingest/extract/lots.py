"""Figures that belong together: a price beside its quantity, a tier in front of its price."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.money_words import JOINED, LOT, PRETEST, ROUND, TIER_BEHIND, TIER_GAP
from ingest.extract.packages import packages

_PIECEWISE: Final = frozenset({"record", "unit", "each", "query", "thousand", "ten_thousand"})
_NOT_PIECEWISE: Final = frozenset({"total", "percent", "hour", "day", "week", "month", "year"})

_APART: Final = re.compile(
    r"\d\s?[^\s\d(]{0,4}(?: \(?|\()(?:每|一[条个份张套次单](?!起)|per |each)"
)
"""A space between a price and what it is for."""
_BRACKETED: Final = re.compile(r"\d[^\d(]{0,6}\((?:per |each)")
"""What the prices of a row are for, in brackets at its end."""
_PARTED: Final = re.compile(r"[,;。\n|]")
_LINE: Final = re.compile(r"[;。\n]")
_LABELLED: Final = re.compile(
    r"\s?[,;/|\n]\s?(?:[a-z]+ ?){1,4}[\s:=→-]{0,3}|[,\n ][一-鿿]{2,6}[ :=→-]{0,3}"
)
"""Between two prices of a list with a label for each."""
_CLOSED: Final = re.compile(r"\)?\s*(?:$|[\n.。!]|,(?! ?\d))")
_UNLIKE: Final = 8
"""How many times dearer one of a list may be."""
_ROW: Final = 3
"""So many prices of a line are a row, in which a comma parts no more than a space."""
_FEW: Final = 100
_TOGETHER: Final = re.compile(
    r"\s?(?:打包价?|一起|一共|一次|合[买拿购]|合起来|全要|全拿|共|for|at|=|:)?(?:只要|只|才|算|拿走?)?"
    r"\s?(?:only )?"
)
_UPWARDS: Final = re.compile(
    r"(?:以上|往上)(?:起?[走拿出发接寄卖做])?的?\s*(?:$|[,;.。!)\n]| ?[^\d\s一-鿿])"
)
"""Behind a count that closes a part, which so many and more are (6毛一条,1000条以上)."""
_BESIDE: Final = re.compile(r"[ ,;(]{1,2}(?:最少|至少|每次|一次|每单)?")
_PAIRED: Final = ({"price"}, {"least"})
_OPEN: Final = frozenset({"tier", "span"})
_TAKES: Final = re.compile(
    r"[满拿过超要量买够]|(?<![a-z])(?:over|above|from|if|for|when|once|take|buy|at|more|bulk)(?![a-z])"
)
"""What opens a tier: the price behind it is its own (0.5一条 拿1万条以上0.4)."""
_FOR_ALL: Final = re.compile(r"均|都|全部|一律|统一|最少|最低|至少|起订|起批|(?<![a-z])(?:all|min)")
"""Between the last price of a row and a least order that holds for each of it."""
_ONE: Final = re.compile(r"[一1] ?(?:[千万]|[kw](?![a-z]))")
_THOUSAND: Final = re.compile(r"1[ ,]?0 ?0 ?0(?: ?0)?(?! ?\d)")
_SERVED: Final = frozenset({"message", "query", "other"})
"""One thousand or ten thousand, said as one."""
_RATES: Final = 2
_COMES_IN: Final = re.compile(
    r"[一每1] ?[天日晚](?:大概|稳定|固定)?(?:都|就)?(?:能|可以?)?(?:给到?|出|产|供|到)"
)
"""A day and what it brings."""
_MANY: Final = 10_000
_ROWS: Final = frozenset({"record", "thousand", "ten_thousand"})
_IN_ALL: Final = re.compile(
    r"[\d.,]+ ?(?:k|m|mil|million) (?:in total|altogether|in all|overall|all in all)"
)
"""So many records, where one of them has a price (35p per lead, 90k in total)."""
_TEN_THOUSANDS: Final = ("w", "万", "k")
_ITS_PRICE: Final = re.compile(
    r"\s?[条个行份]?[,:]?\s?(?:一共|总共)?(?:只要|就|只|卖|算|for|at|only|=)?\s?"
)
_NO_WORD: Final = " /=:,→-"
_ASKED: Final = re.compile(r"(?:要|卖|售|报)?价(?:格|钱)?[:是 ]*")
_SIGNS: Final = (".;!。", "/|", ",、")
"""Signs that part, strongest first."""


def settle(text: str, figures: list[Figure]) -> list[Figure]:
    """Tiers become least orders or quantities; 1000条50元 is per thousand, another pair a lot."""
    kept: list[Figure] = []
    rates = sum(f.kind == "quantity" and f.value in ROUND for f in figures) >= _RATES
    for number, figure in enumerate(figures):
        if figure.kind == "quantity" and _is_lower_tier(text, kept, figures[number + 1 :], figure):
            figure = figure._replace(kind="least")
        if figure.kind in _OPEN:
            behind = figures[number + 1] if number + 1 < len(figures) else None
            closes = bool(kept) and _closes_tier(text, kept[-1], figure)
            opens = behind is not None and (
                _opens_tier(text, figure, behind) or _undercuts(text, kept, figure, behind)
            )
            least = opens or closes
            figure = figure._replace(
                kind="least" if least else _alone(figure), words="" if figure.high else figure.words
            )
        if figure.kind != "none":
            _keep(text, kept, figure, rates=rates)
    kept = packages(text, [f for f in kept if not _is_part(text, f, kept)])
    return _counted(text, _shared(text, _tiers(text, kept)))


def _counted(text: str, figures: list[Figure]) -> list[Figure]:
    """一天能给到六百 五块二一条, 整库5.6w 2000u: counts where another number is the price."""
    counted = [
        f._replace(kind="quantity", per=None, unit=None, period=f.per if f.per == "day" else None)
        if f.kind == "price" and not f.currency and not f.high and _is_count(text, f, figures)
        else f
        for f in figures
    ]
    for place, (before, now, price) in enumerate(zip(figures, counted, counted[1:], strict=False)):
        if before is not now and before.per == "total" and not price.per and price.currency:
            counted[place + 1] = price._replace(per="total")  # 整 95k 只要 2000 EUR
    return counted


def _is_count(text: str, figure: Figure, figures: Sequence[Figure]) -> bool:
    if figure.per == "total" and figure.value >= _MANY and _IN_ALL.search(text, figure.start):
        counted = any(f.kind == "quantity" for f in figures)
        return not counted and any(f.per in _ROWS and f.value < LOT for f in figures)
    if figure.per == "day" and _COMES_IN.match(text, figure.start):
        return any(f.kind == "price" and f.per == "record" for f in figures)
    written = text[figure.start : figure.end].rstrip()
    return (
        figure.per == "total"
        and figure.value >= _MANY
        and written.endswith(_TEN_THOUSANDS)
        and any(
            f.kind == "price"
            and f.currency
            and (f.per == "total" or _ITS_PRICE.fullmatch(text, figure.end, f.start))
            for f in figures
        )
    )


def _alone(figure: Figure) -> str:
    """What a tier or the range of a count is where no price takes it for its least order."""
    if figure.high or (figure.kind == "tier" and not figure.words):
        return "quantity"
    return "problem" if figure.words else "none"


def _shared(text: str, figures: list[Figure]) -> list[Figure]:
    """美国0.02u 英国0.03u 每条: what stands apart behind the last price of a row is for each."""
    row = sum(f.kind == "price" for f in figures) >= _ROW
    for place in range(len(figures) - 1, 0, -1):
        before, last = figures[place - 1], figures[place]
        if (
            before.kind == last.kind == "price"
            and before.per is None
            and last.per in _PIECEWISE
            and before.currency == last.currency
            and (last.shared or _APART.search(text, last.start, last.end))
            and (
                not (_LINE if row or _is_bracketed(text, last) else _PARTED).search(
                    text, before.end, last.start
                )
                or _ends_list(text, before, last)
            )
        ):
            figures[place - 1] = before._replace(per=last.per, unit=last.unit, shared=True)
    return figures


def _is_bracketed(text: str, last: Figure) -> bool:
    return _BRACKETED.search(text, last.start, last.end) is not None


def _ends_list(text: str, before: Figure, last: Figure) -> bool:
    """股民 $120, 网贷 $80 (per 1k): labels alone stand between prices of one kind."""
    gap = text[before.end : last.start]
    alike = before.value / _UNLIKE <= last.value <= before.value * _UNLIKE
    shut = last.shared or _CLOSED.match(text, last.end) is not None
    return alike and shut and _LABELLED.fullmatch(gap) is not None


def _is_part(text: str, figure: Figure, figures: list[Figure]) -> bool:
    """600u一套 三套打包1500u: a few of what has a price for each, with a price for these few."""
    if figure.kind != "quantity" or figure.period or figure.value > _FEW:
        return False
    each = any(
        f.kind == "price"
        and f.per in _PIECEWISE
        and (f.unit == figure.unit or f.per == "query")
        and f.end <= figure.start
        for f in figures
    )
    return each and any(
        f.kind == "price"
        and f.start >= figure.end
        and _TOGETHER.fullmatch(text, figure.end, f.start)
        for f in figures
    )


def _tiers(text: str, figures: list[Figure]) -> list[Figure]:
    """2000条 0.8 5000条 0.7: pairs of a count and a broken price are least orders."""
    pairs = [
        place
        for place, (count, price) in enumerate(pairwise(figures))
        if count.kind == "quantity" and count.unit in {"record", None} and count.period is None
        and price.kind == "price" and price.per in {None, *_PIECEWISE} and price.value < LOT
        and not text[count.end : price.start].strip(" :=→-")
    ]  # fmt: skip
    joined = all(
        after - before == 2
        and not text[figures[before + 1].end : figures[after].start].strip(" ,;/|\n·•-")
        for before, after in pairwise(pairs)
    )
    if len(pairs) < 2 or not joined:
        return figures
    return [f._replace(kind="least") if n in pairs else f for n, f in enumerate(figures)]


def _opens_tier(text: str, tier: Figure, price: Figure) -> bool:
    if price.kind != "price" or price.per in _NOT_PIECEWISE:
        return False
    gap = TIER_GAP.fullmatch(text, tier.end, price.start)
    if gap is None:
        return False
    if tier.high and (text.startswith(" at ", tier.end) or (tier.unit and "," in gap[0])):
        return False  # 5k-10k leads at $0.3: so many are wanted
    if price.currency and not price.per and tier.value < _FEW and _is_open(text, tier):
        return True  # fullz 10-49 $35, 50+ $30
    return price.per in _PIECEWISE or price.value < LOT or tier.unit not in {None, "record"}


def _is_open(text: str, tier: Figure) -> bool:
    return tier.high is not None or text[tier.end - 1] == "+" or text[tier.end] == "+"


def _undercuts(text: str, kept: list[Figure], tier: Figure, price: Figure) -> bool:
    """8元一条 拿100条以上 6元: a price for as many is lower than the one for each."""
    each = next((f for f in reversed(kept) if f.kind == "price" and f.per in _PIECEWISE), None)
    if each is None or price.per in _NOT_PIECEWISE:
        return False
    if "\n" in text[each.end : tier.start]:
        return False
    lower = each.value / 2 <= price.value < each.value
    return lower and TIER_GAP.fullmatch(text, tier.end, price.start) is not None


def _is_lower_tier(text: str, kept: list[Figure], behind: list[Figure], count: Figure) -> bool:
    """每条7毛,一万条6毛5; 一张145,一百张120: a bare count in front of a lower price for each."""
    if count.period or not behind or behind[0].kind != "price":
        return False
    if _goes_on(text, kept, behind[0], count):
        return True
    each = next((f for f in reversed(kept) if f.kind == "price"), None)
    cheap = count.unit == "record" and behind[0].value < LOT
    same = each is not None and each.unit == count.unit
    plain = PRETEST.match(text, count.start) is not None and (cheap or same)
    return plain and _undercuts(text, kept, count, behind[0])


def _goes_on(text: str, kept: list[Figure], price: Figure, count: Figure) -> bool:
    """百组起3块,一千组2块5: behind a tier and its price a greater count has a lower price."""
    if len(kept) < 2 or kept[-1].kind != "price" or kept[-2].kind != "least":
        return False
    least, before = kept[-2:]
    if count.unit not in {least.unit, None} or count.value <= least.value:
        return False
    if TIER_GAP.fullmatch(text, least.end, before.start) is None:
        return False
    near = TIER_GAP.fullmatch(text, count.end, price.start) is not None
    return near and before.value / 4 <= price.value < before.value


def _closes_tier(text: str, price: Figure, tier: Figure) -> bool:
    """0.08 per row for 50k+"""
    if price.kind != "price" or price.per not in _PIECEWISE | {None}:
        return False
    if price.per is None and price.value >= LOT:
        return False
    if TIER_BEHIND.fullmatch(text, price.end, tier.start):
        return True
    if price.per not in _PIECEWISE or PRETEST.match(text, tier.start) is None:
        return False
    upwards = _UPWARDS.match(text, tier.end)
    return upwards is not None and _BESIDE.fullmatch(text, price.end, tier.start) is not None


def _keep(text: str, kept: list[Figure], figure: Figure, *, rates: bool) -> None:
    """Adds a figure to those before it, joined with the last where both are one price."""
    last = kept[-1] if kept else None
    if last is None or not _is_lot(text, last, figure) or _is_taken(text, kept, figure):
        kept.append(figure)
        return
    price, quantity = (last, figure) if last.kind == "price" else (figure, last)
    counted = _is_counted_by(text, price, quantity, rates=rates)
    per = ROUND.get(int(quantity.value)) if counted else None
    said = _ASKED.sub("", text[last.end : figure.start].strip(_NO_WORD))
    if per:
        kept[-1] = price._replace(start=last.start, end=figure.end, per=per)
    elif last is price:
        kept[-1] = last._replace(per="total" if said else None)
        kept.append(figure)
    else:
        kept.append(figure._replace(per="total" if said else None))


def _is_taken(text: str, kept: list[Figure], figure: Figure) -> bool:
    """100条8块,1000条60块: a price with its own count in front is not that of the next one."""
    if len(kept) < 2 or figure.kind != "quantity" or kept[-2].kind != "quantity":
        return False
    count, price = kept[-2:]
    before, behind = text[count.end : price.start], text[price.end : figure.start]
    if _PARTED.search(before):
        return False
    return len(before) <= len(behind) or _PARTED.search(behind) is not None


def _is_counted_by(text: str, price: Figure, quantity: Figure, *, rates: bool) -> bool:
    """1000条50元, 一万个号8块: the price is that of a round number.

    `rates`: whether several round numbers are counted (抖音粉1000个35元 快手粉1000个28元).
    """
    if quantity.unit in {"record", None}:
        return True
    one = rates or _ONE.match(text, quantity.start) is not None
    if quantity.unit in _SERVED and _THOUSAND.match(text, quantity.start):
        one = True  # 1000次 七块
    return one and price.value < quantity.value


def _is_lot(text: str, last: Figure, figure: Figure) -> bool:
    if {last.kind, figure.kind} != {"price", "quantity"}:
        return False
    price, quantity = (last, figure) if last.kind == "price" else (figure, last)
    if price.per or quantity.period or price.value < LOT:
        return False
    return JOINED.fullmatch(text, last.end, figure.start) is not None


def least_orders(text: str, figures: list[Figure]) -> dict[Figure, Figure]:
    """The least order of each price: that of its line, else one that stands on a line alone."""
    found: dict[Figure, Figure] = {}
    if not any(f.kind == "least" for f in figures):
        return found
    alone: list[Figure] = []
    bearing = [
        f for f in figures if f.kind == "least" or (f.kind == "price" and f.per != "percent")
    ]
    if not bearing:
        return found
    between = range(bearing[0].start, bearing[-1].start)
    breaks = [at for at in between if text[at] == "\n"] if "\n" in text else []
    for _, line in groupby(bearing, key=lambda figure: bisect_left(breaks, figure.start)):
        alone += _of_line(text, list(line), found)
    free = [f for f in bearing if f.kind == "price" and f not in found]
    free = [f for f in free if _by_piece(f)] or free
    for least in alone:
        taken = [p for p in free if p.end <= least.start] or free
        found |= dict.fromkeys(taken, least)
        free = [p for p in free if p not in found]
    return found


def _of_line(text: str, line: list[Figure], found: dict[Figure, Figure]) -> list[Figure]:
    """Gives each least order of a line to the price beside it; those of a line without prices."""
    kept = [f for f in line if f.kind == "least" or _by_piece(f)]
    line = kept if any(f.kind == "price" for f in kept) else line
    if all(f.kind == "least" for f in line):
        return line
    if _closes_list(text, line):
        found |= dict.fromkeys(line[:-1], line[-1])
        return []
    if pairs := _in_pairs(line):
        found |= pairs
        return []
    behind: list[Figure | None] = [None] * len(line)
    for place in range(len(line) - 2, -1, -1):
        after = line[place + 1]
        behind[place] = after if after.kind == "price" else behind[place + 1]
    before: Figure | None = None
    for figure, later in zip(line, behind, strict=True):
        if figure.kind == "price":
            before = figure
        elif price := _nearer(text, before, figure, later, opens=line[0].kind == "least"):
            found.setdefault(price, figure)
    return []


def _in_pairs(line: list[Figure]) -> dict[Figure, Figure]:
    """1元/条 5000起 8毛/条 2万起: behind each price of a line stands its own least order."""
    prices, leasts = line[::2], line[1::2]
    if len(line) < 4 or len(prices) != len(leasts):
        return {}
    kinds = {f.kind for f in prices}, {f.kind for f in leasts}
    return dict(zip(prices, leasts, strict=True)) if kinds == _PAIRED else {}


def _closes_list(text: str, line: list[Figure]) -> bool:
    """棋牌3毛 股民2毛5,千条起: one least order behind several prices is that of all."""
    if len(line) < 3 or line[-1].kind != "least" or any(f.kind == "least" for f in line[:-1]):
        return False
    takes = _TAKES.search(text, line[-2].end, line[-1].start) is not None
    if takes and not text.startswith("起", line[-1].end):
        return False  # 0.5一条 拿1万条 0.4, not 8毛 6毛 满5000起
    if _FOR_ALL.search(text, line[-2].end, line[-1].start):
        return True
    gaps = [_apart(text[a.end : b.start]) for a, b in pairwise(line)]
    return gaps[-1] >= max(gaps[:-1])


def _nearer(
    text: str, before: Figure | None, least: Figure, behind: Figure | None, *, opens: bool
) -> Figure | None:
    if before is None or behind is None:
        return before or behind
    far = _apart(text[before.end : least.start])
    near = _apart(text[least.end : behind.start])
    if far != near:
        return behind if far > near else before
    if _TAKES.search(text, before.end, least.start) and not _TAKES.search(
        text, least.end, behind.start
    ):
        return behind
    if " " in text[before.end : least.start] and " " not in text[least.end : behind.start]:
        return behind
    if _lowers(text, before, least, behind):
        return behind
    # 1000条起 0.5 1万条起 0.4: a line that opens with a least order gives each price its own.
    return behind if opens else before


def _lowers(text: str, before: Figure, least: Figure, behind: Figure) -> bool:
    """15元一套 千套起 10元: right behind a least order stands a lower price for each."""
    if behind.per not in {None, before.per} or before.per not in {None, *_PIECEWISE}:
        return False
    near = TIER_GAP.fullmatch(text, least.end, behind.start)
    return near is not None and before.value / 2 <= behind.value < before.value


def _apart(gap: str) -> int:
    """How strongly the signs between two figures part them."""
    return next((3 - n for n, signs in enumerate(_SIGNS) if any(s in gap for s in signs)), 0)


def _by_piece(figure: Figure) -> bool:
    return figure.kind == "price" and figure.per not in _NOT_PIECEWISE
