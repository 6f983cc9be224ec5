"""All measurements, one after the other."""

from benchmarks import extraction, ingest, masking, reports, speed, startup

if __name__ == "__main__":
    for part in (startup, extraction, masking, reports, speed, ingest):
        part.main()
        print()
