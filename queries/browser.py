"""A query as text for Neo4j Browser: a `:params` line that holds every parameter, then the body."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from evidence.errors import UsageError
from queries.header import OF_ALL
from queries.pack import Query
from queries.parameters import bind, sample

STYLE = Path(__file__).with_name("browser.grass")
"""Names and colours of nodes for Neo4j Browser."""


def browser(query: Query) -> str:
    """Raises UsageError for a query that does not run on the graph."""
    header = query.header
    if header.engine != "cypher":
        raise UsageError(f"{query.id} runs on the archive, not on the graph")
    bound = bind(header, sample(header))
    used = {name: value for name, value in bound.items() if name not in OF_ALL}
    values = {**used, "limit": header.limit}
    pairs = ", ".join(f"{name}: {_literal(value)}" for name, value in values.items())
    return f":params {{{pairs}}}\n{query.body}"


def _literal(value: Any) -> str:
    if isinstance(value, datetime):
        return f"datetime('{value.isoformat()}')"
    if isinstance(value, date):
        return f"date('{value.isoformat()}')"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return json.dumps(value, ensure_ascii=False)
