import pytest

from evidence.errors import InputError
from ingest.lexicon import load_lexicon
from ingest.lexicon.composed import composed
from ingest.lexicon.load import packaged_rows

ROWS = (
    ("what", "zh", "-", "机主|话单", "M"),
    ("look", "zh", "-", "查|代查", "M"),
    ("product/lookup_comms", "zh", "y", "{look}{what}", "M"),
    ("product/lookup_comms", "zh", "n", "报号吐{what}", "M"),
)
MOST = 80_000
"""So many composed terms may be there: each costs time when a process starts."""


def test_a_template_takes_each_word_of_its_lists() -> None:
    terms = [each.term for each in composed(ROWS)]
    assert terms == ["查机主", "查话单", "代查机主", "代查话单", "报号吐机主", "报号吐话单"]


def test_a_term_says_what_it_means_and_where_it_is_from() -> None:
    first, *_, last = composed(ROWS)
    assert (first.sense.category, first.sense.canonical) == ("data_product", "product/lookup_comms")
    assert first.sense.ambiguous
    assert not last.sense.ambiguous
    assert (first.row, last.row) == (2, 3)


def test_a_list_that_is_missing_is_named() -> None:
    with pytest.raises(InputError, match="nobody"):
        list(composed([("product/travel", "zh", "y", "{nobody}单", "M")]))


def test_packaged_rows_compose_goods_that_the_lexicon_knows() -> None:
    known = {row[3] for name in ("lexicon", "additions") for row in packaged_rows(name)}
    found = list(composed(packaged_rows("composed")))
    assert {each.sense.canonical for each in found} <= known
    assert all(each.term.strip() and "|" not in each.term for each in found)
    assert len(found) < MOST


def test_a_stated_term_is_not_composed_anew() -> None:
    stated = {row[0].lower(): row[3] for row in packaged_rows("lexicon")}
    terms = load_lexicon().terms
    shared = [each for each in composed(packaged_rows("composed")) if each.term in stated]
    assert all(stated[each.term] in {s.canonical for s in terms[each.term]} for each in shared)
