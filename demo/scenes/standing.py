"""Scene: the sellers' standing advertisements in the Telegram groups."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.adverts import post_adverts
from demo.venues import VENUES
from demo.world import World


@dataclass(frozen=True)
class Standing:
    """Who advertises what where, about every so many days; `skip` days after the venue's start."""

    venue: str
    who: str
    goods: str
    every: int
    skip: int = 0


STANDING = (
    Standing("shuju", "zhuaqu", "stock", 8, 14),
    Standing("shuju", "laoliao", "stock", 10),
    Standing("shuju", "laoliao", "bank", 21, 6),
    Standing("shuju", "qpliao", "gambling", 11, 20),
    Standing("shuju", "muying", "parenting", 11, 40),
    Standing("shuju", "ertong", "parenting", 16, 80),
    Standing("shuju", "baojian", "health", 16),
    Standing("shuju", "miandan", "courier", 7, 60),
    Standing("shuju", "cangku", "courier", 13, 75),
    Standing("shuju", "dianshang", "ecom", 15, 30),
    Standing("shuju", "weidai", "loan", 12),
    Standing("shuju", "suda", "travel", 6),
    Standing("shuju", "suda", "ecom", 9, 10),
    Standing("shuju", "laojin", "stock", 15, 23),
    Standing("shuju", "laojin", "gambling", 22, 60),
    Standing("shuju", "amei", "parenting", 20, 45),
    Standing("shuju", "xiaodao", "courier", 14, 70),
    Standing("shuju", "zahuo", "business", 18, 20),
    Standing("shuju", "haige", "bank", 17),
    Standing("shuju", "guidi", "health", 12, 12),
    Standing("danbao", "laoliao", "stock", 24, 30),
    Standing("danbao", "haige2", "bank", 12, 100),
    Standing("danbao", "haopu", "accounts", 9),
    Standing("danbao", "kachi", "otp", 10),
    Standing("danbao", "chedui", "laundry", 9),
    Standing("danbao", "sijian", "kits", 11),
    Standing("danbao", "yinliu", "traffic", 12),
    Standing("danbao", "yuanma", "site", 14),
    Standing("danbao", "shaihao", "scan", 16),
    Standing("shuju", "shaihao", "scan", 19, 30),
    Standing("shuju", "shentou", "penetration", 23, 20),
    Standing("kuaixun", "feed_a", "usleads", 11),
    Standing("kuaixun", "feed_b", "usleads", 13),
    Standing("kuaixun", "feed_c", "ecom", 8),
    Standing("kuaixun", "feed_f", "business", 7),
    Standing("chuhai", "yankee", "usleads", 9),
    Standing("chuhai", "dbshark", "usleads", 14, 25),
    Standing("chuhai", "chainfox", "crypto", 12),
    Standing("chuhai", "kev", "usleads", 17, 20),
)


def play(world: World) -> None:
    """Posts every standing advertisement."""
    for item in STANDING:
        venue = VENUES[item.venue]
        first: date = venue.start + timedelta(days=item.skip)
        post_adverts(world, item.venue, item.who, item.goods, (first, venue.end), item.every)
