"""Prices of a list that stand behind their goods with no sign of money: 股民 0.6, 户籍 ▶ 260."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from ingest.extract.amounts import period_before
from ingest.extract.figure import Figure
from ingest.extract.headings import Heading
from ingest.extract.money_words import ROUND
from ingest.extract.natural import DEAR, IN_NUMBERS, LAUNDERING, SHARED, is_records
from ingest.extract.spans import SpanIndex
from ingest.lexicon.frames import frame
from ingest.text.late import late

_PARTS: Final = late(r"[\n,;|丨┃│。!?]| [/·•] |\t| {3,}|[☀-➿\U0001f000-\U0001faff]")
_POINTER: Final = late(
    r"[ \t]*(?:(?P<strong>(?:[:=→>~\-—–…▶►▷➡➜➤⇒»☞☛👉⏩⏵🔜💰💵💴💲🪙🔸🔹@]|\.{2,}|·{2,}"
    r"|一律|都是|均为)"
    r"[ \t:=→>~\-—–….·▶►➡]*)|[ \t]*)\Z"
)
_CLOSES: Final = late(
    r"[ \t]*(?:$|[\n,;|/。!?丨┃│()、\[【]|(?:起(?![点码来])|左右|不?含税|整|包邮|不[讲议还]价?"
    r"|走(?!势|向|私)|包(?:售后|[测换退赔过活老])|收(?!集|入|货|件)|出(?!生|现|厂)|拿(?!手)|到货|现结|日结|量大|可[谈议小刀]|不[刀砍]|随便|先款|一口价)"
    r"| [^\d ]| \d[\d.]*[wk万千百]?\+?(?:[条个套份张组](?![月点])|(?=起|以上|往上))"
    r"|[^\w\s.%:,\-~]|~(?!\d))"
)
_SHUTS: Final = late(r"[ \t]*(?:$|[\n,;|/。!丨┃│(])| [/·•] |[ \t]*[☀-➿\U0001f000-\U0001faff]")
_TIER_FOLLOWS: Final = late(
    r"[ ,;]{1,2}(?:[拿满超买够要]够?(?:\d|[一二两三五十百])|\d)[\d.一二两三五十百千万wk]{0,5}"
    r"(?:[条个套份张组台只号本枚副](?=\d|以上|起|往上)|(?=以上|起|往上))"
)
"""Behind a price: what more of the goods cost (2300 10套以上2100, 25 拿10个23)."""
_ROW: Final = late(
    r"(?P<n>\d{1,6}(?:\.\d{1,3})?|[一二两三四五六七八九十百千]{2,6})(?:元|块钱?|米|刀|u|r)?[ \t]*"
    r"(?:(?:[(起+]|~(?!\d)|包(?:售后|[测换退赔过活老])|可[议谈小]|不[议讲刀还砍]|左右|含税).*)?\Z"
)
_NUMBERED: Final = late(r"[ \t]*\d{1,2} ?[.、)](?!\d)")
"""The number of a line in a list."""
_ROW_END: Final = late(
    r"[ \t]*(?:起(?:[批拿发订卖售步])?|\([^()\n]{0,12}\)|[^\w\s.%:,+~()-]{1,4}|~"
    r"|包(?:售后|[测换退赔过活老])|(?:可|能)小?[议谈刀]|不[议讲刀还砍]价?)?[ \t]*\Z"
)
_INLINE: Final = late(r"(?:[:\s,;|、/]|(?<=[\d元块毛u]))(?:[a-z]{2,8}|[一-鿿]{2,6})[ :=]{0,2}\Z")
_OWN_PRICE: Final = late(r"[2-9]|[一二两三四五六七八九十][块毛元角分]")
_DATE: Final = late(
    r"(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?: ?号)?(?=更新|[前后到止截]|报价|\s|$)"
)
"""The day of a list (11/20更新)."""
_INLINE_END: Final = late(
    r"[ ,;|、/]{1,3}(?:[a-z]{2,8}|[一-鿿]{2,6})[ :=]{0,2}\d|\s*(?:$|\n)|[ ,;]"
)
"""Around a price of a row on the line of its heading (每套:工行2400 农行2200)."""
_BESIDE: Final = late(r"(?:起[发批订拿售步]?|以上)?[ ,:=→\-]{0,3}(?P<word>就?算|就|只要|只收|按)?")
_NEXT_PAIR: Final = late(r"[ \t]{1,3}(?P<label>[^\d\n,;。]{2,14}?)[ \t:=]{0,2}\d")
_ALIKE: Final = late(r"[ ,、]{1,2}[一-鿿]{1,5} ?\d{2,5}(?:\s|[,、;。|]|$)")
"""Another label of the same shape with a number behind it (个人200 企业500)."""
_NEXT_COUNT: Final = late(r"[ ,、;/]{1,3}[\d一二三四五六七八九十][\d.]{0,5}[万千wk]?\s?条")
_OPENS: Final = late(r"(?:^|[\n,;出收要求卖有来需搞供放甩找缺]) ?$")
_NAME: Final = late(r" ?[一-鿿a-z]{2,8}")
_FEWEST: Final = 100
_NEAR: Final = 10
_LABEL: Final = late(r"[a-z]{2}|[一-鿿]")
_PRICED: Final = frame("priced")
_NO_LABEL: Final = frame("label_no_price")
_BROKEN: Final = late(r"[ :=]?\d{1,2}\.\d")
_FIRST_DIGIT: Final = late(
    r"\d|(?<=[\s:=→>~\-—…])[二两三四五六七八九]?[一二两三四五六七八九十百千]{2,6}(?=起|(?:元|块|[\s(,;])|$)"
)
_POINTERS: Final = " :=→>~-—–….·▶►➡|丨"
_REACH: Final = 40
_NONE: Final = SpanIndex(())
_SPACE: Final = late(r"[ \t]+")
_MOST_EACH: Final = 100
_LEAST_SET: Final = 50
_MANY_ROWS: Final = 3
_STOCKED: Final = late(
    r"[库余存]存|[存余库]货|现货|[数存余]量|剩|(?<![a-z])(?:stock|qty|quantity|left|pcs)"
)
"""In front of rows that count goods."""
_LOOKED_UP: Final = "product/lookup_"
_LEAST_POINTED: Final = 2
_MOST_RECORD: Final = 20
_LONGEST_ROW: Final = 40
_MOST: Final = 1_000_000
_YEARS: Final = range(1990, 2050)
_VERSION: Final = late(r"(?:^|[\s,;:、\d])[一-鿿]{0,4}[版档款级粉]\s?[:=]?\s?\Z")
"""Words for a kind of the goods in front of its price (详版150)."""
_VERSION_NEXT: Final = late(r"[ ,、/]?[一-鿿]{0,4}[版档款级粉]\s?[:=]?\s?\d")
_FROM: Final = late(r"起步?(?=[\s,;.!?。)]|$)")
_BUDGET: Final = late(r"预算|budget")
_SIGNS: Final = " \n,;|/。、"
_SCALES: Final = frozenset("k千w万")
_MOST_DEAR: Final = 100_000
_MANY: Final = 10_000


class Lists:
    """Lines of one text that have the shape of a price list."""

    def __init__(
        self,
        text: str,
        goods: Mapping[int, str],
        blocked: SpanIndex = _NONE,
        heads: Callable[[str], Sequence[Heading]] = lambda _: (),
    ) -> None:
        self.text = text
        self._heads = heads
        self._headed: int | None = None
        self._foot = len(text)
        self._says_per = self._says_share = False
        self._blocked = blocked
        self.goods = goods
        self._ends = sorted(goods)
        self._rows: frozenset[int] | None = None
        self.last: Figure | None = None
        """The figure read before."""
        self.each: float | None = None
        """The last price that was for each."""
        self.dearer: float | None = None
        """The price for each before that."""
        self.cost: float | None = None
        """The same, or the last price where none was."""
        self.counted = False
        """Whether the goods have been counted."""

    def price(self, start: int, end: int, value: float) -> Figure | None:
        """A number behind goods, or in a row of a list; None where it may say something else.

        A broken number is a price. A whole one is, where the goods are no records.
        """
        if self._behind_least(start, value) or self._behind_count(start, end, value):
            return Figure(start, end, "price", value)
        if not (self.goods or _PRICED.search(self.text, max(0, start - 12), start)):
            return None
        label = self._label(start)
        if not self._may_close(start, end) or value >= _MOST:
            return None
        headed = self._under_head(start)
        if headed and self._is_headed_row(start, end):
            return Figure(start, end, "price", value)
        if not label.strip(" ,"):
            return self._alone(start, end, value)
        pointer = _POINTER.search(label)
        pointed = bool(pointer and pointer["strong"])
        words = label[: pointer.start()] if pointer else label
        if not words.strip() or _NO_LABEL.search(words) or (pointed and words[-1].isdigit()):
            return None
        kind = self._kind(start, len(label))
        if kind is None and start in self._list_rows():
            kind, pointed = "", True
        if kind is None and _PRICED.search(label):
            kind = "product/"
        if kind is None and _VERSION.search(label) and not self.sells_data(start):
            kind, pointed = self._last(start) or None, True
        fits = headed or (
            kind is not None and _fits(value, kind, pointed=pointed or self._goes_on(start))
        )
        if kind is None or not (fits or self._beside(start, value)):
            return None
        shut = self._shuts(end) or self._pair_follows(end) or self._version_follows(end)
        if not is_records(kind):
            shut = shut or self._goes_on(start) or _ALIKE.match(self.text, end) is not None
        if not pointed and float(value).is_integer() and not shut:
            return None
        return Figure(start, end, "price", value)

    def _shuts(self, end: int) -> bool:
        """Whether a part ends here, or a contact follows."""
        if _SHUTS.match(self.text, end) or _TIER_FOLLOWS.match(self.text, end):
            return True
        space = _SPACE.match(self.text, end)
        return space is not None and self._blocked.overlaps(space.end(), space.end() + 1)

    def one(self, start: int, end: int) -> Figure | None:
        """The price 1 of a row whose other prices are broken."""
        if self.text[start:end] != "1" or not self._beside(start, 1):
            return None
        return self.price(start, end, 1)

    def count(self, start: int, end: int, value: float) -> Figure | None:
        """出3000股民: a whole number between an act and records."""
        if value < _FEWEST or value in _YEARS or not float(value).is_integer():
            return None
        if not _OPENS.search(self.text, max(0, start - 4), start):
            return None
        goods = _NAME.match(self.text, end)
        last = self._end_in(end, goods.end()) if goods else None
        if last is None or not is_records(self.goods[last]):
            return None
        return Figure(start, end, "quantity", value)

    def sells_service(self, place: int) -> bool:
        """Whether the goods last named before a place are a service."""
        return self._last(place).startswith("service/")

    def sells_dear(self, place: int) -> bool:
        """Whether the goods last named before a place are sold one by one for much."""
        return self._last(place) in DEAR

    def sells_by_one(self, place: int) -> bool:
        """Whether the goods last named before a place are a service or looked up one by one."""
        return self._last(place).startswith(("service/", "product/lookup_"))

    def sells_data(self, place: int) -> bool:
        """Whether the goods last named before a place are records."""
        return is_records(self._last(place))

    def sells_data_only(self) -> bool:
        """Whether all goods of the text are records, or messages sent in numbers."""
        kinds = set(self.goods.values())
        return bool(kinds) and all(is_records(kind) or kind in IN_NUMBERS for kind in kinds)

    def dear(self, written: str, value: float, end: int) -> bool:
        """Whether a number in thousands is the price of one of the goods, which nobody counts so.

        建行1.2k 工行1.3k of card sets.
        """
        if _SCALES.isdisjoint(written) or not _LEAST_SET * 10 <= value < _MOST_DEAR:
            return False
        first = self.goods[self._ends[0]] if self._ends else ""
        if first not in DEAR or (self._last(end) not in DEAR and "k" not in written):
            return False
        return self.text[end : end + 1] in _SIGNS

    def costs_from(self, value: float, end: int) -> bool:
        """对公8000起: the goods last named are sold one by one, so that nobody orders as many."""
        return (
            _LEAST_SET * 4 <= value < _MOST_DEAR
            and _FROM.match(self.text, end) is not None
            and self._last(end) in DEAR
            and not (self.last and self.last.per == "percent")
        )

    def sums_up(self, left: str) -> bool:
        """Whether a sum (一共六百) is money: a budget, or goods that are counted or never are."""
        if self.counted or _BUDGET.search(left):
            return True
        return bool(self.goods) and set(self.goods.values()) <= DEAR

    def floods(self) -> bool:
        """Whether attacks on servers are sold, of which one says how strong they are."""
        return "service/ddos" in self.goods.values()

    def sells_shares(self) -> bool:
        """Whether all goods of the text are paid for by a share of the sum."""
        kinds = set(self.goods.values())
        return bool(kinds) and kinds <= SHARED

    def moves_money(self, place: int) -> bool:
        """Whether the goods last named before a place move money."""
        return self._last(place) == LAUNDERING

    def _last(self, place: int) -> str:
        end = self._end_in(-1, place)
        return "" if end is None else self.goods[end]

    def _behind_least(self, start: int, value: float) -> bool:
        """1000条起1.2 5000条起1.0"""
        last = self.last
        beside = _BESIDE.fullmatch(self.text, last.end, start) if last else None
        if last is None or beside is None:
            return False
        if last.kind == "tier" and beside["word"]:
            return value < last.value * _MOST_EACH
        if last.kind == "tier" and self.cost and self.cost / 2 <= value < self.cost:
            return True
        dotted = self.text[start + 1 : start + 3].startswith(".") or not float(value).is_integer()
        return dotted and value < _MOST_RECORD and _counts(last)

    def _behind_count(self, start: int, end: int, value: float) -> bool:
        """1k条 300, 8万条 1500: a whole number that closes behind a count of records."""
        last = self.last
        if last is None or last.kind != "quantity" or last.period:
            return False
        plain = int(last.value) in ROUND or (last.value >= _MANY and self.sells_data(start))
        if last.unit not in {"record", "other"} and not (last.unit is None and plain):
            return False
        if value < _LEAST_SET or value in _YEARS or value >= last.value:
            return False
        glued = last.end == start and self.text[end : end + 1] in _SIGNS
        shut = glued or self._shuts(end) or _NEXT_COUNT.match(self.text, end)
        return bool(shut) and not self.text[last.end : start].strip(" :=,")

    def follows_count(self, start: int) -> bool:
        """五千条 2900 一万条 5200: a count of records stands right in front of a number."""
        last = self.last
        return last is not None and _counts(last) and start - last.end < _LEAST_POINTED

    def _goes_on(self, start: int) -> bool:
        """老号80 半年号55 新号30: a price without a sign of money stands right before."""
        last = self.last
        if last is None or last.kind != "price" or last.currency or last.per:
            return False
        return start - last.end < _NEAR and "\n" not in self.text[last.end : start]

    def _beside(self, start: int, value: float) -> bool:
        """流水1 简历0.2 法人0.1: a small whole number among broken ones behind goods."""
        if value > _MOST_RECORD or start not in self.goods:
            return False
        return sum(_BROKEN.match(self.text, end) is not None for end in self._ends) > 1

    def _pair_follows(self, end: int) -> bool:
        """户籍200 开房500: behind the number stand other goods and a number of theirs."""
        match = _NEXT_PAIR.match(self.text, end)
        return (
            match is not None and self._end_in(match.start("label"), match.end("label")) is not None
        )

    def _alone(self, start: int, end: int, value: float) -> Figure | None:
        """京东面单,含地址,0.5: a broken number that fills a part behind the goods."""
        broken = not float(value).is_integer() and value < _MOST_EACH
        if not broken or not self.sells_data(start) or not self._shuts(end):
            return None
        return Figure(start, end, "price", value)

    def _label(self, start: int) -> str:
        before = self.text[max(0, start - _REACH) : start]
        parts = list(_PARTS.finditer(before.rstrip(" \t|丨")))
        line = before.rfind("\n") + 1
        cut = parts[-1].end() if parts else 0
        if parts and parts[-1][0] in "|丨\t" and not before[cut:].strip(_POINTERS):
            cut = parts[-2].end() if len(parts) > 1 else line
        if self._end_in(start - len(before) + cut, start) is None:
            pointer = _POINTER.search(before)
            if pointer and pointer["strong"]:
                cut = line  # 钓鱼页仿制,一比一 —— 1500
        return before[cut:]

    def _end_in(self, first: int, last: int) -> int | None:
        """The last place of goods behind `first` and up to `last`."""
        place = bisect_right(self._ends, last)
        return self._ends[place - 1] if place and self._ends[place - 1] > first else None

    def _kind(self, start: int, size: int) -> str | None:
        end = self._end_in(start - size, start)
        return None if end is None else self.goods[end]

    def _may_close(self, start: int, end: int) -> bool:
        text = self.text
        if start and (text[start - 1].isalpha() and text[start - 1].isascii()):
            return False
        if _DATE.match(text, start):
            return False
        return _CLOSES.match(text, end) is not None or self._version_follows(end)

    def _version_follows(self, end: int) -> bool:
        """简版80详版150: behind a number stand another kind of the goods and its number."""
        return _VERSION_NEXT.match(self.text, end) is not None

    def _list_rows(self) -> frozenset[int]:
        """Places of the numbers of rows of one shape, two at least, where the text names goods."""
        if self._rows is None:
            found = self._rows_of_a_shape()
            self._rows = frozenset(found if len(found) > 1 else [])
        return self._rows

    def _rows_of_a_shape(self) -> list[int]:
        found: list[int] = []
        priced, broken = False, 0
        start = 0
        for end in [*(m.start() for m in _PARTS.finditer(self.text)), len(self.text)]:
            place = self._row(start, end)
            if place is not None:
                found.append(place)
                priced = priced or self._end_in(start, place) is not None
                broken += "." in self.text[place:end]
            start = end + 1
        # 顺丰 2.2, 中通 1.1: names of sources alone, the goods stand elsewhere.
        if priced or (broken > 1 and self.goods):
            return found
        return found if len(found) >= _MANY_ROWS and self._heads_dear(found[0]) else []

    def _heads_dear(self, place: int) -> bool:
        """证件类 above rows of names that no term holds: what is sold one by one is priced."""
        kinds = set(self.goods.values())
        if not self._last(place) or _STOCKED.search(self.text, 0, place):
            return False
        return all(kind in DEAR or kind.startswith(_LOOKED_UP) for kind in kinds)

    def _under_head(self, place: int) -> bool:
        """Whether words in front of a place say what the prices of the list are in or for."""
        if self._headed is None:
            heads = self._heads(self.text)
            self._headed = heads[0].end if heads else len(self.text)
            if heads and self._closes(heads[0]):
                self._headed, self._foot = -1, heads[0].start
            self._says_per = any(head.per for head in heads)
            self._says_share = {head.per for head in heads} == {"percent"}
        return self._headed <= place < self._foot

    def _closes(self, head: Heading) -> bool:
        """股民 260 贷款 310 以上每千条价: whether what prices are for is said behind the goods."""
        if not head.per or not self._ends or self._ends[-1] > head.start:
            return False
        line = self.text.rfind("\n", 0, head.start)
        alone = line > self._ends[-1] and not _OWN_PRICE.search(self.text, line, head.end)
        return head.above or alone

    def headed(self, start: int, end: int, value: float) -> Figure | None:
        """The price of a row below a heading that says what its prices are for."""
        if value >= _MOST or not self._under_head(start) or not self._says_per:
            return None
        if self._says_share and value >= _MOST_EACH:
            return None  # 费率万八
        if self.text.startswith(("起", "以上"), end) and self._follows_price(start):
            return None  # 3分2一条 5万起
        return Figure(start, end, "price", value) if self._is_headed_row(start, end) else None

    def _follows_price(self, start: int) -> bool:
        """Whether a price stands in front of a place on its line."""
        last = self.last
        return last is not None and last.kind == "price" and "\n" not in self.text[last.end : start]

    def _is_headed_row(self, place: int, behind: int) -> bool:
        """Whether the number at a place ends a line that begins with a label."""
        start = self.text.rfind("\n", 0, place) + 1
        if start <= (self._headed or 0):
            inline = _INLINE.search(self.text, max(self._headed or 0, 0), place)
            return inline is not None and _INLINE_END.match(self.text, behind) is not None
        if place - start > _LONGEST_ROW:
            return False
        stop = self.text.find("\n", place)
        end = stop if stop >= 0 else len(self.text)
        label = self.text[start:place].rstrip(_POINTERS)
        if not (_ROW_END.match(self.text, behind, end) and _LABEL.search(label)):
            return False
        if period_before(self.text, place, start)[1]:
            return False  # 每天4万
        return not (_NO_LABEL.search(label) or label[-1:].isdigit())

    def _row(self, start: int, end: int) -> int | None:
        """Where the number of a part stands that is a label and a number."""
        if end - start > _LONGEST_ROW:
            return None
        if numbered := _NUMBERED.match(self.text, start, end):
            start = numbered.end()
        first = _FIRST_DIGIT.search(self.text, start, end)
        if first is None or not _ROW.match(self.text, first.start(), end):
            return None
        label = self.text[start : first.start()].rstrip(_POINTERS)
        return first.start() if _LABEL.search(label) and not _NO_LABEL.search(label) else None


def _counts(figure: Figure) -> bool:
    if figure.kind == "quantity":
        return figure.unit == "record" and figure.period is None
    return figure.kind in {"least", "tier", "span"}


def _fits(value: float, kind: str, *, pointed: bool) -> bool:
    if not float(value).is_integer():
        return value < _MOST_EACH
    if is_records(kind):
        return pointed and value <= _MOST_RECORD
    if value in _YEARS:
        return pointed
    return value >= (_LEAST_POINTED if pointed else _LEAST_SET)
