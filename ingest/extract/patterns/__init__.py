"""A user's own rules over a text: patterns of typed tokens and a trained model's spans."""

from ingest.extract.patterns.own import OwnReading, OwnRules, PatternHit

__all__ = ["OwnReading", "OwnRules", "PatternHit"]
