"""All measurements, one after the other."""

from benchmarks import ingest, startup

if __name__ == "__main__":
    startup.main()
    print()
    ingest.main()
