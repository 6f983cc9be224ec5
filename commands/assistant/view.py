"""The part of a case that an assistant may see."""

from dataclasses import replace

from commands.session import Session, Shared
from evidence.archive.ceiling import LeftOut, above
from evidence.case import SETTINGS, Case
from evidence.errors import HeichanError
from evidence.settings import Assistant, read_settings

_STATE = "SELECT value FROM setting WHERE name = 'snapshot'"


class View:
    """The case below its ceiling, as a session that lends it to commands."""

    def __init__(self, case: Case, shared: Shared) -> None:
        self._case = case
        self._shared = replace(shared, lender=None, form=None, case=case.root)
        self._session: Session | None = None
        self._made_of: object = None
        self.left_out = LeftOut()

    def allowed(self) -> Assistant:
        """What the case allows now. Raises HeichanError where it allows nothing."""
        settings = read_settings(self._case.root / SETTINGS)
        if not settings.mcp.enabled:
            raise HeichanError(
                "the case does not allow an assistant",
                hint='write into case.toml: [mcp], enabled = true, tlp_max = "GREEN", rows = 50',
                where={"file": str(self._case.root / SETTINGS)},
            )
        return settings.mcp

    def session(self, allowed: Assistant) -> Session:
        """The session below the ceiling; made anew where marks or the graph changed."""
        with self._case.reader() as archive:
            strict = above(archive.connection, allowed.tlp_max, self._case.settings.tlp)
            built = archive.connection.execute(_STATE).fetchone()
        made_of = (strict, built, allowed.tlp_max)
        if self._session is None or made_of != self._made_of:
            self.close()
            self._session = self._below(allowed)
            self._made_of = made_of
        return self._session

    def close(self) -> None:
        """Closes what is open."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _below(self, allowed: Assistant) -> Session:
        from graph.build.below import below

        part = below(self._case, allowed.tlp_max)
        self.left_out = part.left_out
        store = self._shared.store if part.case is self._case else "embedded"
        return Session.of(part.case, replace(self._shared, store=store))
