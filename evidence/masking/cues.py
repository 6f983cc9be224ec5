"""Words before and after a number that say whose it is."""

import re
from importlib.resources import files
from typing import Final, cast

from evidence.masking.found import Cue

WINDOW: Final = 28
"""Characters before a value in which its cue stands."""


def _rows() -> list[tuple[str, str]]:
    text = (files("evidence.masking.data") / "cues.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return sorted(((kind, form) for kind, form in pairs), key=lambda row: -len(row[1]))


_KINDS: Final = {form: kind for kind, form in _rows()}
_FORMS: Final = "|".join(re.escape(form) for _, form in _rows())
_BEFORE: Final = re.compile(
    rf"(?:(?<![a-z])|(?=[^a-z]))({_FORMS})"
    r"(?:号码|同号|号|账号|帐号|number|no\.?|id)?(?: ?is)?[\s:=+(\[\"'\-—>→是为,、~!。/]{0,5}$"
)
_AFTER: Final = re.compile(
    r"[\s()\[,、/-]{0,3}(?:微信同|微同|同微|同v|v同|vx同|wx同|同号|微信|加我|联系我|欢迎来电|咨询)"
)
UNIT_AFTER: Final = re.compile(
    r"\s?(?:[条个组套元块份位起枚粒包%]|[万亿](?=[条个组套元块份位起])|[wk]\b|以上|左右|usdt?\b|u\b|rmb\b|records?\b|"
    r"lines?\b|rows?\b|pcs\b|usd\b)"
)
"""What stands after a quantity or a price."""
UNIT_RIGHT_AFTER: Final = re.compile("[条个元块]")
"""The same after eleven digits of a mobile number, which is hardly ever a quantity."""


def cue_of(text: str, start: int, end: int) -> Cue:
    """The kind of cue beside the value at `start:end` of normal text."""
    match = _BEFORE.search(text[max(0, start - WINDOW) : start])
    if match:
        return cast("Cue", _KINDS[match[1]])
    return "deal" if _AFTER.match(text, end) else ""


def is_qq(text: str, start: int) -> bool:
    """Whether a QQ or group cue stands right before a number."""
    return _QQ.search(text[max(0, start - WINDOW) : start]) is not None


_QQ: Final = re.compile(
    r"(?:(?<![a-z])qq|(?<![a-z])q|扣扣|叩叩|蔻蔻|抠抠|口口|企鹅|球球|秋秋|🐧|群|裙|峮)"
    r"(?:号码|号|群|裙)?[\s:=+(\[是为]{0,4}$"
)
