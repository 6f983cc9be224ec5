"""Plugs pulled: a command is killed at odd moments, and the next run completes its work."""

import json
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

import msgspec

from tests.commands.inputs import messages, telegram
from tests.commands.process import HEICHAN, environment

FILES: Final = 12
POSTS: Final = 60
"""Of each file."""
_EXPORTS: Final = ("gexf", "graphml", "xlsx", "jsonl", "links")


class Pulled(msgspec.Struct):
    """Kills of one command. `faults`: when it was killed, and what was not whole afterwards."""

    command: str
    kills: int = 0
    landed: int = 0
    """Kills that came before the command had ended."""
    faults: list[tuple[float, str]] = []


class Bench:
    """A folder with exports, a case that nothing interrupted, and what it holds."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.folder = folder
        self._chance = random.Random(seed)
        self._exports = folder / "exports"
        self._exports.mkdir(parents=True)
        for n in range(FILES):
            telegram(self._exports / f"{n:02d}.json", messages(POSTS, n * POSTS), group=n + 1)
        self._empty, self._whole = folder / "empty", folder / "whole"
        self._run("init", str(self._empty))
        shutil.copytree(self._empty, self._whole)
        self._seconds = {"ingest": self._timed(self._whole, self._ingest())}
        self.snapshot = self._snapshot(self._whole)

    def _ingest(self) -> list[str]:
        return ["ingest", str(self._exports), "--jobs", "2"]

    def pull(self, command: str, count: int) -> Pulled:
        """Kills one command so many times, each time on a fresh copy of its case."""
        pulled = Pulled(command)
        check, arguments, start = self._commands()[command]
        for number in range(count):
            case = self.folder / f"{command}-{number}"
            shutil.copytree(start, case)
            if command not in self._seconds:
                spare = self.folder / f"{command}-timed"
                shutil.copytree(start, spare)
                self._seconds[command] = self._timed(spare, arguments)
                shutil.rmtree(spare)
            moment = self._chance.uniform(0, 1.05) * self._seconds[command]
            pulled.kills += 1
            started = time.monotonic()
            landed = self._killed(case, arguments, moment)
            pulled.landed += landed
            if not landed:
                # A machine with less to do by now is quicker than when it was timed.
                self._seconds[command] = time.monotonic() - started
            fault = self._fault(case) or check(case, arguments)
            if fault:
                pulled.faults.append((moment, fault))
            shutil.rmtree(case)
        return pulled

    def _commands(
        self,
    ) -> dict[str, tuple[Callable[[Path, list[str]], str | None], list[str], Path]]:
        exports = {
            name: (self._export_fault, ["export", name, "-o", "{case}/exports/out"], self._whole)
            for name in _EXPORTS
        }
        return {
            "ingest": (self._again_fault, self._ingest(), self._empty),
            "build": (self._again_fault, ["build", "--full"], self._whole),
            **exports,
        }

    @property
    def commands(self) -> tuple[str, ...]:
        """Names of the commands that can be killed."""
        return tuple(self._commands())

    def _again_fault(self, case: Path, arguments: list[str]) -> str | None:
        """What differs after the same command was run once more to its end."""
        self._run("--case", str(case), *arguments)
        snapshot = self._snapshot(case)
        return None if snapshot == self.snapshot else f"snapshot {snapshot}, not {self.snapshot}"

    def _export_fault(self, case: Path, arguments: list[str]) -> str | None:
        """Whether an export is there and not whole, or something was left beside it."""
        target = case / "exports" / "out"
        killed = target.read_bytes() if target.exists() else None
        left = [path.name for path in target.parent.iterdir() if path != target]
        self._run("--case", str(case), *_filled(arguments, case), "--force")
        if killed is not None and killed != target.read_bytes():
            return "a part of an export stands under its name"
        return f"left beside it: {left}" if len(left) > 1 else None

    def _fault(self, case: Path) -> str | None:
        """What SQLite finds broken in the archive."""
        with closing(sqlite3.connect(case / "archive.sqlite")) as connection:
            (told,) = connection.execute("PRAGMA integrity_check").fetchone()
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        return None if told == "ok" and not orphans else f"{told}, {len(orphans)} orphans"

    def _killed(self, case: Path, arguments: list[str], moment: float) -> bool:
        process = subprocess.Popen(
            [HEICHAN, "--case", str(case), *_filled(arguments, case)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment(),
        )
        try:
            process.wait(moment)
            return False
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True

    def _timed(self, case: Path, arguments: list[str]) -> float:
        started = time.monotonic()
        self._run("--case", str(case), *_filled(arguments, case))
        return time.monotonic() - started

    def _snapshot(self, case: Path) -> str:
        return str(
            json.loads(self._run("--case", str(case), "status", "--format", "json"))["snapshot"]
        )

    def _run(self, *arguments: str) -> str:
        done = subprocess.run(
            [HEICHAN, *arguments], capture_output=True, text=True, env=self._environment()
        )
        if done.returncode:
            raise RuntimeError(f"{arguments}: {done.returncode}\n{done.stderr}")
        return done.stdout

    def _environment(self) -> dict[str, str]:
        return environment(XDG_STATE_HOME=str(self.folder / "state"))


def _filled(arguments: list[str], case: Path) -> list[str]:
    return [argument.replace("{case}", str(case)) for argument in arguments]
