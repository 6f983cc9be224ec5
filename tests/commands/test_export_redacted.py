"""No redacted value stands in any finished file, in whatever way a format writes it."""

import html
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import pytest

from evidence.case import open_case
from graph.elements import Graph, Node
from graph.export.choice.scope import Scope
from graph.export.choice.selection import Selection, select
from graph.export.clean.guard import Guard, guard_of
from graph.export.clean.plan import Plan, plan
from graph.export.clean.secrets import Level, secrets_of
from graph.export.formats.neo4j_csv import export_neo4j_csv
from graph.export.stamp import stamp_of
from graph.export.write import FORMATS, Format, export_plan
from graph.schema import NODE_KINDS, RELATIONSHIP_KINDS
from graph.store import open_store
from tests.commands.process import here

KEY, OTHER = b"k" * 32, b"o" * 32
VENUE = "venue:telegram:1990000202"
ACCUSED = "contact:telegram:demo_quick_leads"
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_WORDS = frozenset(
    {
        "Product", "Role", "Organisation", "EscrowService", "Platform", "AccessMethod", "DataField",
        "Jurisdiction", "PaymentMethod", "Sector", "Build",
    }
)  # fmt: skip


class Market:
    """The demo's graph, a part of it with accused contacts, and the words that are nobody's."""

    def __init__(self, whole: Graph, part: Graph) -> None:
        self.whole, self.part = whole, part
        words = [repr(node) for node in whole.nodes if node.label in _WORDS]
        words += [repr(kind) for kind in (*NODE_KINDS.values(), *RELATIONSHIP_KINDS.values())]
        self._words = "\n".join(words).lower()

    @cache  # noqa: B019 -- one market a run
    def guard(self, level: Level, *, include_accused: bool = False) -> Guard:
        """The guard of one recipient."""
        key = None if level == "none" else KEY
        return guard_of(self.whole, level, include_accused=include_accused, key=key)

    @cache  # noqa: B019
    def values(self, level: Level) -> list[str]:
        """What must not be found, but for what is also a word of the lexicon or the schema."""
        secrets = [each for each in secrets_of(self.whole, level).values if not each.quote]
        forms = {each.form.lower() for each in secrets if len(each.form) > 1}
        searched = sorted(form for form in forms if not found(form, self._words))
        assert len(searched) > 0.9 * len(forms)
        return searched


@pytest.fixture(scope="module")
def market(demo_case: Path) -> Market:
    store = open_store(open_case(demo_case), "embedded")
    whole = Graph(list(store.nodes()), list(store.relationships()))
    store.close()
    scope = Scope(venues=frozenset({VENUE}), since=datetime(2024, 3, 1, tzinfo=UTC))
    around = Selection(ego=ACCUSED, hops=3, labels=frozenset({"Listing", "Post", "Contact"}))
    parts = [select(whole, each).graph for each in (Selection(scope=scope), around)]
    nodes = {node.id: node for part in parts for node in part.nodes}
    ties = {tie.id: tie for part in parts for tie in part.relationships}
    return Market(
        whole,
        Graph([nodes[name] for name in sorted(nodes)], [ties[name] for name in sorted(ties)]),
    )


def unpacked(path: Path) -> str:
    """All text of a finished file or folder, without the escapes of its format."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    texts = list(chain.from_iterable(_texts(each) for each in files if each.is_file()))
    return "\n".join((*texts, *map(_plain, texts))).lower()


def _texts(path: Path) -> Iterator[str]:
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (archive.read(name).decode("utf-8") for name in archive.namelist())
    else:
        yield path.read_text("utf-8")


def _plain(text: str) -> str:
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), html.unescape(text))
    text = text.replace("[.]", ".").replace("[@]", "@").replace("hxxp", "http")
    return unquote(text.replace('\\"', '"').replace('""', '"').replace("\\\\", "\\"))


def found(value: str, text: str) -> bool:
    """Whether a value stands there: a number by itself, a short word as a word."""
    if value not in text:
        return False
    edge = r"\d" if value.isdigit() else "[0-9a-z_]" if value.isascii() and len(value) < 5 else ""
    return not edge or bool(re.search(rf"(?<!{edge}){re.escape(value)}(?!{edge})", text))


def write_neo4j(path: Path, market: Market, guard: Guard) -> None:
    build = {node.id: node for node in market.whole.nodes if node.label == "Build"}
    nodes = build | {node.id: node for node in market.part.nodes}
    part = Graph([nodes[id_] for id_ in sorted(nodes)], market.part.relationships)
    export_neo4j_csv(part, path, guard=guard)


def writer(form: Format) -> Callable[[Path, Market, Guard], None]:
    def write(path: Path, market: Market, guard: Guard) -> None:
        planned: Plan = plan(market.part, guard=guard)
        export_plan(planned, stamp_of(None, selection="part"), path, form)

    return write


WRITERS = {form.name: writer(form) for form in FORMATS} | {"neo4j-csv": write_neo4j}


def framed(name: str, path: Path) -> str:
    """What a format writes of its own accord."""
    build = [Node("build:current", "Build", {"name": "build", "case_id": "x"})]
    empty = Graph(build, [])
    WRITERS[name](path, Market(empty, empty), guard_of(empty))
    return unpacked(path)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("level", ["contacts", "handles"])
def test_no_redacted_value_stands_in_a_file(
    name: str, level: Level, market: Market, tmp_path: Path
) -> None:
    path = tmp_path / "out"
    WRITERS[name](path, market, market.guard(level))
    text, frame = unpacked(path), framed(name, tmp_path / "empty")
    assert "redacted-" in text
    left = [value for value in market.values(level) if found(value, text)]
    assert [value for value in left if not found(value, frame)] == []


@pytest.mark.parametrize("name", WRITERS)
def test_accused_contacts_stand_in_no_file_of_their_own_accord(
    name: str, market: Market, tmp_path: Path
) -> None:
    path, asked = tmp_path / "out", tmp_path / "asked"
    WRITERS[name](path, market, market.guard("none"))
    WRITERS[name](asked, market, market.guard("none", include_accused=True))
    accused = market.values("none")
    assert accused
    text = unpacked(path)
    assert [value for value in accused if found(value, text)] == []
    assert any(found(value, unpacked(asked)) for value in accused)


def test_no_written_form_of_a_contact_is_left(market: Market) -> None:
    quotes = {
        str(tie.props["quote"]) for tie in market.whole.relationships if tie.type == "GIVES_CONTACT"
    }
    planned = plan(market.whole, guard=market.guard("contacts"))
    text = "\n".join(str(node.values.get("excerpt", "")) for node in planned.nodes)
    assert len(quotes) > 50
    assert [quote for quote in quotes if quote in text] == []


def test_two_recipients_cannot_compare_and_one_can(market: Market) -> None:
    first, again, second = (
        plan(market.part, guard=guard_of(market.whole, "handles", key=key))
        for key in (KEY, KEY, OTHER)
    )
    assert list(first.nodes) == list(again.nodes)
    assert list(first.edges) == list(again.edges)
    names = [{edge.id for edge in each.edges} for each in (first, second)]
    assert not names[0] & names[1]
    people = ("Account", "Contact", "Handle", "Post", "Listing", "Claim")
    ids = [{n.id for n in each.nodes if n.kind in people} for each in (first, second)]
    assert not ids[0] & ids[1]


def test_the_command_keeps_a_key_for_each_recipient(demo_case: Path, tmp_path: Path) -> None:
    state = str(tmp_path / "state")
    words = ("--ego", VENUE, "--hops", "1", "--redact", "handles", "--format", "json")

    def export(name: str, *more: str) -> bytes:
        path = tmp_path / name
        done = here(
            "--case", demo_case, "export", "jsonl", "-o", path, *words, *more, XDG_STATE_HOME=state
        )
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["nodes"] > 10
        assert ("can be compared" in done.stderr) is not bool(more)
        return path.read_bytes()

    first = export("a", "--recipient", "Unit 7")
    assert first == export("b", "--recipient", "unit 7")
    assert first != export("c", "--recipient", "Unit 8")
    assert first != export("d")
    assert b"account:telegram:99" not in first
    keys = list((Path(state) / "heichan" / "recipients").iterdir())
    assert len(keys) == 3
    assert not [path for path in demo_case.rglob("*") if path.name in {key.name for key in keys}]


def test_a_recipient_without_redaction_is_wrong_usage(
    demo_case: Path, state: str, tmp_path: Path
) -> None:
    done = here(
        *("--case", demo_case, "export", "gexf", "-o", tmp_path / "x", "--recipient", "a"),
        XDG_STATE_HOME=state,
    )
    assert done.returncode == 2
    assert "--redact" in done.stderr
