"""The page of `view` beside pyvis: size, time to the first picture, frame time while it is moved.

Both hold the same random graph with three ties a node, in a headless Chromium without a graphics
card. pyvis as it comes, with its library in the file; and with our places and its physics off.
pyvis is no part of the project: where it is not installed, its rows are missing.
"""

import io
import math
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Final

import msgspec

from graph.export.clean.plan import Plan, PlanEdge, PlanNode
from graph.export.clean.words import Cell
from graph.export.look import looks
from graph.export.stamp import Stamp
from graph.view.extras import Extras, RoleClaim
from graph.view.page import write
from tests.integration import browser

SIZES: Final = (500, 2_000)
TIES: Final = 3
MOVES: Final = 60
ROLES = ("insider", "supplier", "middleman", "escrow_agent", "buyer", "launderer")
PATIENCE: Final = 60.0
SAMPLES: Final = 3
_DRAWN = """(() => {
  for (const c of document.querySelectorAll("CANVASES")) {
    if (!c.width || !c.height) continue;
    const d = c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
    for (let n = 3; n < d.length; n += 64) if (d[n]) return true;
  }
  return false;
})()"""
_FRAMES = """(() => {
  window.frames_ = [];
  const next = (now) => { window.frames_.push(now); requestAnimationFrame(next); };
  requestAnimationFrame(next);
})()"""


class Measured(msgspec.Struct, frozen=True):
    """`first`: seconds until something is drawn; `frame`: median ms between frames while moved."""

    way: str
    nodes: int
    size: int
    first: float
    frame: float


class Way(msgspec.Struct, frozen=True):
    """How a page is made, which canvas holds its picture, and an empty spot to pull it by."""

    name: str
    page: Callable[[Plan], bytes]
    canvases: str
    spot: tuple[int, int]
    samples: int = SAMPLES


def market(size: int) -> Plan:
    """Accounts with ties at random, the same at every run."""
    rng = random.Random(size)
    nodes = [PlanNode(f"account:qq:{n:05}", f"账号{n}", "Account", {}) for n in range(size)]
    edges = []
    values: dict[str, Cell] = {"modality": "derived", "confidence": 0.5}
    for number in range(size * TIES):
        start, end = rng.sample(nodes, 2)
        edges.append(
            PlanEdge(f"rel:{number:06}", start.id, end.id, "FLOWS_TO", "FLOWS_TO", 1.0, values)
        )
    return Plan(nodes, edges, [])


def own_page(plan: Plan) -> bytes:
    """The page of `view`."""
    roles = {
        node.id: [RoleClaim(ROLES[number % len(ROLES)], "act_derived", acts=3, days=2, score=0.8)]
        for number, node in enumerate(plan.nodes)
    }
    stream = io.BytesIO()
    write(stream, plan, Stamp(selection="benchmark"), Extras(roles=roles))
    return stream.getvalue()


def pyvis_page(plan: Plan, *, placed: bool) -> bytes:
    """The page of pyvis."""
    from pyvis.network import Network  # type: ignore[import-not-found]

    network = Network(height="800px", width="100%", directed=True, cdn_resources="in_line")
    network.toggle_physics(not placed)
    at = looks(plan) if placed else {}
    for node in plan.nodes:
        place = {"x": at[node.id].x * 2.6, "y": at[node.id].y * 2.6} if placed else {}
        network.add_node(node.id, label=node.label, **place)
    for edge in plan.edges:
        network.add_edge(edge.source, edge.target)
    text: str = network.generate_html()
    return text.encode()


def ways() -> Iterator[Way]:
    """Ours, and those of pyvis where it is installed."""
    yield Way("heichan view", own_page, "#graph canvas[data-id=layer2-node]", (700, 60))
    if find_spec("pyvis") is None:
        print("pyvis is not installed: its rows are missing", file=sys.stderr)
        return
    canvas = "#mynetwork canvas"
    yield Way("pyvis", lambda plan: pyvis_page(plan, placed=False), canvas, (20, 20), 1)
    yield Way("pyvis, our places", lambda plan: pyvis_page(plan, placed=True), canvas, (20, 20))


def measure(program: str, way: Way, plan: Plan) -> Measured:
    """One page, opened in a browser of its own."""
    content = way.page(plan)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_bytes(content)
        with browser.page(program, Path(folder) / "profile") as tab:
            offline = {"offline": True, "latency": 0, "downloadThroughput": 0}
            tab.call("Network.emulateNetworkConditions", **offline, uploadThroughput=0)
            size = {"width": 1300, "height": 820, "deviceScaleFactor": 1, "mobile": False}
            tab.call("Emulation.setDeviceMetricsOverride", **size)
            first = _first(tab, path, way.canvases)
            time.sleep(2)
            frame = _frame(tab, way.spot) if math.isfinite(first) else math.inf
            return Measured(way.name, len(plan.nodes), len(content), first, frame)


def _first(tab: browser.Page, path: Path, canvases: str) -> float:
    start = time.perf_counter()
    tab.open(path)
    script = _DRAWN.replace("CANVASES", canvases)
    while not tab.value(script):
        if time.perf_counter() - start > PATIENCE:
            return math.inf
        time.sleep(0.02)
    return time.perf_counter() - start


def _frame(tab: browser.Page, spot: tuple[int, int]) -> float:
    x, y = spot
    mouse = "Input.dispatchMouseEvent"
    tab.call(mouse, type="mousePressed", x=x, y=y, button="left", buttons=1, clickCount=1)
    tab.value(_FRAMES)
    for step in range(MOVES):
        way = step if step < MOVES // 2 else MOVES - step
        tab.call(mouse, type="mouseMoved", x=x + 4 * way, y=y + 2 * way, button="left", buttons=1)
    times: list[float] = tab.value("window.frames_")
    tab.call(mouse, type="mouseReleased", x=x, y=y, button="left", clickCount=1)
    return statistics.median(after - before for before, after in pairwise(times))


def _seconds(first: float) -> str:
    return f"{first:.1f} s" if math.isfinite(first) else f"none in {PATIENCE:.0f} s"


def main() -> None:
    """Print the table: medians of three openings; pyvis with its physics is opened once."""
    program = browser.binary()
    if program is None:
        print("chromium is not installed: nothing is measured")
        return
    print("| page | nodes | ties | size | first picture | frame while moved |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for size in SIZES:
        plan = market(size)
        for way in ways():
            found = [measure(program, way, plan) for _ in range(way.samples)]
            first = statistics.median(one.first for one in found)
            frame = statistics.median(one.frame for one in found)
            print(
                f"| {way.name} | {size:,} | {len(plan.edges):,} | {found[0].size / 1e6:.1f} MB "
                f"| {_seconds(first)} | {f'{frame:.0f} ms' if math.isfinite(frame) else '–'} |"
            )


if __name__ == "__main__":
    main()
