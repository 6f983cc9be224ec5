"""Which cases the user made or has trusted: kept in the user's state folder, not in the case."""

import os
from hashlib import sha256
from pathlib import Path


def trust(case_id: str, root: Path) -> None:
    """Notes that the user made or trusts the case of this id at this place."""
    record = _record(case_id, root)
    record.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    record.write_text(f"{case_id}\n{root.resolve()}\n", "utf-8", "surrogateescape")


def distrust(case_id: str, root: Path) -> None:
    """Takes back what `trust` noted."""
    _record(case_id, root).unlink(missing_ok=True)


def is_trusted(case_id: str, root: Path) -> bool:
    """Whether the user made or trusted the case of this id at this very place."""
    return _record(case_id, root).is_file()


def _record(case_id: str, root: Path) -> Path:
    key = f"{case_id}\n{root.resolve()}".encode("utf-8", "surrogateescape")
    return state_folder() / "trusted" / sha256(key).hexdigest()


def state_folder() -> Path:
    """Where the program keeps what is the user's and not the case's."""
    base = os.environ.get("XDG_STATE_HOME")
    return (Path(base) if base else Path.home() / ".local" / "state") / "heichan"
