"""All measurements, one after the other."""

from benchmarks import (
    extraction,
    ingest,
    masking,
    queries,
    reports,
    search,
    speed,
    startup,
    store,
)

if __name__ == "__main__":
    for part in (startup, extraction, masking, reports, speed, ingest, search, queries, store):
        part.main()
        print()
