"""Part of the brokers: the groups of accounts that they stand between, as tables and a picture."""

from collections.abc import Iterator, Sequence
from typing import Final
from zoneinfo import ZoneInfo

import msgspec

from evidence.errors import UsageError
from graph.analysis.brokers import Scene, report_of
from graph.analysis.sketch import OTHERS, Drawn, Group, Side, Sketch, sketch
from graph.analysis.trajectories import Trajectories, Trajectory, trajectories
from graph.export.plots.brokers import draw_brokers
from graph.report.content import Block, Heading, Paragraph, Table
from graph.report.desk import Desk
from graph.report.drawing import drawing

_NAMED: Final = 3
_SIDES: Final[tuple[Side, ...]] = ("got", "gave")


def circles(desk: Desk, scenes: Sequence[Scene]) -> Iterator[Block]:
    """For each ranking the brokers between their groups; what was told once is not told again."""
    told: set[str] = set()
    for scene in scenes:
        found, why = _courses(desk, scene)
        shown = _shown(desk, scene, found, told)
        if shown.brokers and shown.ties:
            number = "" if not told else f"-{len(told) + 1}"
            told.update(one.id for one in shown.brokers)
            yield from _circle(desk, shown, f"brokers{number}", why)


def _courses(desk: Desk, scene: Scene) -> tuple[Trajectories, str]:
    """The brokers with their months, and why there are none."""
    try:
        return trajectories(scene, ZoneInfo(desk.source.zone)), ""
    except UsageError as error:
        # A date that is centuries off is no reason to tell nothing of the groups.
        rows = [Trajectory(row.id, row.name, row.rank, []) for row in report_of(scene).rows]
        return Trajectories(rows, [], 0, 0), error.message


def _shown(desk: Desk, scene: Scene, found: Trajectories, told: set[str]) -> Sketch:
    """What leaves: neither the collector's own account nor names that are redacted."""
    rows = [row for row in found.rows if row.id not in desk.own and desk.id(row.id) not in told]
    raw = sketch(scene, msgspec.structs.replace(found, rows=rows, more=0), [], None)
    brokers = [
        msgspec.structs.replace(one, id=desk.id(one.id), name=desk.name(one.id))
        for one in raw.brokers
    ]
    groups = {number: _group(desk, group) for number, group in raw.groups.items()}
    return msgspec.structs.replace(raw, brokers=brokers, groups=groups, notes=[])


def _group(desk: Desk, group: Group) -> Group:
    top = [(desk.name(one), desk.id(one)) for _, one in group.top if one not in desk.own]
    return msgspec.structs.replace(group, top=top)


def _circle(desk: Desk, shown: Sketch, name: str, why: str) -> Iterator[Block]:
    """`why`: what keeps the months, and so the picture, from being drawn."""
    say = desk.say
    yield Heading(3, say("plot.brokers"))
    named = [_one(desk, shown, place) for place in range(min(_NAMED, len(shown.brokers)))]
    sentence = say("plot.brokers.told", n=len(shown.brokers), named=desk.words.joined(named))
    # How many have no date is said below, in the language of the report.
    drawn = msgspec.structs.replace(shown, undated=0)
    if why:
        yield Paragraph(say("circles.undrawn", why=desk.clean(why)))
    else:
        yield from drawing(desk, name, sentence, lambda sheet: draw_brokers(drawn, sheet))
    rows = [
        [_who(desk, one), *(_sides(desk, shown, place, side) for side in _SIDES)]
        for place, one in enumerate(shown.brokers)
    ]
    yield Table([say(f"circles.{head}") for head in ("broker", *_SIDES)], rows)
    groups = [
        [group.letter, str(group.members), ", ".join(who for who, _ in group.top)]
        for number, group in sorted(shown.groups.items(), key=lambda item: _order(item[1]))
        if number != OTHERS
    ]
    yield Table([say(f"circles.{head}") for head in ("group", "accounts", "among")], groups)
    if shown.undated:
        yield Paragraph(say("circles.undated", n=shown.undated))


def _order(group: Group) -> tuple[int, str]:
    return len(group.letter), group.letter


def _who(desk: Desk, one: Drawn) -> str:
    name = f"{one.name} ({one.id})"
    return name if one.rank is None else f"{one.rank}. {name}"


def _sides(desk: Desk, shown: Sketch, place: int, side: Side) -> str:
    ties = [tie for tie in shown.ties if tie.broker == place and tie.side == side]
    told = [
        f"{shown.groups[tie.group].letter or desk.say('circles.others')}: {tie.partners}"
        for tie in sorted(ties, key=lambda tie: (-tie.partners, tie.group))
    ]
    return desk.words.joined(told) if told else desk.say("circles.nobody")


def _one(desk: Desk, shown: Sketch, place: int) -> str:
    """A broker's two sides, in one sentence."""
    ties = [tie for tie in shown.ties if tie.broker == place]
    counted = {side: sum(tie.partners for tie in ties if tie.side == side) for side in _SIDES}
    groups = {side: sum(tie.side == side for tie in ties) for side in _SIDES}
    return desk.say(
        "plot.brokers.one",
        name=shown.brokers[place].name,
        got=desk.words.count("account", counted["got"]),
        got_groups=groups["got"],
        gave=desk.words.count("account", counted["gave"]),
        gave_groups=groups["gave"],
    )
