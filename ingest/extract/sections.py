"""Lists by lines: rows that name a source in the place of goods, and what stands above a row."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from ingest.extract.chatty import unread
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, last_before, within
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.wordings import wording
from ingest.text.late import late

_SPEAKER: Final = wording("speaker")
_STAMPED: Final = re.compile(
    r"(?m:^)[ \t]{0,2}(?P<name>[^\s:,;。!?\d@][^\n:,;。!?@]{0,14}?)[ \t]*"
    r"[\[(]?(?:\d{2,4}[-/.]\d{1,2}[-/.]\d{1,4}[ \t]+)?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]*(?m:$)"
)
"""The name and the hour above what somebody says in a copied talk."""
_INDENT: Final = 3
_TIMES: Final = frozenset(
    f"quality/{word}" for word in ("realtime", "daily", "recent", "historical")
)
_TIME: Final = late(
    r"[ \t·•*>-]{0,3}(?:当[天日]|隔[天日夜]|昨[天日]|今[天日]|实时|本[周月]|上[周月]|历史"
    r"|[近前]?[一二两三四五六七八九十\d]{1,2}[天日周月](?:内|前|以内)"
    r"|老料|旧料|新料|同步|热料|冷料|打过的?|没打过的?)的?(?:料|数据)?[ \t:=—-]"
)
_OPENS: Final = late(
    r"[ \t]*(?:(?P<number>[(\[]?(?:\d{1,2}|[a-z一二三四五六七八九十])[.、)\]:](?!\d))"
    r"|(?P<sign>[^\w\s$€£¥@#]))"
)
"""The sign or number that opens a line of a list."""
_NO_ROW: Final = wording("no_row")
_ENDS: Final = late(r"[ \t]*(?:\([^()\n]{0,16}\)|[^\w\s]{1,3})?[ \t]*\Z")
_SHORTEST: Final = 3
_PRICE: Final = "price"
"""The shape of a row that nothing opens and a price closes."""
_LABEL: Final = re.compile(r"[一-鿿]{2}|[a-z]{2}")
_ROWS: Final = 3
"""So many rows below each other are a list, whatever opens them."""
_HEADS: Final = GOODS | {"source", "method"}


def source_rows(scene: Scene, lines: Sequence[Span], goods: Sequence[Token]) -> frozenset[Span]:
    """Lines without goods that have a source and a price, where several do: 移动 1.3, 联通 1.1."""
    found: dict[Span, frozenset[str]] = {}
    for line in lines:
        named = _labels(scene, line)
        priced = any(f.kind == "price" for f in within(scene.figures, [line]))
        if named and priced:
            found[line] = named
    rows = frozenset(line for line in found if not within(goods, [line]))
    return rows if goods and rows and len(set(found.values())) > 1 else frozenset()


def alike_rows(scene: Scene, lines: Sequence[Span], goods: Sequence[Token]) -> frozenset[Span]:
    """Lines without known goods that have the shape of the rows around them: ✅ Chime — 90$.

    A row with a sign in front may stand right below a line of goods instead.
    """
    shapes = [_shape(scene, line) for line in lines]
    named = source_rows(scene, lines, goods)
    holds = [line in named or bool(within(goods, [line])) for line in lines]
    often = Counter(shape for shape, held in zip(shapes, holds, strict=True) if held)
    marked = Counter(shape for shape in shapes if shape != _PRICE)
    found: set[int] = set()
    for number, shape in enumerate(shapes):
        if shape is None or holds[number]:
            continue
        around = [n for n in (number - 1, number + 1) if 0 <= n < len(lines)]
        beside = any((holds[n] or n in found) and shapes[n] == shape for n in around)
        below = number > 0 and (
            number - 1 in found or (holds[number - 1] and not shapes[number - 1])
        )
        many = marked[shape] > 1 or (shape == _PRICE and _run(shapes, number) >= _ROWS)
        if (beside and often[shape] > 1) or ((beside or below) and many):
            found.add(number)
    found |= _of_one_make(scene, lines, holds)
    return frozenset(lines[n] for n in found)


def _of_one_make(scene: Scene, lines: Sequence[Span], holds: Sequence[bool]) -> set[int]:
    """Lines without known goods among rows whose prices are in and for the same.

    700u 股民 4万, 1100u 玩表 15万, 650u 车主 9万: three at least, of which one has known goods or
    stands right below some.
    """
    makes = [_make(scene, line) for line in lines]
    found: set[int] = set()
    for make, group in groupby(range(len(lines)), key=makes.__getitem__):
        run = list(group)
        known = any(holds[n] for n in run) or (run[0] > 0 and holds[run[0] - 1])
        strange = [n for n in run if not holds[n]]
        if make and len(run) >= _ROWS and known:
            found.update(strange if all(_labelled(scene, lines[n]) for n in strange) else ())
    return found


def _labelled(scene: Scene, line: Span) -> bool:
    start = line[0]
    for figure in [*within(scene.figures, [line]), None]:
        if _LABEL.search(scene.text, start, figure.start if figure else line[1]):
            return True
        start = figure.end if figure else start
    return False


def _make(scene: Scene, line: Span) -> tuple[str | None, ...]:
    """What the price of a row is in and for; empty where a line is no row with one price."""
    prices = [f for f in within(scene.figures, [line]) if f.kind == "price"]
    if len(prices) != 1 or prices[0].per == "percent" or within(scene.contacts, [line]):
        return ()
    if _NO_ROW.search(scene.text, *line):
        return ()
    per = prices[0].per
    return prices[0].currency, None if per == "total" else per


def _run(shapes: Sequence[str | None], number: int) -> int:
    """How many lines of one shape stand below each other around a line."""
    first = last = number
    while first and shapes[first - 1] == shapes[number]:
        first -= 1
    while last + 1 < len(shapes) and shapes[last + 1] == shapes[number]:
        last += 1
    return last - first + 1


def _shape(scene: Scene, line: Span) -> str | None:
    """What opens a line that a price closes; None where it is no row of a list."""
    prices = [f for f in within(scene.figures, [line]) if f.kind == "price" and f.per != "percent"]
    if len(prices) != 1 or within(scene.contacts, [line]):
        return None
    if _NO_ROW.search(scene.text, *line):
        return None
    opens = _OPENS.match(scene.text, *line)
    label = scene.text[opens.end() if opens else line[0] : prices[0].start]
    if sum(char.isalpha() for char in label) < _SHORTEST - (not label.isascii()):
        return None
    if opens:
        return "number" if opens["number"] else opens["sign"]
    if any(f.kind != "quantity" for f in within(scene.figures, [(line[0], prices[0].start)])):
        return None  # 1万条起  0.95u/条: a tier of the goods above
    closes = _ENDS.match(scene.text[prices[0].end : line[1]])
    counted = within(scene.figures, [(prices[0].end, line[1])])
    bare = counted and not any(map(str.isalnum, unread(scene, prices[0].end, line[1])))
    return _PRICE if closes or bare else None


def _labels(scene: Scene, line: Span) -> frozenset[str]:
    """The sources of a line, else the place or time that opens it: 广东 3毛, 当天的 2.6."""
    tokens = within(scene.tokens, [line])
    named = frozenset(t.id for t in tokens if t.kind == "source")
    if named:
        return named
    opens = next((t for t in tokens if t.start - line[0] <= _INDENT), None)
    if opens is not None and (opens.kind == "geo" or opens.id in _TIMES):
        return frozenset({scene.text[opens.start : opens.end]})
    time = _TIME.match(scene.text, *line)
    return frozenset({time[0]}) if time else frozenset()


def goods_above(
    scene: Scene, goods: Sequence[Token], lines: Sequence[Span], row: Span
) -> list[Token]:
    """The goods of the last line in front of a row that names any, else of the first behind it.

    A row with a label of its own has the goods of a heading above, and those of another priced row
    only where all rows sell the same.
    """
    last = last_before(goods, row[0]) or next(iter(goods), None)
    if last is None:
        return []
    line = next(each for each in lines if each[0] <= last.start < each[1])
    priced = any(figure.kind == "price" for figure in within(scene.figures, [line]))
    several = len({token.id for token in goods}) > 1
    others = several or (_bare(scene, line) and sum(bool(within(goods, [r])) for r in lines) == 1)
    if not _labels(scene, row) and (row < line or (priced and others)):
        return []
    return within(goods, [line])


def _bare(scene: Scene, line: Span) -> bool:
    """Whether a line names nothing but goods in front of its price, as the other rows then do."""
    price = next((f for f in within(scene.figures, [line]) if f.kind == "price"), None)
    label = line[0], price.start if price else line[1]
    if any(t.kind not in GOODS for t in within(scene.tokens, [label])):
        return False
    return not any(char.isalnum() for char in unread(scene, *label))


def scoped(
    scene: Scene, alone: Sequence[Span], shared: tuple[Span, ...]
) -> dict[Span, tuple[Span, ...]]:
    """For each line of a list the shared lines without the headings of other sections."""
    heads = [line for line in shared if _is_head(scene, line, alone)]
    if len(heads) < 2:
        return dict.fromkeys(alone, shared)
    found: dict[Span, tuple[Span, ...]] = {}
    for line in alone:
        own = max((h for h in heads if h < line), default=None)
        found[line] = tuple(s for s in shared if s not in heads or s == own)
    return found


def speakers(scene: Scene) -> int:
    """How many lines begin with the name of who says them; nothing is shared between those."""
    return sum(1 for _ in _SPEAKER.finditer(scene.text)) or len(stamped(scene))


def stamped(scene: Scene) -> list[tuple[int, str]]:
    """Place and name of each line of a copied talk that holds the hour at which somebody spoke."""
    if ":" not in scene.text or "\n" not in scene.text:
        return []
    return [(m.start(), m["name"]) for m in _STAMPED.finditer(scene.text)]


def said_below(stamps: Sequence[tuple[int, str]], place: int) -> str:
    """The name below which a place of a copied talk stands."""
    return next((name for start, name in reversed(stamps) if start <= place), "")


def _is_head(scene: Scene, line: Span, alone: Sequence[Span]) -> bool:
    """Whether a line names goods, a source or a method, no figure, and rows stand right below."""
    if within(scene.figures, [line]):
        return False
    if within(scene.contacts, [line]):
        return False
    if not any(t.kind in _HEADS for t in within(scene.tokens, [line])):
        return False
    return any(row[0] - line[1] >= 0 and not scene.text[line[1] : row[0]].strip() for row in alone)
