"""Postal addresses: administrative words with a street, building or room."""

import re
from collections.abc import Iterator
from typing import Final

from evidence.masking.found import MASK, Found, blank
from evidence.masking.sieve import Sieved
from evidence.masking.streets import western

_TOKEN: Final = Sieved(
    r"(?P<admin>自治区|自治州|特别行政区|开发区|地区|街道|[省市州盟县区旗镇乡村邨府团]|都(?=[\u4e00-\u9fff]{1,4}[区市]))"
    r"|(?P<street>大街|大道|胡同|小区|花园|新村|公寓|大厦|家园|广场|商场|大楼|写字楼|(?:企业|商务|金融|购物)?中心|工业园|产业园|科技园|创意园|丁目|[路街巷弄里苑段园]"
    r"|[\u4e00-\u9fff](?:[道城苑湾庭居郡邸轩阁院庄屯](?=[0-9一二三四五六七八九十a-z])))"
    r"|(?P<unit>[0-9一二三四五六七八九十百零]{1,5}(?:-[0-9]{1,4}){0,3}"
    r"(?:号楼|号院|丁目|单元|[号栋幢座楼层室房户组队弄巷段期门连排])"
    r"|(?<![a-z0-9])[a-z][0-9]{0,3}[座栋幢区]|(?<=丁目)[0-9]{1,3}(?:-[0-9]{1,4}){1,2})"
    r"|(?P<rooms>(?<![0-9-])[0-9]{1,3}-[0-9]{1,4}(?:-[0-9]{1,5})?(?![0-9-]))"
)
_HAN_TAIL: Final = re.compile(r"[\u4e00-\u9fff]{1,9}$")
_LEAD: Final = re.compile(r".*(?:家住|住在|居住|地址|住址|寄到|送到|[住在址到是为寄收于出售卖供])")
_GAP: Final = re.compile(r"[\u4e00-\u9fffa-z0-9#\-]* ?[\u4e00-\u9fffa-z0-9#\-]*")
_TAIL: Final = re.compile(
    r"(?:(?:之[一二三四五六七八九十0-9]{1,2}|[\u4e00-\u9fff]{0,3})[-#]?[a-z]?[0-9]{1,5}"
    r"(?:室|房|号|楼|层|座|栋|单元)?(?![0-9a-z条元万wk块个起岁年月日])|[a-z]室"
    r"| [\u30a0-\u30ff][\u30a0-\u30ff\u4e00-\u9fff]{1,12}[0-9]{0,4})+"
)
_LABELLED: Final = Sieved(
    r"(?:地址|住址|户籍地|户籍|居住地)\s?[:=]\s?([^\s,;|:=]*[省市区县镇乡村][^\s,;|:=]*)"
)
_DEEP: Final = 3
"""Levels from which a row of places alone is somebody's address: a county, a village."""
_STREET_GAP: Final = 12
_UNIT_GAP: Final = 7


def addresses(text: str) -> list[Found]:
    """Chinese addresses, and English ones, which are weak without a postal code."""
    found = [*_chinese(text)]
    found += _labelled(blank(text, found))
    found += western(text)
    return found


def _labelled(text: str) -> Iterator[Found]:
    for match in _LABELLED.finditer(text):
        if MASK not in match[1]:
            yield Found("address", *match.span(1), _value(match[1]))


def _value(written: str) -> str:
    return "".join(written.split())


def _chinese(text: str) -> Iterator[Found]:
    chain: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if chain and not _continues(text, chain[-1], token):
            yield from _close(text, chain)
            chain = []
        if chain or token.lastgroup in ("admin", "street"):
            chain.append(token)
    if chain:
        yield from _close(text, chain)


def _continues(text: str, last: re.Match[str], token: re.Match[str]) -> bool:
    gap = token.start() - last.end()
    if gap > (_UNIT_GAP if token.lastgroup in ("unit", "rooms") else _STREET_GAP):
        return False
    if not _GAP.fullmatch(text, last.end(), token.start()):
        return False
    if token.lastgroup == "rooms" or (token.lastgroup == "unit" and token[0][-1] in "号户房组队段"):
        if token.lastgroup == "rooms" and last[0][-1] in "号栋幢座楼":
            return gap <= _UNIT_GAP
        if token.lastgroup == "rooms" and token[0].count("-") == 2 and last.lastgroup == "street":
            return gap <= _UNIT_GAP
        near = last.lastgroup in ("street", "unit") or last[0] in ("镇", "乡", "村", "街道", "区")
        return near and gap <= 3 and " " not in text[last.end() : token.start()]
    return True


def _close(text: str, chain: list[re.Match[str]]) -> Iterator[Found]:
    kinds = [token.lastgroup for token in chain]
    if kinds.count("admin") >= _DEEP and kinds[-1] == "admin" and _ends_field(text, chain):
        start, end = _start(text, chain[0]), chain[-1].end()
        yield Found("address", start, end, _value(text[start:end]), weak=True)
        return
    while kinds and kinds[-1] == "admin":
        kinds.pop()
    chain = chain[: len(kinds)]
    admins, units = kinds.count("admin"), sum(k in ("unit", "rooms") for k in kinds)
    if not chain or not (admins or (units and "street" in kinds)):
        return
    start, end = _start(text, chain[0]), chain[-1].end()
    if tail := _TAIL.match(text, end):
        end = tail.end()
    if units:
        # A street and a number alone may be a shop's; beside a name they are somebody's.
        weak = not admins and units < 2
        yield Found("address", start, end, _value(text[start:end]), sure=admins > 0, weak=weak)
    elif admins >= 2 and _ends_field(text, chain):
        yield Found("address", start, end, _value(text[start:end]), weak=True)


def _start(text: str, first: re.Match[str]) -> int:
    window = text[max(0, first.start() - 9) : first.start()]
    han = _HAN_TAIL.search(window)
    if han is None:
        return first.start()
    lead = _LEAD.match(han[0])
    return first.start() - len(han[0]) + (lead.end() if lead else 0)


def _ends_field(text: str, chain: list[re.Match[str]]) -> bool:
    after = text[chain[-1].end() : chain[-1].end() + 1]
    deep = len(chain) > _DEEP
    named = chain[-1].start() - chain[-2].end() >= (1 if deep else 2)
    return named and not ("\u4e00" <= after <= "\u9fff")
