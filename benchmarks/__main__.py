"""All measurements, one after the other."""

from benchmarks import (
    extraction,
    families,
    ingest,
    masking,
    measures,
    queries,
    reports,
    search,
    speed,
    startup,
    store,
)
from benchmarks.brokers import __main__ as brokers

PARTS = (
    startup,
    extraction,
    masking,
    reports,
    speed,
    ingest,
    search,
    queries,
    store,
    measures,
    families,
    brokers,
)

if __name__ == "__main__":
    for part in PARTS:
        part.main()
        print()
