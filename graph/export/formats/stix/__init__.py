"""STIX 2.1: standard objects only, since readers drop what they do not know."""

from graph.export.formats.stix.bundle import write

__all__ = ["write"]
