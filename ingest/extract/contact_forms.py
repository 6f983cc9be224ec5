"""Contacts whose app is named behind (demo_x on telegram), and one id for two apps (微信同号)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ingest.lexicon import ContactCue
from ingest.text.late import late
from ingest.text.scan import holds_one

_ID: Final = r"(?P<at>@)?(?P<id>[a-z][a-z0-9_]{3,31}|\d{6,12})"
_DIGITS: Final = frozenset({"qq", "batchat", "potato", "wechat", "whatsapp", "phone"})
"""Apps whose ids may be numbers."""
_NUMBERS_ONLY: Final = frozenset({"qq", "phone", "whatsapp"})
_LETTER: Final = frozenset({"plain", "homophone"})
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
_ASKED: Final = re.compile(
    r"(?<![a-z])(?:contact|dm|pm|msg|message|reach|hit|find|add|write|text|me|us|ping|handle|user|"
    r"username|id|nick|at)\s?:?\s?(?:me |us )?$"
)
_SHAPES: Final = frozenset({"telegram", "wechat", "wickr", "batchat", "potato", "safew", "discord",
                            "qq", "whatsapp", "signal"})  # fmt: skip
_REACH: Final = 14
_SIGNS: Final = ("(", "[", " on ", " via ", " over ")
_SAYS_SAME: Final = re.compile(r"同|一样|same|also|works|available")
_JOINS: Final = re.compile(r"(?:[/、,&+和与或同]|and|or)\s?$")


class TrailingCues:
    """Ids in front of the name of their app: in brackets, or with `on` and the like between."""

    def __init__(self, cues: Sequence[ContactCue]) -> None:
        self._kinds = {c.cue: c.kind for c in cues if c.kind in _SHAPES and c.strength in _LETTER}
        names = "|".join(
            re.escape(cue) + ("(?![a-z0-9])" if cue[-1].isascii() else "")
            for cue in sorted(self._kinds, key=lambda cue: (-len(cue), cue))
        )
        self._behind = late(
            rf"(?<![a-z0-9_@./▮]){_ID}"
            rf"(?:\s?[(\[]\s?(?:on |via )?(?P<b>{names})\s?(?:同?号|id)?\s?[)\]]"
            rf"|\s(?:on|via|over|in) (?P<c>{names}))"
        )

    def find(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Start, end, kind and id as written."""
        if not holds_one(text, _SIGNS):
            return
        for match in self._behind.finditer(text):
            kind = self._kinds[match["b"] or match["c"]]
            written = match["id"]
            if not _may_be(kind, written):
                continue
            marked = match["at"] or match["b"] or any(c.isdigit() or c == "_" for c in written)
            if marked or _ASKED.search(text[max(0, match.start() - 12) : match.start()]):
                yield match.start(), match.end(), kind, written


class Twins:
    """Words that give one id a second app: 微信同号, same on telegram, QQ/微信 12345678."""

    def __init__(self, cues: Sequence[ContactCue]) -> None:
        self._kinds: Mapping[str, str] = {
            c.cue: c.kind
            for c in cues
            if c.kind in _SHAPES | {"phone"} and c.kind != "discord" and c.cue != "扣"
        }
        names = "|".join(re.escape(cue) for cue in sorted(self._kinds, key=len, reverse=True))
        self._behind = late(
            rf"[\s,;(/|]{{0,3}}(?:(?P<a>{names})(?:[/、和跟与](?P<e>{names}))?\s?(?:同|一样|same)"
            rf"|同(?P<b>{names})(?![a-z0-9])"
            r"|(?:same|also|works|available)(?: number| id| nick| name| handle)?"
            rf" (?:on|in|for|at) (?:my )?(?P<c>{names})(?![a-z0-9]))"
        )
        self._before = late(rf"(?:^|[^a-z0-9])(?P<a>{names})\s?(?:[/、,&+和与或]|号?同|and|or)\s?$")

    def of(self, text: str, start: int, end: int, kind: str, value: str) -> Iterator[str]:
        """Further kinds of the contact at a place."""
        found = set()
        if _SAYS_SAME.search(text, end, end + _REACH) and (behind := self._behind.match(text, end)):
            found |= {self._kinds[word] for word in behind.groups() if word}
        joined = _JOINS.search(text, max(0, start - 5), start)
        if joined and (before := self._before.search(text, max(0, start - _REACH), start)):
            found.add(self._kinds[before["a"]])
        if "同号" in text[start:end] and _MOBILE.fullmatch(value):
            found.add("phone")
        if found:
            yield from sorted(k for k in found - {kind} if _may_be(k, value))


def _may_be(kind: str, value: str) -> bool:
    number = value.lstrip("+").isdigit()
    if kind in _NUMBERS_ONLY | {"signal"}:
        return number
    return not number or kind in _DIGITS
