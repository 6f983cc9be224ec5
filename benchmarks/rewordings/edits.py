"""Changes of one amount of a text, by what of it is changed."""

import re
from typing import Final

from benchmarks.rewordings.numbers import Writing
from benchmarks.rewordings.places import Edit, Place

_HAN: Final = re.compile("[一-鿿]")
_NUMERAL: Final = r"[\d一二两三四五六七八九十百千万]"
_MONEY: Final = re.compile(
    r"[$¥￥]\s?\d[\d,.]*(?:[kKwW]\b)?"
    r"|(?:人民币|USDT?|RMB)\s?\d[\d,.]*"
    rf"|(?:\d[\d,.]*[kKwW万千]?|{_NUMERAL}+)\s?(?:元|块钱|块|毛钱|毛|角|分|刀|美金|美元|美刀"
    r"|usdt|usd|rmb|dollars|bucks|u|r|\$)(?![a-zA-Z])"
    r"(?:[1-9一二三四五六七八九](?![\d条个份套张组单次位台只户城人]))?",
    re.IGNORECASE,
)
_ONE: Final = re.compile(r"[一1每/]\s?\w")
_OTHER_NUMBER: Final = re.compile(
    r"[\d⓪-⓿①-⓿０-９一二两三四五六七八九十百千万萬億亿零〇壹贰叁肆伍陆柒捌玖拾佰仟]|[mMbB](?![a-z])|mil"
)
"""What a quote holds beside its sum or count where it says more than one number."""
_COUNT: Final = re.compile(
    r"\d[\d,]*(?:\.\d+)?\s?(?:万|千|百|[wWkK](?![a-z]))?|[一二两三四五六七八九十百千万]{2,}"
)
_TERM: Final = re.compile(r"\s?(?:[/／一每1]|/[一1]|每一)\s?(?P<u>条|个|份|套|张|组|单|次|位)\Z")
_LATIN_TERM: Final = re.compile(r"\s?(?:/\s?|per |a |each )(?P<u>[a-z]+)\Z|\s?each\Z", re.I)
_COUNTED: Final = re.compile(r"(?P<n>\d[\d,.]*\s?[wWkK万千百]?)\s?(?P<u>[条个份组])\Z")
_SIGNS: Final = " \t,，。;；:：、|/\n!！"
_BEFORE: Final = re.compile(r"[\s:：,，|/=\-—~]{0,3}\Z")
_LEAST: Final = re.compile(
    r"(?P<n>\d[\d,.]*[wWkK万千百]?|[一二两三四五六七八九十百千万]+)(?P<u>[条个套份张组]?)"
    r"(?:起步|起拿|起批|起订|起卖|起走|起)(?![一-鿿])"
)
_LATIN_LEAST: Final = re.compile(
    r"(?:(?:min(?:imum)?|moq)(?: order)?:? (?P<a>\d[\d,.]*k?)|(?P<b>\d[\d,.]*k?) (?:min(?:imum)?"
    r"|moq))(?![\w ]*\d|[a-z])",
    re.IGNORECASE,
)
_STOCKED: Final = re.compile(r"(?:现货|库存|还有|总共|一共|共有?|总量|手上有?|剩余?|有)[:： ]?")
_DAILY: Final = re.compile(
    r"(?:日更新?|每天|日产|每日|日出|一天|日均)(?=\s?[\d一二两三四五六七八九])"
)


def money(currency: str, writing: Writing, place: Place) -> Edit | None:
    """The sum of a price in another way."""
    if place.slot != "prices" or place.key[1] != currency:
        return None
    return _written(_MONEY, writing, place)


def _written(pattern: re.Pattern[str], writing: Writing, place: Place) -> Edit | None:
    """Another writing of the one number of an amount."""
    found = list(pattern.finditer(place.quote))
    written = writing(place.key[0]) if len(found) == 1 else None
    if written is None or written == found[0][0]:
        return None
    start, end = found[0].span()
    if _OTHER_NUMBER.search(_ONE.sub("", f"{place.quote[:start]} {place.quote[end:]}")):
        return None
    start, end = place.span[0] + start, place.span[0] + end
    before = place.text[start - 1 : start] if start else ""
    if before.isascii() and before.isalnum() and written[0].isascii():
        return None
    return Edit(start, end, written)


def count(writing: Writing, place: Place) -> Edit | None:
    """The number of a quantity in another way."""
    if place.slot != "quantities":
        return None
    return _written(_COUNT, writing, place)


def term(written: str, place: Place) -> Edit | None:
    """What a price is for, in another way: `U` stands for the unit."""
    match = _TERM.search(place.quote) if place.slot == "prices" else None
    if match is None:
        return None
    return Edit(place.span[0] + match.start(), place.span[1], written.replace("U", match["u"]))


def led(place: Place) -> Edit | None:
    """每条0.5元: what a price is for, in front of it."""
    match = _TERM.search(place.quote) if place.slot == "prices" else None
    if match is None or not _opens(place):
        return None
    return Edit(*place.span, f"每{match['u']}{place.quote[: match.start()]}")


def latin_term(written: str, place: Place) -> Edit | None:
    match = _LATIN_TERM.search(place.quote) if place.slot == "prices" else None
    if match is None or place.key[2] not in {"record", "unit"}:
        return None
    unit = match["u"]
    if "U" in written and not unit:
        return None
    return Edit(place.span[0] + match.start(), place.span[1], written.replace("U", unit or ""))


def counter(unit: str, place: Place) -> Edit | None:
    """5000条 and 0.5一条 of records, counted by another word."""
    record = place.key[1 if place.slot == "quantities" else 2] == "record"
    found = _COUNTED if place.slot == "quantities" else _TERM
    match = found.search(place.quote) if record else None
    if match is None or match["u"] == unit:
        return None
    start, end = match.span("u")
    return Edit(place.span[0] + start, place.span[0] + end, unit)


def _opens(place: Place) -> bool:
    """Whether a sign parts an amount from what stands in front."""
    return place.text[max(0, place.span[0] - 1) : place.span[0]] in _SIGNS


def lead(word: str, place: Place) -> Edit | None:
    """A word in front of a price, in the language of the text."""
    if place.slot != "prices" or not _opens(place) or place.key[2] == "percent":
        return None
    if place.is_han != bool(_HAN.search(word)) and word.isascii() == place.is_han:
        return None
    start = place.span[0]
    if place.quote[:1] not in "$¥￥" and not re.match(_NUMERAL, place.quote):
        return None
    return Edit(start, start, word)


def between(sign: str, place: Place) -> Edit | None:
    """Another sign between goods and the amount right behind them."""
    start = place.span[0]
    end = max((e for _, e in place.goods if e <= start), default=-1)
    gap = place.text[end:start] if end >= 0 else "?"
    if not _BEFORE.fullmatch(gap) or gap == sign:
        return None
    return Edit(end, start, sign)


def swapped(place: Place) -> Edit | None:
    """0.5一条 股民: a price in front of its goods."""
    start, end = place.span
    goods = max((g for g in place.goods if g[1] <= start), default=None)
    if place.slot != "prices" or goods is None:
        return None
    gap = place.text[goods[1] : start]
    if not _BEFORE.fullmatch(gap) or place.text[end : end + 1] not in _SIGNS:
        return None
    if place.text[max(0, goods[0] - 1) : goods[0]].isdigit():
        return None
    return Edit(goods[0], end, f"{place.quote} {place.text[goods[0] : goods[1]]}")


def around(form: str, slot: str, place: Place) -> Edit | None:
    """Signs around an amount: `Q` stands for its words."""
    if place.slot != slot:
        return None
    return Edit(*place.span, form.replace("Q", place.quote))


def behind(words: str, place: Place) -> Edit | None:
    """Words behind a price that change nothing."""
    end = place.span[1]
    if place.slot != "prices" or place.text[end : end + 1] not in _SIGNS:
        return None
    if place.is_han == words.isascii() and any(c.isalpha() for c in words):
        return None
    return Edit(end, end, words)


def stock(word: str, place: Place) -> Edit | None:
    """A word for what is there, in front of a quantity without a period."""
    if place.slot != "quantities" or place.key[2] or place.is_han == word.isascii():
        return None
    said = _STOCKED.match(place.quote)
    quote = place.quote[said.end() :] if said else place.quote
    if not re.match(_NUMERAL, quote) or not _opens(place):
        return None
    return Edit(*place.span, word + quote)


def daily(word: str, place: Place) -> Edit | None:
    """Another word for what comes in each day."""
    said = _DAILY.match(place.quote) if place.slot == "quantities" else None
    if said is None or place.key[2] != "day":
        return None
    return Edit(place.span[0], place.span[0] + said.end(), word)


def least(form: str, place: Place) -> Edit | None:
    """500条起 in other words: `N` stands for the number, `U` for its unit."""
    if place.slot != "prices" or not place.key[3] or place.is_han == ("U" not in form):
        return None
    pattern = _LEAST if place.is_han else _LATIN_LEAST
    match = pattern.search(place.text, place.span[1])
    if match is None or "\n" in place.text[place.span[1] : match.start()]:
        return None
    if place.is_han:
        told = form.replace("N", match["n"]).replace("U", match["u"])
    else:
        told = form.replace("N", match["a"] or match["b"])
    return Edit(match.start(), match.end(), told)
