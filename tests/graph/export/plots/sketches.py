"""Invented material for pictures."""

from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from graph.analysis.months import MonthColumn, months
from graph.analysis.sketch import Drawn, Group, Mark, Side, Sketch, Tie
from graph.analysis.trajectories import MonthPlace, State

ZONE = ZoneInfo("UTC")
DAY = 86_400
HOSTILE = [
    "$\\frac{1}{0}$ $x",
    "\x1b[2J\x1b]0;title\x07\x9b31m",
    "\u202egpj.exe\u2066\u200f",
    "</text><script>alert(1)</script>--><!--",
    "&amp; ]]> \" ' <g>",
    "a\x00b\ud800c\ufffe",
    "line\nbreak\ttab\u2028end",
    "a" + "\u0301" * 400,
    "名" * 5_000,
    "💎👩\u200d👩\u200d👧 料商\ufe0f",
    "",
    "   ",
    "مرحبا 料 שלום",
    "\\usepackage{x}^_{}%&#~",
]


def columns(first: str, last: str, unwatched: Sequence[str] = ()) -> list[MonthColumn]:
    """Months from one to another."""
    ends = (datetime.fromisoformat(f"{name}-01").replace(tzinfo=UTC) for name in (first, last))
    return [
        MonthColumn(one.name, one.start, one.end, one.name not in unwatched)
        for one in months(next(ends), next(ends), ZONE, cut=(None, None))
    ]


def broker(place: int, name: str, over: Sequence[MonthColumn]) -> Drawn:
    """A broker with a supply and a sale in each watched month."""
    marks, pairs, places = [], [], []
    for number, month in enumerate(over):
        state: State = "ranked" if month.watched else "unwatched"
        rank = place if month.watched else None
        places.append(MonthPlace(month=month.name, state=state, rank=rank, firm=number % 2 == 0))
        if month.watched:
            got, gave = month.start + 3 * DAY, month.start + 9 * DAY
            marks += [Mark(got, "got", True), Mark(gave, "gave", True)]
            marks.append(Mark(month.start + 20 * DAY, "gave", False))
            pairs.append((got, gave))
    return Drawn(place, f"account:telegram:{place}", name, places, marks, pairs)


def sketch_of(
    names: Sequence[str],
    over: Sequence[MonthColumn],
    *,
    members: Sequence[str] = ("料商老廖", "Ray"),
    groups: int = 3,
) -> Sketch:
    """Brokers of these names, each between two groups."""
    drawn = [broker(n + 1, name, over) for n, name in enumerate(names)]
    top = [(name, f"account:telegram:{900 + n}") for n, name in enumerate(members)]
    sides: list[tuple[Side, int]] = [("got", 0), ("gave", 1)]
    ties = [
        Tie(n, (n + shift) % groups, side, 1 + n)
        for n in range(len(names))
        for side, shift in sides
    ]
    return Sketch(
        brokers=drawn,
        groups={n: Group("ABCDEFGHIJ"[n], 5 + n, top[:3]) for n in range(groups)},
        ties=ties,
        months=list(over),
        undated=1,
        selection=["evidence: 2023-10 to 2024-03", "goods: all", "role: any"],
        notes=["A rank is a lead, not a finding."],
        empty="" if names else "too little evidence: 0 accounts with directed links",
    )
