"""Makes the demo corpus: `python -m demo.make [DIR]`."""

import sys
from pathlib import Path

from demo.compose import corpus_files
from demo.rng import SEED


def write(folder: Path, seed: int = SEED) -> int:
    """Writes the corpus under a folder; the number of files written."""
    made = corpus_files(seed)
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(made)


def main() -> None:
    """Writes to the folder named on the command line, by default where it is shipped."""
    here = Path(__file__).parent / "corpus"
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here
    print(f"{write(folder)} files in {folder}")


if __name__ == "__main__":
    main()
