"""The invented demo corpus."""
