"""Bytes of a mail as text: encodings as stated, where one is stated and fits, else as judged."""

import binascii
import codecs
import re
from functools import lru_cache

from ingest.readers.encoding import detect_encoding
from ingest.readers.jsonvalue import whole_text

# Others take a time that grows with the square of the length, or are no text.
_ALLOWED = re.compile(
    r"utf[-_]?(?:8(?:[-_]sig)?|7|16|32)(?:[-_][bl]e)?|ascii|iso8859-\d{1,2}|iso2022_\w{2,8}|cp\d{3,5}"
    r"|gb2312|gbk|gb18030|hz|big5|big5hkscs|euc_\w{2,10}|shift_jis\w{0,5}|koi8-[rtu]|johab|tis-620"
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "ascii": "", "shift_jis": "cp932"}
"""What mailers write under a narrower name."""
_WORD = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\r\n]*)\?=", re.ASCII)
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def decoded(data: bytes, charset: str | None = None) -> str:
    """The text; bytes that fit no encoding show as U+FFFD."""
    for codec in (_codec(charset or ""), "utf-8", detect_encoding(data).codec, "gb18030"):
        if not codec:
            continue
        try:
            return whole_text(data.decode(codec).removeprefix("\ufeff"))
        except UnicodeError:
            continue
    return data.decode(_codec(charset or "") or "utf-8", "replace")


@lru_cache(maxsize=256)
def _codec(charset: str) -> str:
    """Python's name for a stated encoding; the empty string for none that is to be believed."""
    try:
        name = codecs.lookup(charset.strip("\"' ")).name
    except (LookupError, ValueError):
        return ""
    return _WIDER.get(name, name) if _ALLOWED.fullmatch(name) else ""


def words(raw: bytes) -> str:
    """A header's value as shown: encoded words decoded, white space run together."""
    text = decoded(raw)
    if "=?" in text:
        text = _unwrapped(text)
    return " ".join(text.split())


def _unwrapped(text: str) -> str:
    """Encoded words decoded. Mailers cut characters in two, so neighbours are joined first."""
    parts: list[str] = []
    waiting, charset, end = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        if waiting and (between.strip() or word[1].lower() != charset):
            parts.append(decoded(waiting, charset))
            waiting = b""
        if between.strip() or not end:
            parts.append(between)
        charset, end = word[1].lower(), word.end()
        waiting += _word_bytes(word)
    if waiting:
        parts.append(decoded(waiting, charset))
    return "".join([*parts, text[end:]])


def _word_bytes(word: re.Match[str]) -> bytes:
    data = word[3].encode("utf-8", "replace")
    if word[2] in "bB":
        return base64_bytes(data)
    return binascii.a2b_qp(data, header=True)


def base64_bytes(data: bytes) -> bytes:
    """What base64 stands for, as far as it goes: other characters and a cut end are passed over."""
    whole = _NOT_BASE64.sub(b"", data)
    if len(whole) % 4 == 1:
        whole = whole[:-1]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))
