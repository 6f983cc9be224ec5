"""Names: a surname list with a name-shaped string, or a name cue."""

import re
from collections.abc import Iterator
from typing import Final, Literal

from evidence.masking.data import words
from evidence.masking.found import MASK, Found
from evidence.masking.latin import NO_NAMES, latin_names

_FIRST, *_PAIRS = words("surnames.txt")
_SINGLE: Final = frozenset(_FIRST)
_DOUBLE: Final = frozenset(_PAIRS)
_GIVEN: Final = frozenset(words("given.txt")[0])
_RARE: Final = _SINGLE | frozenset(
    "凤水木云花战才海青百千山竹门乐鱼泽星风雨亢后种乌虎折火春夏冬雪月天地大小阿师相红权益公法松印双习言年能养须步归伯那琴墨巴诸羊福阳东欧居帅零次"
)
"""Surnames that begin too many everyday words to be looked for anywhere but in records."""
_ELEMENTS: Final = frozenset(words("elements.txt"))
_EVERYDAY: Final = NO_NAMES | frozenset(words("everyday.txt"))
_TITLES: Final = frozenset({"经理", "总监", "老板", "老师", "主管", "客服", "总", "哥", "姐"})
_POLITE: Final = frozenset({"先生", "女士", "小姐", "太太", "生", "太"})
_GOODS: Final = frozenset("料粉库单条号群卡户码价款链票盘网站店厂量费率套")
"""A word that ends so is goods or a counter, not a given name."""
_HAN: Final = "\u4e00-\u9fff"
_RUN: Final = re.compile(f"[{_HAN}·]+")
_CUE: Final = re.compile(
    "(?:姓 ?名|名字|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|联系人|法定代表人|"
    "法人代表|法人|真名|本名|"
    "客户|用户|业主|"
    "妻子|丈夫|老公|老婆|配偶|父亲|母亲|儿子|女儿|监护人|紧急联系人|担保人|亲属|经办人|签收人|被查人|"
    f"车主|家长|学生|[我他她][妈爸哥姐弟妹]|[人他她我]叫|认识|老赖|曝光|求?查找?|"
    "定位|开盒|患者|投保人|被保人|受害人|失主|名叫|我叫)(?:姓名)?"
    f"[\\s:=是为叫]{{0,4}}(?=[{_HAN}])"
)
_SAID_OF: Final = "身份证|电话|手机|座机|固话|宅电|邮箱|号码|住址|地址|家住|住在|名下|银行卡|卡号"
_FOLLOWS: Final = re.compile(f"的?(?P<own>{_SAID_OF})|的?(?:男|女|生于)|[您你]好|(?![{_HAN}])")
_OWNED: Final = re.compile(f"的?(?:{_SAID_OF})")
_FORM: Final = re.compile(
    "(?:姓 ?名|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|真名|本名|(?<![a-z])(?:xm|"
    "xingming|name))"
    "[\"']?(?:\\s?[:=]\\s?|\\s)[\"']?"
    f"([{_HAN}]{{2,4}}|[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}})(?![{_HAN}])"
)
_HIDDEN: Final = re.compile(f"[{_HAN}][*某×○]{{1,2}}[{_HAN}]?(?![{_HAN}*])")
Shape = Literal["", "firm", "rare", "polite"]


TWO_NAMES: Final = re.compile(
    f"[{_FIRST}][{_HAN}]{{1,3}}(?:[ \t,，、;；|/／｜　]|-{{2,8}}){{1,4}}"
    f"[{_FIRST}][{_HAN}]{{1,3}}(?![{_HAN}])"
)
"""A quick look for what `two_names` confirms; double surnames are seldom alone in a list."""


def shape(word: str) -> Shape:
    """Whether a word of Han characters has the shape of a name, and how sure that is."""
    if word[:2] in _DOUBLE and 3 <= len(word) <= 4:
        return "firm"
    if word[0] not in _SINGLE or not 2 <= len(word) <= 3:
        return ""
    if word in _EVERYDAY or word[1:] in _TITLES:
        return ""
    if word[1:] in _POLITE:
        return "polite"
    if _GIVEN.issuperset(word[1:]):
        return "firm"
    return "" if word[-1] in _GOODS or word[:2] in _EVERYDAY else "rare"


def is_name_field(word: str) -> bool:
    """Whether a field of a record is a name, everyday words among them: 康宁, 甘露."""
    if word in NO_NAMES:
        return False
    if _of_elements(word) or (word[:2] in _DOUBLE and 3 <= len(word) <= 4):
        return True
    if word[0] not in _SINGLE or not 2 <= len(word) <= 3 or word[1:] in _TITLES:
        return False
    return _GIVEN.issuperset(word[1:]) or bool(shape(word))


def opens_record(word: str) -> bool:
    """Whether the first field of a record, right before a value struck out, is a name.

    Any word that begins with a surname is, unless it is said of goods and places.
    """
    if word[0] not in _RARE or not 2 <= len(word) <= 3:
        return False
    return word not in NO_NAMES and word[-1] not in _GOODS and word[1:] not in _TITLES


def _of_elements(word: str) -> bool:
    """Whether a word opens or ends as names of other peoples do: 扎西顿珠, 买买提江, 田中太郎."""
    sizes = (2, 3, 4)
    return 3 <= len(word) <= 6 and any(
        word[:n] in _ELEMENTS or word[-n:] in _ELEMENTS for n in sizes
    )


def two_names(text: str) -> bool:
    """Whether two neighbouring fields are names; for normal text and text as written."""
    last = -1
    for run in _RUN.finditer(text):
        start, end = run.span()
        if 2 <= end - start <= 4 and text[start] in _SINGLE_OR_DOUBLE and shape(run[0]) == "firm":
            if 0 < start - last <= 8 and last >= 0:
                return True
            last = end
        else:
            last = -1
    return False


_SINGLE_OR_DOUBLE: Final = _SINGLE | {pair[0] for pair in _PAIRS}


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
    for cue in _CUE.finditer(text):
        yield from _leading(text, cue.end())
    for run in _RUN.finditer(text):
        if text[run.start() - 1 : run.start()] not in (MASK, "@"):
            yield from _in_run(text, *run.span())
    for match in _HIDDEN.finditer(text):
        if match[0][0] in _SINGLE and not _joined(text, match.start()):
            yield Found("name", *match.span(), match[0])
    yield from latin_names(text, cased)


def _joined(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return before in (MASK, "@", "·") or "\u4e00" <= before <= "\u9fff"


def _leading(text: str, start: int) -> Iterator[Found]:
    """The name at the start of a run of Han characters, where the rest goes on about it."""
    for length in (4, 3, 2):
        word = text[start : start + length]
        follows = _FOLLOWS.match(text, start + length)
        if len(word) == length and _RUN.fullmatch(word) and follows:
            sort = shape(word)
            if sort in ("firm", "rare"):
                weak = sort == "rare" and not follows["own"]
                yield Found("name", start, start + length, word, weak=weak)
                return


def _in_run(text: str, start: int, end: int) -> Iterator[Found]:
    word = text[start:end]
    if "·" in word[1:-1]:
        yield Found("name", start, end, word, weak=not _foreign(word))
    elif _of_elements(word):
        yield Found("name", start, end, word, weak=True)
    elif end - start > 4:
        yield from _owner(text, start, end)
        if word[0] in _SINGLE_OR_DOUBLE:
            yield from _leading(text, start)
    elif sort := shape(word):
        yield Found("name", start, end, word, weak=sort != "firm")
    elif end - start > 2:
        yield from _leading(text, start)


def _owner(text: str, start: int, end: int) -> Iterator[Found]:
    """The name before a word of what is somebody's: 我妈王桂兰身份证, 查刘海洋名下车辆."""
    for said in _OWNED.finditer(text, start, end):
        for length in (3, 2):
            begin = said.start() - length
            word = text[begin : said.start()]
            if begin > start and (shape(word) == "firm" or _of_elements(word)):
                yield Found("name", begin, said.start(), word)
                break


def _foreign(word: str) -> bool:
    parts = word.split("·")
    return len(parts) in (2, 3) and all(2 <= len(part) <= 8 for part in parts)
