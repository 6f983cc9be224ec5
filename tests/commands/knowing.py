"""Commands on cases, by a named user, answered in JSON."""

import json
from pathlib import Path
from typing import Any

from tests.commands.process import here
from tests.commands.test_resolve import ONE, THREE, TWO, said
from tests.ingest.exports import write_telegram

BECAUSE = ("--basis", "interview", "--reason", "he said so", "--source", "interview of 3 May")


class Knowing:
    """Commands on a case by somebody."""

    def __init__(self, case: Path, state: str, user: str = "ann") -> None:
        self.case = case
        self.user = user
        self.told = ""
        self._state = state

    def call(self, *words: str, code: int = 0) -> Any:
        """The document of a call; of a failed one that of the error. What is told is kept."""
        known = {"XDG_STATE_HOME": self._state, "LOGNAME": self.user}
        done = here("--case", self.case, *words, "--format", "json", **known)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        self.told = done.stderr
        if done.stdout:
            return json.loads(done.stdout)
        return json.loads(done.stderr.splitlines()[-1])["error"]

    def assertion(self, start: str, type_: str, end: str, *more: str) -> dict[str, Any]:
        """An assertion with a basis, a reason and a source."""
        found: dict[str, Any] = self.call("assert", start, type_, end, *BECAUSE, *more)
        return found

    def built(self, query: str) -> list[dict[str, Any]]:
        """Rows of a query on the graph as it is after a build."""
        self.call("build")
        rows: list[dict[str, Any]] = self.call("cypher", query)
        return rows


def ingest_sellers(knowing: Knowing) -> None:
    """Makes the case: two sellers and a buyer, in `result.json` beside it."""
    knowing.call("init", str(knowing.case))
    goods = ("股民料", "网贷料", "车主数据", "保健品料")
    sellers = ((TWO, "木屿"), (ONE, "海行者"))
    messages = [said(n, *sellers[n % 2], f"出 {goods[n % 4]} {n}毛一条", n) for n in range(1, 9)]
    messages.append(said(20, THREE, "云中客", "收 股民料 微信demo_wx99", 3))
    knowing.call("ingest", str(write_telegram(knowing.case.parent / "result.json", messages)))
