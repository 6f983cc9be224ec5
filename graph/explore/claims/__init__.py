"""Who claims what about a node, how it is graded, who supports it and what contradicts it."""
