"""The worked line of the model page, key for key."""

import json
from pathlib import Path

import msgspec

from tests.ingest.extract.reading import only

_WORKED = Path(__file__).parents[2] / "data" / "worked_line.json"


def test_the_worked_line_comes_out_exactly() -> None:
    wanted = json.loads(_WORKED.read_text("utf-8"))
    got = json.loads(msgspec.json.encode(only(wanted["text"])))
    assert got == wanted
    assert list(got) == list(wanted)
