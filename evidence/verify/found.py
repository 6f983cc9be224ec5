"""What a check compared and what differs."""

import sqlite3
from collections.abc import Callable
from typing import Literal

import msgspec

State = Literal["equal", "differs", "not checked"]


class Difference(msgspec.Struct, frozen=True):
    """One thing that is not as it was: its id or name, where it stands, what differs."""

    id: str
    place: str
    said: str


class Checked(msgspec.Struct, kw_only=True):
    """A check: how many of how many things it looked at, what differs, what it could not tell."""

    check: str
    of: int = 0
    looked_at: int = 0
    said: list[str] = []
    """What was found in order, and what could not be checked and why."""
    differences: list[Difference] = []

    @property
    def state(self) -> State:
        """Whether all that was looked at is as it was."""
        if self.differences:
            return "differs"
        return "equal" if self.looked_at or not self.of else "not checked"

    def differs(self, id_: str, place: str, said: str) -> None:
        """Adds a difference."""
        self.differences.append(Difference(id_, place, said))


def guarded(name: str, check: Callable[[], Checked]) -> Checked:
    """What a check finds; where damaged pages or rows stop it, that is what differs."""
    try:
        return check()
    except (sqlite3.DatabaseError, ValueError) as error:
        stopped = Checked(check=name, of=1, looked_at=1)
        stopped.differs(name, "", f"the check cannot go on: {error}")
        return stopped
