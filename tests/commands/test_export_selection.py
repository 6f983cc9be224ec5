"""`export` as a command: what it refuses, what it says, what it leaves behind."""

import json
import os
import resource
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from graph.export.write import FORMATS
from tests.commands.copying import copy_of
from tests.commands.process import HEICHAN, environment, here

NAMES = [form.name for form in FORMATS] + ["neo4j-csv"]
VENUE = "venue:telegram:1990000202"
LIMIT = 1 << 16
"""Bytes that a file may have where the disk is small: reading an archive needs half of it."""


class Exporter:
    """Exports from the demo's case; gives the report, or the error."""

    def __init__(self, case: Path, state: str, folder: Path) -> None:
        self._case, self._state, self._folder = case, state, folder
        self.told = ""

    def __call__(self, *words: str | Path, code: int = 0, form: str = "gexf") -> Any:
        target = () if "-o" in words else ("-o", self._folder / "out")
        done = here(
            *("--case", self._case, "export", form, *target, "--format", "json", *words),
            XDG_STATE_HOME=self._state,
        )
        self.told = done.stderr
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        if done.stdout:
            return json.loads(done.stdout)
        return json.loads(done.stderr)["error"] if code not in (0, 3) else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "made"
    made.mkdir()
    return made


@pytest.fixture
def export(demo_case: Path, state: str, folder: Path) -> Exporter:
    return Exporter(demo_case, state, folder)


@pytest.fixture(scope="module")
def whole(demo_case: Path, state: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, int]:
    """What an export of everything reports."""
    report = Exporter(demo_case, state, tmp_path_factory.mktemp("whole"))(form="jsonl")
    return {name: int(report[name]) for name in ("nodes", "edges")}


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (("--label", "Acount"), 2, "Account"),
        (("--rel", "FLOW_TO"), 2, "FLOWS_TO"),
        (("--venue", "venue:telegram:2990000202"), 3, VENUE),
        (("--product", "stock_lead"), 3, "stock_leads"),
        (("--account", "account:telegram:nobody"), 3, "account:telegram:"),
        (("--tag", "mobile"), 3, "case.toml"),
        (("--query", "brokers.insider_to_buyers"), 3, "brokers.insider_to_buyer"),
        (("--query", "brokers.many_sources"), 2, "brokers.insider_to_buyer"),
        (("--query", "chain.boss_span", "--param", "nothing=1"), 2, "Parameters:"),
        (("--param", "product=x"), 2, "--query"),
        (("--since", "yesterday"), 2, "--since 2021-03-04"),
        (("--since", "2024-02-01", "--until", "2024-01-01"), 2, "earlier"),
        (("--tlp-max", "PINK"), 2, "AMBER"),
        (("--redact", "everything"), 2, "--help"),
        (("--projection", "circle"), 2, "--help"),
        (("--ego", "account:telegram:nobody"), 3, "search"),
        (("--min-degree", "-1"), 2, "--help"),
        (("--recipient", "x"), 2, "--redact"),
    ],
)
def test_wrong_choices_name_what_is_near(
    export: Exporter, folder: Path, words: tuple[str, ...], code: int, hint: str
) -> None:
    export(*words, code=code)
    assert hint in json.loads(export.told)["error"]["hint"]
    assert list(folder.iterdir()) == []


def test_an_unknown_format_lists_all(export: Exporter, folder: Path) -> None:
    error = export(form="gefx", code=2)
    assert all(name in error["hint"] for name in NAMES)
    assert list(folder.iterdir()) == []


def test_a_path_that_exists_needs_force(export: Exporter, folder: Path) -> None:
    path = folder / "mine.gexf"
    path.write_text("mine", "utf-8")
    words = ("-o", path, "--label", "Venue")
    assert "--force" in export(*words, code=2)["hint"]
    assert path.read_text("utf-8") == "mine"
    export(*words, "--force")
    assert path.read_bytes().startswith(b"<?xml")


@pytest.mark.parametrize("form", NAMES)
def test_nothing_chosen_is_told_and_is_a_good_file(
    form: str, export: Exporter, folder: Path
) -> None:
    words = ("--label", "Syndicate")
    export(*words, "--fail-empty", form=form, code=3)
    assert "nothing is chosen by: labels Syndicate" in export.told
    assert list(folder.iterdir()) == []
    report = export(*words, form=form)
    assert "nothing is chosen by: labels Syndicate" in export.told
    # A server's database says whose it is.
    assert report["nodes"] in (0, {"Build": 1})
    assert (folder / "out").exists()


def test_the_schema_of_a_server_has_no_other_shapes(export: Exporter) -> None:
    for words in (("--as", "actors"), ("--projection", "chain")):
        assert "another format" in export(*words, form="neo4j-csv", code=2)["hint"]


def test_several_queries_with_parameters(export: Exporter, folder: Path) -> None:
    one = export("--query", "brokers.insider_to_buyer")["nodes"]
    (folder / "value").write_text("product:stock_leads\n", "utf-8")
    both = export(
        *("--query", "brokers.insider_to_buyer", "--query", "chain.insider_to_enduser", "--force"),
        *("--param", f"product=@{folder / 'value'}"),
    )
    assert one
    assert both["nodes"]
    text = (folder / "out").read_text("utf-8")
    assert "query brokers.insider_to_buyer; query chain.insider_to_enduser" in text
    assert "product product:stock_leads" in text


@pytest.mark.parametrize(
    "words",
    [
        ("--venue", VENUE),
        ("--product", "stock_leads"),
        ("--account", "account:telegram:9900001006"),
        ("--since", "2024-01-01", "--until", "2024-01-31"),
        ("--min-confidence", "0.8"),
        ("--min-degree", "5"),
        ("--no-shared",),
        ("--projection", "accounts"),
        ("--projection", "account-listing-source"),
        ("--projection", "chain"),
        ("--ego", "account:telegram:9900001006", "--hops", "1"),
    ],
    ids=" ".join,
)
def test_each_filter_gives_less_than_the_whole(
    export: Exporter, whole: dict[str, int], words: tuple[str, ...]
) -> None:
    report = export(*words, form="jsonl")
    assert 0 < report["nodes"] < whole["nodes"]
    assert 0 < report["edges"] < whole["edges"]


def test_what_a_mark_left_out_stands_in_the_file(
    demo_case: Path, state: str, tmp_path: Path, folder: Path
) -> None:
    copy = copy_of(demo_case, tmp_path / "copy")
    with closing(sqlite3.connect(copy / "archive.sqlite")) as connection, connection:
        connection.execute("UPDATE file SET tlp = 'RED' WHERE path LIKE '%danbao/result.json'")
    export = Exporter(copy, state, folder)
    report = export("--tlp-max", "amber", "--since", "2023-01-01")
    [line] = [line for line in report["losses"] if "above AMBER" in line]
    assert line.endswith("posts of 1 files above AMBER left out")
    assert export.told.count("above AMBER") == 1
    text = (folder / "out").read_text("utf-8")
    assert line in text
    assert "TLP:AMBER" in text
    export("--force", "--label", "Venue")
    assert "TLP:RED" in (folder / "out").read_text("utf-8")


def test_the_help_names_every_format(export: Exporter) -> None:
    told = here("export", "--help").stdout
    assert all(name in told for name in NAMES)


def test_actors_of_decisions_stand_for_their_accounts(case: Path, state: str, folder: Path) -> None:
    from tests.commands.inputs import messages, telegram

    telegram(folder / "in.json", messages(4))
    assert here("--case", case, "ingest", folder / "in.json", XDG_STATE_HOME=state).returncode == 0
    export = Exporter(case, state, folder)
    plain = export("--as", "accounts", form="jsonl")
    assert export("--as", "actors", "--force", form="jsonl")["nodes"] == plain["nodes"]


def test_the_description_of_a_redacted_part_names_nobody(export: Exporter, folder: Path) -> None:
    words = ("--ego", "account:telegram:9900001006", "--redact", "handles", "--recipient", "a")
    export(*words, "--account", "account:telegram:9900001006")
    text = (folder / "out").read_text("utf-8")
    assert "9900001006" not in text
    assert "within 2 hops of account:telegram:redacted-" in text


@pytest.mark.parametrize("form", ["gexf", "csv", "xlsx", "neo4j-csv"])
def test_a_full_disk_leaves_nothing(form: str, demo_case: Path, state: str, folder: Path) -> None:
    done = subprocess.run(
        [HEICHAN, "--case", demo_case, "export", form, "-o", folder / "out", "--venue", VENUE],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env=environment(XDG_STATE_HOME=state),
        preexec_fn=_small_disk,
    )
    assert done.returncode == 1, done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    left = [path for path in folder.rglob("*") if path.is_file()]
    assert left == []


def _small_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT, LIMIT))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_device_is_not_written_over(export: Exporter) -> None:
    assert "--force" in export("-o", Path("/dev/full"), code=2)["hint"]


def test_an_interruption_leaves_nothing(demo_case: Path, state: str, folder: Path) -> None:
    process = subprocess.Popen(
        [HEICHAN, "--case", demo_case, "export", "xlsx", "-o", folder / "out"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(XDG_STATE_HOME=state),
    )
    while process.poll() is None and not list(folder.iterdir()):
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130, told
    assert told.splitlines()[0] == "error: interrupted"
    assert list(folder.iterdir()) == []
