"""What a price is for, written behind it (0.5一条, $9 per 1k) or in front (包月300)."""

import re
from typing import Final

from ingest.extract.money_words import COUNT, LEAST_AFTER, TOTAL_AFTER
from ingest.text.late import late

TERMS: Final = (
    (
        "ten_thousand",
        r"/\s?(?:1? ?万|(?:1? ?w|10 ?k|10,?000)(?![a-z\d]))"
        r"(?:\s?(?:[条组次笔份单粉行位人张赞封户图号则通名套]|个(?!月)))?"
        r"|(?:每|一|1)\s?(?:万|w(?![a-z]))(?!\s?[条组次笔份单粉行位人个]?\s?(?:以上)?[起打拿=:])(?:\s?(?:[条组次笔份单粉行位人张赞封户图号则通名套]|个(?!月)))?"
        r"|(?<=[元块刀毛])万[条个次封份位](?![一-鿿\d])"
        r"|万[条个份](?:的?(?:[报单售标]价|价格?))|(?<=均为)万[条个]|(?<=都是)万[条个]"
        r"|(?:per|each|for|every|a|the) 10k(?![a-z\d])|(?:per|each|for"
        r"|every) 10,?000(?!\d)",
    ),
    (
        "thousand",
        r"(?<=[元块刀毛])千[条个次封份位](?![一-鿿\d])"
        r"|/\s?(?:千|1? ?k|1,?000)(?![a-z\d])(?!\s?[条个]?\s?(?:以上)?起)"
        r"(?:\s?(?:[条组次笔份单粉行位人张赞封户图号则通名套]|个(?!月)))?"
        r"|(?:每|一)\s?千(?!\s?[条组次笔份单粉行位人个]?\s?(?:以上)?[起打拿=:])(?:\s?(?:[条组次笔份单粉行位人张赞封户图号则通名套]|个(?!月)))?|每\s?(?:1k(?![a-z\d])|1,?000(?![\d.,]))(?!\s?[条组次笔份单粉行位人个]?\s?(?:以上)?[起打拿=:])(?:\s?(?:[条组次笔份单粉行位人张赞封户图号则通名套]|个(?!月)))?"
        r"|千[条个份](?:的?(?:[报单售标]价|价格?))|(?<=均为)千[条个]|(?<=都是)千[条个]|(?<=全是)千[条个]"
        r"|cp[mt](?![a-z])|(?:(?:per|each|for|every|a|the"
        r"|(?:buys|gets|gives)(?: you)?(?: an?| one)?) |@ ?)"
        r"(?:1k|1,?000|thou(?:sand)?|k)(?![a-z\d])"
        r"(?: records?| lines?| rows?| leads?| contacts| numbers)?",
    ),
    (
        "hour",
        r"/\s?(?:小时|时(?![效间段限])|h|hr|hrs|hour)(?![a-z])|(?:每|一|1)\s?(?:个)?(?:小时|钟头)"
        r"|(?:每|一|1)个钟(?![头表])|小时价|1h(?![a-z\d])"
        r"|(?:per|an|each|every|for (?:an|1|one)) (?:hour|hr)|hourly",
    ),
    (
        "day",
        r"/\s?(?:天|日|晚|d|day|daily|1 ?d|24 ?h(?:ours|rs)?|24 ?小时)(?![a-z])|[每一1]昼夜"
        r"|(?:每|一|1)\s?[天日晚](?!\d|\s\d|[结现]"
        r"|到账|更新|"
        r" ?(?:能|可(?!小?[刀议谈讲]|以?[长短]?租)"
        rf"|出|约|大概|要|有|更|产|新|供|稳|实|量|限|均|左右|{COUNT}))"
        r"|(?<=[\du元块刀$])[每一1]天(?=\s\d)|(?:per|a|each|every|for (?:a|1|one)) (?:day"
        r"|night)|daily|(?:for|per|every|each) 24 ?h(?:ours|rs)?(?![a-z])"
        r"|(?:包[天日]|日租|日付|按天|[天日]卡)(?!\s?\d)|p/d(?![a-z])",
    ),
    (
        "week",
        r"/\s?(?:周|星期|礼拜|wk|week|weekly|7 ?d(?:ays?)?|7 ?天)(?![a-z])"
        r"|(?:每|一|1)\s?(?:个)?(?:周|星期"
        r"|礼拜)(?![一二三四五六日末])(?! ?(?:更|能|可|出|\d))"
        r"|(?:per|a|each|every|for (?:a|1|one)) (?:week|wk)(?![a-z])|weekly"
        r"|(?:for|per|every) 7 days"
        r"|(?:包周|周付|周租|按周|周卡)(?!\s?\d)|p\.?/?w(?![a-z])",
    ),
    (
        "month",
        r"/\s?(?:个?月|mon|mo|mth|month|monthly|30 ?d(?:ays?)?|30 ?天)(?![a-z])"
        r"|(?:每|一|1)\s?(?:个)?月(?! ?(?:更"
        r"|能|可|出|\d))"
        r"|(?:per|a|each|every|for (?:a|1|one)) (?:calendar )?(?:month|mo|mth)(?![a-z])|monthly"
        r"|(?:for|per|every) 30 days"
        r"|(?:包月|月付|月租|按月|月卡|月费)(?!\s?\d)|p/?m(?![a-z])|/m(?![a-z])",
    ),
    (
        "year",
        r"/\s?(?:年|yr|year)(?![a-z])|(?:每|一|1)\s?年|(?:per|a|each|every|for (?:a|1"
        r"|one)) (?:year|yr)(?![a-z])"
        r"|yearly|annually"
        r"|(?:包年|年付|年租|年费|按年|年卡)(?!\s?\d)|p[/.]a(?![a-z])",
    ),
)
_ALONE: Final = (
    r"(?<![\da-z])(?<!\d[ -])(?<!(?:last|this|next|past|each|half) )"
    r"(?<!(?:per|the|one|all|two|six) )(?<!(?:every|first|other|three) )(?<!(?:a|1) )"
)
"""In front of a period that no number or word bends to something else."""
_TICKET: Final = (
    r"(?: pass| sub(?:scription)?| plan| access| rent(?:al)?| license| licence| key| membership"
    r"| rate| fee| price| cost)?"
)
EACH: Final = (
    r"(?:for (?:one|1)(?=[,;/)\n](?!\d)|$)|(?:for )?each|apiece|ea|per one|per piece|a piece|a pop"
    r"|a pc|per pc|the (?:piece|pc))(?![a-z])| ?[*×x] ?1(?![\d.a-z]| ?[x×*\d])"
)
_LEADS: Final = (
    (
        "ten_thousand",
        r"(?:[一1] ?)万 ?[条个]? ?(?:为?一|每|/)[份包组批件袋箱]|1w[条个]? ?一[份包组批件袋箱]"
        r"|(?:每|一|1)?万[条次个组笔份粉单位名人张赞封则通行户]|每 ?(?:1?万|1?w(?![a-z]))"
        r"|1w ?[条个笔份位]"
        r"|(?:per |each |every )10k(?: records| rows| lines)?",
    ),
    (
        "thousand",
        r"[一1] ?千 ?[条个]? ?(?:为?一|每|/)[份包组批件袋箱]|1k[条个]? ?一[份包组批件袋箱]"
        r"|(?<=粉丝)千粉|(?<=[刷涨买加]粉 )千粉|千[赞播阅评转藏推]"
        r"|(?:每|一|1)?千[条次个组笔份单位名人则通封行户张]|[每一1]千粉"
        r"|每 ?(?:1?千|1?k(?![a-z])|1,?000)"
        r"|1,?000 ?[条笔个份]|1k ?[条个笔份位]|(?<![\d.,])1,?000(?= ?(?:for|=|@))"
        r"|(?:per |each |every )(?:1k|1,?000|thousand)"
        r"(?: records| rows| lines| leads)?",
    ),
    (
        "hour",
        r"(?<!\d)(?<!\d )[每一1]?个?小时|按小时|[每一]个?钟头?|时[租薪]"
        rf"|(?:hourly|{_ALONE}(?:hour|1 ?h(?:ou)?r?|60 ?min(?:utes|s)?)"
        rf"|(?<![\d.])(?:1|one) h(?:ou)?r){_TICKET}"
        r"|(?:per|each|every|an) hour",
    ),
    (
        "day",
        r"按[天日]包"
        r"|[包整单全][天日]|(?<![一-鿿\d])(?<!\d )[天日]|[每一]天(?:底薪)?|[每一]日|按[天日](?!结)"
        r"|[日天][租卡版]"
        r"|日[付费薪领结]"
        rf"|{_ALONE}(?:day|1d|24 ?h(?:ours|rs)?){_TICKET}"
        rf"|daily{_TICKET}|(?<![\d.])24 ?小时|[一1]昼夜"
        r"|(?:per|each|every) day|(?<![\d.])(?:1|one) day|(?<![\d.])1 ?天",
    ),
    (
        "week",
        r"按周包|[包整单全首]周|按周(?!结)|(?<![一-鿿\d])(?<!\d )周|[每一]周|[每一]个?(?:星期|礼拜)"
        r"|周[租付费卡薪版]|周(?:订阅|会员|套餐|授权)费?"
        rf"|{_ALONE}(?:week|wk|7 ?d(?:ays?)?){_TICKET}"
        rf"|weekly{_TICKET}"
        r"|(?:per|each|every) week|(?<![\d.])(?:1|one) week|(?<![\d.])1 ?(?:周|个?星期)",
    ),
    (
        "month",
        r"按月包|[每一1]个月期|(?<![一-鿿\d])月度"
        r"|(?:包一?|整)个?月|[每单全按]个?月"
        r"|(?:首|头|次|第一)个?月起?|一个月|按月(?!结)|(?<!十)一月|月[租付费卡薪版]金?|底薪"
        r"|(?:包|按)?月(?:订阅|会员|套餐|授权)费?"
        r"|(?<![一-鿿\d])(?<!\d )月|(?<![一-鿿\d])30天"
        rf"|monthly{_TICKET}"
        rf"|{_ALONE}(?:month|mo|30 ?d(?:ays?)?){_TICKET}"
        r"|(?:per|each|every|a) month|(?<![\d.])(?:1|one) mo(?:nth)?|(?<![\d.])1 ?个?月",
    ),
    (
        "year",
        r"按年包|[每一1]年期|(?<![一-鿿\d])年度|[包整全]年|[每一单首]年|次年起?|按年|年[租付费卡薪版]金?|(?<!半)年(?:订阅|会员|套餐|授权)费?"
        r"|(?<![一-鿿\d])(?<!\d )年|yearly"
        r"|annual(?:ly)?"
        r"|(?:per|each|every|a) year|(?<![\d.])(?:1|one) year|(?<![\d.])1 ?年",
    ),
    (
        "look",
        r"(?:每|单)次|查(?:询)?\s?[次个户人条单份笔位]|单[人户车号]查询?"
        r"|查(?:询)?[一1每单]\s?[次个户人条单份笔位](?:[一-鿿]{1,4} )?"
        r"|每?查一?[次个户人条单份笔位]|单查|(?:每|(?<![一-鿿])一)查(?!询)|(?:(?<=查[一-鿿][一-鿿])"
        r"|(?<=查[一-鿿]))单笔"
        r"|(?:per|each|every|single|one) (?:lookup|check|query|search)",
    ),
)
BARE_PERIOD: Final = late(
    r" (?:\((?:1 )?)?(?:(?P<hour>hour|hr)|(?P<day>day)|(?P<week>week|wk)"
    r"|(?P<month>month|mo)|(?P<year>year|yr))"
    r"(?=\s*(?:$|[,;/|)\n]|\.(?!\d)))"
)
"""A period that ends its part, behind a sum with a currency (25$ hour, 180$ day)."""
_NO_THING: Final = (
    r"(?:usdt?|btc|eth|xmr|ltc|trx|eur|gbp|rmb|cny|cash|crypto|paypal|obo|neg|nego|firm|best|bulk|min|max"
    r"|escrow|deal|total|lot|all)(?![a-z])"
)
"""What stands behind a slash and a sum and is nothing to buy."""
PER_THING: Final = late(
    r" (?:(?:per|pr|for (?:every|each)) "
    r"(?!your|our|the|se|agree|deal|as|each|every|buyer|customer)[a-z]{2,14}(?![a-z])"
    r"|an? (?!lot|bit|deal|must|try|go|while|few|total|month|week|day|year)[a-z]{2,14}"
    r"(?=\s*(?:$|[,;/)\n!?]|\.(?!\d))))"
    r"|[/／](?:(?![包送起含不可议先面现需货押保首余预另加满免无可支限长自全半])[一-鿿]{1,3}"
    rf"|(?!{_NO_THING})[a-z]{{3,12}})(?=\s*(?:$|[,;)\n!?。|])|\s(?![\d$€£¥@a-z]))"
)
"""What a price is for by a word that no table holds (per stub, /设备, /cookie)."""
PER_PIECE: Final = late(
    r" ?(?:(?:per|one|satu|isa|piece|pcs?)(?=\s*(?:$|[,;/)\n]|\.(?!\d)))|p/r(?![a-z]))"
)
"""Behind a sum with a currency: it is for one piece ($45 per. $700 pc,)."""
WITHIN: Final = late(r"(?:以[内下里]|之内|左右|上下)(?= ?(?:[/每一1]|[条个套张份]))")
"""Between the most that is paid and what for (12块以内一条)."""
_FROM: Final = frozenset({"起", "起步"})
COIN_NAMES: Final = frozenset({"元", "块", "块钱", "毛", "毛钱", "角", "毫", "毫子", "分", "蚊"})
"""Coins of whatever currency is named in front (葡币八毫, 港币两块)."""
NAMED_BEFORE: Final = frozenset(
    [
        "人民币",
        "美金",
        "美元",
        "港币",
        "港纸",
        "台币",
        "日元",
        "泰铢",
        "欧元",
        "英镑",
        "比索",
        "卢比",
        "马币",
        "令吉",
        "葡币",
        "澳门币",
        "新台币",
        "新币",
        "韩元",
        "越南盾",
        "卢布",
        "越盾",
        "印尼盾",
        "澳元",
        "澳币",
        "加元",
        "加币",
        "披索",
        "日币",
        "韩币",
        "纽币",
        "瑞郎",
        "里拉",
        "迪拉姆",
    ]
)
"""Currencies in words that may stand in front of their sum."""
NAMED_BEHIND: Final = NAMED_BEFORE | {
    *("美刀", "刀", "u", "usdt", "usd", "rmb", "hkd"),
    *("aud", "cad", "eur", "sgd", "nzd", "gbp", "euro"),
}
"""Currencies that name the coins in front of them (一分二美金)."""
NAMES: Final = (*(name for name, _ in TERMS), "look", "each")
"""Terms that name what they are for; units say it in the tables."""


_OF_SOME: Final = (
    r"(?<![一-鿿\d])[每一]个(?![月小星礼钟季年以起点亿万千百多])[一-鿿]{1,3}(?:[俾畀]你?|预算)?"
    r"|(?<![一-鿿\d])[每一]\s?[家款场局轮波头口](?=\s?\Z)"
)
"""One of something that no table holds, in front of a price (一个地址 6u)."""


COUNTERS: Final = "条个次份张套组单台号户位只"
"""Characters that count goods of many kinds."""
_BEHIND_COIN: Final = r"(?<=[元块毛角分厘ru刀])|(?<=[元块毛角分厘ru刀] )"


_KIND: Final = (
    r"的?(?:二手|(?![流额余限转入走过充存满押保里带送返抽好粉龄积等信能可约含共有出来进发加做起以不试样要收每"
    r"天月年周日时多几下上先拿查看一二两三四五六七八九十百千万半])[一-鿿]){1,3}"
)
"""Which goods one of is priced: between a counter and its price (一套工行2300, 每条注册5元)."""


_WHOLE: Final = r"(?:db|database|base|list|dump|archive|copy|folder|drive|bundle|pack)s?(?![a-z])"
"""What is sold as one: a price for a list is no price for each of several."""


_COUNTED_THINGS: Final = (
    r"(?:record|row|line|lead|acc(?:ount)?|number|message|sms|host|card|log|name)(?![a-z])"
)
"""What is sold by the piece, so that 2$ the row is a price for each."""


def terms(units: str, *, bare: bool = False) -> str:
    """Pattern of a term behind a price, over an alternation of units.

    `bare`: a counter needs no word for one in front of it.
    """
    optional = "?" if bare else ""
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in TERMS)
    return (
        rf"(?: ?| [-–—] (?=per |each ))(?:{named}"
        r"|(?P<look>(?:查)?[一每]?查一?(?:[次个人位条回]|户(?!籍))(?![a-z])"
        r"|/查(?![一-鿿])|[一每]查(?!询))"
        rf"|(?P<each>{EACH})"
        r"|(?:[/／]\s?[1每一]?\s?|[=*×x]\s?[1一]\s?|[*×]\s?(?=[条个份套张])|p/|每一|(?:每|一|1) ?"
        rf"|[按单](?=[条个次份张套台户](?![一-鿿]))|(?:{_BEHIND_COIN})(?=[{COUNTERS}](?![一-鿿\d]))"
        rf"|(?:(?:per|for)(?: an?(?! {_WHOLE}))?(?: single| one| 1)|per|an?|for an?(?! {_WHOLE})"
        rf"|for each|for every|each|every|by(?: the)?|the(?= {_COUNTED_THINGS})) ){optional}"
        rf"(?P<unit>{units}))"
    )


def leads(units: str) -> str:
    """Pattern of a term in front of a price, over an alternation of units."""
    named = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LEADS)
    return (
        rf"{named}|(?P<each>(?<![a-z])(?:each|singles?)|(?<![a-z\d.,])(?:1|one)(?= for (?:\D|\Z))"
        rf"|(?<![一-鿿])(?:[{COUNTERS}](?<!单)单?|单[{COUNTERS}])价|挨个|逐[个条]|{_OF_SOME}"
        r"|(?<![一-鿿])单[批期宗](?=[\s:]))"
        rf"|(?:(?P<some>(?:每|(?<![一-鿿\d])[一1])\s?)"
        rf"|(?:一|1|按(?=[{COUNTERS}])|全(?=套)|单(?![号价位子日月周笔]))\s?"
        r"|(?<![a-z\d])(?:(?:per|each|every|one|single|an?|1) |(?:price|cost|rate) ?/ ?))"
        rf"(?P<unit>{units})(?(some)(?:{_KIND})?)"
    )


def term_name(match: re.Match[str]) -> str | None:
    """What a matched term names itself; None where a unit says it."""
    return next((name for name in NAMES if match[name]), None)


def is_order(text: str, end: int) -> bool:
    """Whether words for a least order stand behind a number; 报价1万起 is a price all the same."""
    match = LEAST_AFTER.match(text, end)
    return match is not None and match[0].strip() not in _FROM


def total_behind(text: str, end: int) -> re.Match[str] | None:
    """The words behind a price that say it is for the whole lot, on its line."""
    match = TOTAL_AFTER.match(text, end)
    return None if match is None or "\n" in match[0] else match
