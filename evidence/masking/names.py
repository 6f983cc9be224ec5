"""Names: a surname list with a name-shaped string, or a name cue."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final, Literal

from evidence.masking.found import MASK, Found


def _words(name: str) -> list[str]:
    return (files("evidence.masking.data") / name).read_text("utf-8").split()


_FIRST, *_PAIRS = _words("surnames.txt")
_SINGLE: Final = frozenset(_FIRST)
_DOUBLE: Final = frozenset(_PAIRS)
_GIVEN: Final = frozenset(_words("given.txt")[0])
_EVERYDAY: Final = frozenset(_words("everyday.txt"))
_POLITE: Final = frozenset({"先生", "女士", "小姐", "太太"})
_GOODS: Final = frozenset("料粉库单条号群卡户码价款链票盘网站店厂量费率套")
"""A word that ends so is goods or a counter, not a given name."""
_HAN: Final = "\u4e00-\u9fff"
_RUN: Final = re.compile(f"[{_HAN}·]+")
_CUE: Final = re.compile(
    "(?:姓名|名字|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|联系人|法定代表人|法人代表|法人|真名|本名|客户|用户|业主|"
    f"车主|家长|学生|患者|投保人|被保人|受害人|失主|名叫|我叫)(?:姓名)?[\\s:=是为叫]{{0,4}}(?=[{_HAN}])"
)
_FOLLOWS: Final = re.compile(
    f"的?(?:身份证|电话|手机|号码|住址|地址|家住|住在|男|女|生于|名下|银行卡|卡号)|(?![{_HAN}])"
)
_FORM: Final = re.compile(
    "(?:姓名|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|真名|本名)\\s?[:=]\\s?"
    f"([{_HAN}]{{2,4}}|[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}})(?![{_HAN}])"
)
_FORM_LATIN: Final = re.compile(
    r"(?:(?<![a-z])(?:(?P<plain>name)|full name|first name|last name|card ?holder|holder)"
    r"|姓名|户名|持卡人)"
    r"\s?[:=]\s?(?P<value>[a-z][a-z.'\-]{1,20}(?: [a-z][a-z.'\-]{0,20}){0,3})"
)
_HIDDEN: Final = re.compile(f"[{_HAN}][*某×○]{{1,2}}[{_HAN}]?(?![{_HAN}*])")
_LATIN_FIELD: Final = re.compile(
    r"(?:(?<![^|,;\t\n])|(?<=----)) ?"
    r"([a-z][a-z'\-]{1,15}(?: [a-z]\.?)?(?: [a-z][a-z'\-]{1,15}){1,2}) ?"
    r"(?![^|,;\t\n\-])"
)
_NO_NAMES: Final = frozenset(_words("no_names.txt"))
"""Words that fill a name's field, or a field of Latin words, and are no name."""
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
    if word in _EVERYDAY:
        return ""
    if word[1:] in _POLITE:
        return "polite"
    if _GIVEN.issuperset(word[1:]):
        return "firm"
    return "" if word[-1] in _GOODS or word[:2] in _EVERYDAY else "rare"


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


def names(text: str) -> list[Found]:
    """Names in normal text, in no order, none overlapping another."""
    found: list[Found] = []
    taken: set[int] = set()
    for name in _candidates(text):
        if name.start not in taken and name.end - 1 not in taken:
            taken.update(range(name.start, name.end))
            found.append(name)
    return found


def _candidates(text: str) -> Iterator[Found]:
    for match in _FORM.finditer(text):
        if match[1] not in _NO_NAMES:
            yield Found("name", *match.span(1), match[1], sure=True)
    for match in _FORM_LATIN.finditer(text):
        if not _NO_NAMES.intersection(match["value"].split()):
            # "name:" alone is said of databases and files too.
            sure = match["plain"] is None
            yield Found("name", *match.span("value"), match["value"], sure=sure)
    for cue in _CUE.finditer(text):
        yield from _leading(text, cue.end())
    for run in _RUN.finditer(text):
        if text[run.start() - 1 : run.start()] not in (MASK, "@"):
            yield from _in_run(text, *run.span())
    for match in _HIDDEN.finditer(text):
        if match[0][0] in _SINGLE and not _joined(text, match.start()):
            yield Found("name", *match.span(), match[0])
    for match in _LATIN_FIELD.finditer(text):
        if not _NO_NAMES.intersection(match[1].split()):
            yield Found("name", *match.span(1), match[1], weak=True)


def _joined(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    return before in (MASK, "@", "·") or "\u4e00" <= before <= "\u9fff"


def _leading(text: str, start: int) -> Iterator[Found]:
    """The name at the start of a run of Han characters, where the rest goes on about it."""
    for length in (4, 3, 2):
        word = text[start : start + length]
        if len(word) == length and _RUN.fullmatch(word) and _FOLLOWS.match(text, start + length):
            sort = shape(word)
            if sort in ("firm", "rare"):
                yield Found("name", start, start + length, word, weak=sort == "rare")
                return


def _in_run(text: str, start: int, end: int) -> Iterator[Found]:
    if text[end : end + 1] == MASK:
        return
    word = text[start:end]
    if "·" in word[1:-1]:
        yield Found("name", start, end, word, weak=not _foreign(word))
    elif end - start > 4:
        if word[0] in _SINGLE_OR_DOUBLE:
            yield from _leading(text, start)
    elif sort := shape(word):
        yield Found("name", start, end, word, weak=sort != "firm")
    elif end - start > 2:
        yield from _leading(text, start)


def _foreign(word: str) -> bool:
    parts = word.split("·")
    return len(parts) in (2, 3) and all(2 <= len(part) <= 8 for part in parts)
