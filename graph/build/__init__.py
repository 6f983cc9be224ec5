"""From the archive to the graph, and from the graph to the store."""
