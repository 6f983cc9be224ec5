"""Keccak-256 as Ethereum uses it (the padding before SHA-3 was fixed), for short messages."""

from typing import Final

_MASK: Final = (1 << 64) - 1
_RATE: Final = 136
"""Bytes absorbed at a time: (1600 - 2 * 256) / 8."""


def _round_constants() -> tuple[int, ...]:
    # The linear feedback shift register of FIPS 202, 3.2.5.
    constants, state = [], 1
    for _ in range(24):
        value = 0
        for place in range(7):
            if state & 1:
                value |= 1 << ((1 << place) - 1)
            state = (state << 1) ^ (0x171 if state & 0x80 else 0)
        constants.append(value)
    return tuple(constants)


_CONSTANTS: Final = _round_constants()


def _turn(value: int, by: int) -> int:
    by %= 64
    return ((value << by) | (value >> (64 - by))) & _MASK if by else value


def _permute(lanes: list[list[int]]) -> None:
    for constant in _CONSTANTS:
        column = [
            lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4] for x in range(5)
        ]
        mix = [column[(x + 4) % 5] ^ _turn(column[(x + 1) % 5], 1) for x in range(5)]
        for x in range(5):
            for y in range(5):
                lanes[x][y] ^= mix[x]
        x, y, current = 1, 0, lanes[1][0]
        for step in range(24):
            x, y = y, (2 * x + 3 * y) % 5
            current, lanes[x][y] = lanes[x][y], _turn(current, (step + 1) * (step + 2) // 2)
        for y in range(5):
            row = [lanes[x][y] for x in range(5)]
            for x in range(5):
                lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5])
        lanes[0][0] ^= constant


def keccak256(message: bytes) -> bytes:
    """The 32 bytes of Keccak-256 of a message."""
    padded = bytearray(message) + b"\x01" + b"\x00" * (-(len(message) + 1) % _RATE)
    padded[-1] |= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for block in range(0, len(padded), _RATE):
        for number in range(_RATE // 8):
            start = block + 8 * number
            lanes[number % 5][number // 5] ^= int.from_bytes(padded[start : start + 8], "little")
        _permute(lanes)
    return b"".join(lanes[n % 5][n // 5].to_bytes(8, "little") for n in range(4))
