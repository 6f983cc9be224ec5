"""Invented worlds of chat groups with planted brokers, to measure what is found in them.

Seeds below 100 are for development; seeds from 100 up are kept for checks. The names, numbers,
handles (`demo_…`), dealings and messages are invented. A folder gets `exports/` (Telegram groups as
`telegram/<group>/result.json`, QQ groups as `qq/<group>.txt`) and, apart from them, `truth.json`.
"""

from benchmarks.worlds.scenario import Scenario
from benchmarks.worlds.scenarios import SCENARIOS
from benchmarks.worlds.truth import Truth
from benchmarks.worlds.world import FIRST_CHECK_SEED, SIZE, play, write

__all__ = ["FIRST_CHECK_SEED", "SCENARIOS", "SIZE", "Scenario", "Truth", "play", "write"]
