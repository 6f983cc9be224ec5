"""Errors that a user can act on; `code` is the exit code of the public interface."""

from collections.abc import Mapping
from typing import ClassVar


class HeichanError(Exception):
    """Root of all expected errors: what happened, where, and what to do about it."""

    code: ClassVar[int] = 1
    kind: ClassVar[str] = "failed"

    def __init__(
        self, message: str, *, hint: str = "", where: Mapping[str, str | int] | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.where = dict(where or {})


class DataError(HeichanError):
    """The request is good and the data is not (division by zero, impossible date, time-out)."""

    kind = "data"


class UsageError(HeichanError):
    """Wrong option, bad or missing parameter, refused Cypher."""

    code = 2
    kind = "usage"


class NotFoundError(HeichanError):
    """No such query, node, case or account."""

    code = 3
    kind = "not-found"


class StoreError(HeichanError):
    """The database is out of reach, refuses us, or holds another case."""

    code = 4
    kind = "store"


class InputError(HeichanError):
    """A named input does not exist, cannot be read, or breaks off."""

    code = 5
    kind = "bad-input"
