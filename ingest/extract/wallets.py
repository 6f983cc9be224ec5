"""Wallet addresses in text as written (case matters), each checked by its checksum."""

import re
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import base58

from ingest.extract.keccak import keccak256

_BASE58: Final = "1-9A-HJ-NP-Za-km-z"
_FREE: Final = r"(?<![A-Za-z0-9▮])"
_END: Final = r"(?![A-Za-z0-9▮])"
_ADDRESS: Final = re.compile(
    rf"{_FREE}(?:(?P<eth>0x[0-9a-fA-F]{{40}})|(?P<bech>(?:bc1|BC1)[02-9ac-hj-np-zAC-HJ-NP-Z]{{11,71}})"
    rf"|(?P<xmr>[48][{_BASE58}]{{94}})|(?P<trx>T[{_BASE58}]{{33}})|(?P<btc>[13][{_BASE58}]{{25,34}})){_END}"
)
_RUN: Final = re.compile("[A-Za-z0-9]{14}")
"""Every address holds so long a run; the other texts end here."""
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR: Final = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_BECH32M: Final = 0x2BC830A3
_SHORTEST: Final = 14
_XMR_BYTES: Final = 69
_XMR_BLOCKS: Final = {11: 8, 7: 5}


class Wallet(NamedTuple):
    """An address in text as written; the span counts there."""

    kind: str
    value: str
    start: int
    end: int


def find_wallets(text: str) -> Iterator[Wallet]:
    """Wallets of BTC, ETH, TRX and XMR whose checksum holds."""
    if len(text) < _SHORTEST or not _RUN.search(text):
        return
    for match in _ADDRESS.finditer(text):
        kind = match.lastgroup or ""
        value = match[0]
        if _CHECKS[kind](value):
            name = "btc" if kind == "bech" else kind
            shown = value.lower() if kind in {"bech", "eth"} else value
            yield Wallet(name, shown, *match.span())


def _base58check(versions: frozenset[int]) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        try:
            content = base58.b58decode_check(value)
        except ValueError:
            return False
        return len(content) == 21 and content[0] in versions

    return check


def is_bech32_address(value: str) -> bool:
    """BIP 173 (version 0) and BIP 350 (versions 1 to 16) addresses of Bitcoin's main net."""
    if value not in {value.lower(), value.upper()} or len(value) > 90:
        return False
    symbols = [_BECH32.find(char) for char in value.lower()[3:]]
    if min(symbols) < 0 or len(symbols) < 8:
        return False
    wanted = 1 if symbols[0] == 0 else _BECH32M
    if _polymod([3, 3, 0, 2, 3, *symbols]) != wanted:
        return False
    program = _program(symbols[1:-6])
    if program is None or not 2 <= len(program) <= 40 or symbols[0] > 16:
        return False
    return symbols[0] != 0 or len(program) in {20, 32}


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATOR):
            if top >> place & 1:
                check ^= generator
    return check


def _program(symbols: list[int]) -> bytes | None:
    bits = 5 * len(symbols)
    number = 0
    for symbol in symbols:
        number = number << 5 | symbol
    spare = bits % 8
    if spare > 4 or number & ((1 << spare) - 1):
        return None
    return (number >> spare).to_bytes(bits // 8)


def is_eth_address(value: str) -> bool:
    """EIP-55, asked only where the case is mixed."""
    digits = value[2:]
    if digits in {digits.lower(), digits.upper()}:
        return True
    hashed = keccak256(digits.lower().encode()).hex()
    return all(
        char.isdigit() or char.isupper() == (int(nibble, 16) >= 8)
        for char, nibble in zip(digits, hashed, strict=False)
    )


def is_xmr_address(value: str) -> bool:
    """A standard address or subaddress of Monero's main net: block base58 and Keccak check."""
    content = bytearray()
    for start in range(0, len(value), 11):
        block = value[start : start + 11]
        number = 0
        for char in block:
            number = number * 58 + base58.BITCOIN_ALPHABET.index(char.encode())
        size = _XMR_BLOCKS.get(len(block), 0)
        if number >> (8 * size):
            return False
        content += number.to_bytes(size)
    body, check = bytes(content[:-4]), bytes(content[-4:])
    return len(content) == _XMR_BYTES and body[0] in {18, 42} and keccak256(body)[:4] == check


_CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "btc": _base58check(frozenset({0, 5})),
    "trx": _base58check(frozenset({0x41})),
    "bech": is_bech32_address,
    "eth": is_eth_address,
    "xmr": is_xmr_address,
}
