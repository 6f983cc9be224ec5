"""Errors of the embedded engine in the terms of the public interface."""

import kglite

from evidence.errors import DataError, HeichanError, UsageError

# The engine reports these faults of the text while it runs, as it does faults of the data.
_FAULTS_OF_THE_TEXT = ("Missing parameter", "Unknown function", "Unknown procedure")


def translated(error: kglite.KgError, timeout: float) -> HeichanError:
    """UsageError where the text is wrong, DataError where the data is or the time ran out."""
    if isinstance(error, kglite.CypherTimeoutError):
        return DataError(f"stopped after {timeout:g} s", hint="narrow the query or raise --timeout")
    _, _, text = str(error).partition(": ")
    text = text.splitlines()[0] if text else str(error)
    if isinstance(error, kglite.CypherExecutionError) and not text.startswith(_FAULTS_OF_THE_TEXT):
        return DataError(text)
    return UsageError(text, where=_place(error))


def _place(error: kglite.KgError) -> dict[str, str | int]:
    if (
        isinstance(error, kglite.CypherSyntaxError)
        and error.line is not None
        and error.col is not None
    ):
        return {"line": error.line, "column": error.col}
    return {}
