"""One message of the page: its text with marks, then each record with its reasons."""

from collections.abc import Iterator, Sequence
from typing import Final

from commands.extract_explain import product
from commands.page.escape import quoted, tip, words
from commands.page.labels import KINDS, LEVELS, POLARITIES, kind_of, level_of, role_name
from commands.page.segments import Mark, Segment, segments
from ingest.extract.explain import (
    Explained,
    Origin,
    Place,
    Reason,
    RoleSum,
    Summand,
)

_ORDER: Final = {kind: number for number, kind in enumerate(KINDS)}
_LINES: Final = frozenset({"role", "negated"})
"""Kinds that are drawn as lines, so that they show beside a colour."""


def article(number: int, found: Sequence[Explained]) -> Iterator[str]:
    """A message and all its records; pieces of HTML. `number` counts the messages of the page."""
    first = found[0].record
    kinds = " ".join(dict.fromkeys(each.record.polarity for each in found))
    yield f'<article id="m{number}" data-p="{kinds}"><header>'
    yield f'<a class="id" href="#m{number}">{words(first.post)}</a>'
    several = len(found) > 1
    if several:
        yield f'<span class="pol">{len(found)} listings <span lang="zh">条交易信息</span></span>'
    else:
        yield _polarity(first.polarity, first.confidence)
    if first.masked:
        yield f'<span class="masked">▮ {first.masked} masked <span lang="zh">已遮蔽</span></span>'
    yield '</header><p class="text" dir="auto">'
    marks = [mark for n, each in enumerate(found) for mark in _marks(number, n, each)]
    for segment in segments(len(first.text), _joined(marks)):
        yield _segment(first.text[segment.start : segment.end], segment)
    yield "</p>"
    for n, each in enumerate(found):
        yield from _record(number, n, each, several=several)
    yield "</article>\n"


def _polarity(polarity: str, confidence: float) -> str:
    english, chinese = POLARITIES[polarity]
    sure, zh = LEVELS[level_of(confidence)]
    return (
        f'<span class="pol {polarity}">{english} <span lang="zh">{chinese}</span></span>'
        f'<span class="sure">{sure} confidence of the reading <span lang="zh">读取置信{zh}</span>'
        f" ({confidence:.2f})</span>"
    )


def _marks(number: int, n: int, each: Explained) -> Iterator[Mark]:
    why = each.explain
    if why.polarity.place is not None:
        said = f"{_named('act')}: {why.polarity.polarity}\n{why.polarity.rule}"
        yield _mark(why.polarity.place, "act", said, f"m{number}-{n}-act")
    for place in why.polarity.negated:
        yield _mark(place, "negated", f"{_named('negated')}: not read", f"m{number}-{n}-act")
    for row, reason in enumerate(why.values):
        kind = kind_of(reason.slot)
        said = f"{_named(kind)}: {reason.value}\n{_rule(reason.rule, reason.origins)}"
        first = () if reason.place is None else (reason.place,)
        for place in (*first, *reason.also):
            yield _mark(place, kind, said, f"m{number}-{n}-{row}")
    for row, role in enumerate(why.roles):
        for summand in role.summands:
            if summand.place is not None:
                said = f"{_named('role')}: {role.role} {product(summand)}"
                yield _mark(summand.place, "role", said, f"m{number}-{n}-r{row}")


def _mark(place: Place, kind: str, said: str, row: str) -> Mark:
    return Mark(*place.span, kind, said, row)


def _named(kind: str) -> str:
    return " ".join(KINDS[kind])


def _rule(rule: str, origins: Sequence[Origin]) -> str:
    return "\n".join((rule, *(f"{o.file}:{o.line} {o.term} = {o.says}" for o in origins[:3])))


def _joined(marks: Sequence[Mark]) -> list[Mark]:
    """A value that several listings of one text share is one mark, with the row of the first."""
    found: dict[tuple[int, int, str, str], Mark] = {}
    for mark in marks:
        found.setdefault((mark.start, mark.end, mark.kind, mark.tip), mark)
    return list(found.values())


def _segment(text: str, segment: Segment) -> str:
    shown = quoted(text)
    if not segment.marks:
        return shown
    marks = sorted(segment.marks, key=lambda mark: _ORDER[mark.kind])
    fills = list(dict.fromkeys(mark.kind for mark in marks if mark.kind not in _LINES))
    names = [f"k-{kind}" for kind in fills[:1]]
    names += [f"k-{kind}" for kind in sorted(_LINES & {mark.kind for mark in marks})]
    if len(fills) > 1:
        names.append("also")
    focus = ' tabindex="0"' if segment.opens else ""
    rows = " ".join(dict.fromkeys(mark.row for mark in marks))
    said = tip("\n".join(dict.fromkeys(mark.tip for mark in marks)))
    return (
        f'<mark class="{" ".join(names)}"{focus} data-tip="{said}" '
        f'aria-describedby="{rows}">{shown}</mark>'
    )


def _record(number: int, n: int, each: Explained, *, several: bool) -> Iterator[str]:
    record, why = each.record, each.explain
    prefix = f"m{number}-{n}"
    if several:
        goods = ", ".join(dict.fromkeys(product.id for product in record.products))
        yield f'<p class="rec"><span class="id">{record.listing}</span>'
        yield f"{_polarity(record.polarity, record.confidence)} {words(goods)}</p>"
    if why.roles:
        yield '<ul class="roles">'
        for role in why.roles:
            yield _chip(role)
        yield "</ul>"
    for problem in record.problems:
        yield f'<p class="open">undecided <span lang="zh">未定</span>: {words(problem)}</p>'
    if record.polarity == "none":
        reasons = "; ".join(why.gate.shut)
        yield f'<p class="shut">{words(reasons)}</p>'
    yield '<details><summary>Why <span lang="zh">依据</span></summary>'
    yield from _table(prefix, each)
    for row, role in enumerate(why.roles):
        yield from _sum(f"{prefix}-r{row}", role)
    yield from _silent(why.silent)
    yield "</details>"


def _chip(role: RoleSum) -> str:
    english, chinese = LEVELS[role.level]
    return (
        f'<li><b>{words(role_name(role.role))}</b> {english} <span lang="zh">{chinese}</span>'
        f" · s = {role.sum:.2f} · score {role.score:.2f}</li>"
    )


def _table(prefix: str, each: Explained) -> Iterator[str]:
    act, gate = each.explain.polarity, each.explain.gate
    yield '<table class="values"><tbody>'
    yield _row(f"{prefix}-act", "act", "polarity", act.polarity, act.place, act.rule, act.origins)
    cues = ", ".join(
        f"{cue.weight:+g} {cue.place.quote if cue.place else cue.says}" for cue in gate.cues
    )
    found = f"cues sum to {gate.total:g}" + (f": {cues}" if cues else "")
    found += f"; {gate.wording}" if gate.wording else ""
    state = "open" if gate.open else "shut"
    yield f'<tr><th>gate <span lang="zh">门槛</span></th><td>{state}</td>'
    yield f"<td></td><td>{words(found)}</td></tr>"
    for row, reason in enumerate(each.explain.values):
        yield _value(f"{prefix}-{row}", reason)
    yield "</tbody></table>"


def _value(row: str, reason: Reason) -> str:
    rule = f"{reason.rule} ({reason.note})" if reason.note else reason.rule
    kind = kind_of(reason.slot)
    return _row(row, kind, reason.slot, reason.value, reason.place, rule, reason.origins)


def _row(
    row: str,
    kind: str,
    slot: str,
    value: str,
    place: Place | None,
    rule: str,
    origins: Sequence[Origin],
) -> str:
    return (
        f'<tr id="{row}" class="v-{kind}"><th>{words(slot)}</th><td>{words(value)}</td>'
        f"<td>{_quote(place)}</td><td>{words(rule)}{_origins(origins)}</td></tr>"
    )


def _quote(place: Place | None) -> str:
    if place is None:
        return ""
    return f"<q>{words(place.quote)}</q> <small>{place.span[0]}–{place.span[1]}</small>"


def _origins(origins: Sequence[Origin]) -> str:
    rows = (
        f"{o.file}:{o.line}{' (case)' if o.extra else ''} · {o.term} = {o.says} · {o.source}"
        for o in origins
    )
    return "".join(f"<small>{words(row)}</small>" for row in rows)


def _sum(row: str, role: RoleSum) -> Iterator[str]:
    yield f'<table id="{row}"><caption>{words(role_name(role.role))} — {words(role.rule)}'
    yield "</caption><tbody>"
    for summand in role.summands:
        yield _summand(summand)
    yield f'</tbody><tfoot><tr><th>s = {role.sum:.2f}</th><td colspan="2">score {role.score:.2f}: '
    yield f'{role.note} <span lang="zh">（仅为排序，并非概率）</span></td></tr></tfoot></table>'


def _summand(summand: Summand) -> str:
    note = f"{words(summand.note)} " if summand.note else ""
    return (
        f"<tr><td>{words(product(summand))}</td><td>{_quote(summand.place)}</td>"
        f"<td>{note}{_origins(summand.origins)}</td></tr>"
    )


def _silent(silent: Sequence[Summand]) -> Iterator[str]:
    if not silent:
        return
    yield '<p class="silent">role cues that count nothing here '
    yield '<span lang="zh">此处不计的线索</span>: '
    rows = (f"{role_name(each.role)} {each.cue} {product(each)} ({each.note})" for each in silent)
    yield f"{words('; '.join(rows))}</p>"
