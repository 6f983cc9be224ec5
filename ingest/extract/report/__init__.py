"""Findings of vendor reports: listings, names, places, events, figures and roles."""

from ingest.extract.report.english import Pipeline, load_english
from ingest.extract.report.findings import Finding
from ingest.extract.report.read import read_report

__all__ = ["Finding", "Pipeline", "load_english", "read_report"]
