"""Drafts of mapping files for tables and pages that no reader knows."""
