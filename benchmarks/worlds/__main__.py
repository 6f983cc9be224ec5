"""Writes one world: `python -m benchmarks.worlds FOLDER --scenario plain --seed 1`."""

import argparse
from pathlib import Path

from benchmarks.worlds import FIRST_CHECK_SEED, SCENARIOS, SIZE, write


def main() -> None:
    """Reads the options and writes the world."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.worlds", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), default="plain")
    parser.add_argument(
        "--seed", type=int, default=1, help=f"below {FIRST_CHECK_SEED}: development"
    )
    parser.add_argument("--size", type=int, default=SIZE, help="accounts")
    options = parser.parse_args()
    truth = write(options.folder, options.scenario, options.seed, options.size)
    print(
        f"{truth.scenario} {truth.seed}: {len(truth.accounts)} accounts, "
        f"{truth.messages} messages, {len(truth.brokers)} brokers, {len(truth.dealings)} dealings"
    )


if __name__ == "__main__":
    main()
