"""Parsers in foreign code, each run in a child process of its own that can do little else."""
