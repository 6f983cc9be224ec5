"""The closed sets of codes that a record's values are made of."""

from typing import Final, Literal, get_args

from phonenumbers import SUPPORTED_REGIONS

from ingest.records import Owner, SourceKind, Unit

Period = Literal["day", "week", "month"]


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CURRENCIES: Final = _codes(
    "CNY USD EUR GBP HKD TWD MOP JPY KRW SGD MYR THB PHP VND IDR INR KHR MMK LAK AED RUB UAH TRY"
    " AUD CAD NZD CHF BRL MXN NGN ZAR PLN SEK NOK DKK CZK HUF ILS SAR QAR KZT PKR BDT LKR"
    " USDT BTC ETH TRX XMR LTC forum_coin"
)
PER: Final = _codes(
    "record query total unit day week month year hour thousand ten_thousand percent"
)
CONTACT_KINDS: Final = _codes(
    "telegram qq qq_group wechat batchat potato safew wickr jabber session signal whatsapp discord"
    " email phone url onion btc eth trx xmr"
)
FIELDS: Final = _codes(
    "name phone identity_number address email account password balance transactions location"
    " call_records messages browsing device photo biometrics health education employer vehicle"
    " property family order other"
)
REGIONS: Final = tuple(sorted({*SUPPORTED_REGIONS, "SEA"}))
UNITS: Final[tuple[str, ...]] = get_args(Unit)
PERIODS: Final[tuple[str, ...]] = get_args(Period)
OWNERS: Final[tuple[str, ...]] = get_args(Owner)
SOURCE_KINDS: Final[tuple[str, ...]] = get_args(SourceKind)
