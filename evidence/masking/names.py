"""Names: a surname list with a name-shaped string, or a name cue."""

import re
from collections.abc import Iterator
from typing import Final

from evidence.masking.choice import one_of
from evidence.masking.cues import is_cue
from evidence.masking.decide import offers
from evidence.masking.found import MASK, Found
from evidence.masking.labels import KIN, han_names, is_label
from evidence.masking.latin import NO_NAMES, latin_names
from evidence.masking.shapes import (
    FIRST,
    SINGLE,
    SINGLE_OR_DOUBLE,
    is_compound,
    is_place,
    of_elements,
    rank,
    shape,
)
from evidence.masking.sieve import Sieved

_HAN: Final = "\u4e00-\u9fff"
_RUN: Final = re.compile(f"[{_HAN}·]+")
_CUE: Final = Sieved(
    "(?:姓 ?名|名字|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|联系人|法定代表人|"
    "法人代表|法人|真名|本名|"
    "客户|用户|业主|"
    f"{one_of(KIN - {'叫'})}|签收人|家长|学生|[我他她][妈爸哥姐弟妹]|[人他她我]叫|"
    "认识|老赖|曝光|求?查找?|定位|开盒|患者|投保人|被保人|受害人|失主|名叫|我叫)(?:姓名)?"
    f"[\\s:=是为叫]{{0,4}}(?=[{_HAN}])"
)
_SAID_OF: Final = "身份证|电话|手机|座机|固话|宅电|邮箱|号码|住址|地址|家住|住在|名下|银行卡|卡号"
_FOLLOWS: Final = re.compile(
    f"的?(?P<own>{_SAID_OF})|的?(?:男|女|生于)|[您你]好|先生|女士|小姐|太太|(?![{_HAN}])"
)
_OWNED: Final = Sieved(f"的?(?:{_SAID_OF})")
_FORM: Final = Sieved(
    "(?:姓 ?名|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|真名|本名|(?<![a-z])(?:xm|"
    "xingming|name))"
    "[\"']?(?:\\s?[:=]\\s?|\\s)[\"']?"
    f"([{_HAN}]{{2,4}}|[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}})(?![{_HAN}])"
)
_STRONG: Final = Sieved(
    f"{one_of(han_names())}(?:是|叫|为|[\\s:=]{{1,3}})?([{_HAN}]{{2,4}})(?![{_HAN}·])"
)
_TELEPHONED: Final = Sieved(
    f"(?<![^\\n])([{_HAN}]{{2,3}})[ ,:;|]{{0,3}}的?"
    f"(?:联系电话|手机|电话|号码)号?码?[ :=]{{0,3}}(?={MASK})"
)
"""What opens a line before a labelled phone: nobody offers anything there, so it is a person."""
_SEXED: Final = Sieved(
    f"(?<![^\\W_])([{_HAN}]{{2,4}})[ ,、|/]{{1,3}}[男女]"
    "(?=[ ,、|/]{1,3}(?:汉族|[0-9]{2}岁|(?:19|20)[0-9]{2}))"
)
"""A field before a sex and an age, a birthday or a people."""
_REAL: Final = frozenset({"本名", "真名", "真实姓名", "姓名"})
_HIDDEN: Final = Sieved(f"[{_HAN}][*×○]{{1,2}}[{_HAN}]?(?![{_HAN}*])")
_HANGUL: Final = re.compile(
    r"(?:(?<![^\n])|(?<=[:>] )|(?<=[:>])|(?<=[0-9][|,;/\t])|(?<=이름 )|(?<=성명 )|(?<=고객 ))"
    "[김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도석선설마길연위표명기반왕금옥육인맹제모탁국어은편용][가-힣]{1,3}"
    rf"(?= ?(?:[|,;/\t]|----)? ?[0-9+(a-z{MASK}])"
)
"""A field of Korean that begins with a surname."""
_KANJI: Final = re.compile(
    r"(?<![^\n|,、;/\t: ])([\u4e00-\u9fff々]{1,3} [\u4e00-\u9fff\u3040-\u30ff]{1,4})"
    rf"(?=[,、| ]{{1,2}}{MASK})"
)
"""A family's and a given name before a value, where a text is Japanese."""
_JAPAN: Final = re.compile("[\u3041-\u30fa]|东京都|大阪府|京都府|北海道|丁目")
_ABROAD: Final = re.compile(f"{_JAPAN.pattern}|[\u0600-\u17ff\uac00-\ud7a3]")
_SCRIPT: Final = "[\u0600-\u06ff\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
_SCRIPTS: Final = re.compile(
    rf"(?:(?<![^\n|;/\t:])|(?<=[:,] )) ?({_SCRIPT}{{2,20}}(?: {_SCRIPT}{{2,20}}){{1,2}})"
    r"(?= ?[,|;/\t]? ?[0-9+])"
)
"""Two or three words of another script right before a number."""
TWO_NAMES: Final = re.compile(
    f"[{FIRST}][{_HAN}]{{1,3}}(?:[ \t,，、;；|/／｜　]|-{{2,8}}){{1,4}}"
    f"[{FIRST}][{_HAN}]{{1,3}}(?![{_HAN}])"
)
"""A quick look for what `two_names` confirms; double surnames are seldom alone in a list."""


_nameless: Final[set[str]] = set()
"""Runs of Han characters in which no name stands, whatever stands around them."""
_MOST_NAMELESS: Final = 16_384
_SHORT: Final = 12
"""Longer runs do not come again."""


def two_names(text: str) -> bool:
    """Whether two neighbouring fields are names; for normal text and text as written."""
    last = -1
    for run in _RUN.finditer(text):
        start, end = run.span()
        if 2 <= end - start <= 4 and text[start] in SINGLE_OR_DOUBLE and shape(run[0]) == "firm":
            if 0 < start - last <= 8 and last >= 0:
                return True
            last = end
        else:
            last = -1
    return False


def names(text: str, cased: str) -> list[Found]:
    """Names in normal text, in no order, none overlapping another.

    `cased` is the same text with the letters as large as written.
    """
    found: list[Found] = []
    taken: set[int] = set()
    for name in _candidates(text, cased):
        if name.start not in taken and name.end - 1 not in taken:
            taken.update(range(name.start, name.end))
            found.append(name)
    return found


def _candidates(text: str, cased: str) -> Iterator[Found]:
    for match in _FORM.finditer(text):
        if match[1] not in NO_NAMES:
            yield Found("name", *match.span(1), match[1], sure=True)
    for match in _STRONG.finditer(text):
        if rank(match[1]):
            told = any(match[0].startswith(word) for word in _REAL)
            yield Found(
                "name",
                *match.span(1),
                match[1],
                sure=told and rank(match[1]) > (match[0][:2] == "姓名"),
            )
    telephoned = [*_TELEPHONED.finditer(text)]
    if telephoned and not offers(text):
        for match in telephoned:
            if rank(match[1]) and match[1] not in NO_NAMES and not is_place(match[1]):
                yield Found("name", *match.span(1), match[1])
    for match in _SEXED.finditer(text):
        if rank(match[1]) > 1:
            yield Found("name", *match.span(1), match[1])
    for cue in _CUE.finditer(text):
        yield from _leading(text, cue.end())
    for run in _RUN.finditer(text):
        start, end = run.span()
        if run[0] in _nameless:
            continue
        before, after = text[start - 1 : start], text[end : end + 1]
        if before not in (MASK, "@") and not "\u30a1" <= after <= "\u30fa":
            named = [*_in_run(text, start, end)]
            if not named:
                _note_nameless(run[0])
            yield from named
    for match in _HIDDEN.finditer(text):
        if match[0][0] in SINGLE and not _joined(text, match.start()):
            yield Found("name", *match.span(), match[0])
    if _ABROAD.search(text):
        yield from _other_scripts(text)
    yield from latin_names(text, cased)


def _other_scripts(text: str) -> Iterator[Found]:
    for match in _HANGUL.finditer(text):
        yield Found("name", *match.span(), match[0], weak=True)
    for match in _KANJI.finditer(text) if _JAPAN.search(text) else ():
        yield Found("name", *match.span(1), match[1])
    for match in _SCRIPTS.finditer(text):
        if not any(is_label(word) or is_cue(word) for word in match[1].split()):
            yield Found("name", *match.span(1), match[1], weak=True)


def _joined(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return before in (MASK, "@", "·") or "\u4e00" <= before <= "\u9fff"


def _leading(text: str, start: int) -> Iterator[Found]:
    """The name at the start of a run of Han characters, where the rest goes on about it."""
    for length in (4, 3, 2) if is_compound(text[start : start + 4]) else (3, 2):
        word = text[start : start + length]
        follows = _FOLLOWS.match(text, start + length)
        if len(word) == length and _RUN.fullmatch(word) and follows:
            sort = shape(word)
            if sort:
                weak = sort != "firm" and not follows["own"]
                yield Found("name", start, start + length, word, weak=weak)
                return


def _in_run(text: str, start: int, end: int) -> Iterator[Found]:
    word = text[start:end]
    if word[1:] in ("某", "某某"):
        # Reports write 王某 of somebody whom they do not name.
        return
    if "·" in word[1:-1]:
        yield Found("name", start, end, word, weak=not _foreign(word))
    elif of_elements(word):
        yield Found("name", start, end, word, weak=shape(word) != "firm")
    elif end - start > 4:
        yield from _owner(text, start, end)
        if word[0] in SINGLE_OR_DOUBLE:
            yield from _leading(text, start)
    elif sort := shape(word):
        yield Found("name", start, end, word, weak=sort != "firm")
    elif end - start > 2:
        yield from _leading(text, start)


def _note_nameless(run: str) -> None:
    if len(_nameless) >= _MOST_NAMELESS:
        _nameless.clear()
    if len(run) <= _SHORT:
        _nameless.add(run)


def _owner(text: str, start: int, end: int) -> Iterator[Found]:
    """The name before a word of what is somebody's: 我妈王桂兰身份证, 查刘海洋名下车辆."""
    for said in _OWNED.finditer(text, start, end):
        for length in (3, 2):
            begin = said.start() - length
            word = text[begin : said.start()]
            if begin > start and (shape(word) == "firm" or of_elements(word)):
                yield Found("name", begin, said.start(), word)
                break


def _foreign(word: str) -> bool:
    parts = word.split("·")
    return len(parts) in (2, 3) and all(2 <= len(part) <= 8 for part in parts)
