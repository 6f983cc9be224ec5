"""Faults in bulk: `python -m tests.soak` tries them in full, the tests beside it a few of each."""
