"""The contact grammar: cue and id, or a form that stands alone."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

import msgspec

from ingest.extract.contact_forms import TrailingCues, Twins
from ingest.extract.contact_shapes import (
    FREE,
    FREE_SIGNS,
    LINK,
    MAY_PHONE,
    PHONE,
    SELDOM,
    SELDOM_SIGNS,
    SHAPES,
)
from ingest.extract.spans import Places
from ingest.extract.wallets import find_wallets
from ingest.lexicon import ContactCue
from ingest.text.digits import digit_view
from ingest.text.late import late
from ingest.text.normalise import Normal
from ingest.text.scan import Scanner, holds_one
from ingest.text.sound import Sounds

_KINDS_OF_FORM: Final = {
    **dict.fromkeys(("tme", "tgs", "handle", "apart", "spelled", "behind"), "telegram"),
    "wame": "whatsapp",
}
_CERTAIN: Final = frozenset({"onion", "tme", "tgs", "url", "email", "apart", "wame"})
"""Forms that are read before a cue could take them for its id."""
_EVIDENT: Final = frozenset({"jid", "email", "session", "phone", "domain"})
"""Shapes that need no sign between cue and id."""
_NAMED_APPS: Final = frozenset({"wickr", "batchat", "safew", "telegram", "wechat", "discord"})
"""Apps whose bare name may stand right before an id that closes its phrase."""
_DOTTED: Final = frozenset({"signal", "discord"})
"""Apps in whose ids a point may stand."""
_CLOSED: Final = frozenset({"", ",", ";", "\n", "|", ")", ".", "/"})
_BLOCKED_BEFORE: Final = frozenset("@▮")
_APART: Final = frozenset(":=~>→➡👉☞➜➤►▶⇒»❥♡➕是为号")
_LINKED: Final = late(r"[.:][^\s一-鿿]{0,60}\Z")
_LINK_REACH: Final = 64
_DATA_OF: Final = late(
    r"\s?(?:上?的|'s)?\s?(?:用户|会员|客户|数据|库|泄露|users|members|customers|data|database|db|"
    r"dump|leads|leak|breach)"
)
"""Behind a domain whose data is spoken of."""
_COUNTED: Final = late(
    r"[+.]?(?: ?(?:元|块|rmb|usdt|u(?![a-z0-9])|万|亿|%)|[条个套份组张次年月天](?![:\d]))"
)
_NUMBERED: Final = late(
    r"(?:单号|订单|编号|运单|工单|流水|卡号|尾号|order|no\.?|ref)[号:#\s]{0,3}$"
)
"""In front of a number that is no phone."""
_UNKNOWN: Final = late(
    r"(?:(?<![a-z])(?:icq|skype|line|kik|viber|imo|twitter|x|instagram|insta|ig|facebook|fb|tiktok|"
    r"snap(?:chat)?|vk|zalo|kakao(?:talk)?)|微博|抖音|快手|小红书|推特)(?:号|id)?[\s:=]{0,3}\Z"
)
"""Apps whose ids are no contacts here."""
_AT: Final = late(r" ?[(\[]at[)\]] ?")
_DOT: Final = late(r" ?[(\[]dot[)\]] ?| ?\. ?")
_MAILS: Final = frozenset({"jabber", "email"})
"""Kinds that are read before an address without a cue would take them."""


class Contact(NamedTuple):
    """A contact in the normal text; wallets carry their place as written in `written`."""

    start: int
    end: int
    kind: str
    value: str
    sure: bool
    """False after a homophone or emoji cue."""
    written: tuple[int, int] | None = None


class ContactGrammar:
    """Cue table compiled into one regex; ids are read at each cue."""

    def __init__(self, cues: Sequence[ContactCue], words: Sequence[str]) -> None:
        self._cues = {cue.cue: cue for cue in cues}
        self._list = tuple(self._cues)
        self._words = frozenset(words)
        self._scanner = Scanner(self._list)
        self._sounds = Sounds(self._list)
        self._trailing = TrailingCues(cues)
        self._twins = Twins(cues)
        self._ids = {shape: late(LINK + f"(?P<id>{p})") for shape, p in SHAPES.items()}

    def find(self, text: str, normal: Normal) -> list[Contact]:
        """Contacts by place, none overlapping another."""
        taken: list[Contact] = []
        places = Places()
        cued = found = list(self._cued(normal.text))
        free = list(_free(normal.text))
        first = [*_wallets(text, normal), *(c for c in cued if c.kind in _MAILS)]
        behind = list(self._named_behind(normal.text))
        if first or behind or free:
            found = [*first, *behind, *(c for certain, c in free if certain), *cued]
            found += (c for certain, c in free if not certain)
        for contact in found:
            if places.take(contact.start, contact.end):
                taken.append(contact)
        taken += [twin for contact in taken for twin in self._twins_of(normal.text, contact)]
        return [_as_written(c, text, normal) for c in sorted(taken)]

    def _named_behind(self, text: str) -> Iterator[Contact]:
        for start, end, kind, written in self._trailing.find(text):
            yield Contact(start, end, *_value(kind, written), True)

    def _twins_of(self, text: str, contact: Contact) -> Iterator[Contact]:
        for kind in self._twins.of(text, contact.start, contact.end, contact.kind, contact.value):
            yield contact._replace(kind=kind, value=_value(kind, contact.value)[1])

    def _cued(self, text: str) -> Iterator[Contact]:
        digits = ""
        for cue, start, end in self._places(text):
            if text[start].isascii() and _in_address(text, start):
                continue
            digits = digits or digit_view(text)
            # Chinese numerals become digits only behind the cue, where an id may stand.
            found = self._ids[cue.value].match(digits, end)
            if (
                found
                and found["id"].lstrip("@") not in self._words
                and _fits(cue, text[end : found.start("id")], found["id"], text[found.end() :])
            ):
                kind, value = _value(cue.kind, found["id"])
                first = found.start("id") if kind == "url" else start
                yield Contact(first, found.end(), kind, value, cue.strength == "plain")

    def _places(self, text: str) -> Iterator[tuple[ContactCue, int, int]]:
        for number, start, end in self._scanner.scan(text):
            yield self._cues[self._list[number]], start, end
        if not text.isascii():
            for heard, start, end in self._sounds.find(text):
                yield msgspec.structs.replace(self._cues[heard], strength="homophone"), start, end


def _free(text: str) -> Iterator[tuple[bool, Contact]]:
    """Contacts that need no cue, and whether their form alone makes them certain."""
    if not ("@" in text or "." in text or "1" in text or "://" in text):
        return
    seldom = holds_one(text, SELDOM_SIGNS)
    forms = FREE if holds_one(text, FREE_SIGNS) else PHONE
    if forms is PHONE and not seldom and not MAY_PHONE.search(text):
        return
    for match in chain(forms.finditer(text), SELDOM.finditer(text) if seldom else ()):
        form = match.lastgroup or ""
        kind = _KINDS_OF_FORM.get(form, form)
        if form == "phone" and _NUMBERED.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        if kind == "telegram" and text[match.start()] == "@" and _of_unknown(text, match.start()):
            continue
        value = match[form] if form != "url" else match[0].rstrip(".!?)]:;'\"*")
        end = match.start() + len(value) if form == "url" else match.end()
        yield form in _CERTAIN, Contact(match.start(), end, *_value(kind, value), True)


def _of_unknown(text: str, start: int) -> bool:
    return _UNKNOWN.search(text, max(0, start - 12), start) is not None


def _as_written(contact: Contact, text: str, normal: Normal) -> Contact:
    if contact.kind != "url":
        return contact
    start, end = normal.back(contact.start, contact.end)
    return contact._replace(value=text[start:end])


def _in_address(text: str, start: int) -> bool:
    """Whether letters go on from an address or a handle; QQ in 微信/QQ does not."""
    before = text[max(0, start - 1) : start]
    if before == "/":
        return _LINKED.search(text, max(0, start - _LINK_REACH), start) is not None
    return bool(before) and before in _BLOCKED_BEFORE


def _fits(cue: ContactCue, link: str, value: str, rest: str) -> bool:
    apart = not _APART.isdisjoint(link) or "id" in link
    if value[-1].isdigit() and _is_amount(value, rest):
        return False
    marked = value[0] in "@+0123456789" or any(c.isdigit() or c == "_" for c in value)
    marked = marked or (cue.kind in _DOTTED and "." in value.rstrip("."))
    if cue.value == "domain":
        return not _DATA_OF.match(rest)
    if cue.value in _EVIDENT:
        return True
    if cue.strength == "letter":
        return apart or (marked and value[0].isdigit()) or (marked and link == " ")
    if cue.strength == "homophone":
        return marked or apart
    named = not cue.cue.isascii() or (cue.kind in _NAMED_APPS and rest[:1] in _CLOSED)
    return marked or apart or (named and len(value) >= 5)


def _is_amount(value: str, rest: str) -> bool:
    """扣50000元, 电话 5000000条: a number in front of a unit is no id."""
    return value.isdigit() and not value.startswith("0") and bool(_COUNTED.match(rest))


def _value(kind: str, written: str) -> tuple[str, str]:
    value = written
    if kind in {"qq", "qq_group"} or (kind == "wechat" and value[0].isdigit()):
        value = value if value.isdigit() else "".join(char for char in value if char.isdigit())
    elif kind in {"phone", "whatsapp"} or (kind == "signal" and value[0] in "+0123456789"):
        value = ("+" if value.startswith("+") else "") + "".join(c for c in value if c.isdigit())
        if kind == "phone" and value.startswith(("+861", "861")) and len(value.lstrip("+")) == 13:
            value = value.lstrip("+")[2:]
    elif kind == "email" and "@" not in value:
        value = _AT.sub("@", _DOT.sub(".", value))
    elif kind == "onion":
        value = value.removeprefix("http://").removeprefix("https://")
    elif kind != "url":
        value = value.rsplit("t.me/", 1)[-1].replace(" ", "").lstrip("@")
    return kind, value


def _wallets(text: str, normal: Normal) -> Iterator[Contact]:
    place = 0
    first, last = normal.back(0, len(normal.text))
    for wallet in find_wallets(text[first:last]):
        written = wallet.start + first, wallet.end + first
        start = normal.text.find(text[slice(*written)].lower(), place)
        if start >= 0:
            place = start + wallet.end - wallet.start
            yield Contact(start, place, wallet.kind, wallet.value, True, written)
