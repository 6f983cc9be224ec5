"""How goods that no term names are written, and the words around them."""

import re
from typing import Final

from ingest.lexicon.frames import frame

_NAME: Final = (
    "[一-鿿]{2,5}|[a-z][a-z-]{2,14}(?: [a-z][a-z-]{2,14}){0,2}"
    "|(?![👇-👊👍-👐💯💰-💹💥🔝🔥🔞🔰-🔽])[🌀-🫿]"
)
_ACT: Final = "(?:(?:.*(?:[收出卖求甩供接要]|求购|供应))[ :]{0,2})?"
_BEHIND: Final = "的|呢|多少|怎么卖|另算|单独算|找|问|加|联系|私|(?<![一-鿿])[一-鿿]"
ALONE: Final = re.compile(rf"[\W\d_]*(?P<act>{_ACT})(?P<name>{_NAME})(?:{_BEHIND})?[\W\d_]*")
"""A word that is all that is unread of a label."""
NO_GOODS: Final = re.compile(
    r".*[版卡号级档款型套餐线区价费率金付]|[前后][者面]|中间|[两三四]样|反正|别人|自己|封顶"
    r"|[单两一]?[笔头].*|再.|.?[只能]换?|[生熟]人|[单打]出|买断|店铺|.*[拿买满够起]|.*维护|.*出手"
    r"|.*抵.*|.*抽|感谢.*|[一二两三四五六七八九十百千万毛块分元半]+"
    r"|each|flat|works?|still|saw|why|see|yours?|latter|former|keep|remains|two things|has|us|now"
    r"|also|only|then|full|set|active|excel|csv"
)
"""Words for kinds of the same goods, for fees and numbers, and others that nobody sells."""
MAY_ONLY: Final = (
    *("只", "我做", "我推", "主推", "现在做", "现在推", "本人做", " sell", " only ", " just "),
)
"""Words of which a text that `ONLY` finds holds one."""
ONLY: Final = re.compile(
    r"(?:(?:我|现在|本人|这边|今天主?)(?:现在)?(?:只[做卖出收接管要]|[做推])|只[做卖出收接管]"
    r"|(?<![a-z])(?:i|we)(?: only| just) (?:do|sell|buy|have|take)(?: the)?"
    rf"|(?<![a-z])(?:now|anyway,?) (?:i )?sell(?:ing)?) ?(?P<name>{_NAME})"
    r"(?=[\s,;。.!?]|\d|[一二两三四五六七八九十][毛块分元])"
)
"""What the author says they deal in."""
_JOIN: Final = r"\s?(?:[/、+&]|(?<![a-z])(?:and|n)(?![a-z])|[和与跟])\s?"
LISTED_AHEAD: Final = re.compile(rf"(?P<name>{_NAME}){_JOIN}\Z")
LISTED_BEHIND: Final = re.compile(rf"{_JOIN}(?P<name>{_NAME})(?=\W|\d|\Z|分别|各|都)")
LIST: Final = re.compile(
    rf"\d[\d.]*(?:[毛块分元u$万千wk]\d?){{0,2}}(?: usd)?{_JOIN}[$¥€£]?[\d一二两三四五六七八九]"
    rf"|[毛块分元]{_JOIN}[\d一二两三四五六七八九]"
)
"""Two values of a list."""
_BUYS: Final = r"(?:收|求购|求|需要?|想要|(?<![a-z])(?:wtb|buy|buying|need|looking for))"
_SELLS: Final = r"(?:出|卖|供应?|甩|(?<![a-z])(?:wts|sell|selling|offering))"
_TRADED: Final = rf"[ :]{{0,2}}(?P<name>{_NAME})(?=[\W\d]|\Z)"
ACTS: Final = (
    (re.compile(_BUYS + _TRADED), re.compile(_SELLS)),
    (re.compile(_SELLS + _TRADED), re.compile(_BUYS)),
)
"""A word right behind an act, and the opposite act."""
IS: Final = re.compile(rf"的是(?P<name>{_NAME})(?=[,;。!\n]|\Z)")
GIVES: Final = frame("contact_for_goods")
