"""What goods are counted by and how they are sold, where no word beside a number says so."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ingest.extract.figure import Figure
from ingest.extract.tokens import Token
from ingest.records import Unit

SOLD_WHOLE: Final = frozenset(
    {"product/card_data", "product/kyc_bundle", "product/credit_report", "product/forced_login"}
)
"""Data that is sold one by one, so that a whole number behind it is a price."""
DEAR: Final = frozenset(
    f"service/{name}"
    for name in [
        "mule_kits",
        "fake_docs",
        "site_build",
        "malware_tools",
        "rat",
        "phishing",
        "ddos",
        "exploit_intrusion",
        "hosting",
        "card_shop",
        "sim_farm",
        "escrow",
        "sms_forwarder",
        "sms_server",
    ]
)
"""Goods and services that are sold one by one."""
LAUNDERING: Final = "service/laundering"
SHARED: Final = frozenset({LAUNDERING, "service/escrow", "service/mule_kits"})
"""What is paid for by a share of the sum."""
IN_NUMBERS: Final = frozenset({"service/sms_spam", "service/imessage_spam"})
"""Messages that are sent in numbers, as records are sold."""
_SERVED: Final = "service/lookup"
_MOST_LOOKED_UP: Final = 2000
"""More than so many are records that were looked up before."""
_ACCOUNTS: Final = re.compile(r"户(?![籍主])|账号|帐号|(?<![a-z])acc(?:ount|t)?s?(?![a-z])")
"""Accounts at a bank, in the name of the goods or behind the number."""


def natural_unit(
    units: Mapping[str, Unit], text: str, figure: Figure, written: str, products: Sequence[Token]
) -> Unit | None:
    """What the goods named nearest are counted in, by the `units` of goods; None if not known."""
    if not products:
        return None
    before = [p for p in products if p.start < figure.end]
    nearest = max(before, key=lambda p: p.end) if before else products[0]
    unit = units.get(nearest.id)
    if unit == "query" and nearest.id != _SERVED and figure.value >= _MOST_LOOKED_UP:
        return "record"
    if unit == "set" and (_ACCOUNTS.search(written) or _ACCOUNTS.search(_name(text, nearest))):
        return "account"
    return unit


def _name(text: str, token: Token) -> str:
    return text[token.start : token.end]


def is_records(goods: str) -> bool:
    """Whether goods are data of which one buys records."""
    if goods.startswith("product/lookup_") or goods in SOLD_WHOLE:
        return False
    return goods.startswith("product/")
