"""Invented identifiers with valid check digits."""

from evidence.masking.cards import luhn
from evidence.masking.identity import check_character


def identity(region: str = "110101", born: str = "19900307", order: str = "123") -> str:
    """An identity number with a right check character."""
    digits = region + born + order
    return (digits + check_character(digits)).upper()


def card(prefix: str = "622202", length: int = 16) -> str:
    """A card number that passes Luhn's check."""
    body = (prefix + "0123456789012345")[: length - 1]
    return next(body + last for last in "0123456789" if luhn(body + last))


ID = identity()
CARD = card()
PHONE = "13812345678"
OTHER_PHONE = "13912345670"
ADDRESS = "江苏省南京市鼓楼区云杉路12号3幢402室"
