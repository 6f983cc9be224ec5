"""Things with a place, looked for in stretches of a text."""

import random

import pytest

from ingest.extract.spans import Span, within
from ingest.extract.tokens import Token


def _tokens(chance: random.Random, often: int) -> list[Token]:
    starts = sorted(chance.randrange(60) for _ in range(often))
    return sorted(Token(s, s + chance.randint(1, 6), "product", "x", False) for s in starts)


@pytest.mark.parametrize("often", [0, 1, 3, 8, 9, 40])
def test_few_and_many_are_found_alike(often: int) -> None:
    chance = random.Random(often)
    for _ in range(50):
        tokens = _tokens(chance, often)
        first = chance.randrange(60)
        ranges: list[Span] = [(first, first + chance.randrange(20)), (0, 70)]
        plain = [
            token
            for start, end in ranges
            for token in tokens
            if start <= token.start < end and token.end <= end
        ]
        assert within(tokens, ranges) == plain
