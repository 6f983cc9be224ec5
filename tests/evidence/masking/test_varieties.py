"""Invented texts of many kinds: `[[planted]]` goes, `{{kept}}` stays, the rest is left open."""

import re
from pathlib import Path

import pytest

from evidence.masking import MASK, mask

_MARKED = re.compile(r"(\[\[.*?\]\]+|\{\{.*?\}\})", re.DOTALL)
_UNICODE = re.compile(r"\\u([0-9a-f]{4})")
LINES = [
    line
    for line in (Path(__file__).parent / "varieties.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def spans(line: str) -> tuple[str, list[tuple[bool, int, int]]]:
    """The text without marks; whether a span is planted, its start and end."""
    line = _UNICODE.sub(lambda found: chr(int(found[1], 16)), line)
    text, found = "", []
    for part in _MARKED.split(line.replace("\\n", "\n").replace("\\t", "\t")):
        marked = part.startswith(("[[", "{{"))
        value = part[2:-2] if marked else part
        if marked:
            found.append((part.startswith("[["), len(text), len(text) + len(value)))
        text += value
    return text, found


@pytest.mark.parametrize("line", LINES)
def test_planted_values_go_and_others_stay(line: str) -> None:
    text, marked = spans(line)
    masked = mask(text).text
    assert len(masked) == len(text)
    assert mask(masked).text == masked
    for planted, start, end in marked:
        left = re.findall(r"[^\W_]+", masked[start:end])
        if planted:
            assert all(len(run) <= 3 and len(run) < end - start for run in left), masked
        else:
            assert masked[start:end] == text[start:end]
    if not any(planted for planted, _, _ in marked):
        assert MASK not in masked
