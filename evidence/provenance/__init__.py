"""Where a statement comes from: run, file, place in it, post, span; and what vouches for it."""
