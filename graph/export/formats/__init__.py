"""A writer for each format."""
