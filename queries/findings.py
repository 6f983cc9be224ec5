"""What is wrong with a query."""

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Finding(msgspec.Struct, frozen=True):
    message: str
    severity: Severity = "error"
    line: int | None = None
    """Line of the body, from 1; None where it is the head's."""
