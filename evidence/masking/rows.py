"""Sample rows: which values stand beside which."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from evidence.masking.found import Found

_BREAK: Final = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_LABEL: Final = re.compile(r"\W{0,8}(?:[\w /()]{0,16}[\s:=]{1,3}|[\u4e00-\u9fff]{0,8})\W{0,4}")
_OTHER_FIELD: Final = re.compile(
    r"\W{0,4}[\w ]{1,16}\s?[:=]\s?[^\n]{0,40}|\W{0,4}\w{1,12}\W{0,2}|[\w,/-]{1,16}"
)
_VALUE_AND_MORE: Final = re.compile(r"(?:[ (][^\n:=]{0,24})?")
_PERSON: Final = re.compile(
    r"\A(?:[ ,、|/]{1,3}(?:男|女|汉族|[0-9]{1,3}岁|"
    r"(?:19|20)[0-9]{2}年?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?(?:出?生)?)){1,4}"
)
"""Sex, people, age and birthday behind a name."""
_SPEAKS: Final = re.compile(
    "联系我|咨询|客服|加我|找我|私聊|合作|购买|下单|飞机|纸飞机|电报|telegram|contact|客户经理|要的|需要"
)
"""The line is somebody's word to the reader and no field of a record."""
CORE: Final = frozenset({"identity_number", "card", "address", "name"})


def rows(text: str, found: Sequence[Found]) -> Iterator[list[Found]]:
    """The values of each row; lines that only hold a field each are one row together."""
    edges = [match.start() for match in _BREAK.finditer(text)]
    by_line: dict[int, list[Found]] = {}
    for value in sorted(found, key=lambda f: f.start):
        by_line.setdefault(bisect_right(edges, value.start), []).append(value)
    row: list[Found] = []
    last, open_row = -1, False
    for line in sorted(by_line):
        values = by_line[line]
        joins = _is_field(_line(text, edges, line), _offset(edges, line), values)
        bridged = open_row and joins and _bridged(text, edges, last, line)
        if not bridged and row:
            yield row
            row = []
        row += values
        last, open_row = line, joins
    if row:
        yield row


def _offset(edges: Sequence[int], line: int) -> int:
    return edges[line - 1] + 1 if line else 0


def _line(text: str, edges: Sequence[int], line: int) -> str:
    return text[_offset(edges, line) : edges[line] if line < len(edges) else len(text)]


def _bridged(text: str, edges: Sequence[int], last: int, line: int) -> bool:
    between = range(last + 1, line)
    if len(between) > 6:
        return False
    lines = [_line(text, edges, number) for number in between]
    return all(_OTHER_FIELD.fullmatch(each) and not _SPEAKS.search(each) for each in lines)


def _is_field(line: str, offset: int, values: Sequence[Found]) -> bool:
    before = line[: values[0].start - offset]
    after = _PERSON.sub("", line[values[-1].end - offset :])
    if len(before) > 32 or _SPEAKS.search(before):
        return False
    if before.rstrip().endswith((":", "=")) and _VALUE_AND_MORE.fullmatch(after):
        return _LABEL.fullmatch(before) is not None and not _SPEAKS.search(after)
    if len(after) > 8:
        return False
    return _LABEL.fullmatch(before) is not None and not re.search(r"\w", after)


def is_sample(row: Sequence[Found]) -> bool:
    """Whether a row is a sample: a core value with one of another kind, or two of one kind."""
    firm = [value for value in row if not value.weak]
    kinds = {value.kind for value in firm}
    if len(kinds) > 1 and kinds & CORE:
        return True
    own = {(value.kind, value.value) for value in firm if value.cue != "messenger"}
    if len(own) > len({kind for kind, _ in own}):
        return True
    return _weakly(row)


def _weakly(row: Sequence[Found]) -> bool:
    weak = {value.kind for value in row if value.weak}
    if "name" in weak and len(weak) > 1:
        return True
    return any(
        value.kind not in weak and not value.cue for value in row if not value.weak
    ) and bool(weak)
