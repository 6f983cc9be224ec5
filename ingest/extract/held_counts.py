"""Numbers inside of terms and contacts that count goods all the same: 10000条, 现有32口."""

import re
from typing import Final

from ingest.text.late import late

_HOTLINE: Final = "10000"
_SPOKEN_TENS: Final = late(r"\d{1,3}[wk]\d")
_COUNTED: Final = late(r" ?[条组套个份单起+]")
_SAID: Final = late(r"[更新产出供均日天算价共包要给收卖存剩余有] ?\Z")
_PORTS: Final = late(r" ?口(?! ?(?:猫|卡|池|goip|gsm|短信|设备|机|语音|的))")
_FREE: Final = late(r"[有空余剩闲][着了]?[ ,:]?\Z")
_REACH: Final = 16


def counts_goods(text: str, match: re.Match[str]) -> bool:
    """Whether a number counts goods or money: that of a hotline, 1w2 behind a day, free ports."""
    place, end = match.span()
    if _PORTS.match(text, end):
        free = _FREE.search(text, max(0, place - _REACH), place)
        return free is not None or text.startswith("起", end + 1)
    if match[0] == _HOTLINE:
        return _COUNTED.match(text, end) is not None
    if not _SPOKEN_TENS.fullmatch(match[0]):
        return False
    said = _SAID.search(text, max(0, place - 2), place)
    return bool(said or _COUNTED.match(text, end))
