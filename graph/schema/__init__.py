"""The single source of what the graph may hold."""

from graph.schema.check import check, check_kind, fits, times_of
from graph.schema.constraints import constraints
from graph.schema.kinds import (
    NODE_KINDS,
    RELATIONSHIP_KINDS,
    ROLES,
    Form,
    NodeKind,
    Property,
    RelationshipKind,
    RoleTerm,
)

__all__ = [
    "NODE_KINDS",
    "RELATIONSHIP_KINDS",
    "ROLES",
    "Form",
    "NodeKind",
    "Property",
    "RelationshipKind",
    "RoleTerm",
    "check",
    "check_kind",
    "constraints",
    "fits",
    "times_of",
]
