"""Following a thread from node to node, and from a node to the words behind it."""
