"""Errors of the Neo4j driver in the terms of the public interface."""

import re

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Forbidden,
    Neo4jError,
    TransientError,
    UnsupportedServerProduct,
)

from evidence.errors import DataError, HeichanError, StoreError, UsageError
from graph.store.address import Address

_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_DATA = ("ArithmeticError", "ArgumentError", "TypeError", "DatabaseError.Statement.ExecutionFailed")
_MEMORY = ("MemoryPoolOutOfMemoryError", "TransactionOutOfMemoryError", "StackOverFlowError")
OLDEST = (5, 26)
_NEEDED = "Neo4j 5.26 or newer is needed; is NEO4J_URI right?"
_HANDSHAKE = re.compile("(?i)handshake|HTTP")
_AGENT = re.compile(r"Neo4j/(\d{1,9})\.(\d{1,9})")
_LOCATION = re.compile(r"\(line (\d+), column (\d+)")


def translated(
    error: Neo4jError | DriverError, address: Address, timeout: float | None = None
) -> HeichanError:
    """UsageError for a wrong text, DataError for wrong data, else StoreError with the address."""
    if not isinstance(error, Neo4jError):
        return _unreachable(error, address)
    code, status = error.code or "", error.gql_status or ""
    message = (error.message or str(error)).splitlines()[0]
    if isinstance(error, AuthError) or code.startswith("Neo.ClientError.Security"):
        return _refused(message, address)
    if code.startswith(_TIMED_OUT):
        limit = "" if timeout is None else f" after {timeout:g} s"
        return DataError(f"stopped{limit}", hint="narrow the query or raise --timeout")
    if code.endswith(_MEMORY):
        return DataError(f"stopped by the server: {message}", hint="narrow the query")
    if code.startswith("Neo.ClientError.Database") or isinstance(error, TransientError):
        return StoreError(message, where=_where(address))
    if isinstance(error, Forbidden) or code.endswith("Statement.AccessMode"):
        return UsageError("only reading is allowed", hint=message)
    # An impossible date is called a syntax error; only the status tells it apart.
    if status.startswith("22") or code.endswith(_DATA):
        return DataError(message)
    if status.startswith("42") or code.startswith("Neo.ClientError.Statement"):
        return UsageError(message, where=_place(error))
    return StoreError(message, where=_where(address))


def refuse_old(agent: str, address: Address) -> None:
    """Raises StoreError for a server that is older than 5.26 or does not say that it is Neo4j."""
    found = _AGENT.match(agent)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        what = f"{agent} is too old" if found else f"{agent or 'the server'} is no Neo4j server"
        raise StoreError(f"{address.uri}: {what}", hint=_NEEDED, where=_where(address))


def _unreachable(error: DriverError, address: Address) -> StoreError:
    reason = str(error).splitlines()[0] or type(error).__name__
    if isinstance(error, UnsupportedServerProduct) or _HANDSHAKE.search(reason):
        return StoreError(
            f"{address.uri} speaks no version of Bolt that is known here: {reason}",
            hint=_NEEDED,
            where=_where(address),
        )
    if isinstance(error, ConfigurationError):
        return StoreError(reason, hint="look at NEO4J_URI", where=_where(address))
    return StoreError(
        f"no answer from {address.uri}, database {address.database}: {reason}",
        hint="is the server running, and is NEO4J_URI right? A push that broke off: run it again",
        where=_where(address),
    )


def _refused(message: str, address: Address) -> StoreError:
    return StoreError(
        f"{address.uri} refused the user {address.username or 'without a name'}: {message}",
        hint="look at NEO4J_USERNAME and NEO4J_PASSWORD",
        where=_where(address),
    )


def _where(address: Address) -> dict[str, str | int]:
    return {"address": address.uri, "database": address.database, "setting": "NEO4J_URI"}


def _place(error: Neo4jError) -> dict[str, str | int]:
    found = _LOCATION.search(error.message or "")
    return {"line": int(found[1]), "column": int(found[2])} if found else {}
