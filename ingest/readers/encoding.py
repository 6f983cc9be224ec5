"""Which encoding a file is in: by its mark, by strict UTF-8, else by the commonest characters."""

import codecs
from dataclasses import dataclass
from typing import Literal

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
BOMS = tuple(mark for mark, _ in _MARKS)

# The characters that any page of Chinese holds; a wrong table gives rare ones instead.
_COMMON = frozenset(
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可里后小么"
    "心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长知"
    "這個國說們為時會著過學對裡後麼沒於還發當無開見經頭麵長動兩點條錢賣買價費號電話數據資料線網賬貨車"
    "收卖买价元料条万号群加微信联系飞机电话数据消息记录表情图片分组管理员北京上海手机网站客户资金银行担保"
)
_COMMON_SHARE = 0.12
_CHINESE = ("gb18030", "big5")
_GOOD_TO_BAD = 8
_SAMPLE = 4096

Basis = Literal["mark", "bytes", "characters", "stated", "unknown"]
"""A mark at the start; bytes that no other encoding has; the commonest characters, a guess;
what the file says of itself."""


@dataclass(frozen=True)
class Encoding:
    """`codec` is None where nothing fits; `bad_byte` is the first byte that is not UTF-8."""

    codec: str | None
    bom: int = 0
    bad_byte: int = 0
    stated: bool = False
    """The bytes do not tell, and the file says so of itself."""

    @property
    def basis(self) -> Basis:
        """What the encoding is known by."""
        if self.codec is None:
            return "unknown"
        if self.stated:
            return "stated"
        if self.bom:
            return "mark"
        return "characters" if self.codec in _CHINESE else "bytes"


def detect_encoding(data: bytes) -> Encoding:
    """Encoding of the first bytes of a file; a character cut at their end is no fault."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return Encoding(codec, len(mark))
    if (wide := _without_mark(data)) is not None:
        return Encoding(wide)
    fault = first_fault(data, "utf-8")
    if fault is None:
        return Encoding("utf-8")
    if _faults_are_rare(data):
        return Encoding("utf-8", bad_byte=fault)
    shares = common_shares(data)
    best = max(_CHINESE, key=lambda codec: shares[codec])
    if shares[best] >= _COMMON_SHARE:
        return Encoding(best, bad_byte=fault)
    return Encoding(None, bad_byte=fault)


def _faults_are_rare(data: bytes) -> bool:
    """Whether nearly all beyond ASCII is good UTF-8: some records are damaged, not the file."""
    text = data.decode("utf-8", "replace")
    beyond = sum(character > "\x7f" for character in text)
    return text.count("\ufffd") * _GOOD_TO_BAD < beyond


def first_fault(data: bytes, codec: str) -> int | None:
    """Offset of the first byte that does not decode; None where all does but a cut last one."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        decoder.decode(data)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: line feeds and digits leave a NUL in every other place."""
    sample = data[:_SAMPLE]
    zeros = sample.count(0)
    if len(sample) < 8 or zeros * 20 < len(sample):
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if min(even, odd) * 20 > max(even, odd):
        return None
    codec = "utf-16-le" if odd > even else "utf-16-be"
    return codec if first_fault(data[: len(data) & ~1], codec) is None else None


def common_shares(data: bytes) -> dict[str, float]:
    """How Chinese the bytes look in each of the encodings that are told by that."""
    return {codec: _common_share(data, codec) for codec in _CHINESE}


def _common_share(data: bytes, codec: str) -> float:
    """Share of common characters among those beyond ASCII; 0 where the bytes do not decode."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data)
    except UnicodeDecodeError:
        return 0.0
    beyond = [character for character in text if character > "\x7f"]
    return sum(character in _COMMON for character in beyond) / len(beyond) if beyond else 0.0
