"""One self-contained page of a part of the graph."""
