"""What a shell holds between two lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from commands.session import Session, Shared
from commands.shell.lines import Names
from commands.shell.seen import Seen

if TYPE_CHECKING:
    from queries.pack import Packs, Query

READING: Final = (
    *("search", "show", "timeline", "evidence", "neighbors", "path", "brokers", "metrics"),
    *("query", "status", "claims", "watch", "cypher"),
)
"""Commands that a shell runs, where the program has them."""


@dataclass
class State:
    """`root` is the whole command; the session lends its case, archive and store to each line."""

    root: Any
    shared: Shared
    limit: int | None = None
    parameters: dict[str, str] = field(default_factory=dict)
    pager: bool = False
    timing: bool = False
    last: list[str] | None = None
    """Words of the last canned query."""
    seen: Seen = field(default_factory=Seen)
    left: bool = False
    _stamp: tuple[int, int] | None = None

    @cached_property
    def session(self) -> Session:
        """The open session; made anew by `reopen`."""
        return Session(replace(self.shared, lender=None), seen=self.seen)

    def lent(self) -> Shared:
        """Options for one line that borrow what is open."""
        return replace(self.shared, lender=self.session)

    def reopen(self, shared: Shared) -> None:
        """Another case or store. What was known of the old one is forgotten."""
        self.close()
        self.shared, self.seen, self.last = shared, Seen(), None
        for name in ("session", "packs", "names"):
            self.__dict__.pop(name, None)

    def refresh(self) -> None:
        """Lets go of an embedded graph that was built anew since it was read."""
        path: Path | None = getattr(self.session.store, "file", None)
        if path is None or not path.exists():
            return
        known = path.stat()
        stamp = (known.st_mtime_ns, known.st_size)
        if self._stamp not in (None, stamp):
            self.session.store.close()
        self._stamp = stamp

    def close(self) -> None:
        """Closes what is open."""
        if "session" in self.__dict__:
            self.session.close()

    @cached_property
    def packs(self) -> "Packs":
        """The canned queries of the program and of the case."""
        from queries.pack import load_packs

        return load_packs(self.session.own_packs, lint_shipped=False)

    @cached_property
    def names(self) -> Names:
        """Words that a line may begin with."""
        commands = frozenset(name for name in READING if name in self.commands)
        return Names(commands, frozenset(self.packs.queries))

    @property
    def commands(self) -> Mapping[str, Any]:
        """Commands of the program by name."""
        found: Mapping[str, Any] = self.root.commands
        return found

    def query_of(self, words: list[str]) -> "Query | None":
        """The canned query that the words of a line run."""
        names = words[2:3] if words[:2] == ["query", "run"] else words[:1]
        return self.packs.queries.get(names[0]) if names else None

    def secret(self, line: str) -> bool:
        """Whether a line must not be kept."""
        from commands.shell.contacts import holds_contact

        query = self.query_of(line.split())
        params = query.header.params if query else {}
        return holds_contact(line, {name: each.complete for name, each in params.items()})
