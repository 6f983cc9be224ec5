"""Lines whose characters all stand apart (买 断 九 千), and figures spelt that way (1 0 0 0)."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ingest.text.late import late
from ingest.text.normalise import Edit

_HAN: Final = "㐀-䶿一-鿿"
SPACED: Final = rf"(?<= [{_HAN}0-9a-z] )(?=[{_HAN}0-9a-z](?:[ \n,。!]|\Z))"
"""Behind a sign, where `spaced_lines` may find any."""
_TOKEN: Final = late(r"[^\s,。!;:、()+|/]+")
_JOINT: Final = late(
    rf"(?<![^\s,。!;:、()+|/])(?:[{_HAN}][ \u3000](?=[{_HAN}0-9])|[0-9][ \u3000](?=[{_HAN}])"
    rf"|[{_HAN}][ \u3000](?=[a-z](?![^\s,。!;:、()+|/]))|[0-9][ \u3000](?=[a-z](?![a-z0-9_.]))"
    rf"|(?<=[{_HAN}0-9][ ])[a-z][ \u3000](?=[{_HAN}]))(?=[^\s](?:[\s,。!;:、()+|/]|\Z))"
)
_POINT: Final = late(r"(?<=[0-9])(?: \.|\. | \. )(?=[0-9](?![0-9.]))")
_FRACTION: Final = late(r"(?<=[0-9])(?: \.|\. | \. )[0-9](?: [0-9])+(?![0-9.]|[ ][0-9.])")
"""What stands apart behind a point."""
_APART: Final = late("(?<=[0-9]) (?=[0-9])")
_GOES_ON: Final = "[料粉客户数资名民品成盘直]"
"""What goes on with the word or the goods that initials stand for."""
_INITIALS: Final = late(
    rf"(?<=[{_HAN}])[ \u3000](?=[a-z]{{2}}[ \u3000]{_GOES_ON})"
    rf"|(?<![0-9a-z_.@:][a-z]{{2}})(?<=[a-z]{{2}})[ \u3000](?={_GOES_ON})"
    rf"|(?<=(?<![0-9a-z_.@:])(?<![a-z][ ])[a-z][ ][a-z])[ ](?={_GOES_ON})"
    rf"|(?<=(?<![0-9a-z_.@:])(?<![a-z][ ])[a-z])[ ](?=[a-z][ ]{_GOES_ON})"
)
"""老 年 bj 成 交, b j 品: two letters in front of what they are initials of."""
_AROUND: Final = late(
    rf"(?<=[{_HAN}])[ \u3000]{{0,2}}((?:_|[^\w\s,。!;:、()+|/▮@<>\[\]【】「」\"'.?&=%$¥-]){{1,2}})"
    rf"[ \u3000]{{0,2}}(?=[{_HAN}](?![{_HAN}]))"
)
"""信 ✘ 用: an ornament that stands apart like the letters around it."""
_POINTED: Final = late(rf"(?<=[{_HAN}])[ \u3000][.·・-][ \u3000](?=[{_HAN}](?![{_HAN}]))")
"""保 . 险: the same of a point."""
_FEWEST: Final = 4
_SHARE: Final = 0.6
_FEW, _HALF = 2, 0.5
"""The same for a line beside one that stands apart."""
_FIGURE: Final = late(
    r"(?<![0-9a-z@_.:#/毛角块-])(?<![0-9a-z@_.:#/-][ ])"
    r"[0-9](?:[ ]?[.][ ]?[0-9]|[ ][0-9]){1,11}(?![0-9.]|[ ][0-9.])"
)
_ROUND: Final = late(r"(?<![0-9a-z@_./-])[1-9][0-9]{0,4}(o{1,4})(?![0-9a-z_.@-])")
"""6oo: the letter for noughts."""
_NOUGHT: Final = late(r"(?<![0-9a-z_.@/:-])o(?=[.][0-9]{1,2}(?![0-9a-z.]))")
"""o.6: the letter for the nought in front of a point."""
_MAY_SPELL: Final = late(r"[0-9](?:o|[ ]?[.]?[ ][0-9]|[ ][.])|o[.][0-9]")
_DIGITS: Final = late(r"[0-9]")
_WHOLE_POINT: Final = late(r"[0-9][.][0-9]")
"""A broken number written together: what stands apart from it is another number."""
_SHORTEST: Final = 3
_COUNTED: Final = late(r" ?(?:[uwk万千元块毛刀条个分套组份台起]|usdt?|rmb)(?![a-z])")


def spaced_lines(text: str) -> list[Edit]:
    """Edits of normal text: the single spaces of lines most of whose words are one character."""
    edits: list[Edit] = []
    lines = text.split("\n")
    apart = [_apart(line, _FEWEST, _SHARE) for line in lines]
    if any(apart) and not all(apart):
        apart = [_apart(line, _FEW, _HALF) for line in lines]
    start = 0
    for line, is_apart in zip(lines, apart, strict=True):
        if is_apart:
            edits += sorted(_joints(line, start))
        start += len(line) + 1
    return edits


def _apart(line: str, fewest: int, share: float) -> bool:
    words = _TOKEN.findall(line)
    single = [word for word in words if len(word) == 1]
    han = any(word >= "㐀" for word in single)
    return han and len(single) >= fewest and len(single) >= share * len(words)


def _joints(line: str, start: int) -> Iterator[Edit]:
    for match in _POINT.finditer(line):
        yield start + match.start(), start + match.end(), "."
    for match in _FRACTION.finditer(line):
        begin = start + match.start()
        yield from ((begin + d.start(), begin + d.end(), "") for d in _APART.finditer(match[0]))
    for match in _JOINT.finditer(line):
        yield start + match.start() + 1, start + match.end(), ""
    yield from ((start + m.start(), start + m.end(), "") for m in _INITIALS.finditer(line))
    yield from ((start + m.start(), start + m.end(), "") for m in _POINTED.finditer(line))
    for match in _AROUND.finditer(line):
        for begin, end in (match.start(), match.start(1)), (match.end(1), match.end()):
            if begin < end:
                yield start + begin, start + end, ""


def spaced_figures(text: str) -> list[Edit]:
    """Edits that close figures of single digits; 1 2 3 4 and a date are counted, not spelt."""
    edits: list[Edit] = []
    if not _MAY_SPELL.search(text):
        return edits
    for match in _FIGURE.finditer(text):
        digits = _DIGITS.findall(match[0])
        if " " not in match[0] or _WHOLE_POINT.search(match[0]) or _counts(digits):
            continue
        if len(digits) >= _SHORTEST or _COUNTED.match(text, match.end()):
            edits += (
                (match.start() + place, match.start() + place + 1, "")
                for place, char in enumerate(match[0])
                if char == " "
            )
    edits += ((*each.span(), "0") for each in _NOUGHT.finditer(text))
    edits += ((*each.span(1), "0" * len(each[1])) for each in _ROUND.finditer(text))
    return sorted(edits)


def _counts(digits: list[str]) -> bool:
    steps = {int(b) - int(a) for a, b in pairwise(digits)}
    return len(digits) >= _SHORTEST and steps in ({1}, {-1})
