"""A pytest plugin for NetworkX's own tests: counts the calls that reach the backend.

Writes them as JSON to the file that HEICHAN_CALLS names.
"""

import json
import os
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from graph.analysis.measures import backend
from graph.analysis.measures.backend_info import FUNCTIONS

CALLS = Counter[str](dict.fromkeys(FUNCTIONS, 0))


def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with each of its calls counted."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        CALLS[name] += 1
        return function(*args, **kwargs)

    return call


def pytest_configure() -> None:
    """Count from the start."""
    for name in FUNCTIONS:
        setattr(backend, name, counted(name, getattr(backend, name)))


def pytest_sessionfinish() -> None:
    """Tell what was counted."""
    Path(os.environ["HEICHAN_CALLS"]).write_text(json.dumps(CALLS))
