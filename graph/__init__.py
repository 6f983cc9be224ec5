"""From evidence to a graph: ids, schema, build, stores, analysis, export."""
