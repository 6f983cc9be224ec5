"""Scene: a popular shop with many customers; it sells what it has and brokers nothing."""

from datetime import timedelta

from demo.cast import CROWD
from demo.dealing import Plan, deal
from demo.venues import VENUES, watched
from demo.world import World

SHOP = "suda"


def play(world: World) -> None:
    """The shop's customers through the months, each once or twice."""
    rng, day = world.rng("shop"), VENUES["shuju"].start + timedelta(days=9)
    customers = rng.shuffled(CROWD["shuju"])[:18]
    while day <= VENUES["shuju"].end:
        if watched("shuju", day):
            ways = rng.pick((("buy",), ("buy", "vouch"), ("vouch",), ("request", "vouch")))
            goods = rng.pick(("travel", "travel", "ecom"))
            buyer = rng.pick(customers).key
            deal(world, Plan(day.isoformat(), "shuju", SHOP, buyer, goods, ways, "hub"))
        day += timedelta(days=rng.between(5, 9))
