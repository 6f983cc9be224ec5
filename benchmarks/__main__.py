"""All measurements, one after the other."""

from benchmarks import (
    disguises,
    embedded,
    exports,
    extraction,
    families,
    ingest,
    masking,
    measures,
    qq_underground,
    queries,
    readers,
    reports,
    search,
    speed,
    startup,
    store,
    view,
)
from benchmarks.brokers import __main__ as brokers
from benchmarks.brokers import speed as brokers_speed

PARTS = (
    startup,
    extraction,
    masking,
    reports,
    speed,
    ingest,
    search,
    qq_underground,
    queries,
    readers,
    store,
    measures,
    families,
    disguises,
    embedded,
    exports,
    view,
    brokers,
    brokers_speed,
)

if __name__ == "__main__":
    for part in PARTS:
        part.main()
        print()
