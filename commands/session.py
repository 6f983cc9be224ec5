"""What one invocation knows: the shared options, the case, the store, the output."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from commands.output import FORMATS, Output
from commands.progress import Progress
from evidence.errors import UsageError
from evidence.settings import zone_of

if TYPE_CHECKING:  # keeps `--help` free of the archive and the engines
    from evidence.archive.archive import Archive
    from evidence.case import Case
    from graph.store.base import GraphStore

STORES = ("embedded", "neo4j")


@dataclass(frozen=True)
class Shared:
    """The options that every command takes, before or after the sub-command."""

    case: Path | None = None
    store: str | None = None
    form: str | None = None
    meta: bool = False
    quiet: bool = False
    verbose: int = 0
    color: bool = True

    def over(self, given: Mapping[str, object]) -> "Shared":
        """These options with those given later on the line."""
        later = {name: value for name, value in given.items() if value not in (None, False, 0)}
        if later.pop("no_color", False):
            later["color"] = False
        return replace(self, **later)  # type: ignore[arg-type]


@dataclass
class Session:
    """Opens the case, the archive and the store when they are first asked for."""

    shared: Shared
    raw: bool = False
    _resources: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        if self.shared.form not in (None, *FORMATS):
            raise UsageError(
                f"--format {self.shared.form!r} is unknown", hint=f"Choose {', '.join(FORMATS)}."
            )
        if self.store_name not in (None, *STORES):
            source = "--store" if self.shared.store else "HEICHAN_STORE"
            raise UsageError(
                f"{source} {self.store_name!r} is unknown", hint=f"Choose {' or '.join(STORES)}."
            )

    @property
    def store_name(self) -> str | None:
        return self.shared.store or os.environ.get("HEICHAN_STORE") or None

    @cached_property
    def case(self) -> "Case":
        """The case: option, environment, or the nearest parent folder that is trusted."""
        from evidence.case import resolve_case

        named = self.shared.case or os.environ.get("HEICHAN_CASE") or None
        return resolve_case(None if named is None else Path(named), Path.cwd())

    @property
    def own_packs(self) -> "tuple[Path, ...]":
        """Folders with the case's own queries; none without a case."""
        from evidence.errors import HeichanError

        try:
            return self.case.packs()
        except HeichanError:
            return ()

    @cached_property
    def archive(self) -> "Archive":
        return self._resources.enter_context(self.case.reader())

    @cached_property
    def store(self) -> "GraphStore":
        from graph.store import open_store

        store = open_store(self.case, self.store_name)
        self._resources.callback(store.close)
        return store

    @cached_property
    def out(self) -> Output:
        return self.output(self.case.settings.zone)

    def output(self, zone: str = "UTC") -> Output:
        """An output for commands that need no case."""
        shared = self.shared
        return Output(
            shared.form,
            zone=zone_of(zone),
            quiet=shared.quiet,
            verbose=shared.verbose,
            color=shared.color and "NO_COLOR" not in os.environ,
            raw=self.raw,
        )

    @cached_property
    def progress(self) -> Progress:
        return Progress(enabled=not self.shared.quiet)

    def close(self) -> None:
        """Ends the progress display and closes what was opened."""
        if "progress" in self.__dict__:
            self.progress.close()
        self._resources.close()
