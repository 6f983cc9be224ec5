"""Names of what lies in a case's folder beside its archive, its settings and its secret."""

GRAPH = "graph"
RESULTS = "results"
VAULT = "vault"
COPIES = "archive.v*.sqlite"
"""Copies that an upgrade leaves beside the archive."""
FILES = (
    *("case.toml", "secret", "archive.lock"),
    *("archive.sqlite", "archive.sqlite-wal", "archive.sqlite-shm"),
)
"""All other files at the top of the folder are the user's."""
