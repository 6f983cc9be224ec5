from pathlib import Path

from graph.analysis.goods import goods_names, plain_name, trade_words
from ingest.records import Listing, ProductRef
from tests.graph.filling import filling


def listing(*products: tuple[str, str]) -> Listing:
    return Listing(
        post="1",
        listing=0,
        text="",
        lang="zh",
        voice="own",
        polarity="offer",
        confidence=0.9,
        products=tuple(ProductRef(id_, quote, (0, 1)) for id_, quote in products),
    )


def test_goods_are_called_by_the_words_of_the_listings_the_usual_one_first(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        words = ["股民料", "股民", "股民", "GM", "gp", "股民\n料"]
        named = [
            filled.listing(
                filled.say(str(n), "x", n), record=listing(("product/stock_leads", word))
            )
            for n, word in enumerate(words)
        ]
        other = filled.listing(filled.say("z", "x", 99), record=listing(("service/ddos", "打d")))
        found = goods_names(filled.archive, [*named, other, named[0], "listing:none"])
    assert found == {
        "product:stock_leads": "stock leads (股民, GM, gp)",
        "service:ddos": "ddos (打d)",
    }


def test_without_listings_there_are_no_words(tmp_path: Path) -> None:
    with filling(tmp_path) as filled:
        assert goods_names(filled.archive, []) == trade_words(filled.archive, []) == {}
    assert plain_name("product:stock_leads") == "stock leads"
