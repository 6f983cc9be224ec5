"""What a cheap look lets out is what the whole look would not find either."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.headings import _SAYS
from ingest.extract.other_times import _news, _other_days, _supposed, elsewhere_in_time
from ingest.extract.scene import Scene
from ingest.extract.told import Words
from ingest.extract.undecided import _elsewhere
from ingest.extract.units import _lines
from ingest.records import Text
from tests.ingest.extract.reading import rules

SIGNS = (
    *("股民", "网贷", "查档", "肉鸡/台", "以前", "做", "现在", "只", "要是", "新闻", "被抓"),
    *("报价", "价目", "每条", "单价", "0.5", "8毛", "元", "收", "出", "usd", "per", "/", ":"),
    *("(", ")", ",", "。", " ", "\n", "price list", "sold", "used to", "now", "@demo_gate"),
)
TEXTS = st.lists(st.sampled_from(SIGNS), max_size=14).map("".join)


def _scene(text: str) -> Scene:
    normal, hits = rules().views.view(text)
    return Scene(Text("1", text), normal, hits, rules())


@given(st.text(alphabet="a \t\n股\u3000", max_size=12))
def test_lines_are_those_that_say_anything(text: str) -> None:
    said = [line for line in text.split("\n") if line.strip()]
    assert [text[start:end] for start, end in _lines(text)] == said


@given(TEXTS)
def test_other_times_are_told_of_where_a_word_for_one_may_stand(text: str) -> None:
    scene = _scene(text)
    words = Words(scene.text, scene.tokens, scene.contacts, scene.figures, scene.kinds)
    every = [*_other_days(words), *_supposed(words), *_news(words)]
    assert list(elsewhere_in_time(words)) == every


@given(TEXTS)
def test_headings_stand_where_words_of_one_may(text: str) -> None:
    assert _SAYS.may_stand_in(text) or not _SAYS.pattern.search(text)
    goods = list(rules().money._heads._goods.finditer(text))
    assert not goods or ("/" in text and "\n" in text)


@given(TEXTS)
def test_another_service_is_named_where_there_is_one(text: str) -> None:
    scene = _scene(text)
    products = [token for token in scene.tokens if token.kind == "product"]
    found = [_elsewhere(scene, figure, products) for figure in scene.figures]
    scene.kinds = scene.kinds | {"service"}
    assert [_elsewhere(scene, figure, products) for figure in scene.figures] == found
