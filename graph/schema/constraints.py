"""Uniqueness constraints in the form that both stores take."""

from graph.schema.kinds import NODE_KINDS, RELATIONSHIP_KINDS


def constraints() -> list[str]:
    """Cypher texts that make every `id` unique: one a label, one a relationship type."""
    nodes = [
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in sorted(NODE_KINDS)
    ]
    relationships = [
        f"CREATE CONSTRAINT rel_{type_.lower()}_id IF NOT EXISTS "
        f"FOR ()-[r:{type_}]-() REQUIRE r.id IS UNIQUE"
        for type_ in sorted(RELATIONSHIP_KINDS)
    ]
    return nodes + relationships
