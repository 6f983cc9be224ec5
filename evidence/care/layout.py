"""Names of what lies in a case's folder beside its archive, its settings and its secret."""

GRAPH = "graph"
RESULTS = "results"
VAULT = "vault"
COPIES = "archive.v*.sqlite"
"""Copies that an upgrade leaves beside the archive."""
