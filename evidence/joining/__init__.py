"""The same message in two exports: one post with two captures, found anew by each build."""
