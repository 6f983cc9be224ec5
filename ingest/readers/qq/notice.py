"""What a system message of a QQ group says: who joined, left, or took a message back."""

import re
from dataclasses import dataclass

_WHO = r"(?P<{0}>.{{1,80}}?)(?:[(<](?P<{0}_number>\d{{5,12}})[)>])?"
_NAME, _BY = _WHO.format("name"), _WHO.format("by")
_FORMS = (
    ("recall", rf"{_NAME}\s*撤回了一条(?:群?成员)?.{{0,90}}消息"),
    ("join", rf"{_BY}\s*邀请\s*{_NAME}\s*加入了?本?群"),
    ("leave", rf"{_NAME}\s*被.{{0,90}}(?:移出|移除|踢出)了?本?群(?:聊)?"),
    ("leave", rf"{_BY}\s*(?:将|把)\s*{_NAME}\s*(?:移出|移除|踢出)了?本?群(?:聊)?"),
    ("leave", rf"{_NAME}\s*(?:已经?)?(?:退出|离开)了?本?群(?:聊)?"),
    ("join", rf"{_NAME}\s*(?:通过.{{0,90}})?(?:已经?)?加入了?本?群(?:聊)?"),
)
_PATTERNS = tuple(
    (action, re.compile(rf"\s*(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+)?{form}[。.!！]?\s*", re.DOTALL))
    for action, form in _FORMS
)


@dataclass(frozen=True, slots=True)
class Notice:
    """`action`: join, leave, recall, or notice for anything else."""

    action: str
    name: str | None = None
    number: str | None = None
    by: str | None = None


def read_notice(text: str) -> Notice:
    """Reads a system message's text."""
    if len(text) > 400:
        return Notice("notice")
    for action, pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            return Notice(action, parts["name"].strip(), parts["name_number"], parts.get("by"))
    return Notice("notice")


_QUOTES = "\"'“”「」 "


def read_quoted_notice(text: str) -> Notice:
    """The same for clients that set names in quotes and say 群聊 for a group."""
    notice = read_notice(text.replace("群聊", "群"))
    name, by = ((part or "").strip(_QUOTES) or None for part in (notice.name, notice.by))
    return Notice(notice.action, name, notice.number, by)
