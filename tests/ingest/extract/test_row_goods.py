"""Goods of rows that no term names, beside rows whose goods are known."""

from tests.ingest.extract.reading import listings


def test_platforms_below_accounts_are_accounts() -> None:
    found = listings(
        "stock today @demo_mailbox3\nGmail PVA, 0.12 USD/ea\n"
        "Outlook, 0.05 USD/ea\nYahoo, 0.07 USD/ea"
    )
    ids = [[product.id for product in each.products] for each in found]
    assert ids == [["service/account_sale"]] * 3
    assert [each.products[0].quote for each in found] == ["Gmail PVA", "Outlook", "Yahoo"]


def test_rows_below_a_heading_that_names_the_goods_are_of_it() -> None:
    found = listings("微信老号批发 @demo_hao4\n满月 35元一个\n半年 60元一个")
    assert {product.id for each in found for product in each.products} == {"service/account_sale"}
