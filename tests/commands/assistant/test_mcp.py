"""The server as an assistant's program meets it: the SDK's own client over standard streams."""

import json
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp")

from mcp import Client, StdioServerParameters

from evidence.audit import verify_audit
from tests.commands.copying import copy_of
from tests.commands.process import HEICHAN, environment, heichan

TOOLS = ["query_list", "query_show", "query_run", "search", "show", "evidence"]


@pytest.fixture
def allowed(demo_case: Path, state: str, tmp_path: Path) -> Path:
    """A copy of the demo case that allows an assistant all that is marked AMBER or less."""
    case = tmp_path / "case"
    copy_of(demo_case, case)
    allow(case, "AMBER")
    assert heichan("case", "trust", case, "--yes", XDG_STATE_HOME=state).returncode == 0
    return case


def allow(case: Path, mark: str, rows: int = 5) -> None:
    path = case / "case.toml"
    kept = path.read_text("utf-8").split("\n[mcp]")[0].rstrip()
    path.write_text(
        f'{kept}\n\n[mcp]\nenabled = true\ntlp_max = "{mark}"\nrows = {rows}\n', "utf-8"
    )


def talk(case: Path, state: str, what: Callable[[Client], Awaitable[None]]) -> None:
    server = StdioServerParameters(
        command=HEICHAN,
        args=["--case", str(case), "mcp"],
        env=environment(XDG_STATE_HOME=state),
    )

    async def run() -> None:
        with anyio.fail_after(120):
            async with Client(server) as client:
                await what(client)

    anyio.run(run)


async def ask(client: Client, tool: str, **arguments: Any) -> Any:
    """The document of an answer, which stands as text in it too."""
    result = await client.call_tool(tool, arguments)
    (content,) = result.content
    assert content.type == "text"
    assert json.loads(content.text) == result.structured_content
    assert result.is_error == ("error" in result.structured_content)
    return result.structured_content


def logged(case: Path) -> list[tuple[str, Any]]:
    with closing(sqlite3.connect(case / "archive.sqlite")) as connection:
        rows = connection.execute(
            "SELECT what, detail FROM audit WHERE what LIKE 'mcp %' ORDER BY n"
        )
        found = [(what, json.loads(detail)) for what, detail in rows]
        assert verify_audit(connection).broken is None
    return found


def test_it_is_off_until_the_case_allows_it(demo_case: Path, state: str) -> None:
    done = heichan("--case", demo_case, "mcp", given=b"", XDG_STATE_HOME=state)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "[mcp], enabled = true" in done.stderr


def test_a_case_from_elsewhere_needs_trust(demo_case: Path, state: str, tmp_path: Path) -> None:
    case = tmp_path / "from elsewhere"
    copy_of(demo_case, case)
    allow(case, "RED")
    done = heichan("--case", case, "mcp", given=b"", XDG_STATE_HOME=state)
    assert done.returncode == 1
    assert "case trust" in done.stderr


def test_from_search_to_evidence(allowed: Path, state: str) -> None:
    async def explore(client: Client) -> None:
        listed = await client.list_tools()
        assert [tool.name for tool in listed.tools] == TOOLS
        assert all(tool.input_schema["additionalProperties"] is False for tool in listed.tools)
        found = await ask(client, "search", text="股民")
        assert len(found["rows"]) == 5
        assert found["meta"]["truncated"]
        assert found["meta"]["left_out"] == {"files": 0, "posts": 0}
        post = next(row["id"] for row in found["rows"] if row["kind"] == "Post")
        around = await ask(client, "show", id=post, context=1)
        assert post in [row["post"] for row in around["rows"]]
        quotes = await ask(client, "evidence", id=post)
        assert "股民" in quotes["rows"][0]["quote"]
        assert len(quotes["rows"][0]["sha256"]) == 64
        questions = await ask(client, "query_list", pack="brokers")
        assert (
            "brokers.many_sources" in [row["id"] for row in questions["rows"]]
            or (questions["meta"]["truncated"])
        )
        head = await ask(client, "query_show", name="brokers.many_sources")
        assert "min_sources" in head["document"]["params"]
        rows = await ask(
            client, "query_run", name="brokers.many_sources", parameters={"min_sources": 2}, limit=1
        )
        assert len(rows["rows"]) == 1
        assert rows["meta"]["truncated"]
        shown = await ask(client, "show", id=rows["rows"][0]["actor"])
        assert shown["document"]["id"] == rows["rows"][0]["actor"]

    talk(allowed, state, explore)
    entries = logged(allowed)
    assert [what for what, _ in entries] == [
        *("mcp search", "mcp show", "mcp evidence", "mcp query_list", "mcp query_show"),
        *("mcp query_run", "mcp show"),
    ]
    assert json.loads(entries[0][1]["parameters"]) == {"text": "股民"}
    assert entries[0][1]["rows"] == 5
    assert len(entries[0][1]["result"]) == 64
    assert not list((allowed / "graph").glob("mcp-*"))


def test_what_it_refuses(allowed: Path, state: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("2", "utf-8")
    name = "brokers.many_sources"

    async def misuse(client: Client) -> None:
        for tool, arguments in (
            ("cypher", {"text": "MATCH (n) RETURN n"}),
            ("search", {"text": "股民", "raw": True}),
            ("search", {"text": "-"}),
            ("search", {}),
            ("show", {"id": ["x"]}),
            ("query_run", {"name": name, "parameters": {"min_sources": f"@{secret}"}}),
            ("query_run", {"name": name, "parameters": {"save": "kept"}}),
            ("query_run", {"name": "all", "parameters": {}}),
            ("show", {"id": "--help"}),
            ("show", {"id": "@nobody_of_that_name"}),
        ):
            answer = await ask(client, tool, **arguments)
            assert answer["error"]["kind"] in ("usage", "not-found"), (tool, arguments)
            assert "nobody" not in answer["error"]["message"]

    talk(allowed, state, misuse)
    entries = logged(allowed)
    assert len(entries) == 10
    assert entries[0][0] == "mcp unknown tool"
    assert all(detail["error"] for _, detail in entries)
    assert not (allowed / "results").exists()


def test_what_is_marked_stricter_is_left_out_and_counted(allowed: Path, state: str) -> None:
    with closing(sqlite3.connect(allowed / "archive.sqlite")) as connection, connection:
        (red,) = connection.execute(
            "SELECT n FROM file WHERE path LIKE '%shuju/result.json'"
        ).fetchone()
        connection.execute("UPDATE file SET tlp = 'RED' WHERE n = ?", (red,))
        hidden = {
            post
            for (post,) in connection.execute(
                "SELECT p.id FROM capture c JOIN post_version v ON v.n = c.version_n "
                "JOIN post p ON p.n = v.post_n WHERE c.file_n = ?",
                (red,),
            )
        }
    allow(allowed, "AMBER", rows=1000)

    async def look(client: Client) -> None:
        found = await ask(client, "search", text="股民")
        assert found["meta"]["left_out"] == {"files": 1, "posts": len(hidden)}
        posts = {row["id"] for row in found["rows"] if row["kind"] == "Post"}
        assert posts
        assert not posts & hidden
        gone = await ask(client, "evidence", id=min(hidden))
        assert gone.get("rows") in (None, [])
        rows = await ask(
            client, "query_run", name="brokers.many_sources", parameters={"min_sources": 1}
        )
        assert rows["rows"]
        assert not {post for row in rows["rows"] for post in row["evidence"]} & hidden
        allow(allowed, "CLEAR")
        nothing = await ask(client, "search", text="股民")
        assert [row for row in nothing["rows"] if row["kind"] in ("Post", "Account")] == []
        assert nothing["meta"]["left_out"]["posts"] > len(hidden)
        (allowed / "case.toml").write_text(
            (allowed / "case.toml").read_text("utf-8").replace("enabled = true", "enabled = false")
        )
        off = await ask(client, "search", text="股民")
        assert off["error"]["kind"] == "refused"

    talk(allowed, state, look)
    assert [detail["tlp_max"] for _, detail in logged(allowed)] == [
        *("AMBER", "AMBER", "AMBER", "CLEAR", None)
    ]
    assert not list((allowed / "graph").glob("mcp-*"))


def test_no_answer_without_an_entry_in_the_log(allowed: Path, state: str) -> None:
    from evidence.archive.lock import write_lock

    async def locked_out(client: Client) -> None:
        with write_lock(allowed / "archive.lock"):
            answer = await ask(client, "search", text="股民")
        assert answer["error"]["kind"] == "unlogged"
        assert (await ask(client, "search", text="股民"))["rows"]

    talk(allowed, state, locked_out)
    assert len(logged(allowed)) == 1
