"""Signs from names: one that only two accounts wore, one after the other or at once."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Final

from graph import ids
from graph.build.identity.gathered import Gathered
from graph.build.names import Worn
from graph.build.world import World

_DAY: Final = 86_400
SOON: Final = 30 * _DAY
"""So long after the one account fell silent the other begins."""
AT_ONCE: Final = 0.5
SHORTEST: Final = 2
Span = tuple[int, int]


def add_names(world: World, gathered: Gathered, spans: Mapping[str, Span]) -> None:
    """Display names that two accounts wore and nobody else; short ones are anybody's."""
    wearers: dict[str, dict[str, list[Worn]]] = defaultdict(lambda: defaultdict(list))
    for account, stretches in world.names.by_account.items():
        for worn in stretches:
            wearers[ids.normal_name(worn.text)][account].append(worn)
    for name, by_account in sorted(wearers.items()):
        if len(by_account) == 2 and len(name) >= SHORTEST:
            one, two = sorted(by_account)
            after = follows(spans.get(one), spans.get(two))
            gathered.add(one, two, "name", f"both wore {name}", share=1.0 if after else AT_ONCE)
            if after:
                gathered.add(one, two, "succession", "one begins where the other ends")


def active(world: World) -> dict[str, Span]:
    """First and last time of each account that has any."""
    found: dict[str, Span] = {}
    for account, stretches in world.names.by_account.items():
        times = [utc for worn in stretches for utc in (worn.first, worn.last) if utc is not None]
        if times:
            found[account] = min(times), max(times)
    return found


def follows(one: Span | None, two: Span | None) -> bool:
    """Whether one account begins soon after the other fell silent."""
    if one is None or two is None:
        return False
    first, second = sorted((one, two))
    return 0 <= second[0] - first[1] <= SOON
