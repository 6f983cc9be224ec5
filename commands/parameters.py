"""`--param NAME=VALUE`, and `NAME=@file` for a value that should not be seen."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evidence.errors import InputError, UsageError


def read_parameters(pairs: Sequence[str], option: str = "--param") -> dict[str, str]:
    """Values by name, dashes as underscores. Raises UsageError, InputError for the file."""
    values = {}
    for pair in pairs:
        name, given, value = pair.partition("=")
        if not given or not name:
            raise UsageError(
                f"{option} {pair!r} is no NAME=VALUE",
                hint=f"Write {option} NAME=VALUE or {option} NAME=@FILE.",
            )
        values[name.replace("-", "_")] = _read(value[1:]) if value.startswith("@") else value
    return values


def typed(values: dict[str, str]) -> dict[str, Any]:
    """For a statement that declares no types: what is JSON by its JSON type, the rest as text."""
    return {name: _typed(value) for name, value in values.items()}


def standard_input() -> str:
    """All of standard input. Raises InputError where it is not UTF-8."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"standard input is not UTF-8 (byte {error.start})") from error


def _typed(value: str) -> Any:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"{path} could not be read: {reason}", where={"file": path}) from error
