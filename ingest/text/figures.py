"""Numbers in disguise: ⑵.5 毛, 3Ok, 壹条, 五*毛, 三快五 — read where they stand as an amount."""

import re
from collections.abc import Iterator
from typing import Final

from ingest.text.late import late
from ingest.text.normalise import Edit

_HAN: Final = "零〇一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾佰仟"
_COINS: Final = r"元块毛角刀"
_COUNTED: Final = r"条个套份次单张台组户"
_BEHIND: Final = (
    rf"(?:[{_COINS}{_COUNTED}万千亿]|分(?![省市城区享类之])|(?:usdt?|u|w|k|kk|m|rmb)(?![a-z0-9]))"
)
"""What stands behind an amount."""
_BRACKETED: Final = late(
    rf"\(([0-9])\)(?:(?<=[0-9.].{{3}})|(?=[0-9.]|\([0-9]\)|[佰仟百]| ?{_BEHIND}| 0))"
)
"""⑵ behind or in front of digits or a unit; alone it counts the items of a list."""
_DOTTED: Final = late(rf"(?<=[0-9])\.(?=[{_COINS}万千]|[{_COUNTED}](?:[\s,。]|\Z))")
"""⒊ in front of a unit has kept its point."""
_LETTERS: Final = late(
    r"(?<![0-9a-z_.@:/+-])(?:[0-9lo]{1,4}[.])?(?=[lo.]*[0-9]|l[lo]+(?!\s?[a-z])|[lo](?![a-z]))[0-9lo]{1,6}"
    rf"(?=\s?{_BEHIND})"
)
"""3Ok, l8OO元: letters for one and nought."""
_IS_LETTER: Final = late("[lo]")
_ONE: Final = late(rf"(?<=[{_COINS}分u])l(?=[{_COUNTED}])|(?<![0-9a-z@_.])l(?=[条个套份次单张]\s)")
_CAPITALS: Final = dict(zip("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千", strict=True))
_RUN: Final = late(rf"[{_HAN}万]+")
_IS_CAPITAL: Final = late(f"[{''.join(_CAPITALS)}]")
_COUNTS: Final = late(rf"\s?(?:{_BEHIND}|手|整)")
_NAMES: Final = late(r"(?<=[大内海登着退入队行收])[伍陆拾](?![佰仟拾百千万])")
"""大陆, 退伍, 收拾: a capital numeral as part of a word."""
_QUICK: Final = late(
    rf"(?<=[0-9{_HAN}])快(?=钱|\s?[一1每/]|[0-9{_HAN}]|\s*(?:[,。;!\n]|\Z)|\s[^\W_])"
    "(?!快|.?(?:递|手|排))"
)
_DRY: Final = late(
    rf"(?<=[0-9{_HAN}])\s?干(?=\s?[0-9{_HAN}](?:\s?百)|[{_COUNTED}元块多]|[0-9]{{1,3}}\s?块)"
)
_METRE: Final = late(
    rf"(?<=[0-9{_HAN}])米(?=[1-9一二三四五六七八九](?![0-9十百千米])\s?(?:[一1每/,。]|\Z|\n))"
)
"""1米8 一条: the sign for the coin between a coin and a tenth."""
_STOP: Final = late(rf"(?<=[0-9])。(?=[0-9]{{1,3}}\s?(?:{_BEHIND}|[/一1每]))(?<![0-9]{{4}}。)")
"""0。8元: a full stop for the point."""
_SPOKEN: Final = late(rf"(?<=[0-9])(?<![0-9]{{2}})点(?=[0-9]{{1,2}}\s?[一1每/]?[{_COUNTED}])")
_COUNT_BY_SOUND: Final = late(rf"(?<=[{_COINS}分u][一每1/])(?:跳|tiao(?![a-z]))")
"""0.5元一跳, 3毛/tiao: the counting word by its sound."""
_ORNAMENT: Final = r"[^\w\s,.。;:、()（）/+%▮@<>\[\]【】「」\"'?&=$¥€£|-]"
_PARTED: Final = late(
    rf"(?<=[0-9{_HAN}]){_ORNAMENT}{{1,2}}(?=(?:[{_COINS}万千佰仟]|[条个套份](?:[\s,。]|\Z)))"
)
"""五*毛, 3🔥块: ornaments between a number and its unit."""
_SIGN: Final = late(f"[(.。点lo{''.join(_CAPITALS)}快干米跳]")
_MARK: Final = late(_ORNAMENT)
"""Without one of these nothing is disguised; a class alone is by far quicker than all forms."""
_MAY: Final = late(
    rf"(?=[(0-9lo{''.join(_CAPITALS)}{_HAN}米每/]|{_ORNAMENT})"
    rf"(?:\([0-9]\)|[0-9]\.[{_COINS}{_COUNTED}万千]|[lo][lo.]*[0-9{_COINS}{_COUNTED}uwk]|[0-9]\s?[lo]"
    rf"|[{''.join(_CAPITALS)}]|[0-9{_HAN}]\s?[快干]|米[1-9一二三四五六七八九]|[0-9][。点][0-9]|[一每1/](?:跳|tiao)"
    rf"|(?<=[0-9{_HAN}]){_ORNAMENT}{{1,2}}[{_COINS}{_COUNTED}万千佰仟])"
)
"""What each begins with leads, so that plain text is passed over at once."""


def disguised_figures(text: str) -> list[Edit]:
    """Edits of normal text, apart from each other, that give disguised numbers plain digits."""
    if not ((_SIGN.search(text) or _MARK.search(text)) and _MAY.search(text)):
        return []
    edits: list[Edit] = []
    done = 0
    for edit in sorted(_found(text)):
        if edit[0] >= done:
            edits.append(edit)
            done = edit[1]
    return edits


def _found(text: str) -> Iterator[Edit]:
    for match in _BRACKETED.finditer(text):
        yield (*match.span(), match[1])
    for match in _LETTERS.finditer(text):
        if _IS_LETTER.search(match[0]):
            yield (*match.span(), match[0].translate(_DIGITS))
    for match in _RUN.finditer(text):
        if (
            _IS_CAPITAL.search(match[0])
            and _COUNTS.match(text, match.end())
            and not _NAMES.match(text, match.start())
        ):
            yield (*match.span(), match[0].translate(_PLAIN))
    for match in _DRY.finditer(text):
        yield match.end() - 1, match.end(), "千"
    for pattern, becomes in _SINGLE:
        yield from ((*match.span(), becomes) for match in pattern.finditer(text))


_DIGITS: Final = str.maketrans("lo", "10")
_PLAIN: Final = str.maketrans(_CAPITALS)
_SINGLE: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (_DOTTED, ""),
    (_ONE, "1"),
    (_QUICK, "块"),
    (_METRE, "块"),
    (_STOP, "."),
    (_SPOKEN, "."),
    (_COUNT_BY_SOUND, "条"),
    (_PARTED, ""),
)
