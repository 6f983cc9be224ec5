"""Seconds until `heichan --help` has answered, beside a bare Python and an import of networkx."""

import sys
from pathlib import Path

from benchmarks.measure import median_of

TIMES = 7


def main() -> None:
    """Print the medians."""
    heichan = str(Path(sys.executable).with_name("heichan"))
    ways = {
        "heichan --help": [heichan, "--help"],
        "heichan query list": [heichan, "query", "list"],
        "python -c pass": [sys.executable, "-c", "pass"],
        "python -c 'import networkx'": [sys.executable, "-c", "import networkx"],
        "python -c 'import spacy'": [sys.executable, "-c", "import spacy"],
    }
    print("| command | seconds (median of 7) |\n| --- | ---: |")
    for way, command in ways.items():
        print(f"| `{way}` | {median_of(command, TIMES).seconds:.2f} |")


if __name__ == "__main__":
    main()
