"""Accounts that may be one actor's, as the archive shows them, and what a person decided."""
