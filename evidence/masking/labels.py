"""Labels of fields in many languages, and the values that stand behind them."""

import re
from collections.abc import Iterator
from typing import Final

from evidence.masking.choice import one_of
from evidence.masking.data import pairs, words
from evidence.masking.found import MASK, Found
from evidence.masking.sieve import Sieved

_ROWS: Final = pairs("labels.tsv")
_KINDS: Final = {label: kind for kind, label in reversed(_ROWS) if kind not in ("kin", "lead")}
KIN: Final = frozenset(label for kind, label in _ROWS if kind == "kin")
"""Right before a name: how somebody is related or called."""
LEADS: Final = frozenset(label for kind, label in _ROWS if kind == "lead")
"""Before names as well as before goods: 样本, 客户."""
_ENDINGS: Final = {
    **dict.fromkeys(("name", "xm"), "name"),
    **dict.fromkeys(("phone", "mobile", "tel", "sjh"), "phone"),
    **dict.fromkeys(("idcard", "idno", "sfz", "sfzh"), "identity"),
    **dict.fromkeys(("email", "mail"), "email"),
    **dict.fromkeys(("address", "addr"), "address"),
    **dict.fromkeys(("cardno", "bankcard", "account"), "account"),
}
_PARTS: Final = frozenset(
    part for label in (*_KINDS, *_ENDINGS) for part in re.findall(r"[^\W_]+", label)
)
_THINGS: Final = frozenset(words("things.txt"))
"""Before `name` in a key: the name of a thing, or one that its user chose."""


def kind_of(label: str) -> str:
    """The kind of field that a label in normal text names, `other` among them; empty if unknown."""
    plain = " ".join(label.replace("_", " ").strip(" \"'`【】[]()<>*#").split())
    if plain in _KINDS or not plain.isascii():
        return _KINDS.get(plain, "")
    *before, last = plain.replace("-", " ").split() or [""]
    return _ENDINGS.get(last, "") if before and _THINGS.isdisjoint(before) else ""


def is_word_of_label(word: str) -> bool:
    """Whether a run of letters in normal text is a label or part of one."""
    return word in _PARTS


def is_label(word: str) -> bool:
    """Whether a word is the label of a field or says what somebody is."""
    return word in _KINDS or word in KIN or word in LEADS


def forms(kind: str) -> list[str]:
    """The labels of a kind, the longest first."""
    return sorted((label for label, k in _KINDS.items() if k == kind), key=lambda w: (-len(w), w))


def han_names() -> list[str]:
    """Labels of names in Han characters, the longest first."""
    return [form for form in forms("name") if "\u4e00" <= form[0] <= "\u9fff"]


_SIGN: Final = re.compile(
    r"[\\\"'`】\])>]{0,2} ?(?:[:=】]|(?<=[】\]>]))[ \\\"'`\[]{0,3}|(?<=\S)[ \t]*\n[ \t]*"
)
_MAY_SIGN: Final = re.compile(r"[:=】\]>\n]")
"""One of these stands in or in front of every sign."""
_BEFORE: Final = re.compile(
    r"[^\s:=,;|\\\"'`\[\]()【】<>&?{}]+(?: [^\s:=,;|\\\"'`\[\]()【】<>&?{}]+){0,2}\Z"
)
_ENDS_LABEL: Final = re.compile(r"[\\\"'`】\])]{0,2} ?[:=】] ?[\\\"'`\[]{0,2}\Z")
_REACH: Final = 26
_IDENTITY: Final = re.compile(
    r"(?:[a-z]{0,4}[0-9][0-9a-z]*|[a-z]{1,2}(?= ?[0-9]))"
    r"(?:[ \-./№]{1,2}(?:[a-z]{0,2}[0-9]+[a-z]?(?![a-z])|[a-z](?![a-z])))*"
)
_ACCOUNT: Final = re.compile(r"(?:[a-z]{2}[0-9]{2})?[0-9a-z]*[0-9](?:[ -]?[0-9]+)*")
_ADDRESS: Final = re.compile(r"(?:(?!----|  )[^\n\t|;\"{}<>])+")
_NEXT_LABEL: Final = re.compile(r"[ ,/][^\s,:=]{1,20}(?: [^\s,:=]{1,12})? ?[:=]")
_PLACED: Final = re.compile(r"[0-9].*[\W\d]|[省市区县镇乡村路街州]")
_HAN_NAME: Final = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:·[\u4e00-\u9fff]{1,8}){0,3}(?: [\u4e00-\u9fff](?![\u4e00-\u9fff:=]))?"
    r"(?![\u4e00-\u9fff])"
)
_WORD: Final = re.compile(
    rf"[^\s\d_,;|:=/\"'(){{}}<>\[\]@#&!?*+{MASK}-][^\s\d_,;|:=/\"(){{}}<>\[\]@#&!?*+{MASK}]*"
)
_TITLED: Final = re.compile("(?:经理|总监?|老板|老师|主管|客服|[哥姐])$")
_LONGEST: Final = 26
_MOBILE: Final = re.compile("1[3-9][0-9]{9}")
_ACCOUNTS: Final = Sieved(
    rf"(?<![a-z\u4e00-\u9fff]){one_of(forms('account'))}"
    r"[ .:#]{1,3}([0-9](?:[ -]?[0-9]){7,19})(?![0-9a-z])"
)


def labelled(text: str) -> Iterator[Found]:
    """Values of any kind but phones and e-mails right behind a label, in normal text."""
    done = 0
    for sign in _SIGN.finditer(text) if _MAY_SIGN.search(text) else ():
        if sign.start() < done:
            continue
        kind = _label_before(text, sign)
        if not kind or kind == "other":
            continue
        for found in _value(text, sign.end(), kind):
            done = found.end
            yield found


def label_at(text: str, place: int) -> str:
    """The kind that a label right before a place names, over its colon; empty if there is none."""
    sign = _ENDS_LABEL.search(text, max(0, place - 4), place)
    return _label_before(text, sign) if sign else ""


def accounts(text: str) -> Iterator[Found]:
    """Numbers of accounts behind a label or the name of a bank; weak, a seller may have one too."""
    for match in _ACCOUNTS.finditer(text):
        digits = _squeezed(match[1])
        if 8 <= len(digits) <= 20 and not _MOBILE.fullmatch(digits):
            yield Found("card", *match.span(1), digits, weak=True)


def _label_before(text: str, sign: re.Match[str]) -> str:
    window = text[max(0, sign.start() - _REACH) : sign.start()]
    written = _BEFORE.search(window)
    if written is None:
        return ""
    parts = written[0].split(" ")
    if "\n" in sign[0]:
        # A label on a line of its own has its value on the next one.
        line = window.rsplit("\n", 1)[-1]
        return kind_of(line) if line.strip() else ""
    for first in range(len(parts)):
        if kind := kind_of(" ".join(parts[first:])):
            return kind
    last = parts[-1]
    return next((k for n in range(6, 1, -1) if n < len(last) and (k := _ends(last, n))), "")


def _ends(word: str, size: int) -> str:
    """The kind that the last characters of a Han word name: 样本姓名."""
    tail = word[-size:]
    joined = "\u4e00" <= word[-size - 1] <= "\u9fff" or word[-size - 1] == "."
    return _KINDS.get(tail, "") if joined and not tail.isascii() else ""


def _value(text: str, start: int, kind: str) -> Iterator[Found]:
    if kind in ("name", "user"):
        yield from _name(text, start, known=kind == "name")
    elif kind == "identity":
        match = _IDENTITY.match(text, start)
        if match and sum(map(str.isdigit, match[0])) > 3 and len(match[0]) in range(5, _LONGEST):
            yield Found("identity_number", *match.span(), _squeezed(match[0]), sure=True)
    elif kind == "account":
        match = _ACCOUNT.match(text, start)
        if match and 8 <= len(_squeezed(match[0])) <= _LONGEST:
            # An account of any kind has this label, a seller's too.
            yield Found("card", *match.span(), _squeezed(match[0]), weak=True)
    elif kind == "address":
        yield from _address(text, start)


def _squeezed(written: str) -> str:
    return "".join(char for char in written if char.isalnum())


def _address(text: str, start: int) -> Iterator[Found]:
    match = _ADDRESS.match(text, start, start + 120)
    if match is None:
        return
    following = _NEXT_LABEL.search(match[0])
    written = (match[0][: following.start()] if following else match[0]).rstrip(" ,.'")
    if len(written) > 5 and MASK not in written and _PLACED.search(written):
        yield Found("address", start, start + len(written), "".join(written.split()))


def _name(text: str, start: int, *, known: bool) -> Iterator[Found]:
    if han := _HAN_NAME.match(text, start):
        if not is_label(han[0]) and not _TITLED.search(han[0]):
            yield Found("name", *han.span(), han[0], sure=known)
        return
    end, count = start, 0
    while count < 4 and (word := _WORD.match(text, end + bool(count))):
        if count and (
            text[end] != " " or kind_of(word[0]) or text[word.end() : word.end() + 1] in (":", "=")
        ):
            break
        end, count = word.end(), count + 1
    value = text[start:end].rstrip(". ")
    if count and known and len(value) > 1 and (count > 1 or not value.isascii()):
        yield Found("name", start, start + len(value), value, sure=not value.isascii())
