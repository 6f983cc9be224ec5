"""Names: a surname list with a name-shaped string, or a name cue."""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Final

from evidence.masking.found import MASK, Found


def _words(name: str) -> list[str]:
    return (files("evidence.masking.data") / name).read_text("utf-8").split()


_SINGLE, *_DOUBLE = _words("surnames.txt")
_EVERYDAY: Final = frozenset(_words("everyday.txt"))
_S: Final = f"[{_SINGLE}]"
_D: Final = f"(?:{'|'.join(_DOUBLE)})"
_G: Final = f"[{_words('given.txt')[0]}]"
_HAN: Final = "\u4e00-\u9fff"
_NAME: Final = f"(?:{_D}[{_HAN}]{{1,2}}|{_S}{_G}{{1,2}})"
_FIELD: Final = re.compile(f"(?<![{_HAN}{MASK}@·])({_NAME})(?![{_HAN}{MASK}·])")
_LEADS: Final = re.compile(
    f"(?<![{_HAN}{MASK}@·])({_NAME}?)(?=的?(?:身份证|电话|手机|号码|住址|地址|家住|住在|男|女|生于|名下|"
    "银行卡|卡号))"
)
_CUE: Final = (
    "姓名|名字|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|联系人|法定代表人|法人代表|法人|真名|本名|客户|用户|业主|"
    "车主|家长|学生|患者|投保人|被保人|受害人|失主|名叫|我叫"
)
_CUED: Final = re.compile(f"(?:{_CUE})(?:姓名)?[\\s:=是为叫]{{0,4}}({_NAME})")
_FORM: Final = re.compile(
    "(?:姓名|户名|持卡人|机主|户主|开户人|收件人|收货人|寄件人|真名|本名)\\s?[:=]\\s?"
    f"([{_HAN}]{{2,4}}|[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}})(?![{_HAN}])"
)
_FORM_LATIN: Final = re.compile(
    r"(?:(?<![a-z])(?:full name|first name|last name|name|cardholder|card holder|holder)|姓名|户名|持卡人)"
    r"\s?[:=]\s?([a-z][a-z.'\-]{1,20}(?: [a-z][a-z.'\-]{0,20}){0,3})"
)
_MINORITY: Final = re.compile(f"(?<![{_HAN}{MASK}])[{_HAN}]{{2,8}}·[{_HAN}]{{2,8}}(?![{_HAN}])")
_POLITE: Final = re.compile(f"(?<![{_HAN}{MASK}@]){_S}(?:先生|女士|小姐|太太)(?![{_HAN}])")
_HIDDEN: Final = re.compile(f"(?<![{_HAN}{MASK}@]){_S}[*某×○]{{1,2}}[{_HAN}]?(?![{_HAN}*])")
_RARE: Final = re.compile(
    f"(?<![{_HAN}{MASK}@·]){_S}[{_HAN}](?:[{_HAN}](?<![料粉库单条号群卡户码价款链票盘网站店厂量费率套]))?(?![{_HAN}{MASK}·])"
)
_LATIN_FIELD: Final = re.compile(
    r"(?:^|(?<=[|,;\t\n])|(?<=----)) ?([a-z][a-z'\-]{1,15}(?: [a-z]\.?)?(?: [a-z][a-z'\-]{1,15}){1,2}) ?"
    r"(?=$|[|,;\t\n]|----)"
)
_NO_VALUES: Final = frozenset("没有 保密 齐全 不详 未知 身份证 身份 手机号 电话 手机 地址 性别 银行卡 年龄 匿名 实名".split())
_LATIN_WORDS: Final = frozenset(
    "bank card visa mastercard debit credit states kingdom city new good valid street road inc ltd "
    "llc data records full info high balance fresh sell selling buy contact telegram name phone "
    "address email date number united account accounts database access the and for with of from "
    "all per price usd country base gold classic platinum business".split()
)


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
    for pattern in (_FORM, _FORM_LATIN):
        for match in pattern.finditer(text):
            if match[1] not in _NO_VALUES and not _LATIN_WORDS.intersection(match[1].split()):
                yield Found("name", *match.span(1), match[1], sure=True)
    for pattern in (_CUED, _FIELD, _LEADS):
        for match in pattern.finditer(text):
            if match[1] not in _EVERYDAY and match[1]:
                yield Found("name", *match.span(1), match[1])
    for pattern in (_MINORITY, _HIDDEN, _POLITE):
        for match in pattern.finditer(text):
            yield Found("name", *match.span(), match[0], weak=pattern is _POLITE)
    for match in _RARE.finditer(text):
        if match[0] not in _EVERYDAY and match[0][:2] not in _EVERYDAY:
            yield Found("name", *match.span(), match[0], weak=True)
    for match in _LATIN_FIELD.finditer(text):
        if not _LATIN_WORDS.intersection(match[1].split()):
            yield Found("name", *match.span(1), match[1], weak=True)
