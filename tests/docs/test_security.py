"""Each promise of the security page names a test that is there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE)))


def test_promises_name_tests() -> None:
    promises = PAGE.split("## What is promised")[1].split("## What is not promised")[0]
    bullets = [each for each in promises.split("\n- ")[1:] if "hashed and counted" not in each]
    assert len(bullets) > 12
    assert all("::test_" in each for each in bullets)


@pytest.mark.parametrize(("module", "name"), NAMED, ids=[name for _, name in NAMED])
def test_it_is_there(module: str, name: str) -> None:
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
