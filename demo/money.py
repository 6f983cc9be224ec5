"""Prices and quantities as people write them."""

from demo.goods import GOODS, Goods
from demo.rng import Rng

_DIGITS = "零一两三四五六七八九"
# Per cent of the listed price by month of the six months in Telegram: first dearer, then cheaper.
_DRIFT = {"10": 100, "11": 105, "12": 112, "01": 118, "02": 108, "03": 95, "08": 97, "09": 99}
# What is not sold by the record, as written.
_WHOLE = {
    "smsserver": ("4万5一套", "45000一套 包安装", "四万二"),
    "premium": ("22万一个号", "号段月租1万8", "分成四六"),
    "hosts": ("50元100台", "5毛一台", "一百台四十"),
    "simfarm": ("2600一台", "两千六", "16口2500"),
    "ddos": ("100元一天", "80一小时", "包月3000"),
    "rat": ("300一套", "五百包更新", "280"),
    "laundry": ("点位3.5", "接回2个点", "费率面议"),
    "kits": ("2800一套", "三千二", "450U一套"),
    "traffic": ("60一个", "8U一个粉", "五十五"),
    "site": ("3000U一套", "2500U包搭建", "月租800U"),
    "accounts": ("12U一个", "老号15U", "10U起"),
}


def _words(fen: int) -> str:
    kuai, mao, rest = fen // 100, fen // 10 % 10, fen % 10
    if kuai:
        return f"{_DIGITS[kuai]}块{_DIGITS[mao] if mao else ''}"
    if mao:
        return f"{_DIGITS[mao]}毛{_DIGITS[rest] if rest else ''}"
    return f"{_DIGITS[rest]}分"


def price(goods: Goods, day: str, rng: Rng, percent: int = 100) -> str:
    """A price on an ISO day, in one of the ways of writing."""
    if goods.key in _WHOLE:
        return rng.pick(_WHOLE[goods.key])
    fen = max(goods.fen * _DRIFT.get(day[5:7], 100) * percent // 10000, 1)
    if goods.key in ("usleads", "crypto"):
        return rng.pick(
            (f"${fen / 100:.2f} per record", f"{fen} cents a row", f"${fen * 10} per 1k")
        )
    if fen >= 100:
        fen -= fen % 10
    style = rng.below(4)
    if style == 0:
        return _words(fen)
    if style == 1:
        return f"{fen / 720:.2f}U"
    return f"{fen / 100:g}元" if fen >= 10 else f"{fen}分"


def amount(rng: Rng) -> int:
    """A round sum of a deal."""
    return rng.pick((300, 450, 600, 800, 1200, 1500, 2000, 2600, 3000, 5000))


def quantity(goods_key: str, rng: Rng) -> str:
    """How many somebody wants."""
    if goods_key in ("usleads", "crypto"):
        return rng.pick(("10k", "20k", "50k", "25,000 rows", "100k"))
    if goods_key == "hosts":
        return rng.pick(("200台", "500台", "一千台"))
    if GOODS[goods_key].fen == 0:
        return rng.pick(("一", "两", "1", "2", "3")) + GOODS[goods_key].unit
    if goods_key == "smsspam":
        return rng.pick(("10万条", "5万条", "20w", "30万"))
    number = rng.pick(("500", "1000", "2000", "3000", "5000", "1w", "两千", "8000"))
    return number + ("条" if rng.chance(55) else "")
