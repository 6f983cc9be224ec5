"""`metrics --plot` and `metrics products --plot` on the demo case."""

import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from subprocess import CompletedProcess

import pytest

pytest.importorskip("matplotlib", reason="needs the extra [plot]")

from tests.commands.copying import copy_of
from tests.commands.process import here
from tests.commands.test_explore import Asker
from tests.graph.export.plots.looking import texts

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def ask(demo_case: Path, state: str) -> Asker:
    return Asker(demo_case, state)


def metrics(case: Path, state: str, *words: str | Path) -> CompletedProcess[str]:
    done = here("--case", case, "metrics", *words, XDG_STATE_HOME=state)
    assert done.returncode == 0, done.stderr
    return done


def test_months_are_drawn_beside_the_rows(demo_case: Path, state: str, tmp_path: Path) -> None:
    svg, png = tmp_path / "a.svg", tmp_path / "a.png"
    done = metrics(demo_case, state, "--plot", svg, "--format", "json")
    rows = json.loads(done.stdout)
    assert rows == json.loads(metrics(demo_case, state, "--format", "json").stdout)
    assert f"drawn: {svg}" in done.stderr
    told = texts(svg.read_bytes())
    assert ElementTree.fromstring(svg.read_text("utf-8")).tag.endswith("svg")
    assert {str(row["messages"]) for row in rows} <= {*told}
    # Nobody watched anything between the two periods of the demo.
    assert told.count("…") == 1
    assert any("active group-days" in text and "reconstruction" in text for text in told)
    assert any("12 venues" in text for text in told)
    metrics(demo_case, state, "--denominator", "observed", "--platform", "qq", "--plot", png)
    assert png.read_bytes().startswith(PNG)


def test_only_months_are_drawn_and_nothing_is_overwritten_unasked(
    demo_case: Path, state: str, tmp_path: Path, ask: Asker
) -> None:
    svg = tmp_path / "a.svg"
    assert "--by month" in ask.fails(2, "metrics", "--by", "day", "--plot", str(svg))["hint"]
    assert not svg.exists()
    metrics(demo_case, state, "--plot", svg)
    first = svg.read_bytes()
    assert "--force" in ask.fails(2, "metrics", "--plot", str(svg))["hint"]
    metrics(demo_case, state, "--plot", svg, "--force")
    assert svg.read_bytes() == first
    assert ".svg" in ask.fails(2, "metrics", "products", "--plot", str(tmp_path / "a"))["hint"]


def test_products_are_drawn_with_their_prices(
    demo_case: Path, state: str, tmp_path: Path, ask: Asker
) -> None:
    svg = tmp_path / "a.svg"
    done = metrics(demo_case, state, "products", "--top", "6", "--plot", svg, "--format", "json")
    assert len(json.loads(done.stdout)) == 6
    first = svg.read_bytes()
    told = texts(first)
    assert {"208", "stock leads, CNY", "loan leads, CNY", "loan leads, USD"} <= {*told}
    prices = ask("query", "run", "market.price_per_record", "--product", "product:stock_leads")
    quotes, last = sum(row["quotes"] for row in prices), prices[-1]
    assert f"{quotes} quotes; {last['month']}: {last['median']:.2f}" in told
    assert any(text.startswith("stock leads (") for text in told)
    assert any("not paid" in text for text in told)
    metrics(demo_case, state, "products", "--top", "6", "--plot", svg, "--force")
    assert svg.read_bytes() == first


def test_a_period_holds_for_prices_too(demo_case: Path, state: str, tmp_path: Path) -> None:
    svg = tmp_path / "a.svg"
    words = ("--since", "2023-12-01", "--until", "2024-02-10", "--top", "3")
    metrics(demo_case, state, "products", *words, "--plot", svg)
    told = texts(svg.read_bytes())
    assert any("from 2023-12-01 until 2024-02-10" in text for text in told)
    assert {"12", "01", "02"} <= {*told}
    assert not {"11", "03"} & {*told}


def test_a_segment_with_signs_for_a_terminal_stays_text(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    case, svg = tmp_path / "case", tmp_path / "a.svg"
    copy_of(demo_case, case)
    with (case / "case.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[venues."venue:telegram:1"]\nsegments = ["x\\u001b[31m\\u202e</svg>"]\n')
    metrics(case, state, "--segment", "x\x1b[31m\u202e</svg>", "--plot", svg)
    told = "\n".join(texts(svg.read_bytes()))
    assert "segment: x[U+001B][31m[U+202E]&lt;/svg&gt;" in told
    assert "no message and no watched day" in told


def test_a_case_without_posts(case: Path, state: str, tmp_path: Path) -> None:
    metrics(case, state, "--plot", tmp_path / "a.svg")
    metrics(case, state, "products", "--plot", tmp_path / "b.svg")
    assert "no message and no watched day" in texts((tmp_path / "a.svg").read_bytes())
    assert "no product is mentioned" in texts((tmp_path / "b.svg").read_bytes())
