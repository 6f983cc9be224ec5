"""Decisions between colleagues: written to a file, read from one that a stranger may have made."""
