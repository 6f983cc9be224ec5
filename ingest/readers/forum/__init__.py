"""Saved forum pages: Discuz!, phpBB, and any other by a mapping."""
