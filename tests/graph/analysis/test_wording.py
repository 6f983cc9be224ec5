"""The table of words of a ranking: whole, the same in both languages, and asked for by key."""

import ast
import re
from pathlib import Path

import pytest

import graph.analysis
from graph.analysis.wording import ENGLISH, LANGS, Wording, table
from graph.build.pieces import CONFIDENCE
from graph.schema import ROLES

FIELD = re.compile(r"\{(\w+)\}")
GROUPS = {
    "by": set(CONFIDENCE),
    "sign": {"words", "listing", "offers", "requests", "between"},
    "basis": {"self_described", "act_derived", "accused", "report", "court", "analyst", "unknown"},
}


def test_each_sentence_takes_the_same_values_in_both_languages() -> None:
    for key, (en, zh) in table().items():
        assert sorted(FIELD.findall(en)) == sorted(FIELD.findall(zh)), key
        assert en, key
        assert zh, key


def test_what_is_chinese_has_chinese_in_it() -> None:
    alike = {"called", "taken.nameless", "taken.who", "taken.beside", "role", "party"}
    for key, (_, zh) in table().items():
        assert key in alike or re.search("[一-鿿]", zh), key


@pytest.mark.parametrize("group", sorted(GROUPS))
def test_every_code_of_a_group_has_words(group: str) -> None:
    missing = {code for code in GROUPS[group] if f"{group}.{code}" not in table()}
    assert not missing


def test_every_key_that_is_asked_for_is_there() -> None:
    asked = set()
    for name in ("cautions", "concerned", "reasons", "explain"):
        source = Path(graph.analysis.__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say":
                asked |= {one.value for one in node.args if isinstance(one, ast.Constant)}
    assert len(asked) > 10
    assert asked <= table().keys()


def test_an_unknown_code_is_shown_as_words_and_an_unknown_key_is_an_error() -> None:
    chinese = Wording("zh")
    assert chinese.known("by", "something_new") == "something new"
    assert chinese.role("middleman") == ROLES["middleman"].zh
    assert (chinese.role("unknown"), chinese.role("new_role")) == ("未知", "new role")
    with pytest.raises(KeyError):
        ENGLISH.say("nothing")
    assert len(LANGS) == 2
