"""Pattern files: what is read, and how a bad line is told."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from evidence.errors import InputError
from ingest.extract.patterns.load import load_patterns
from ingest.lexicon import load_lexicon
from tests.ingest.extract.patterns.writing import RADAR, write

_GOOD = "product/stock_leads"
_PLACE = [{"LOWER": "雷达"}]


def test_patterns_keep_their_place_and_source(tmp_path: Path) -> None:
    phrase = {"label": "product/loan_leads", "pattern": "ＢＬＵＥ 蓝莓"}
    folder = write(tmp_path / "p", RADAR, "", phrase)
    first, second = load_patterns([folder], load_lexicon()).patterns
    assert (first.id, first.file, first.line, first.source) == ("radar", "own.jsonl", 1, "invented")
    assert (second.id, second.line, second.phrase) == ("own.jsonl:3", 3, "blue 蓝莓")
    assert not first.lettered


def test_the_version_follows_every_byte_and_no_name(tmp_path: Path) -> None:
    lexicon = load_lexicon()
    assert load_patterns([tmp_path], lexicon).version == ""
    one = load_patterns([write(tmp_path / "a", RADAR)], lexicon).version
    assert load_patterns([write(tmp_path / "b", RADAR, name="other.jsonl")], lexicon).version == one
    assert load_patterns([write(tmp_path / "a", RADAR, "")], lexicon).version != one


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("{", "truncated"),
        ("[" * 100_000, "nested too deep"),
        ("[]", "a line is an object"),
        ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "malformed"),
        ({"label": _GOOD}, "pattern is a text or a list"),
        ({"label": _GOOD, "pattern": []}, "pattern is a text or a list"),
        ({"label": _GOOD, "pattern": "料"}, "at least two characters"),
        ({"label": 7, "pattern": _PLACE}, "label is a canonical"),
        ({"label": "product/stock_lead", "pattern": _PLACE}, "did you mean product/stock_leads?"),
        ({"label": "wallet/x", "pattern": _PLACE}, "starts with none of"),
        ({"label": "role/boss", "pattern": _PLACE}, "needs a phrase"),
        ({"label": _GOOD, "pattern": _PLACE, "lable": "x"}, "'lable' is none of"),
        ({"label": _GOOD, "pattern": ["x"]}, "each place is an object"),
        ({"label": _GOOD, "pattern": [{"POS": "NOUN"}]}, "'POS' is none of"),
        ({"label": _GOOD, "pattern": [{"ENT_TYPE": "GOODS"}]}, "'GOODS' is none of"),
        ({"label": _GOOD, "pattern": [{"LOWER": {"REGEX": "(a+)+$"}}]}, "IN"),
        ({"label": _GOOD, "pattern": [{"LOWER": {"IN": []}}]}, "hold a list of texts"),
        ({"label": _GOOD, "pattern": [{"LOWER": " "}]}, "a word is empty"),
        ({"label": _GOOD, "pattern": [{"LOWER": "a", "TEXT": "a"}]}, "mean the same"),
        ({"label": _GOOD, "pattern": [{"LOWER": "a", "OP": "!"}]}, "use NOT_IN"),
        ({"label": _GOOD, "pattern": [{"LOWER": "a", "OP": "{3,1}"}]}, "the smaller number first"),
        ({"label": _GOOD, "pattern": [{"LOWER": "a", "OP": "{,}"}]}, "is none of"),
        ({"label": _GOOD, "pattern": [{"LOWER": "a", "OP": []}]}, "is none of"),
        ({"label": _GOOD, "pattern": [{}, {"ENT_TYPE": "GAP"}]}, "has to name"),
        ({"label": _GOOD, "pattern": [{"LOWER": "a", "OP": "?"}]}, "has to name"),
        ({"label": _GOOD, "pattern": _PLACE * 25}, "at most 24 places"),
        ({"label": _GOOD, "pattern": [*_PLACE, *[{"OP": "*"}] * 4]}, "ways"),
        ({"label": _GOOD, "pattern": _PLACE, "id": 7}, "id and source are texts"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, row: Any, why: str) -> None:
    folder = write(tmp_path / "p", RADAR, row)
    with pytest.raises(InputError) as caught:
        load_patterns([folder], load_lexicon())
    assert why in caught.value.message
    assert len(caught.value.message) < 400
    assert caught.value.where == {"file": "own.jsonl", "line": 2}


def test_an_id_stands_once(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", RADAR, {**RADAR, "pattern": "雷达包"})
    with pytest.raises(InputError, match=r"stands in own\.jsonl, line 1 too"):
        load_patterns([folder], load_lexicon())


def test_what_is_no_plain_file_is_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(InputError, match=r"pipe\.jsonl"):
        load_patterns([tmp_path], load_lexicon())


def test_hidden_files_and_others_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "{", name="._own.jsonl")
    write(tmp_path, "no pattern", name="README.md")
    assert load_patterns([tmp_path], load_lexicon()).patterns == ()


def test_a_byte_order_mark_and_windows_lines_do_no_harm(tmp_path: Path) -> None:
    line = json.dumps(RADAR, ensure_ascii=False).encode()
    (tmp_path / "own.jsonl").write_bytes(b"\xef\xbb\xbf" + line + b"\r\n\r\n")
    assert len(load_patterns([tmp_path], load_lexicon()).patterns) == 1
