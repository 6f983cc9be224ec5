"""`brokers --identities`: whom a ranking counts as one, on the demo case."""

from pathlib import Path

import pytest

from tests.commands.test_explore import Asker


@pytest.fixture
def ask(demo_case: Path, state: str) -> Asker:
    return Asker(demo_case, state)


@pytest.mark.parametrize("how", ["accounts", "decided", "candidates"])
def test_each_way_ranks(how: str, ask: Asker) -> None:
    assert ask("brokers", "--top", "2", "--identities", how)[0]["rank"] == 1


def test_another_way_is_refused_with_those_there_are(ask: Asker) -> None:
    assert "decided" in ask.fails(2, "brokers", "--identities", "all")["hint"]
