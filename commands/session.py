"""What one invocation knows: the shared options, the case, the store, the output."""

import os
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.output import FORMATS, Output
from commands.progress import Progress
from evidence.errors import UsageError
from evidence.settings import zone_of

if TYPE_CHECKING:  # keeps `--help` free of the archive and the engines
    from commands.audited import Shown
    from evidence.archive.archive import Archive
    from evidence.case import Case
    from evidence.settings import Tlp
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
    lender: "Session | None" = field(default=None, repr=False, compare=False)
    """An open session whose case, archive and store are used instead of opening them again."""

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
    command: str = ""
    """The words of the command, as `metrics products`."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Its own options and arguments."""
    seen: Callable[[object], None] | None = None
    """Told of all that is shown."""
    snapshot: str | None = None
    """Of the graph whose rows were read from the file beside it."""
    _shown: "Shown | None" = None
    """What is to go into the audit log; None where the case does not ask for that."""
    _resources: ExitStack = field(default_factory=ExitStack)
    _began: float = field(default_factory=time.perf_counter)

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

    @classmethod
    def of(cls, case: "Case", shared: Shared) -> "Session":
        """A session on a case that is open already."""
        session = cls(shared)
        session.case = case
        return session

    def below(self, mark: "Tlp | None") -> "Session":
        """The session itself, or one on the part of the case up to a TLP mark.

        That part is read from the embedded store: a server holds one whole graph.
        """
        if mark is None:
            return self
        from graph.build.below import below

        part = below(self.case, mark, self.progress)
        self.progress.close()
        if part.case is self.case:
            return self
        session = Session.of(part.case, replace(self.shared, store="embedded", lender=None))
        self._resources.callback(session.close)
        self.out.note(part.left_out.words(mark))
        return session

    @property
    def _lender(self) -> "Session | None":
        """The lender, unless this command names another case or store."""
        lender = self.shared.lender
        if lender is None:
            return None
        same = (lender.shared.case, lender.shared.store) == (self.shared.case, self.shared.store)
        return lender if same else None

    @property
    def store_name(self) -> str | None:
        return self.shared.store or os.environ.get("HEICHAN_STORE") or None

    @property
    def is_embedded(self) -> bool:
        """Whether the store that is asked is the case's own."""
        return (self.store_name or self.case.settings.store) == "embedded"

    @cached_property
    def case(self) -> "Case":
        """The case: option, environment, or the nearest parent folder that is trusted."""
        from evidence.case import resolve_case

        if self._lender is not None:
            return self._lender.case
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
        if self._lender is not None:
            return self._lender.archive
        return self._resources.enter_context(self.case.reader())

    @cached_property
    def store(self) -> "GraphStore":
        from graph.store import open_store

        if self._lender is not None:
            return self._lender.store
        store = open_store(self.case, self.store_name)
        self._resources.callback(store.close)
        return store

    @cached_property
    def out(self) -> Output:
        settings = self.case.settings
        made = self.output(settings.zone)
        if settings.audit.queries:
            from commands.audited import Shown

            self._shown = Shown(made.seen)
            made.seen = self._shown
        return made

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
            asked=self.asked if shared.meta else None,
            seen=shared.lender.seen if shared.lender is not None else None,
        )

    def asked(self) -> dict[str, Any]:
        """`meta` of a command's rows; a canned query says more about itself."""
        import importlib.metadata

        build = self.store.build_info() if "store" in self.__dict__ else None
        return {
            "query": self.command,
            "version": importlib.metadata.version("heichan"),
            "parameters": told(self.given),
            "graph": self.snapshot or (build or {}).get("snapshot"),
            "limit": None,
            "truncated": False,
            "seconds": round(self.seconds, 3),
        }

    @cached_property
    def progress(self) -> Progress:
        shared = self.shared
        color = shared.color and "NO_COLOR" not in os.environ
        return Progress(enabled=not shared.quiet, verbose=shared.verbose > 0, color=color)

    @property
    def seconds(self) -> float:
        """Seconds since the command began."""
        return time.perf_counter() - self._began

    def finish(self) -> None:
        """Logs what was asked and shown where the case wants that, and closes."""
        try:
            if self._shown is not None:
                self._shown.log(self)
        finally:
            self.close()

    def close(self) -> None:
        """Ends the progress display and closes what was opened."""
        if "progress" in self.__dict__:
            self.progress.close()
        self._resources.close()


def told(given: Mapping[str, Any]) -> dict[str, Any]:
    """Options that were given or have a value; a folder as its name."""
    return {
        name: str(value) if isinstance(value, Path) else value
        for name, value in given.items()
        if value is not None and not (isinstance(value, list) and not value)
    }
