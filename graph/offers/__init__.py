"""What listings offer, seek, guarantee and ask, in rows: of a graph, of a store, of a file."""
