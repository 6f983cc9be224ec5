"""Every trick on a known advertisement gives what the plain one gives, innocent prose nothing."""

import unicodedata
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.extract import Rules, extract
from ingest.records import Listing, Text
from ingest.text.normalise import normalise
from tests.growth import times_as_long

PRODUCTS = ["股民料", "网贷数据", "快递面单", "社工库"]
SPLITS = ["-", ".", "*", "_", "~", "🔥", "❤️", "丶", "^"]
TRADITIONAL = str.maketrans("网贷数据单库万条联电", "網貸數據單庫萬條聯電")


def between(sign: str, text: str) -> str:
    return sign.join(text)


def digits(first: int, text: str) -> str:
    return "".join(chr(first + int(c)) if c.isdigit() else c for c in text)


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


WHOLE: dict[str, Callable[[str], str]] = {
    "full width": wide,
    "mathematical": lambda text: digits(0x1D7D8, text),
    "circled": lambda text: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(c)] if c.isdigit() else c for c in text),
    "keycaps": lambda text: "".join(c + "\ufe0f\u20e3" if c.isdigit() else c for c in text),
    "zero width": lambda text: between("\u200b", text),
    "bidirectional": lambda text: between("\u202e", text),
    "struck through": lambda text: between("\u0336", text),
    "traditional": lambda text: text.translate(TRADITIONAL),
}
IDS: dict[str, Callable[[str], str]] = {
    "numerals": lambda text: "".join("零一二三四五六七八九"[int(c)] for c in text),
    "formal numerals": lambda text: "".join("零壹貳叁肆伍陸柒捌玖"[int(c)] for c in text),
    "points": lambda text: between(".", text),
    "spaces": lambda text: between(" ", text),
    "bracketed": lambda text: "".join(chr(0x2473 + int(c)) if c != "0" else "(0)" for c in text),
    "dots of ink": lambda text: between("丶", text),
}
CUES = ["扣扣", "扣 扣", "扣🔥扣", "蔻蔻", "寇扣", "Q-Q", "🇶🇶", "ＱＱ", "企鹅", "企额", "🆀🆀"]
PROSE = [
    "今天天气不错，大家晚上一起吃饭吗",
    "上海 北京 天津 都下雨了，气温12度",
    "他买了一部手机，花了3000元，还送了张卡",
    "选项是 a、b、c，答案在第 12 页",
    "the meeting is at 10:30 on 2024-05-06, see you there",
    "我们的身份 证明了一切，电话里说不清",
    "红薯据说很好吃，连通器的原理很简单",
    "移动 办公 时代来了，联 系我",
]


def values(listing: Listing) -> tuple[object, ...]:
    return (
        listing.polarity,
        [product.id for product in listing.products],
        [(contact.kind, contact.value) for contact in listing.contacts],
        [(q.value, q.unit) for q in listing.quantities],
        [(p.value, p.per) for p in listing.prices],
    )


def read(text: str) -> tuple[Listing, ...]:
    return extract([Text(id="1", text=text)], Rules.load())[0].listings


def advertisement(product: str, cue: str = "扣扣", number: str = "12345678") -> str:
    return f"出{product}，30万条，0.5一条，{cue}：{number}"


def spans(listing: Listing) -> Iterator[tuple[str, tuple[int, int]]]:
    yield from ((product.quote, product.span) for product in listing.products)
    yield from ((source.quote, source.span) for source in listing.sources)
    yield from ((method.quote, method.span) for method in listing.methods)
    yield from ((quantity.quote, quantity.span) for quantity in listing.quantities)
    yield from ((price.quote, price.span) for price in listing.prices)
    yield from ((contact.quote, contact.span) for contact in listing.contacts)


def check_quotes(text: str, found: tuple[Listing, ...]) -> None:
    view = Rules.load().views.plain
    for listing in found:
        assert all(text[start:end] == quote for quote, (start, end) in spans(listing))
        for contact in listing.contacts:
            kept = [unicodedata.digit(c, None) for c in view(contact.quote).text]
            plain = "".join(str(c) for c in kept if c is not None)
            assert contact.value in (plain, normalise(contact.quote).text) or not contact.value


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("trick", WHOLE)
def test_whole_texts(product: str, trick: str) -> None:
    text = WHOLE[trick](advertisement(product))
    assert [values(x) for x in read(text)] == [values(x) for x in read(advertisement(product))]


@pytest.mark.parametrize("product", PRODUCTS)
@pytest.mark.parametrize("sign", SPLITS)
def test_split_products(product: str, sign: str) -> None:
    expected = [values(x) for x in read(advertisement(product))]
    text = advertisement(between(sign, product))
    assert [values(x) for x in read(text)] == expected
    assert between(sign, product) in text
    (listing,) = read(text)
    assert any(product.quote.count(sign) for product in listing.products)


@pytest.mark.parametrize("cue", CUES)
@pytest.mark.parametrize("trick", IDS)
def test_ids_and_cues(cue: str, trick: str) -> None:
    text = advertisement("股民料", cue, IDS[trick]("12305678"))
    expected = [values(x) for x in read(advertisement("股民料", number="12305678"))]
    assert [values(x) for x in read(text)] == expected


@given(
    st.sampled_from(PRODUCTS),
    st.sampled_from(SPLITS),
    st.sampled_from(sorted(WHOLE)),
    st.sampled_from(CUES),
    st.from_regex(r"[1-9][0-9]{5,9}", fullmatch=True),
    st.sampled_from(["", "\ud800", "\x00", "🐧\u200b", "𝟗", "é "]),
)
@settings(max_examples=150, deadline=None)
def test_tricks_together(
    product: str, sign: str, trick: str, cue: str, number: str, noise: str
) -> None:
    text = WHOLE[trick](f"{noise}\n{advertisement(between(sign, product), cue, number)}\n{noise}")
    found = read(text)
    assert [c.value for listing in found for c in listing.contacts] == [number]
    check_quotes(text, found)


@pytest.mark.parametrize("prose", PROSE)
@pytest.mark.parametrize("trick", [*WHOLE, *SPLITS, " "])
def test_innocent_prose_gives_nothing(prose: str, trick: str) -> None:
    text = WHOLE[trick](prose) if trick in WHOLE else between(trick, prose)
    assert read(text) == ()


HARD = [
    "联-通 ",
    "🔥身🔥份证",
    "t e l e g r a m ",
    "a b c d ",
    "(1)",
    "薇芯 ",
    "薯据股民料",
    "🇶",
    "тe",
    "\ud800",
]


def reading(text: str) -> Callable[[], object]:
    rules = Rules.load()

    def read() -> object:
        normal, _hits = rules.views.view(text)
        return rules.contacts.find(text, normal)

    return read


@pytest.mark.parametrize("piece", HARD)
def test_time_grows_with_the_length(piece: str) -> None:
    text = piece * (128_000 // len(piece))
    assert times_as_long(reading(text[:8_000]), reading(text), 64) < 64


def test_time_grows_with_the_length_up_to_a_megabyte() -> None:
    text = "".join(HARD) * 5
    while len(text) < 240_000:
        text += text
    assert times_as_long(reading(text), reading(text * 4), 8) < 8
