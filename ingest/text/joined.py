"""The joined view: signs between the letters of one split word are left out."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from ingest.text.late import late
from ingest.text.normalise import Normal
from ingest.text.scan import Hit, Scanner

_HAN: Final = "㐀-䶿一-鿿"
_LOOSE: Final = r"\s,。、;:!?…|/\\()（）\[\]【】{}<>《》「」『』〖〗〔〕\"'+&="
"""Signs of plain writing: they count only between letters that stand alone."""
_PARTING: Final = frozenset("、,;/|\\。!?:+&=\n")
"""Signs between the items of a list."""
_SLASHES: Final = frozenset({"/", "=", "+", "|", "\\", "&", "//", "=="})
"""Signs that part items of a list, but hardly two letters that together are goods of the trade."""
_INSERTED: Final = frozenset("*#^_%$`")
"""Signs that part no words."""
_BRACKETED: Final = frozenset("()[]{}【】〖〗「」『』《》〔〕<>（）")
_OPENING: Final = frozenset("([{【〖「『《〔<")
LEAD: Final = f"[^{_HAN}0-9a-z▮@]"
"""No letter: leading every pattern with it, all else is looked at only where signs stand."""
_BETWEEN_HAN: Final = (
    rf"(?<=[{_HAN}].)(?<=[\W_])(?<![{_LOOSE}])(?:(?![▮@{_LOOSE}])[\W_]){{0,2}}(?=[{_HAN}])"
)
_BETWEEN_SINGLES: Final = (
    rf"(?:(?<=[{_HAN}].)(?<![{_HAN}a-z_▮@][{_HAN}].)|(?<=[a-z].)(?<![0-9a-z_▮@][a-z].))(?<=\W)"
    rf"[^\w▮@]{{0,2}}(?=[{_HAN}](?![\w▮@])|[a-z](?![0-9a-z_▮@]))"
)
_BEFORE_SINGLES: Final = rf"(?<=[{_HAN}][ \u3000])(?=[{_HAN}][ \u3000][{_HAN}](?![\w▮@]))"
"""The first letter of a split word may stand at the end of what goes before: 出社 保 数 据."""
_BEHIND_SINGLES: Final = rf"(?<=\W[{_HAN}] [{_HAN}] )(?=[{_HAN}])"
"""The last letter may stand at the beginning of what follows: 拦 截 码现做."""
_BEFORE_SLASH: Final = rf"(?<=[{_HAN}][/=+|])(?=[{_HAN}](?![\w▮@]))"
"""The same before a slash: 查话/单."""
_BETWEEN_LATIN: Final = (
    r"(?:(?<=[a-z].)(?<=[\u2190-\ufeff\U0001f000-\U0001ffff~^*|])(?=[a-z])"
    rf"|(?<=[{_HAN}].)(?<=[\u2190-\ufeff\U0001f000-\U0001ffff])(?=[a-z])"
    rf"|(?<=[a-z].)(?<=[\u2190-\ufeff\U0001f000-\U0001ffff])(?=[{_HAN}]))"
)
"""dd❀os, wei✦信: an ornament where a letter of a Latin word is on one side."""
GAP: Final = (
    f"(?:{_BETWEEN_LATIN}|{_BETWEEN_HAN}|{_BETWEEN_SINGLES}"
    f"|{_BEFORE_SINGLES}|{_BEHIND_SINGLES}|{_BEFORE_SLASH})"
)
"""Behind a `LEAD`, where it may be a sign inside a word. For DOTALL."""
_GAP: Final = late(LEAD + GAP, re.DOTALL)
_WIDE: Final = late("(?<=[a-z])[ ]{2,4}(?=[a-z])")
"""What parts the words of a line whose letters stand apart."""
_IS_LOOSE: Final = late(f"[{_LOOSE}]")
_NEAR: Final = 2
_LONG: Final = 5
"""Letters of a Latin word whose letters signs of a list may part."""
_STOCK: Final = frozenset("料粉客名数")
_STROKES: Final = frozenset("/|\\")
_POINTS: Final = frozenset(".-")
"""Signs that may part the letters of a Latin word; strokes only without a space."""
_NARROW: Final = re.compile("(?<![0-9a-z])[a-z] [a-z](?![0-9a-z])")
"""Letters that stand apart by less than words do."""
_ORNAMENT: Final = "\u2190"
"""From here on signs are arrows, shapes and pictures; none of these parts a list."""
_OF_LISTS: Final = frozenset("→➡➤►▶◆●○■□▪▫✅✔│┃║┆┊丨·•")
_SHORTEST_RUN: Final = 2
"""Signs in a run of at least three single letters."""


class Words(NamedTuple):
    """Terms that may have been split; those not meant only keep others from matching."""

    scanner: Scanner
    meant: Sequence[bool] | Mapping[int, bool]
    pairs: bool
    """Whether two Latin letters are enough."""
    clear: Mapping[int, int] | None = None
    """Above 0 for a term of the trade: one of two letters may be split by a slash and the like."""


class _Gap(NamedTuple):
    start: int
    end: int
    at: int
    """Place in the text without any gap."""
    sign: str
    loose: bool
    run: int
    """Number of the first gap of the same kind, with one letter between each and the next."""


class Joiner:
    """Joins split terms. A gap is closed where a term lies across it and looks split there."""

    def __init__(self, words: Sequence[Words]) -> None:
        self._words = tuple(words)

    def join(self, normal: Normal) -> Normal:
        """The text without the signs inside split words; the same object where there are none."""
        # Signs inside a word go first: a word that they close has no letters that stand alone.
        for inserted in (True, False):
            gaps = _gaps(normal.text, inserted=inserted)
            closed = self._closed(normal.text, gaps) if gaps else []
            edits = [(g.start, g.end, "") for g, close in zip(gaps, closed, strict=True) if close]
            normal = normal.edited(edits) if edits else normal
            if edits and not inserted:
                normal = normal.edited([(*m.span(), " ") for m in _WIDE.finditer(normal.text)])
        return normal

    def _closed(self, text: str, gaps: list[_Gap]) -> list[bool]:
        whole = _without(text, gaps)
        places = [gap.at for gap in gaps]
        sizes = _sizes(gaps)
        edges: tuple[frozenset[int], frozenset[int]] | None = None
        closed = [False] * len(gaps)
        for words in self._words:
            for number, start, end in words.scanner.scan(whole):
                first, last = bisect_right(places, start), bisect_left(places, end)
                if first == last or not words.meant[number]:
                    continue
                across = gaps[first:last]
                if _every_letter(whole[start:end], [gap.at - start for gap in across]):
                    longer = max(sizes[gap.run] for gap in across)
                    clear = words.clear is not None and words.clear[number] > 0
                    good = (clear and _slashed(across)) or _letters(
                        whole[start:end], across, longer, words.pairs, whole
                    )
                else:
                    edges = edges or self._edges(text)
                    good = _inserted(end - start, across, edges)
                if not good and last - first > 1:
                    # 银行💳四件🎁套: behind a sign that parts two words a shorter one may be split.
                    first += 1
                    rest = words.scanner.scan(whole[across[0].at : end])
                    edges = edges or self._edges(text)
                    good = (
                        len(rest) == 1
                        and words.meant[rest[0][0]]
                        and rest[0][1:] == (0, end - across[0].at)
                        and _inserted(end - across[0].at, across[1:], edges)
                    )
                if good:
                    last += last < len(gaps) and _closes(gaps[last - 1], gaps[last])
                    closed[first:last] = [True] * (last - first)
        return _whole_runs(text, gaps, sizes, closed)

    def _edges(self, text: str) -> tuple[frozenset[int], frozenset[int]]:
        """Places where terms of two letters and more begin and end, gaps kept."""
        hits: list[Hit] = [hit for words in self._words for hit in words.scanner.scan(text)]
        longer = [(start, end) for _, start, end in hits if end - start > 1]
        return frozenset(start for start, _ in longer), frozenset(end for _, end in longer)


def _gaps(text: str, *, inserted: bool) -> list[_Gap]:
    gaps: list[_Gap] = []
    dropped = 0
    for match in _GAP.finditer(text):
        start, end = match.span()
        sign = match[0]
        at, loose, run = start - dropped, _IS_LOOSE.search(sign) is not None, len(gaps)
        if loose and (inserted or _parts_latin(text, start, end)):
            continue
        if gaps and gaps[-1].at == at - 1 and not _ends_a_word(text, gaps[-1]):
            before = gaps[-1]
            if loose == before.loose and (not loose or sign == before.sign):
                run = before.run
        gaps.append(_Gap(start, end, at, sign, loose, run))
        dropped += end - start
    return gaps


def _ends_a_word(text: str, gap: _Gap) -> bool:
    before = text[gap.start - 2 : gap.start]
    return gap.loose and before.isalpha() and not before.isascii() and len(before) > 1


def _parts_latin(text: str, start: int, end: int) -> bool:
    """Whether a loose sign is no gap beside a Latin letter: a wide space, a comma and the like."""
    before, after = text[start - 1].isascii(), text[end].isascii()
    if not (before or after):
        return False
    sign = text[start:end]
    if sign.isspace():
        return len(sign) > 1 and _NARROW.search(text) is not None
    return not (before and after and (sign in _STROKES or sign.strip(" ") in _POINTS))


def _without(text: str, gaps: list[_Gap]) -> str:
    parts: list[str] = []
    done = 0
    for gap in gaps:
        parts.append(text[done : gap.start])
        done = gap.end
    return "".join(parts) + text[done:]


def _sizes(gaps: list[_Gap]) -> list[int]:
    sizes = [0] * len(gaps)
    for gap in gaps:
        sizes[gap.run] += 1
    return sizes


def _every_letter(term: str, places: list[int]) -> bool:
    """Whether signs stand between all letters, or of sim s w a p all letters of some words."""
    if len(places) == len(term) - 1:
        return True
    if len(places) >= _SHORTEST_RUN and not term.isascii() and places[-1] - places[0] < len(places):
        # 交友 粉 丝: one word of several is split.
        return places[0] == 1 or places[-1] == len(term) - 1
    if " " not in term or len(places) < _SHORTEST_RUN:
        return False
    start = 0
    for word in term.split(" "):
        inside = sum(start < place < start + len(word) for place in places)
        if inside not in (0, len(word) - 1) or start in places:
            return False
        start += len(word) + 1
    return True


def _letters(term: str, across: list[_Gap], run: int, pairs: bool, whole: str) -> bool:
    """Whether a term with a sign between all its letters was split."""
    signs = {gap.sign if gap.loose else "" for gap in across}
    parting = any(_PARTING.intersection(gap.sign) for gap in across)
    if (len(signs) > 1 and (parting or not _alike(signs))) or (parting and len(term) < 3):
        return False
    if term.isascii():
        ordered = _in_order(term) and not (_ornate(across[0]) or _of_stock(across, whole))
        if ordered or (parting and len(term) < _LONG):
            return False
        trade = _beside_han(across, whole) and (run >= _SHORTEST_RUN or _alone(across, whole))
        return len(term) > 2 or pairs or trade
    return True


def _closes(gap: _Gap, after: _Gap) -> bool:
    """学(生)料: whether a bracket around one letter ends behind it."""
    return after.at == gap.at + 1 and gap.sign in _OPENING and after.sign[0] in _BRACKETED


def _ornate(gap: _Gap) -> bool:
    """Whether a sign is nothing but an ornament, which stands in no list."""
    return gap.sign[0] >= _ORNAMENT and _OF_LISTS.isdisjoint(gap.sign) and not gap.loose


def _alike(signs: set[str]) -> bool:
    """Spaces with or without one ornament, or brackets around each letter."""
    bare = {sign.strip() for sign in signs} - {""}
    return len(bare) < 2 or all(_BRACKETED.issuperset(sign) for sign in bare)


def _slashed(across: list[_Gap]) -> bool:
    """股/民, 网=贷: one sign between two Han letters that stand alone."""
    return len(across) == 1 and across[0].sign.strip(" ·.~*-") in _SLASHES


def _in_order(term: str) -> bool:
    return all(ord(b) - ord(a) == 1 for a, b in pairwise(term))


def _of_stock(across: list[_Gap], whole: str) -> bool:
    """b.c 料: letters in front of a word for data are initials and count nothing."""
    place = across[-1].at + 1
    return whole[place : place + 2].strip()[:1] in _STOCK


def _beside_han(across: list[_Gap], whole: str) -> bool:
    before = whole[max(0, across[0].at - 2) : across[0].at - 1]
    after = whole[across[-1].at + 1 : across[-1].at + 2 + _NEAR]
    return any("一" <= char <= "鿿" for char in before + after)


def _alone(across: list[_Gap], whole: str) -> bool:
    """W D 4毛, w·d 申请没批的: no Latin text around, and Han letters or a figure behind."""
    before = whole[max(0, across[0].at - 3) : across[0].at - 1]
    after = whole[across[-1].at + 1 : across[-1].at + 3]
    following = after.strip()[:1]
    return (following.isdigit() or following >= "㐀") and not any(
        "a" <= char <= "z" for char in before + after
    )


def _inserted(size: int, across: list[_Gap], edges: tuple[frozenset[int], frozenset[int]]) -> bool:
    """Whether signs stand inside a term and do not part it from another."""
    if size < 3 or any(gap.loose for gap in across):
        return False
    for gap in across:
        begins, ends = gap.end in edges[0], gap.start in edges[1]
        inside = _INSERTED.issuperset(gap.sign) or (len(across) == 1 and gap.sign > "\u2600")
        if (begins and ends) or ((begins or ends) and not inside):
            return False
    return True


def _whole_runs(text: str, gaps: list[_Gap], sizes: list[int], closed: list[bool]) -> list[bool]:
    """Of a run of which words cover half the gaps between Han letters are closed, unless a list."""
    covered = [0] * len(gaps)
    open_before = True
    used = {gap.sign for gap, close in zip(gaps, closed, strict=True) if close and _ornate(gap)}
    for gap, close in zip(gaps, closed, strict=True):
        covered[gap.run] += close + (close and open_before)
        open_before = not close
    return [
        close or gap.sign in used or _follows(text, gap, sizes, covered)
        for gap, close in zip(gaps, closed, strict=True)
    ]


def _follows(text: str, gap: _Gap, sizes: list[int], covered: list[int]) -> bool:
    if sizes[gap.run] >= _SHORTEST_RUN and _ornate(gap):
        return True
    return (
        sizes[gap.run] > _SHORTEST_RUN
        and 2 * covered[gap.run] > sizes[gap.run]
        and not _PARTING.intersection(gap.sign)
        and text[gap.start - 1] >= "㐀" <= text[gap.end]
    )
