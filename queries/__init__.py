"""Canned queries: packs, loader, runner."""
