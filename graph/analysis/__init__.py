"""What is measured over the archive and the graph: brokers, positions, market metrics."""
