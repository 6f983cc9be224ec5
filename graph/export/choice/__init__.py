"""Which part of the graph leaves."""
