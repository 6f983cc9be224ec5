"""The history of a case: one file in the user's state folder, readable by its owner only."""

import os
from collections.abc import Callable
from pathlib import Path

from prompt_toolkit.history import FileHistory

from evidence.errors import DataError
from evidence.trust import state_folder


def history_file(case_id: str) -> Path:
    """The file of the case with this id, made with mode 0600. DataError where it cannot be."""
    path = state_folder() / "history" / case_id
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.open(path, flags, 0o600)
        try:
            path.chmod(0o600)
        finally:
            os.close(handle)
    except OSError as error:
        raise DataError(
            f"the history cannot be kept: {error.strerror or error}",
            hint="put the permissions of the state folder right",
            where={"file": str(path)},
        ) from error
    return path


class CaseHistory(FileHistory):
    """Lines for the arrow keys; what `secret` tells of is recalled until the end and not kept."""

    def __init__(self, path: Path, secret: Callable[[str], bool]) -> None:
        self._secret = secret
        super().__init__(path)

    def store_string(self, string: str) -> None:
        """Keeps a line in the file unless it is secret."""
        if not self._secret(string):
            super().store_string(string)
