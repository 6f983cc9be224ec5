"""An analyst's own knowledge: relationships, actors and tags, kept as decisions of the case."""
