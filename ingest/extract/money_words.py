"""Patterns around a number: what makes it a price, a share, a least order, a period."""

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import groupby
from typing import Final

from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import nearby, wording
from ingest.text.late import late

HAN: Final = "零〇一二两三四五六七八九十百千半壹贰叁肆伍陆柒捌玖拾佰仟廿卅"
COUNT: Final = r"(?:\d|[二两三四五六七八九十百千半叁肆伍陆柒捌玖拾]|一[百千万])"
"""How a number begins that is no 一 of a term (一条)."""
_SAID_OUT: Final = r"\s?(?:[,;!。\n@(|]|$|[每一/] ?[套张份本台组副部块])"
"""Behind the last digit of a number that is written with spaces (1 万 6 千 5 一套)."""
NUMBER: Final = late(
    rf"(?<![\d▮])(?<!(?<!\.)\.)(?P<n>(?<![a-z毛角块分])\d(?: \d)+(?: ?\. ?\d(?: \d)*)?(?![\d.])"
    r"|\d ?\. \d(?: \d)*(?![\d.])|\d{1,2} , \d{1,2}(?= ?(?:[mk]|mln|mil)(?![a-z]))"
    rf"|(?<![a-z.{HAN}])\.\d{{1,3}}(?![\d.])"
    r"|(?<![,])(?<!\d-)(?:0[,。]\d{1,3}|\d{1,3},\d{1,2}(?=\s?(?:€|\$|£|eur|usd|gbp|u(?![a-z])|zł|pln|chf|kr|ml|mi|bn|jt|juta|k(?![a-z]))))(?![\d,.])"
    r"|(?<=[€$£])\d{1,3},\d{1,2}(?![\d,.])"
    r"(?! ?(?:pcs|pieces|units|[条个份套张只](?:以上|往上|起))(?![a-z]))"
    r"|[1-9]\d{0,2}(?:(?: \d{3})* 000|(?:\.\d{3})*\.000)(?![\d.])"
    r"|[1-9]\d?(?:\.\d00(?=\s?(?:€|eur|usd|\$))"
    r"|(?: \d{3})+(?=\s?(?:€|\$|£|eur|usd|gbp|pln|kr)(?![a-z])))"
    r"|[1-9]\d{0,2}(?: \d{3})+(?= (?:contacts|rows|records|lines|leads|names|numbers|people|users"
    r"|entries|accounts|cards|e?mails|customers|clients|persons|profiles|sets)(?![a-z]))"
    r"|(?<![\d.])\d点\d{1,2}(?= ?(?:元|块|毛|u(?![a-z])|刀|米))"
    rf"|(?<![{HAN}])[{HAN}]{{1,3}}点[零〇一二三四五六七八九]{{1,3}}"
    r"(?=\s?(?:元|块|毛|角|分钱|[ukw](?![a-z])|刀|美[金元刀]|万|亿|个点|%|/|[每一1]?[条个份次套组笔]))"
    rf"|(?<=分之)[{HAN}]{{1,3}}点[零〇一二三四五六七八九]{{1,3}}"
    rf"|(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:[.•·]\d+)?"
    rf"|(?<!几)(?<!(?<![总条人个件])数)(?:[{HAN}](?: [{HAN}万])+(?<!万)(?![{HAN}万亿])"
    rf"|(?!(?<=[统唯])一)[{HAN}]+(?!(?<=[百千]一)万))"
    rf"|(?<![{HAN}a-z])万(?=[二三四五六七八九](?![{HAN}万亿]))"
    r"|(?<=[满过超够])万(?=[条个套张份组单]?(?:以上)? ?"
    r"(?:\d|[一二两三四五六七八九]{1,2}[毛块分角元])))"
    r"(?P<m>(?! w/| [万千]粉|(?<=[^\d]0\.\d) [千万]|(?<=[^\d]0\.\d\d) [千万])"
    r"[ \t]?(?:[多余来]?(?:万|亿|[千百佰仟](?!分之?[\d一二两三四五六七八九]))"
    r"|个亿|(?:个 ?(?=[wk])|[多来](?=[wk](?![a-z])))?"
    r"(?:w|k|kw(?! ?(?:h|电|发电|功率|矿|小时))|m|kk|mil|mln|million|thousand|grand|billion|bn"
    r"|rb|ribu|jt|juta|lakhs?|crores?|tri[eệ]u|ng[aà]n"
    r"|b(?= (?:lines|rows|records|entries|e?mails|users|creds|leads)))"
    r"(?:(?![a-z])|(?=(?:u|usdt?|rmb)(?![a-z])))))*"
    rf"(?P<x>(?<=[万w])\d千(?:\d ?百|[1-9](?={_SAID_OUT}))?"
    r"|(?<=\d[千仟])\d ?[百佰](?!分)(?:\d0(?!\d))?"
    r"|(?<=\d[百佰])\d0(?!\d)"
    r"|(?<=[万千仟])[零〇]\d{1,3}[千百]?(?!\d)"
    r"|(?<=\d [wk]) [1-9](?= ?[条个套份张组笔])"
    rf"|(?<=\d 万) \d ?千(?: (?:\d ?百(?!分)|[1-9](?={_SAID_OUT})))?|(?<=\d 千) \d ?百(?!分)"
    rf"|(?<=万)(?:\d?\d?\d?千(?:\d?百)?|[{HAN}]*[千百十仟佰拾][{HAN}]*)"
    r"|(?<=[万千百佰仟wk])[1-9一二三四五六七八九](?![\d.▮万千百亿毛分角]|块[1-9一二三四五六七八九])"
    r"|(?<=[产出更供均][1-9][wk万千]) [1-9](?=[条个套份张])"
    rf"|(?<=\d [万千百]) [1-9](?={_SAID_OUT}))?\+?"
)
_VAGUE: Final = str.maketrans("•·。", "...", "多余来个+") | {ord("廿"): "二十", ord("卅"): "三十"}
_SPOKEN: Final = late(r"(?<=\d)点(?=\d)")
_ZERO: Final = late(r"(?<=[万千仟])[零〇](?=\d)")
_COMMA: Final = late(r"(?<=^0),(?=\d{1,3}$)|(?<=\d),(?=\d{1,2}(?!\d))")
"""Europe's decimal comma: 0,25 and 1,5 eur."""
_DOTTED: Final = late(
    r"\.(?=(?:\d{3}\.)*000(?!\d))|(?<=^[1-9])\.(?=\d00$)|(?<=^[1-9]\d)\.(?=\d00$)"
)
"""Europe's thousands: 250.000."""
_SPACED: Final = late(r"(?<=[\d.]) (?=[\d.])")
PRETEST: Final = late(rf"[\d.{HAN}万]")
"""What a number may begin with."""
MAY_LEAD: Final = late(
    r"[每一1单包按租付费卡薪查时月年周全整领结]|(?:per|each|every|one|an?) |ly"
    r"|千[条次个组粉赞播阅评转藏推]"
    r"|day|week|wk|month|mo(?![a-z])|\d ?[dh]|hour|min|1,?000|single|(?:price|cost|rate) ?/"
    r"|[万千百][条人个次单张份]|[条个]价|挨个|逐[个条]"
)
"""Whether a term may stand in front of a number; most texts end here."""
_WITH_ONE: Final = (
    r"(?:口价|起(?:[走打拿带出卖]|(?=\s|[,。;!]|$))|枪|把[走拿清]|手[交]|次性|锅端|并[走拿卖出])"
)
WITH_ONE: Final = late(_WITH_ONE)
"""Behind a 一 that is no part of the number in front (三千一口价, 800块一起走)."""
TAIL: Final = late(
    rf"(?P<d>[1-9一二三四五六七八九壹贰叁肆伍陆柒捌玖])(?!(?<=[一1]) ?个)(?!(?<=一){_WITH_ONE})"
    r"(?:(?![\d.▮万千百十wk%点毛分角块元]|(?<=一)\s?[天日晚周月年])"
    r"|(?=1[条个次套张份组单]))"
    r"|\s(?P<e>[1-9一二三四五六七八九])(?= ?(?:[一1/每] ?[^\d\s]|per |[,;。!]|\n|$))"
)
"""The digit behind a small coin: 三毛五; with a space only where a term follows (1 毛 5 一条)."""
SPLIT: Final = late(r"[/:]\d{1,2}(?=\s?(?:split|share|deal|分成?|开|拆))")
"""Behind the first of two shares."""
PERCENT: Final = late(r"\s?(?:%|趴(?![一-鿿])|巴仙|个?百分点|per ?cent(?![a-z])|pct(?![a-z]))")
RETURNED: Final = late(r"\s?(?:返|抽|提成|佣金|手续费|分成|结算|下发|的?点位?|回扣)")
RANGE: Final = late(r"(?:[ \t]?[-~到至—][ \t]?|\s(?:to|and)\s)[$€£¥]?(?=[\d一二两三四五六七八九])")
RANGE_NEAR: Final = late(
    r"\s?[^\d\s,.;:!?/-]{1,4}?(?:[ \t]?[-~到至—][ \t]?|\sto\s)[$€£¥]?[\d一二两三四五六七八九]"
)
"""Whether a range may follow behind the word of the first number (5毛到8毛)."""
SHARE: Final = frame("share_before")
SHARE_AFTER: Final = frame("share_behind")
RATE: Final = late(
    r"(?:率|准确|真实|有效|实号|成功|rate|valid|accuracy|折扣|discount|"
    r"off)\s?(?:度)?[:是在达到高约]{0,2}\s?\d*[-~]?$"
)
TOTAL: Final = nearby("total_before")
TOTAL_AFTER: Final = wording("total_behind")
TERM_OF_NEXT: Final = late(
    r"(?:的|[:=/])?(?:[$¥€£]\s?)?(?:\d|[一二两三四五六七八九十百千]+(?:块|毛|元|分|刀|角|u))"
    r"|[一二两三四五六七八九十百千万]{2,}[条个套张份]|\s?(?:以[上下内]|往上|\+)"
)
"""Behind a term: it is said of the price that follows (19块 一年的35块) or opens a tier."""
PRICE_FOLLOWS: Final = late(
    r" ?[:=]? ?(?:只要|仅需?|才|只|卖|价格?)? ?[$€£¥]?(?:[01]?\.\d|\d{1,2}(?![\d万千百wk])|"
    r"[一二两三四五六七八九]{1,2}[毛分块角])"
)
"""Behind 每条: what stands in front is a quantity (两万 每条四毛)."""
LASTS: Final = late(
    r"\s?(?:天(?![\d结付租卡更产])|个?小时|分钟|秒(?![出回发查到结懂批])|个?月(?![入薪结付租卡更产供均费])|年(?![付费卡入薪租])|岁|周(?![结付更产租卡费])|星期|个?工作日|折|级|楼|%"
    r"|(?:days?|hours?|hrs?|h|minutes?|mins|weeks?|months?|years?|yrs?|yo)(?![a-z]))"
)
"""Behind a number that says how long or how old (搭建只要三天)."""
PRICE_WORD: Final = nearby("price_word")
LEAST_BEFORE: Final = nearby("least_before")
LEAST_AFTER: Final = wording("least_behind")
LEAST_COUNTED: Final = nearby("least_counted")
LEAST_SENT: Final = late(
    r"\s?(?:条|个|套|张|份|号|单)?(?:(?:才|就|即)?(?:发货?|出货?|接单?|做|卖|起?送货)"
    r"|(?:再|才)(?:来|说|谈|找我?|联系|下单|动手|开|拿|查|收|私聊?))(?![\d一-鿿])"
)
"""Behind a counted least (满1000条发)."""
MINUTES: Final = late(r"(?:in|within|after|every|takes?|about|under|~|-)\s?$")
LEAST_ORDER: Final = nearby("least_order")
OPEN_END: Final = wording("open_end")
TIER_GAP: Final = frame("tier_gap")
TIER_BEHIND: Final = frame("tier_behind")
SUM: Final = nearby("sum_before")
HAGGLED: Final = wording("haggled_behind")
"""Behind a price: it may or may not be argued about."""
LEAST_SUM: Final = frame("least_sum_behind")
LEAST_SUM_BEFORE: Final = frame("least_sum_before")
"""Beside a sum: so much has to be spent at least."""
UPFRONT: Final = frame("upfront_behind")
"""Behind a share that is paid first."""
LET_GO: Final = nearby("let_go_before")
"""In front of the sum that somebody lets goods go for, or gives for them (甩 八百)."""
ROUND_LEAST: Final = late(
    r"(?<![\d.一二两三四五六七八九十几多来数])[百千万](?:[条个套张份组单台])?(?:以上)?"
    r"起(?:[批拿发步])?[ :=]?$"
)
"""百个起38: a round least order, said without a number, in front of its price."""
NO_NUMBER: Final = frame("no_number")
"""Words that begin as a number does and count nothing (千万别, 百分百)."""
BOUND_BEFORE: Final = frame("bound_before")
BOUND_BEHIND: Final = frame("bound_behind")
CHARGED_BEHIND: Final = frame("charged_behind")
"""Around a sum up to or from which something else is paid (5000u以内每单50u, 超过1万收2%)."""
NO_PRICE: Final = wording("no_price")
TAKEN: Final = wording("taken_behind")
ASKED: Final = wording("asked_behind")
RENT_BEHIND: Final = late(r"\s?(?:包干|不限量?|不限次|封顶|无限量?|flat|unlimited)")
"""Behind a number with a period: what one pays for it (每月3.5万包干)."""
STOCK_BEFORE: Final = nearby("stock_before")
STOCK_AFTER: Final = wording("stock_behind")
GIVEN_AWAY: Final = wording("given_away")
CHEAPER_BEHIND: Final = wording("cheaper_behind")
"""Behind a number from which on it is cheaper."""
PARTS_BEFORE: Final = nearby("parts_before")
"""In front of how many files or parts the goods are packed in."""
UNCOUNTED_BEFORE: Final = nearby("uncounted_before")
UNCOUNTED_BEHIND: Final = wording("uncounted_behind")
"""Beside a number that counts what nobody sells: people of a group, friends, bandwidth."""
CHEAPER_FROM: Final = nearby("cheaper_from")
"""In front of a number from which on it is cheaper; how much is not said."""
SUBJECT_SUM: Final = nearby("subject_sum")
"""What the people of a list own or pay (入金5万以上)."""
HELD: Final = late(
    r"[ \t]?(?:的)?(?:(?:balance|bal|limit|credit line|turnover|monthly volume|face(?: value)?"
    r"|denominations?)(?![a-z])"
    r"|(?:余额|额度|限额|流水|面[值额])(?!\s?(?:约|在|大于|超过)?[\d一二三四五六七八九]))"
)
"""Behind a sum: it lies on an account and is no price (5k balance)."""
TURNOVER: Final = nearby("turnover_before")
"""In front of a sum that passes through an account or a gateway (日量30万雷亚尔)."""
PUT_DOWN: Final = late(
    r"\s?(?:的)?(?:押金|保证金|定金|订金|诚意金|押(?!运)"
    r"|(?:refundable )?(?:deposit|bond|collateral)(?![a-z]))"
    r"(?!\s?(?:[\d:=]|of |is ))"
)
"""Behind a sum that is only put down (1000u押金)."""
SAMPLE_BEFORE: Final = nearby("sample_before")
SAMPLE_AFTER: Final = wording("sample_behind")
PERIOD_BEFORE: Final = wording("period_before")
PERIOD_GAP: Final = frame("period_gap")
PERIOD_AFTER: Final = wording("period_behind")
NOT_AFTER_UNIT: Final = {
    unit: f"(?!{after})"
    for unit, after in (
        (
            "个",
            "盘|楼盘|校|月|点|人微|小时|星期|u|省|市(?!民)|国|县|区|地|城|镇|州|工作|钟|字|平台|群|频|档|"
            "版|渠|部门|方|步|原因|问题|老板|朋友|孙子|骗|微|九|阶段|亿|行业|品种|类|系列|通道|端口|牌子|礼拜|季|年|代理",
        ),
        ("条", "龙|件|款|例|线(?![上下])|路(?!由)|规|约|幅|腿|命|狗|街"),
        ("套", "路|餐|现(?!货|成|在|结|金|付|款)|利|牌|取|间"),
        ("组", "织|长|合|队|建|成(?!交)|员|局|团"),
        ("单", "价|号|子|位|独|向|身|纯|卖|买|查|次|条|套|个|户|张|份|组|日|月|笔|人|卡|台|机|价"),
        ("号", "码|称|线|段|楼|店|院|文|群|机|卡|商"),
        (
            "只",
            "要|收|有|做|需|卖|出|是|能|走|认|接|限|跟|找|给|对|在|供|换|发|留|为|和|加|招|谈|打|拿|剩|用|说|信|支|能|面|针|此|见|算|可|导|看|付|按",
        ),
        ("户", "籍|口|型|外"),
        ("人", "民|员|工|脸|肉|头|格|生|气|才|均|群"),
        ("部", "门|分|署"),
        ("台", "湾|子|州|币|风"),
        ("份", "额|子"),
        ("张", "三|家|总|先(?![走拿来要发收给付买试定验搞弄卖出])|姐|哥|站|经"),
        ("次", "日|数|结|性|付|清|过|拿|打|交|元|于|要|序|品|贷|买|进"),
        ("位", "置|于|数"),
        ("名", "单|字|称|额|下|片|表"),
        (
            "分",
            "省|市|城|区|散|头|拆|开|钟|析|享|类|之|数|期|配|开|布|成|销|别|店|红|辨|批|级|层|组|流|支|行|部|公司|两",
        ),
        ("厘", "米|清"),
        ("米", "床|布|板|杆|饭|粉|国|内|以内|外|范围|高|长|宽|远|距|左右|线|兰"),
        ("块", "地|头|硬盘"),
        ("块整", "个|库|包|套|批|份"),
        ("元整", "个|库|包|套|批|份"),
        ("角", "度|色|落"),
        ("圆", "通|融|形|桌|满|梦"),
        ("元", "旦|素|宵|年|老|首"),
        ("刀", "具|片|口"),
        ("g", "网|卡"),
        (
            "c",
            "(?! ?(?:/(?!\\d)|per |each|ea(?![a-z])|apiece|a (?:piece|pop|line|row|lead|record|pc)"
            "|instead|only|now(?![a-z])|today))",
        ),
        (
            "p",
            "(?! ?(?:/(?![dwmy](?![a-z]))|per |each|ea(?![a-z])|apiece"
            "|a (?:piece|pop|line|row|lead|record|number)))",
        ),
        ("行", "业|内|长|情|号|程|为|政|不|吗|的"),
        ("件", "套|数"),
        ("本", "人|地|店|金|群|周|月|科|田|公|行|次|科|身"),
        ("通", "道|过|讯|话|知|用|杀|吃|走|知|信|行|宝"),
        ("封", "号|顶|控|闭|锁|了"),
        ("对", "公|接|口|方|外|面|账|比|应|私|象|于"),
        ("粉", "丝群|圈|色|底"),
        ("枚", "举"),
        ("城", "市|里|区|管|中|建|镇|乡|投"),
        ("省", "心|事|钱|力|去|内|外|份|市"),
        ("市", "场|面|民|区|价|值|里"),
        ("区", "别|块|号|间|域"),
        (
            "家",
            "(?!起|以上|往上|打底|左右|上下|每|一[家条]|现货|存货|库存|老板|法人|打包|整|全|的?价)[一-鿿]",
        ),
        ("线", "城|员|下|上|索|人"),
        ("批", "量|发|次|号|准"),
        ("款", "式|项|型|额"),
        ("站", "点|长|内|外|群"),
        ("店", "主|员|铺|家|长"),
        (
            "包",
            "月|天|年|周|干|邮|售|装|赔|过|吃|教|会|括|含|网|出|活|到|更|换|改|日|住|接|送|满|税|死|安|首|补|退",
        ),
        ("把", "手|戏|握|关|钱|走|拿|清|收"),
        ("支", "持|付|行|撑|出"),
        ("篇", "幅"),
        ("盘", "口|子|点|活"),
        ("校", "园|友|长|花"),
        ("席", "位"),
        ("路", "由|子|过|边|况|人"),
        ("卡", "商|池|密|农|的|主|号|片|里|内|位"),
        ("间", "隔|谍|歇|接|断|距|谈"),
        ("证", "件|书|明|券|据|照"),
        ("章", "程|节"),
        ("页", "面|游"),
        ("局", "域|部|面|长"),
        ("场", "所|地|景|外|内"),
        ("期", "货|间|权|限|待"),
        ("版", "本|权|块"),
        ("波", "场|币|动"),
        ("轮", "流|询"),
        ("稿", "费"),
        ("县", "城"),
        ("档", "案|次|口"),
        ("根", "据|本"),
        ("集", "团|中|合|群"),
        ("票", "房|价|据|务|种|证|根|面|数|选|子|代|商|贩|友"),
        (
            "回",
            "一[下声句次]|款|收|调|复|来|去|执|访|本|扣|馈|头|信|u|国|执|报|传|归|退|血|合|购|租",
        ),
        ("趟", "车"),
        ("群", "控|发|主|里|内|聊|管|友|成|员|号|组|众|体|码|名|公|粉|消"),
        (
            "个人",
            "信|资|户|中|简|征|隐|数|号|用|身|账|贷|名|密|微|版|主|渠|收|出|卖|头|工|档|全|征|流|房|网|私|的",
        ),
        ("门", "店|户|槛|诊|卡|牌|禁|口|票|号|市"),
        ("帖", "子"),
        ("词", "库"),
        ("链", "接"),
        ("袋", "子"),
        ("副", "本|业|食|作|手|总|主"),
        ("口", "子|径|味|才|头|令|岸|红|碑|播|人|算|气|价|袋|吻|述|感"),
        ("码", "商|接|子|农|数|率|支|头"),
        ("头", "像|条|部|衔|盘|等|目"),
        ("欧", "易|洲|美|盟|元|意|币|泊|版|冠|联|阳|尔"),
        ("镑", "秤"),
        ("油", "耗|价|卡|漆|画|费|站|田|门|烟|腻|箱|条|炸|菜"),
        ("毫", "米|升|克|无|不|秒|安|厘"),
        ("蚊", "子|虫|香|帐"),
        ("以太", "网"),
        ("新币", "担保|公群|群|中介|交易"),
    )
}
"""What behind a unit makes it part of another word."""
SMALL_CHANGE: Final = frozenset({"块", "块钱", "毛", "毛钱", "角", "分", "厘", "元", "刀"})
TENTHS: Final = late(
    r"\s?成(?![都功品员交年人立本分果就为色熟套型新])(?!\s?(?:定|押|预|首付|保证))"
)
"""返三成: a share in tenths."""
RATIO: Final = {"元": 1, "块": 1, "刀": 1, "毛": Decimal("0.1"), "角": Decimal("0.1")}
WAGE: Final = frame("wage")
BIG: Final = 1000


ONE_OF: Final = frozenset({"一", "1", "半"})
DIGITS_ONLY: Final = late(r"[零〇一二两三四五六七八九]{2,}")
"""三七分 shares, 一二三 counts: read digit by digit they are no amount."""
ABOUT: Final = late(r"[一二两三四五六七八九]{2}[十百千万]")
"""三五千: some thousands, no value."""
BARE_SHARE: Final = late(
    r"(?:税点|税率|点位|点数|费率|手续费|返?佣金?|抽水|扣点|抽成|返点|分成)[:是 ]{0,2}$"
)
ENDS: Final = late(
    r"\s*(?:[,.;!?。|]|$|\n)|\s|[)\]】」』》〉>”\"·]|[~*_](?!\d)"
    r"|[\u2600-\u27bf\U0001f000-\U0001faff]|包(?:售后|邮|过|[测换退赔活到老])|[现日秒]结"
    r"|左右|上下(?!级)|不?含税"
)
BY_PERIOD: Final = frame("by_period")
JOINED: Final = frame("price_joined")
ROUND: Final = {1000: "thousand", 10_000: "ten_thousand"}
LOT: Final = 5
"""A price beside a quantity is that of the lot from here on; less is one for each."""


def plain_number(written: str) -> str:
    """A matched number without what it is spaced and rounded with."""
    plain = _SPACED.sub("", written).replace(" , ", ".").translate(_VAGUE)
    plain = _SPOKEN.sub(".", _ZERO.sub("0", plain))
    plain = plain[:-1] + "bn" if plain[-1] == "b" and plain[-2] != "r" else plain
    plain = _COMMA.sub(".", plain) if "," in plain else _DOTTED.sub("", plain)
    return "一" + plain if plain[0] == "万" else "0" + plain if plain[0] == "." else plain


def is_han(char: str) -> bool:
    return "一" <= char <= "鿿"


def alternation(table: Mapping[str, object]) -> str:
    """Words, longest first, gathered by their first character so that most fail at once."""
    groups: dict[str, list[str]] = {}
    for word in sorted(table, key=lambda word: (-len(word), word)):
        groups.setdefault(word[0], []).append(word)
    return "|".join(f"{re.escape(first)}(?:{_rests(words)})" for first, words in groups.items())


def _rests(words: list[str]) -> str:
    """What follows the first character of words; neighbours share what may not follow them."""
    runs = (("|".join(re.escape(w[1:]) for w in run), end) for end, run in groupby(words, _end))
    return "|".join(f"(?:{rests}){end}" if end else rests for rests, end in runs)


_COUNTERS: Final = "条个次套张份组单台"
"""Behind a 1 that belongs to what a price is for (80r1次)."""


def _end(word: str) -> str:
    latin = f"(?![a-z02-9]|1(?![{_COUNTERS}]))" if word[-1].isascii() and word[-1].isalpha() else ""
    return NOT_AFTER_UNIT.get(word, "") + latin
