"""Glosses: the longest sure term at each place."""

from graph.report.gloss import Gloss
from ingest.lexicon.load import load_lexicon


def test_terms_of_the_trade_are_told_in_english() -> None:
    gloss = Gloss(load_lexicon())
    found = gloss.of("出 股民料 联通抓取 0.5元一条, 四件套")
    assert found["股民料"] == "stock leads"
    assert "股民" not in found
    assert next(iter(found)) == "股民料"


def test_english_and_empty_text_has_no_gloss() -> None:
    gloss = Gloss(load_lexicon())
    assert gloss.of("stock leads for sale") == {}
    assert gloss.of("") == {}
