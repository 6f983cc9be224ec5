import base64
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import tarfile
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import DataError, UsageError
from graph.export.clean.plan import Plan
from graph.export.stamp import Stamp
from graph.view.extras import Extras
from graph.view.page import HARD, SCRIPTS, check_size, script, write
from graph.view.words import own_words
from tests.graph.view.made import BROKER, HOSTILE, LINK, account, extras, hostile, market, page

ASSETS = files("graph.view").joinpath("assets")
VENDORED = tomllib.loads(ASSETS.joinpath("vendor", "vendored.toml").read_text("utf-8"))
DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.S)
LOADS = re.compile(
    r"(?:src|href|action|poster|srcset)\s*=\s*[\"']?(?!#)[^\s\"'>]"
    r"|url\(|@import|fetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts",
)


def data(written: bytes) -> dict[str, object]:
    found = DATA.search(written.decode())
    assert found is not None
    read: dict[str, object] = json.loads(found[1])
    return read


def own_part(written: bytes) -> str:
    """The page without the library and the data."""
    text = written.decode()
    library = ASSETS.joinpath("vendor", "cytoscape.min.js").read_text("utf-8")
    assert library in text
    return DATA.sub("", text.replace(library, ""))


def test_the_policy_names_every_script_and_style_and_nothing_else() -> None:
    text = page(market()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy is not None
    parts = dict(part.split(" ", 1) for part in policy[1].split("; "))
    assert parts["default-src"] == parts["base-uri"] == parts["form-action"] == "'none'"
    for tag in ("script", "style"):
        inside = re.findall(rf"<{tag}(?: id=[^>]*)?>(.*?)</{tag}>", text, re.S)
        hashes = [
            base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in inside
        ]
        assert parts[f"{tag}-src"].split() == [f"'sha256-{each}'" for each in hashes]
        assert len(hashes) == 2
    assert "unsafe" not in policy[1]


def test_nothing_is_loaded_and_nothing_is_an_event_attribute() -> None:
    text = own_part(page(market(), extras()))
    assert not LOADS.search(text.replace('href="#graph"', ""))
    assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in text
    assert not re.search(r"<[a-z]+[^>]*\son[a-z]+\s*=", text)
    assert "innerHTML" not in text
    assert "eval(" not in text


def test_two_pages_of_one_plan_are_equal_byte_for_byte() -> None:
    assert page(market(), extras()) == page(market(), extras())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_data(name: str) -> None:
    plan = Plan([account("1", name)], [], [])
    written = page(plan, stamp=Stamp(selection=name))
    inside = DATA.search(written.decode())
    assert inside is not None
    assert not re.search("[<\u2028\u2029]", inside[1])
    nodes = data(written)["nodes"]
    assert isinstance(nodes, list)
    assert nodes[0]["name"].replace("[.]", ".") == name
    assert written.decode().count("<script") == page(market()).decode().count("<script")


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_text_comes_back_from_the_data(text: str) -> None:
    stamp = Stamp(selection=text)
    assert data(page(Plan([], [], []), stamp=stamp))["title"] == text


def test_contacts_and_addresses_are_no_links() -> None:
    written = page(market(), extras())
    text = json.dumps(data(written)["nodes"]) + json.dumps(data(written)["quotes"])
    assert "hxxps://shop[.]example/x" in text
    assert "demo_jin[@]telegram" in text
    assert not re.search(r"https?://", text.replace(LINK.id, ""))


def test_roles_are_claims_with_their_basis_and_an_accusation_places_nobody() -> None:
    nodes = data(page(market(), extras()))["nodes"]
    assert isinstance(nodes, list)
    broker = next(node for node in nodes if node["id"] == BROKER.id)
    assert broker["role"] == "middleman"
    assert [role[:2] for role in broker["roles"]] == [
        ["middleman", "act_derived"],
        ["cheat", "accused"],
    ]
    assert broker["badge"]["rank"] == 1
    assert broker["posts"] == 7


def test_reasons_of_a_badge_are_told_in_both_languages_and_hold_no_live_address() -> None:
    nodes = data(page(market(), extras()))["nodes"]
    assert isinstance(nodes, list)
    badge = next(node["badge"] for node in nodes if node["id"] == BROKER.id)
    assert badge["reasons"] == [
        ["ranks 1 of 3", "排名第 1（共 3）"],
        ["take care: [@]demo_jin hxxps://bad[.]example/y", "注意：t"],
    ]
    [passed] = badge["passed"]
    assert passed["head"][0] == passed["head"][1]
    assert passed["sides"][0][1] == "进货：内部小王，无日期：出售信息"
    assert badge["composed"][1] == "由 2 个独立陈述拼合"
    assert all("badge" not in node for node in nodes if node["id"] != BROKER.id)


def test_a_badge_is_cleaned_in_both_languages() -> None:
    cleaned = extras().cleaned(lambda text: text.replace("内部小王", "▮"), lambda name: f"k:{name}")
    badge = cleaned.brokers[f"k:{BROKER.id}"]
    assert "内部小王" not in str(badge)
    assert badge.passed[0].sides[0] == (
        "got from ▮, undated: <b>an offer</b>",
        "进货：▮，无日期：出售信息",
    )


def test_a_long_quote_is_cut_after_it_was_cleaned() -> None:
    shown = extras(["x" * 215 + "secret" + "y" * 300]).cleaned(
        lambda text: text.replace("secret", "▮" * 6), str
    )
    quotes = data(page(market(), shown))["quotes"]
    assert isinstance(quotes, list)
    assert quotes[0]["text"] == "x" * 215 + "▮" * 5
    assert quotes[0]["cut"]


def test_times_stand_in_the_clock_of_the_case() -> None:
    shown = Extras(zone="Asia/Shanghai", clock=lambda moment: f"{moment:%Y-%m-%d} local")
    nodes = data(page(market(), shown))["nodes"]
    assert isinstance(nodes, list)
    assert dict(nodes[0]["props"])["first_seen"] == "2023-01-01 local"


def test_above_the_cap_a_plain_error_says_how_to_narrow() -> None:
    check_size(2_000, 2_000)
    with pytest.raises(UsageError) as raised:
        check_size(2_001, 2_000)
    assert "--ego" in str(raised.value.hint)
    assert "gexf" in str(raised.value.hint)
    many = Plan([account(str(number), "x") for number in range(HARD + 1)], [], [])
    with pytest.raises(UsageError):
        write(io.BytesIO(), many, Stamp())
    with pytest.raises(UsageError):
        check_size(HARD + 1, HARD * 2)


def test_equal_ids_are_an_error() -> None:
    twice = Plan([account("1", "a"), account("1", "b")], [], [])
    with pytest.raises(DataError, match="account:telegram:1"):
        write(io.BytesIO(), twice, Stamp())


def test_an_empty_plan_is_a_page() -> None:
    assert data(page(Plan([], [], [])))["nodes"] == []


def test_every_part_of_the_script_is_written_once() -> None:
    there = {name.name for name in ASSETS.iterdir() if name.name.endswith(".js")}
    assert there == {f"{name}.js" for name in SCRIPTS}
    assert len(set(SCRIPTS)) == len(SCRIPTS)


def test_every_word_that_the_script_asks_for_is_known() -> None:
    skeleton = ASSETS.joinpath("page.html").read_text("utf-8")
    keys = set(re.findall(r'"((?:ui|layer|basis|modality)\.[a-z_.0-9]+)"', script() + skeleton))
    assert len(keys) > 40
    assert keys <= own_words().keys()
    assert 'H.w("lead")' in script()
    assert "a lead, not a finding" in own_words()["lead"][0]
    assert all(en and zh for en, zh in own_words().values())


def test_the_library_is_the_one_that_is_named() -> None:
    for each in VENDORED.values():
        content = ASSETS.joinpath("vendor", each["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == each["sha256"]
        assert each["version"].encode() in content
        assert b"Permission is hereby granted" in content
        assert ASSETS.joinpath("vendor", each["licence_file"]).is_file()


def test_the_library_is_that_of_npm(tmp_path: Path) -> None:
    npm = shutil.which("npm")
    required = "node" in os.environ.get("HEICHAN_REQUIRE", "").split(",")
    for each in VENDORED.values():
        command = [npm or "npm", "pack", "--silent", each["package"]]
        done = npm and subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
        if not done or done.returncode:
            if required:
                pytest.fail("node is required: npm could not fetch the library")
            pytest.skip("npm: not here, or it could not fetch the library")
        packed = next(tmp_path.glob("*.tgz"))
        with tarfile.open(packed) as archive:
            member = archive.extractfile(each["path"])
            assert member is not None
            assert hashlib.sha256(member.read()).hexdigest() == each["sha256"]


def test_a_page_of_hostile_names_is_whole() -> None:
    read = data(page(hostile(), extras(HOSTILE)))
    nodes = read["nodes"]
    assert isinstance(nodes, list)
    assert len(nodes) == len(hostile().nodes)
