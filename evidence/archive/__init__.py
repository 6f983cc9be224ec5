"""The archive of a case: one SQLite file, one writer."""
