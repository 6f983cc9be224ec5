"""The places of the corpus."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Venue:
    """A group, board or channel; `first` is the number of its first message in the export."""

    key: str
    platform: str
    native: str
    name: str
    first: int
    start: date
    end: date
    segment: str = ""


VENUES = {
    venue.key: venue
    for venue in (
        Venue("shuju", "telegram", "1990000101", "数据资源对接①群", 20411,
              date(2023, 10, 1), date(2024, 3, 31)),
        Venue("danbao", "telegram", "1990000202", "福记担保 公群", 8107,
              date(2023, 10, 1), date(2024, 3, 31)),
        Venue("chuhai", "telegram", "1990000303", "Crossborder Leads & 出海数据", 3305,
              date(2023, 10, 9), date(2024, 3, 31)),
        Venue("duanxin", "qq", "短信通道业务交流群", "短信通道业务交流群", 1,
              date(2012, 3, 1), date(2013, 12, 31), "mobile"),
        Venue("jishu", "qq", "流量肉鸡技术交流", "流量肉鸡技术交流", 1,
              date(2012, 3, 1), date(2013, 12, 31)),
        Venue("luntan", "forum", "demo_luntan", "夜航论坛", 5001,
              date(2023, 8, 1), date(2024, 2, 29)),
        Venue("kuaixun", "market", "demo_kuaixun", "料市快讯", 70001,
              date(2023, 11, 1), date(2024, 3, 31)),
    )
}  # fmt: skip

TELEGRAM = ("shuju", "danbao", "chuhai")
QQ = ("duanxin", "jishu")

# Days on which nobody watched: (venue, first day, last day). Nothing is exported for them.
GAPS = (
    ("shuju", date(2023, 12, 9), date(2023, 12, 10)),
    ("duanxin", date(2012, 10, 1), date(2012, 10, 14)),
    ("jishu", date(2013, 2, 8), date(2013, 2, 17)),
)


def watched(venue: str, day: date) -> bool:
    """Whether somebody collected the venue on that day."""
    place = VENUES[venue]
    inside = place.start <= day <= place.end
    return inside and not any(key == venue and a <= day <= b for key, a, b in GAPS)
