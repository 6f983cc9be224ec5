"""The kinds of goods, and how prices and quantities are written."""

import csv

from msgspec import Struct

from benchmarks.worlds.grammar import read
from demo.rng import Rng

YUAN_A_USDT = 7.1


class Goods(Struct, frozen=True):
    """A kind of goods: product code, trade words, usual price in yuan a unit, usual lots."""

    product: str
    words: dict[str, tuple[str, ...]]
    price: float
    units: dict[str, str]
    lots: tuple[int, ...]


def _row(row: dict[str, str]) -> Goods:
    return Goods(
        product=row["product"],
        words={"zh": tuple(row["zh"].split(",")), "en": tuple(row["en"].split(","))},
        price=float(row["price"]),
        units={"zh": row["unit_zh"], "en": row["unit_en"]},
        lots=tuple(map(int, row["lots"].split(","))),
    )


GOODS = {
    row["product"]: _row(row)
    for row in csv.DictReader(read("goods.tsv").splitlines(), delimiter="\t")
}


def priced(value: float) -> float:
    """A price as people round it: two figures."""
    return float(f"{value:.2g}")


def price_text(value: float, goods: Goods, language: str, rng: Rng) -> str:
    """A price in yuan a unit, as a writer of the language puts it."""
    if language == "en":
        usd = f"{priced(value / YUAN_A_USDT):g}"
        forms = (f"${usd}", f"{usd} usdt each", f"{usd}$ per {goods.units['en'].rstrip('s')}")
        return rng.pick(forms)
    unit, yuan = goods.units["zh"], f"{value:g}"
    written = (f"{yuan}一{unit}", f"{yuan}元/{unit}", f"{yuan}/{unit}", f"{yuan}块", f"{yuan}r")
    if value < 1 and rng.chance(50):
        return f"{priced(value * 10):g}毛{rng.pick(('', '一' + unit))}"
    if value >= 1 and rng.chance(20):
        return f"{priced(value / YUAN_A_USDT):g}U一{unit}"
    return rng.pick(written)


def quantity_text(count: int, goods: Goods, language: str, rng: Rng) -> str:
    """A quantity, as a writer of the language puts it."""
    short = f"{count // 1000}k" if count >= 1000 and count % 1000 == 0 else str(count)
    if language == "en":
        return rng.pick((short, f"{short} {goods.units['en']}", f"{count}"))
    unit = goods.units["zh"]
    forms = [short, f"{count}", f"{count}{unit}"]
    if count >= 10000 and count % 10000 == 0:
        forms += [f"{count // 10000}w", f"{count // 10000}万{unit}", f"{count // 10000}万"]
    return rng.pick(forms)
