"""Time and peak memory of `brokers` from command to answer, at two sizes of a graph.

python -m benchmarks.brokers.speed [RELATIONSHIPS …]

A case holds as many flows of goods as asked for, a few very busy accounts among them, roles of
half of them, and one or two dated pieces of evidence behind each flow. Each command runs once, in
a process of its own, from its start to its end. Posts and their texts are not made: no more than
some dozens are ever looked up.
"""

import resource
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.measure import Run, run
from benchmarks.measures_ways import SEED, heavy_tail
from evidence.case import Case, create_case
from graph import ids
from graph.elements import Graph, Node, Relationship, Value
from graph.store import open_store

SIZES: Final = (100_000, 1_000_000)
GOODS: Final = tuple(f"product:goods_{number}" for number in range(20))
ROLES: Final = ("supplier", "buyer", "middleman", "processor")
START: Final = 1_600_000_000
DAYS: Final = 700
_DAY: Final = 86_400
_PIECE: Final = (
    "INSERT INTO tie_piece (evidence, type, from_id, to_id, giver, taker, product, modality,"
    " basis, confidence, utc, posts, listings)"
    " VALUES ('answered', 'SUPPLIES', ?1, ?2, ?1, ?2, ?3, 'derived', 'x', ?4, ?5, ?6, ?7)"
)
Flow = tuple[str, str, str, list[int]]
"""Who gives, who gets, what, and when (UTC seconds)."""


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print a table: the list of brokers, and the page of the first one."""
    print("| relationships | accounts | command | seconds | CPU seconds | peak MiB |")
    print("| ---: | ---: | --- | ---: | ---: | ---: |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            accounts = write(Path(name) / "case", size)
            for line in _lines(Path(name) / "case"):
                print(f"| {size:,} | {accounts:,} | {line} |", flush=True)


def _lines(folder: Path) -> Iterator[str]:
    heichan = str(Path(sys.executable).with_name("heichan"))
    command = [heichan, "--case", str(folder), "brokers"]
    listed, seconds = _run([*command, "--format", "tsv"])
    yield f"brokers | {listed.seconds:.1f} | {seconds:.1f} | {listed.peak:,.0f}"
    first = listed.output.splitlines()[1].split("\t")[1]
    told, seconds = _run([*command, "--explain", first, "--format", "table"])
    yield f"brokers --explain | {told.seconds:.1f} | {seconds:.1f} | {told.peak:,.0f}"


def _run(command: Sequence[str]) -> tuple[Run, float]:
    """A run, and the CPU seconds of all its threads: on a busy machine they say more."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = run(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write(folder: Path, relationships: int) -> int:
    """Makes a case with so many flows; returns the number of its accounts."""
    case = create_case(folder)
    flows = list(_flows(relationships))
    names = sorted({end for giver, taker, _, _ in flows for end in (giver, taker)})
    _fill(case, flows)
    links = [_link(flow) for flow in flows] + [_role(name, n) for n, name in enumerate(names[::2])]
    with closing(open_store(case)) as store:
        store.load(Graph(_nodes(names), sorted(links, key=lambda link: link.id)))
    return len(names)


def _flows(relationships: int) -> Iterator[Flow]:
    n, ends = heavy_tail(relationships)
    draw = np.random.RandomState(SEED)
    usual = draw.randint(0, len(GOODS), n)
    turned = draw.random_sample(relationships) < 0.5
    other = draw.randint(0, len(GOODS), relationships)
    strays = draw.random_sample(relationships) < 0.3
    days = draw.randint(0, DAYS, (relationships, 2))
    twice = draw.random_sample(relationships) < 0.3
    for row, (one, two) in enumerate(zip(*(end.tolist() for end in ends), strict=True)):
        giver, taker = (two, one) if turned[row] else (one, two)
        goods = GOODS[other[row] if strays[row] else usual[giver]]
        when = [START + int(day) * _DAY for day in days[row][: 1 + twice[row]]]
        yield _name(giver), _name(taker), goods, when


def _name(number: int) -> str:
    return ids.account("telegram", str(9_000_000_000 + number))


def _fill(case: Case, flows: list[Flow]) -> None:
    rows = (
        (giver, taker, goods, 0.45, utc, f'["{_post(n, 0)}","{_post(n, 1)}"]', f'["{_post(n, 2)}"]')
        for n, (giver, taker, goods, when) in enumerate(flows)
        for utc in when
    )
    with case.archive() as archive:
        archive.connection.executemany(_PIECE, rows)


def _post(number: int, place: int) -> str:
    return f"{'listing' if place == 2 else 'post'}:{number * 3 + place:032x}"


def _account(name: str) -> Node:
    return Node(name, "Account", {"name": name[-6:], "shared": False, "own": False, "bot": False})


def _link(flow: Flow) -> Relationship:
    giver, taker, goods, when = flow
    props: dict[str, Value] = {
        "product": goods,
        "first_seen": _time(min(when)),
        "last_seen": _time(max(when)),
    }
    identifier = ids.rel("FLOWS_TO", giver, taker, goods)
    return Relationship(identifier, "FLOWS_TO", giver, "Account", taker, "Account", props)


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _role(name: str, number: int) -> Relationship:
    code = ROLES[number % len(ROLES)]
    identifier = ids.rel("HAS_ROLE", name, f"role:{code}", "")
    props: dict[str, Value] = {"basis": "self_described", "score": 0.8}
    return Relationship(identifier, "HAS_ROLE", name, "Account", f"role:{code}", "Role", props)


def _nodes(names: Iterable[str]) -> list[Node]:
    roles = [Node(f"role:{code}", "Role", {"name": code, "code": code}) for code in ROLES]
    return sorted([*map(_account, names), *roles], key=lambda node: node.id)


if __name__ == "__main__":
    main(tuple(int(word.replace(",", "")) for word in sys.argv[1:]) or SIZES)
