"""Why extraction gave what it gave: the rule, the words and the file behind each value."""

from ingest.extract.explain.explain import explain
from ingest.extract.explain.records import (
    NOT_A_PROBABILITY,
    ActReason,
    Explained,
    Explanation,
    Gate,
    GateCue,
    Origin,
    Place,
    Reason,
    RoleSum,
    Summand,
)

__all__ = [
    "NOT_A_PROBABILITY",
    "ActReason",
    "Explained",
    "Explanation",
    "Gate",
    "GateCue",
    "Origin",
    "Place",
    "Reason",
    "RoleSum",
    "Summand",
    "explain",
]
