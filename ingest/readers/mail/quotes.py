"""What a mail says itself, and what it quotes of another one."""

import re

import msgspec

_QUOTED = re.compile(r"[ \t]{0,3}>[ \t]?")
_SEPARATOR = re.compile(
    r"[ \t]*(?:[-_=]{2,60}[ \t]*(?:original message|original mail|forwarded message|forwarded mail"
    r"|原始邮件|原邮件|回复的邮件|回复的原邮件|转发邮件|转发的邮件|轉寄郵件|原始郵件|轉寄的郵件)"
    r"[ \t]*[-_=]{2,60}|begin forwarded message:)[ \t]*",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"[^\n]{0,400}(?:wrote|写道|寫道|schrieb|a écrit|escribió)[ \t]*[:：][ \t]*"
)
_WRAPPED = re.compile(r"[ \t]*(?:On|Le|Am|El|在|于|於)[ \t][^\n]{0,200}\d")
"""The first line of an attribution that a mail program wrapped."""
_FROM = re.compile(r"[ \t*]*(?:from|发件人|寄件者|寄件人|发送者)[ \t*]*[:：]", re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>()\[\]\",;:：@]{1,64}@[^\s<>()\[\]\",;:：@]{1,250}")
_HEAD_LINES = 8


class Said(msgspec.Struct, frozen=True):
    """`own` words, `quoted` ones, and the address of who is quoted where that is stated."""

    own: str
    quoted: str = ""
    author: str = ""


def split_quotes(text: str) -> Said:
    """Lines behind `>`, and all behind a separator of mail programs, are quoted."""
    own: list[str] = []
    quoted: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if _SEPARATOR.fullmatch(line):
            quoted += lines[number + 1 :]
            break
        if mark := _QUOTED.match(line):
            if own and not quoted and _ATTRIBUTION.fullmatch(own[-1]):
                quoted.append(own.pop())
                if own and _WRAPPED.match(own[-1]):
                    quoted.insert(0, own.pop())
            quoted.append(line[mark.end() :])
        else:
            own.append(line)
    return Said(_joined(own), _joined(quoted), _author(quoted))


def _author(quoted: list[str]) -> str:
    """The address in the line that says who is quoted."""
    for line in quoted[:_HEAD_LINES]:
        if (_FROM.match(line) or _ATTRIBUTION.fullmatch(line)) and (
            found := _ADDRESS.search(line[:800])
        ):
            return found[0].lower().strip(".")
    return ""


def _joined(lines: list[str]) -> str:
    return "\n".join(line.rstrip() for line in lines).strip("\n")
