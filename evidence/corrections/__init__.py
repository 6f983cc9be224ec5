"""Readings that a person put right: kept as decisions, laid over what extraction gave."""
