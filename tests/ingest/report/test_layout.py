"""Text broken for a page is read as its sentences, and spans stay in the file's text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract.report.layout import Layout
from tests.ingest.report.conftest import Reader
from tests.ingest.report.kinds import events, listings, roles

PAGED = """Review of the Trade in Data                                  Q3 2022

Between July and September 2022 our team recorded 1,204 posts that adver-
tised personal data, down from 1,377 in the second quarter.¹ Most of them
appeared on the forum Dark Lantern (暗灯论坛), where a Chinese-
language seller named "moss" offered 300,000 bank customer records for
1,500 USDT on 4 August 2022. On 12 September
2022, police in Wuhan arrested three brokers of Lanhai Data
Ltd. and seized its servers. Brokers, as in earlier quarters, buy lists

                                   - 3 -
Review of the Trade in Data                                  Q3 2022

from insiders and resell them.

1 The count excludes duplicates.
"""
CHINESE = """第一季度,我们共监测到涉及个人信息买卖的帖子1,204条,其中论坛“暗灯”
上的帖子占71%。2022年9月12日,武汉警方抓获蓝海数据有限公司三
名员工。中间商从内鬼手中低价收购数据,再转卖给下
游诈骗团伙。
"""
PIECES = st.sampled_from(
    ["A word ", "adver-\n", "tised ", "\n", "\n\n", "- 3 -\n", "Page 4 of 9\n", "¹", "[2]", " 12 ",
     "Head of a page\n", "数据", "。\n", "12. ", "|", "   ", "\f", "1 Note.\n"]
)  # fmt: skip


def test_lines_broken_inside_sentences_are_joined(read: Reader) -> None:
    found = read(PAGED)
    (listing,) = listings(found)
    assert (listing.date, listing.quantities[0].value) == ("2022-08-04", 300_000)
    assert PAGED[slice(*listing.products[0].span)] == listing.products[0].quote
    happened = {(event.measure, event.date) for event in events(found)}
    assert happened == {("apprehended", "2022-09-12"), ("operations_seized", "2022-09-12")}
    assert any("from insiders and resell them" in says for _, says in roles(found))


def test_chinese_lines_join_without_a_space(read: Reader) -> None:
    found = read(CHINESE)
    assert [(event.measure, event.date) for event in events(found)] == [
        ("apprehended", "2022-09-12")
    ]
    assert [role for role, _ in roles(found)] == ["middleman"]


def test_words_parted_at_the_line_end_are_whole() -> None:
    read = Layout(PAGED).read
    assert "advertised personal data" in read
    assert "Chinese-language seller" in read
    assert "quarter. Most" in read
    assert "- 3 -" not in read


def test_lists_and_tables_keep_their_lines() -> None:
    text = (
        "Goods       Price\nlabels      2\nleads       3\n\n- one thing that is long enough here\n"
    )
    assert Layout(text).read == text


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_character_read_stands_in_the_file(text: str) -> None:
    layout = Layout(text)
    for place, char in enumerate(layout.read):
        written = text[layout.place(place)]
        assert written == char or (char == " " and written.isspace())
