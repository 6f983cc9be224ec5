"""Prices and quantities of a listing, made from the figures of its lines."""

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from ingest.extract.counts import NOTHING, PERS, UNITS
from ingest.extract.counts_features import Setting
from ingest.extract.lots import least_orders
from ingest.extract.money import Figure
from ingest.extract.money_words import LOT
from ingest.extract.natural import IN_NUMBERS, SOLD_WHOLE, is_records, natural_unit
from ingest.extract.scene import Scene
from ingest.extract.tokens import INSIDER_RECRUITMENT, Token
from ingest.extract.whole_lots import buys_all, is_for_all
from ingest.lexicon.frames import frame
from ingest.records import Price, Quantity, Unit

_LINE: Final = "line"
_AT_ONCE: Final = re.compile(r"[\du万千百] ?一口\Z")
"""Goods that are sold in one piece (700u一口)."""
_TIERED: Final = frozenset({"record", "unit", "query"})
_WHOLE: Final = ("全套", "整套")
_LIST_PER: Final = frame("list_per")
_MAY_SAY_PER: Final = re.compile(
    r"(?:[每单都均全按位(/]|[是上]一)[条个套张份组号次月千万]|查[每单一]|[每单一]查"
    r"|[条个千万]的?[报单]?价|按人|单条|[一1(]\s?[千万kw]|1,?000|千[条个次封位]"
    r"|/条|\bper |整[包批库份卖出走拿]|一口价|打包价|不拆|whole|entire"
)
_PIECE: Final = re.compile(
    r"[每一单1/按(\[元块毛角分厘u刀r] ?[个户单张件位名人份家]"
    r"|(?:per |each |a |/)(?:pcs?|piece|item|unit|head|ea)"
    r"|(?:per|pr|an?) [a-z]+$"
)
"""What one record is called in passing."""
_BARE: Final = re.compile(r"[\d.,\s元块毛角分ur$¥€£]+")
"""A sum alone: what it is for is said elsewhere."""
_BULK: Final = frame("bulk_before")
_BULK_REACH: Final = 6
_UNLIKE: Final = 15
"""How many times dearer or cheaper goods of one kind may be."""
_FAN: Final = re.compile(r"[/每一1]个?[男女精]?粉")
_MOST_A_RECORD: Final = 30
_MOST_PAID: Final = 100_000
_WAGED: Final = re.compile(r"[底时月日]薪|工资|(?<![a-z])(?:base pay|salary|wages?)(?![a-z])")
_WAGE_REACH: Final = 3
_LOOKED_UP: Final = frozenset({"service/lookup", "product/credit_report"})
_LOOKED_UP_WHOM: Final = re.compile(
    r"persons?|people|numbers?|names?|users?|customers?|clients?|phones?|subscribers?|contacts?"
    r"|profiles?|subjects?|targets?|[位名人号户笔]"
)
"""Who is looked up, where the price of a look-up is for each."""
_MACHINE: Final = re.compile(r"[\d一二两三四五六七八九十百千万wk] ?[台只]$|devices?$|boxes$|box$")
"""Machines that are sold, or hosts that are broken into, as the goods say."""
_MANY_MACHINES: Final = 1000
"""So many are nobody's to sell one by one."""
_CARD: Final = re.compile(
    r"(?<=[\d一二两三四五六七八九十百千万wk多余来 +])[张部本枚人](?![一-鿿]{0,2}[客号])"
    r"|(?:cards|sims|phones)$"
)
_CHEAP: Final = 5
_LITTLE: Final = 2
"""So little is paid for one record of many, and for hardly anything else."""
_SMALL_MONEY: Final = {
    "IDR": 16_000, "VND": 25_000, "KRW": 1400, "JPY": 150, "LAK": 21_000, "KHR": 4000,
    "MMK": 2100, "INR": 85, "PHP": 57, "TWD": 32, "THB": 34, "NGN": 1500, "RUB": 90,
}  # fmt: skip
"""How many of it are about a dollar."""
_SENT: Final = re.compile(r"(?:e-?mails?|sms(?:es)?|texts?|messages|短信|彩信|封)\Z")
"""What is sent in numbers, by the word behind a number."""
_LEAST_LOOKED: Final = 0.3
"""Dollars under which one of what may be looked up is a record."""
_YUAN: Final = {None: 7, "CNY": 7}
_FLOWS: Final = re.compile(r"[量产供更出均]")
"""What so many come in by, which is no wage (日量1w)."""
_PAID_BY_SHARE: Final = frozenset({"service/laundering", "service/escrow"})
_LOTS: Final = frozenset({"service/mule_kits", "service/account_sale", "service/premium_numbers"})
"""Services of which several are sold together."""
_FOR_GOOD: Final = frame("for_good")
_NEAR: Final = 10
_THROUGH: Final = frozenset({"service/mule_kits"})
"""Sold by the set, so that a bare number with a period is the money that may pass through."""
_MEMBERS: Final = re.compile(
    r"会员|vip|不限次|无限查?|订阅|自助|机器人|subscri|unlimited|membership"
)
"""Look-ups for which one pays by the month."""
_RENTED: Final = re.compile(r"[租包]|rent")
_TIMES: Final = frozenset({"hour", "day", "week", "month", "year"})
_RENT: Final = re.compile(r"[包租卡付费员全每/]|per|each|a (?:day|week|month)|ly(?![a-z])")
"""Words that make a time what a price is for, whatever the goods are."""
_OF_A_SPAN: Final = re.compile(r"(?:半|[一二两三1-9])\s?(?:年|个?月)")
_PIECES: Final = frozenset({"record", "unit", "each"})
_LOOKED: Final = re.compile(
    r"[查睇]|(?:能|可以?|会|帮)[我忙]?[看调]|look ?up|lookup|check|search|queries|query|pull"
)
_TAKEN_OUT: Final = re.compile(r"[导拖拷抄拍寄卖]|export|dump|download|copy")
_NUMBER_OF: Final = re.compile(r"(?:numbers?|lines?|phones?|sims?|victims?)$")
_SENT_TO: Final = frozenset(
    {"service/sms_spam", "service/imessage_spam", "service/lookup", "service/number_scan"}
    | {"service/traffic", "service/call_floor"}
)
"""Services that are counted by whom they reach."""
_FOLLOWING: Final = re.compile(r"(?:粉|followers?|subs(?:cribers?)?|friends)\Z")
_LOOKUP: Final = frame("lookup_word")
_ALSO: Final = {
    "只": frozenset({"account"}),
    "位": frozenset({"query"}),
    "名": frozenset({"query"}),
    "次": frozenset({"message", "other"}),
}
"""What counters of one kind of goods also count where the goods say so (50组 accounts)."""
_NAMED_UNITS: Final = frozenset({"set", "account", "host", "message", "file"})
"""Units by which a price may say what an uncounted number counts (need 2k, $300 per set)."""


def read_prices(scene: Scene, figures: list[Figure], products: list[Token]) -> tuple[Price, ...]:
    """Prices with the least order that belongs to each."""
    least = least_orders(scene.text, figures)
    records = any(f.kind == "quantity" and f.unit == "record" for f in figures)
    made: list[Price] = []
    first: Price | None = None
    settled = _Settled(scene, figures, products)
    for figure in figures:
        if figure.kind == "price":
            quote, span = scene.written(figure.start, figure.end)
            per = _per(scene, figure, products, records=records)
            if not per:
                whole = _of_list(scene.text, products)
                per = whole if whole != "total" or figure.value >= LOT else None
            minimum = least.get(figure)
            order = minimum.value if minimum else None
            price = Price(figure.value, figure.currency, per, order, quote, span)
            price = _as_first(price, first)
            if first is None and price.per in _TIERED:
                first = price
            timed = price.per in _TIMES and _RENT.search(quote)
            if price.per and price.per != "percent" and not timed:
                per = _dear(figure, price.per, settled.by(PERS, figure, price.per))
                price = replace(price, per=None if per == NOTHING else per)
            elif not price.per and not _BULK.search(
                scene.text, max(0, figure.start - _BULK_REACH), figure.start
            ):
                price = _as_before(price, made)
            if is_for_all(price, figures, products) or buys_all(price, figures):
                price = replace(price, per="total")
            made.append(price)
            if figure.high:
                made.append(replace(price, value=figure.high))
    return tuple(made)


def _dear(figure: Figure, said: str, learned: str) -> str:
    """No record costs so much that what is sold by the piece is one."""
    return said if (said, learned) == ("unit", "record") and not _is_cheap(figure) else learned


class _Settled:
    """What is learned beside the rules of the figures of one listing."""

    def __init__(self, scene: Scene, figures: list[Figure], products: list[Token]) -> None:
        self._scene, self._figures = scene, figures
        self._setting = Setting(scene, figures, products)

    def by(self, model: str, figure: Figure, said: str) -> str:
        """The class that a model gives a figure, else what the rules say of it."""
        told = (figure, said)
        vote = self._scene.rules.counts.settled(model, self._setting, self._figures, told)
        if vote is None:
            return said
        self._scene.votes.append(vote)
        return vote.chosen


def _as_first(price: Price, first: Price | None) -> Price:
    """五毛一条,拿5000以上四毛二: a tier is for what the first price is for."""
    if first is None or not price.min_quantity or price.per not in {None, first.per}:
        return price
    if price.min_quantity == first.min_quantity or price.value > first.value:
        return price
    same = price.currency == first.currency or price.currency is None
    if price.per and price.currency:
        return price
    return replace(price, per=first.per, currency=first.currency) if same else price


def _as_before(price: Price, made: Sequence[Price]) -> Price:
    """1.5一条,按市挑2块: a price that does not say so is for what the one before it is for."""
    before = next((one for one in reversed(made) if one.per), None)
    if before is None or before.per not in _TIERED:
        return price
    if None not in {price.currency, before.currency} and price.currency != before.currency:
        return price
    alike = before.value / _UNLIKE <= price.value <= before.value * _UNLIKE
    return replace(price, per=before.per) if alike else price


def wages(text: str, figures: list[Figure]) -> list[Figure]:
    """Figures of a search for people: 一天1500 is what they get, not what they count."""
    return [
        f._replace(kind="price", per=f.period)
        if f.kind == "quantity"
        and f.period
        and not f.unit
        and _MOST_A_RECORD < f.value < _MOST_PAID
        and not _FLOWS.search(text, f.start, f.end)
        else f
        for f in figures
    ]


def budgets(figures: list[Figure], products: list[Token]) -> list[Figure]:
    """出三百块,凑两千个老板: what is given for records wanted by number is a budget."""
    paid = [f for f in figures if f.kind == "price"]
    counted = [f for f in figures if f.kind == "quantity" and not f.period]
    if len(paid) != 1 or len(counted) != 1 or not _of_records(products):
        return figures
    price, count = paid[0], counted[0]
    if price.per or price.high or price.unit or _is_cheap(price) or count.value < price.value:
        return figures
    return [f._replace(per="total") if f is price else f for f in figures]


def without_wages(text: str, figures: list[Figure]) -> list[Figure]:
    """招客服,底薪6000;查机主40: what staff get is no price of the goods beside."""
    if not _WAGED.search(text):
        return figures
    return [
        f for f in figures
        if f.kind != "price" or not _WAGED.search(text, max(0, f.start - _WAGE_REACH), f.end)
    ]  # fmt: skip


def _of_list(text: str, products: list[Token]) -> str | None:
    """What every price of a list is for, where the list says it once (都是每条的价)."""
    match = _LIST_PER.search(text) if _MAY_SAY_PER.search(text) else None
    name = match.lastgroup if match else None
    per = name.rstrip("1234567") if name else None
    if per != "piece":
        return per
    if _only_looked_up(products):
        return "query"
    return "record" if _of_records(products) else "unit"


def _per(scene: Scene, figure: Figure, products: list[Token], *, records: bool) -> str | None:
    data = any(p.kind == "product" for p in products)
    if (
        figure.per == "record"
        and _LOOKED_UP_WHOM.search(scene.text, figure.start, figure.end)
        and _only_looked_up(products)
    ):
        return "query"
    span = figure.per in {"month", "year"} and _OF_A_SPAN.match(scene.text, figure.start)
    if span and _is_reach(scene, products):
        return None
    if figure.per == "unit" and figure.unit == "account" and _only_looked_up(products):
        return "query"  # 查一个号80
    if figure.per in _PIECES and _seeks_insiders(products) and _is_looked_up(scene):
        return "query"
    if figure.per == "record" and not data and _of_a_number(scene, figure, products):
        return "unit"
    if figure.per == "query" and products and not data and not _LOOKUP.search(scene.text):
        return "unit"
    if figure.unit == _LINE and products and not data:
        return "unit"  # a telephone line
    if figure.per == "unit" and figure.unit == "account" and _is_number_of(figure, products):
        return "record"
    if figure.per == "unit" and _AT_ONCE.search(scene.text, figure.start, figure.end):
        return "total" if _of_records(products) else "unit"
    if figure.per == "total" and _is_for_good(scene, figure, products):
        return None
    if figure.per == "each" or (figure.per == "unit" and figure.unit in {"other", "order"}):
        return _per_piece(scene, figure, products, records=records)
    return figure.per


def _is_reach(scene: Scene, products: list[Token]) -> bool:
    """话单一个月 380, 微信号一年 90: so far back the records go, or so old an account is."""
    if products and all(p.id == "service/account_sale" for p in products):
        return _RENTED.search(scene.text) is None
    return _only_looked_up(products) and _MEMBERS.search(scene.text) is None


def _is_for_good(scene: Scene, figure: Figure, products: list[Token]) -> bool:
    """终身900 of a tool: the price of one copy that is used for ever, and of no lot."""
    if not products or any(p.kind == "product" or p.id in _LOTS for p in products):
        return False
    return bool(_FOR_GOOD.search(scene.text, max(0, figure.start - _NEAR), figure.end + _NEAR))


def _per_piece(scene: Scene, figure: Figure, products: list[Token], *, records: bool) -> str | None:
    """One piece of records is a record, one of a look-up a query, one 粉 a person."""
    fans = _of_records(products) and _of_followers(scene, products)
    if fans or _FAN.search(scene.text, figure.start, figure.end):
        return "record"
    if products and {p.id for p in products} <= IN_NUMBERS and figure.unit in {None, "other"}:
        return "record"
    if _only_looked_up(products):
        if _is_no_lookup(scene, figure):
            return "record"
        whole = scene.text[figure.start : figure.end].startswith(_WHOLE)
        return "unit" if whole else "query"
    if not products and figure.value < _LITTLE * _SMALL_MONEY.get(figure.currency or "", 1):
        return "record"  # of goods that no term names
    piece = figure.per == "each" or _PIECE.search(scene.text, figure.start, figure.end)
    piece = piece or _BARE.fullmatch(scene.text, figure.start, figure.end)
    if piece and _of_records(products):
        if _is_cheap(figure):
            return "record"
        if _LOOKUP.search(scene.text):
            return "query"
    return "record" if figure.per == "each" and records else "unit"


def _is_no_lookup(scene: Scene, figure: Figure) -> bool:
    """车主料 6分一个: for so little nobody is looked up."""
    least = _LEAST_LOOKED * _SMALL_MONEY.get(figure.currency or "", _YUAN.get(figure.currency, 1))
    return figure.value < least and _LOOKUP.search(scene.text) is None


def _is_number_of(figure: Figure, products: list[Token]) -> bool:
    """每个号2.2元 of records: the number of a person and no account."""
    return all(is_records(p.id) for p in products) and _of_records(products) and _is_cheap(figure)


def _seeks_insiders(products: list[Token]) -> bool:
    return any(p.id == INSIDER_RECRUITMENT for p in products)


def _is_looked_up(scene: Scene) -> bool:
    """Whether insiders are to look people up and not to take records out."""
    return bool(_LOOKED.search(scene.text)) and not _TAKEN_OUT.search(scene.text)


def _of_a_number(scene: Scene, figure: Figure, products: list[Token]) -> bool:
    """SIM swap, 1500 per number: what is done to a number is no record."""
    if not products or any(p.id in _SENT_TO for p in products):
        return False
    return _NUMBER_OF.search(scene.text, figure.start, figure.end) is not None


def _only_looked_up(products: list[Token]) -> bool:
    ids = {p.id for p in products}
    return bool(ids) and all(n.startswith("product/lookup_") or n in _LOOKED_UP for n in ids)


def _is_cheap(figure: Figure) -> bool:
    most = _MOST_A_RECORD * (3 if figure.currency in {None, "CNY"} else 1)
    return figure.value < max(most, _CHEAP * _SMALL_MONEY.get(figure.currency or "", 1))


def read_quantities(
    scene: Scene, figures: list[Figure], products: list[Token]
) -> tuple[Quantity, ...]:
    """Quantities on offer or wanted, with the unit written or that of the goods."""
    made: list[Quantity] = []
    settled = _Settled(scene, figures, products)
    if products and all(p.id in _PAID_BY_SHARE for p in products):
        figures = [f for f in figures if f.unit]  # what is moved is money
    if products and all(p.id in _THROUGH for p in products):
        figures = [f for f in figures if f.unit or not f.period]  # 日限50万: what may pass
    if not products and _by_shares(figures):
        figures = [f for f in figures if f.unit]
    priced = {f.unit for f in figures if f.kind == "price" and f.per == "unit"} & _NAMED_UNITS
    for figure in figures:
        if figure.kind == "quantity" and not _is_following(scene, figure, products):
            quote, span = scene.written(figure.start, figure.end)
            if figure.unit is None and len(priced) == 1 and not _of_records(products):
                figure = figure._replace(unit=next(iter(priced)))
            unit: str = _unit(scene, figure, products)
            sent = unit == "message" and bool(products) and {p.id for p in products} <= IN_NUMBERS
            if not sent and (unit != "other" or not _of_followers(scene, products)):
                unit = settled.by(UNITS, figure, unit)
            period = figure.period if figure.period in {"day", "week", "month"} else None
            made += [
                Quantity(value, unit, period, quote, span)  # type: ignore[arg-type]
                for value in (figure.value, figure.high)
                if value
            ]
    return tuple(made)


def _by_shares(figures: Sequence[Figure]) -> bool:
    """Whether all that is paid are shares of a sum."""
    pers = {f.per for f in figures if f.kind == "price"}
    return pers == {"percent"}


def _is_following(scene: Scene, figure: Figure, products: list[Token]) -> bool:
    """老号 1000粉 100块: followers say how good an account is."""
    sold = any(p.id == "service/account_sale" for p in products)
    return sold and _FOLLOWING.search(scene.text, figure.start, figure.end) is not None


def _unit(scene: Scene, figure: Figure, products: list[Token]) -> Unit:
    """The unit written, unless the word counts anything; then what the goods are counted by."""
    written = scene.text[figure.start : figure.end].rstrip()
    natural = natural_unit(scene.rules.goods_units, scene.text, figure, written, products)
    followers = _of_followers(scene, products)
    if followers and natural in {"other", "record"}:
        natural = None
    data = any(p.kind == "product" for p in products)
    if figure.unit == "order":
        return natural if data and natural else "record" if data else "other"
    if figure.unit in {None, "other"} and _seeks_insiders(products) and _is_looked_up(scene):
        return "query"
    if figure.unit == "host" and natural == "account":
        return natural
    if figure.unit == "host" and products and _MACHINE.search(written) and not _of_hosts(scene):
        return "other" if figure.value < _MANY_MACHINES else "host"
    if figure.unit == "other" and natural not in {"account", "record"} and _CARD.search(written):
        return "record" if _of_records(products) else "other"
    sent = figure.unit == "record" and natural == "message" and not data
    if figure.unit == "record" and not data and _SENT.search(written):
        return "message"
    if natural and (
        sent or figure.unit in {None, "other"} or natural in _ALSO.get(written[-1:], ())
    ):
        return natural
    if figure.unit is None or (
        figure.unit == "other" and (figure.period if followers else _of_records(products))
    ):
        return "record"
    return figure.unit  # type: ignore[return-value]


def _of_hosts(scene: Scene) -> bool:
    return any(token.id == "service/compromised_hosts" for token in scene.tokens)


def _of_records(products: list[Token]) -> bool:
    ids = {p.id for p in products}
    return any(is_records(name) for name in ids) and not ids & SOLD_WHOLE


def _of_followers(scene: Scene, products: list[Token]) -> bool:
    """宝妈粉: people who were won for a chat are counted as heads, unless they come in daily."""
    return any("粉" in scene.text[p.start : p.end + 1] for p in products)
