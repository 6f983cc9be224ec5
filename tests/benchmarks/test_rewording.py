"""Amounts of an annotated message written in other words."""

from benchmarks.gold import Item, Message
from benchmarks.rewording import reworded
from benchmarks.rewordings.words import changes

_TEXT = "股民 0.5元一条 500条起 现货3万条"
_PRICE = Item("prices", (0.5, "CNY", "record", 500), (3, 9))
_STOCK = Item("quantities", (30000, "record", None), (16, 21))
_MESSAGE = Message("1", (), _TEXT, ((Item("products", ("x",), (0, 2)), _PRICE, _STOCK),))


def _texts() -> dict[str, str]:
    made = {f"{kind} {name}": reworded(_MESSAGE, change) for kind, name, change in changes()}
    return {name: one.text for name, one in made.items() if one}


def test_each_change_touches_what_it_is_named_for() -> None:
    texts = _texts()
    assert texts["CNY 六毛五"] == "股民 五毛一条 500条起 现货3万条"
    assert texts["CNY ¥0.6"] == "股民 ¥0.5一条 500条起 现货3万条"
    assert texts["count 30,000"] == "股民 0.5元一条 500条起 现货30,000条"
    assert texts["for one /U"] == "股民 0.5元/条 500条起 现货3万条"
    assert texts["between ⏎"] == "股民\n0.5元一条 500条起 现货3万条"
    assert texts["order price, goods"] == "0.5元一条 股民 500条起 现货3万条"
    assert texts["lead word 只要"] == "股民 只要0.5元一条 500条起 现货3万条"
    assert texts["stock 还剩"] == "股民 0.5元一条 500条起 还剩3万条"
    assert texts["least 最低NU"] == "股民 0.5元一条 最低500条 现货3万条"
    assert texts["signs, prices (Q)"] == "股民 (0.5元一条) 500条起 现货3万条"


def test_a_change_that_cannot_be_made_makes_nothing() -> None:
    assert not any(name.startswith(("USD", "daily", "lead word price")) for name in _texts())


def test_what_the_amounts_were_and_are() -> None:
    change = next(made for kind, name, made in changes() if (kind, name) == ("CNY", "¥0.6"))
    made = reworded(_MESSAGE, change)
    assert made
    assert made.were == made.now == (("prices", _PRICE.key),)
