"""The written forms of dates, English and Chinese, and what each says."""

import re
from typing import Final, Literal

import msgspec

from ingest.records import Precision

Relative = Literal[
    "last_year", "this_year", "last_month", "this_month", "same_year", "same_month", "same_day",
    "next_year", "day_before", "today", "later",
]  # fmt: skip
Use = Literal["on", "since", "about"]


class Shift(msgspec.Struct, frozen=True):
    """How long after a date named before: "two days later", 次月; `by` is negative for earlier."""

    by: int
    unit: Literal["day", "week", "month", "year"]


class Parts(msgspec.Struct, frozen=True):
    """What a date as written says; nothing is filled in."""

    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    relative: Relative | None = None
    use: Use = "on"
    shift: Shift | None = None


class Form(msgspec.Struct, frozen=True):
    """A written form: the pattern has a group `date`."""

    pattern: re.Pattern[str]
    precision: Precision

    def read(self, match: re.Match[str]) -> Parts | None:
        """The parts of a match; None where a word only looks like a date."""
        groups = match.groupdict()
        before = match.string[max(0, match.start("date") - 24) : match.start("date")]
        after = match.string[match.end("date") : match.end("date") + 24]
        shift = _shift(groups)
        return Parts(
            precision=_SHIFTED[shift.unit] if shift else self.precision,
            year=_number(groups.get("year")),
            month=_month(groups),
            day=_number(groups.get("day")),
            relative="later" if shift else _relative(groups.get("relative")),
            use=_use(before, after),
            shift=shift,
        )


_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH: Final = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|"
    r"\.)?)(?![A-Za-z])"
)
_YEAR: Final = r"(?P<year>(?:19[89]|20\d)\d)(?![\d%]|[,.:]\d)"
_DAY: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)"
_PART: Final = r"(?:(?:early|mid|late|the (?:start|beginning|middle|end) of)[ -])?"
_BEFORE: Final = (
    r"(?:(?<=\bin )|(?<=\bIn )|(?<=\bof )|(?<=\bby )|(?<=\bBy )|(?<=\bsince )|(?<=\bSince )|"
    r"(?<=\bduring )|(?<=\bDuring )|(?<=\buntil )|(?<=\bfrom )|(?<=\bto )|(?<=\band )|"
    r"(?<=\bthrough )|(?<=\bon )|(?<=\bOn )|(?<=\bearly )|(?<=\blate )|(?<=\bmid-)|(?<=\bthis )|"
    r"(?<=\blast )|(?<=\bthroughout )|(?<=\bin early )|(?<=\bfor )|(?<=\bvs )|(?<=\bbefore )|"
    r"(?<=\bafter )|(?<=\bafter early )|(?<=\bthan )|(?<=\()|(?<=\bBetween )|(?<=\bbetween ))"
)
_SEASON: Final = r"(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"
_QUARTER: Final = (
    r"(?:Q(?P<quarter>[1-4])|(?:the )?(?P<nth>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth) quarter of)"
)
_HALF: Final = r"(?:H[12]|(?:the )?(?:[Ff]irst|[Ss]econd) half of)"
_ZH_YEAR: Final = r"(?:(?P<year>(?:19[89]|20\d)\d)年|(?P<relative>今年|去年|同年|当年|翌年|次年))"
_ZH_MONTH: Final = r"(?P<month>1[0-2]|0?[1-9])月(?:份|初|底|末|上旬|中旬|下旬|中)?"
_ZH_DAY: Final = r"(?P<day>[12]\d|3[01]|0?[1-9])[日号]"

_TO: Final = r"(?: ?[-–—/] ?| and | to | or )"
_OTHER_DAY: Final = r"[0-3]?\d(?:st|nd|rd|th)?(?!\d)"
_COUNT: Final = r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_COUNT_ZH: Final = r"(?P<count>\d{1,2}|[一两二三四五六七八九十半])"

_RAW: Final[tuple[tuple[Precision, str], ...]] = (
    # "12–13 March 2024", "March 12 and 13, 2024": the first day is the start.
    ("day", rf"(?P<date>(?<![\d.,$]){_DAY}{_TO}{_OTHER_DAY} (?:of )?{_MONTH},? {_YEAR})"),
    ("day", rf"(?P<date>\b{_MONTH} {_DAY}{_TO}{_OTHER_DAY},? {_YEAR})"),
    ("day", rf"(?P<date>(?<![\d.,$A-Za-z]){_DAY}{_TO}{_OTHER_DAY} (?:of )?{_MONTH}(?! \d))"),
    ("day", rf"(?P<date>\b{_MONTH} {_DAY},? {_YEAR})"),
    ("day", rf"(?P<date>(?<![\d.,$]){_DAY} (?:of )?{_MONTH},? {_YEAR})"),
    (
        "day",
        r"(?P<date>(?<![\d./-])(?P<year>(?:19[89]|"
        r"20\d)\d)([-/.])(?P<month>\d\d?)\3(?P<day>\d\d?)(?![\d./-]*\d))",
    ),
    ("day", rf"(?P<date>{_ZH_YEAR}{_ZH_MONTH}{_ZH_DAY})"),
    ("month", rf"(?P<date>{_PART}\b{_MONTH},? (?:of )?{_YEAR})"),
    ("month", rf"(?P<date>{_ZH_YEAR}{_ZH_MONTH}(?![\d]+[日号]))"),
    ("day", rf"(?P<date>(?<![A-Za-z.]){_MONTH} {_DAY}(?! ?(?:%|per ?cent|million|,\d|\.\d)))"),
    ("day", rf"(?P<date>(?<![\d.,$A-Za-z]){_DAY} (?:of )?{_MONTH}(?! \d))"),
    ("day", rf"(?P<date>(?<![\d.,$年月]){_ZH_MONTH}{_ZH_DAY})"),
    (
        "month",
        rf"(?P<date>(?:[Ee]arly|[Mm]id|[Ll]ate)[ -]{_MONTH}|(?:(?<=[Ii]n )|(?<=[Dd]uring )|"
        rf"(?<=[Ss]ince )|(?<=[Bb]etween )|(?<=[Ff]rom )|(?<=[Bb]y )|(?<=[Ll]ast )|(?<=[Tt]his )|"
        rf"(?<=and )|(?<=[Uu]ntil )|"
        rf"(?<=end of )|(?<=start of )){_MONTH.replace('month', 'month2')})(?! \d)",
    ),
    ("month", rf"(?P<date>(?<![\d.个年]){_ZH_MONTH})(?!\d)"),
    ("season", rf"(?P<date>\b{_SEASON} (?:of )?{_YEAR})"),
    ("season", rf"(?P<date>\b{_QUARTER},? (?:of )?{_YEAR})"),
    (
        "season",
        rf"(?P<date>{_ZH_YEAR}(?:年?(?P<zh_season>[春夏秋冬])[季天]|第?(?P<zh_quarter>[一二三四])季度))",
    ),
    ("year", rf"(?P<date>\b{_HALF},? {_YEAR})"),
    ("year", rf"(?P<date>{_ZH_YEAR}(?:上半年|下半年|初|底|末)?)(?!\d+月)"),
    ("year", rf"(?P<date>{_BEFORE}{_YEAR})(?!-)"),
    (
        "year",
        rf"(?P<date>{_YEAR.replace('(?P<year>', '(?<![-$#,./:A-Za-z0-9])(?P<year>')})(?= "
        rf"(?:annual )?(?:report|study|survey|paper|article|white paper|ruling|campaign)\b)",
    ),
    ("month", r"(?P<date>(?P<relative>\b(?:[Ll]ast|[Tt]his) month\b|上个?月|本月|同月|当月))"),
    ("day", r"(?P<date>(?P<relative>\b[Tt]he same day\b|\b[Tt]hat day\b|同日|当日|同一天))"),
    ("day", r"(?P<date>(?P<relative>\b[Yy]esterday\b|昨[日天]|\b[Tt]oday\b|今[日天]))"),
    ("day", rf"(?P<date>(?<=\bon )the {_DAY}(?<=[a-z])\b(?! (?:of|floor|century|anniversary)))"),
    (
        "day",
        r"(?P<date>(?:(?<=[,。;:；，。：于在至到和、])|^)(?:同月|当月)?"
        r"(?P<day>[12]\d|3[01]|0?[1-9])[日号](?![均常活前后内间元用益志报称\d]))",
    ),
    ("day", r"(?P<date>(?:同月|当月)(?P<day>[12]\d|3[01]|0?[1-9])[日号])"),
    (
        "day",
        r"(?P<date>(?<![\d./-])(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/(?P<year>20\d\d))",
    ),
    (
        "day",
        r"(?P<date>(?<![\d./-])(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>20\d\d))",
    ),
    (
        "day",
        r"(?P<date>(?<![\d./-])(?P<day>[0-3]?\d)\.(?P<month>0?[1-9]|1[0-2])\.(?P<year>20\d\d))(?![.\d])",
    ),
    (
        "day",
        rf"(?P<date>\b(?i:{_COUNT}) (?P<unit>day|week|month|year)s? (?P<way>later|earlier|"
        r"afterwards|on)(?=[ ,.;]))",
    ),
    ("day", r"(?P<date>\b[Tt]he (?P<way>next|following) (?P<unit>day|week|month|year)\b)"),
    (
        "day",
        rf"(?P<date>{_COUNT_ZH}(?P<unit>天|日|周|个?星期|个月|年)(?P<way>之?后)(?![续期端台门半]))",
    ),
    ("day", r"(?P<date>(?P<way>次|翌|隔|第二)(?P<unit>日|天|月|周))"),
    (
        "year",
        r"(?P<date>(?P<relative>\b(?:[Ll]ast|[Tt]his) year\b|\b[Tt]he same year\b|\b[Tt]he "
        r"previous year\b))",
    ),
)
FORMS: Final = tuple(Form(re.compile(pattern), precision) for precision, pattern in _RAW)

_RELATIVE: Final[dict[str, Relative]] = {
    "last year": "last_year",
    "去年": "last_year",
    "this year": "this_year",
    "今年": "this_year",
    "last month": "last_month",
    "上月": "last_month",
    "上个月": "last_month",
    "this month": "this_month",
    "本月": "this_month",
    "the same year": "same_year",
    "同年": "same_year",
    "当年": "same_year",
    "the same day": "same_day",
    "that day": "same_day",
    "同日": "same_day",
    "当日": "same_day",
    "同一天": "same_day",
    "同月": "same_month",
    "当月": "same_month",
    "翌年": "next_year",
    "次年": "next_year",
    "yesterday": "day_before",
    "昨日": "day_before",
    "昨天": "day_before",
    "today": "today",
    "今日": "today",
    "今天": "today",
}
_UNITS: Final[dict[str, Literal["day", "week", "month", "year"]]] = {
    "day": "day", "天": "day", "日": "day", "week": "week", "周": "week", "星期": "week",
    "个星期": "week", "month": "month", "个月": "month", "月": "month", "year": "year",
    "年": "year",
}  # fmt: skip
_COUNTS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5,
    "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
}  # fmt: skip
_SHIFTED: Final[dict[str, Precision]] = {
    "day": "day", "week": "month", "month": "month", "year": "year",
}  # fmt: skip
"""How exact a date is that is told by its distance: "a week later" is no day."""
_SEASON_MONTH: Final = {
    "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12,
    "春": 3, "夏": 6, "秋": 9, "冬": 12,
    "first": 1, "second": 4, "third": 7, "fourth": 10,
    "一": 1, "二": 4, "三": 7, "四": 10,
    "1": 1, "2": 4, "3": 7, "4": 10,
}  # fmt: skip
_SINCE: Final = re.compile(
    r"(?:\bsince|\bbefore|\bprior to|\bafter|自|自从)(?: early| late| the end of)? ?$", re.I
)
_POSTED: Final = re.compile(
    r"\b(?:posts?|listings?|offers?|threads?|messages?|adverts?|ads?|advertisements?|"
    r"ones?),? (?:from|dated|of|(?:seen|made|posted|published|written) on) ?"
    r"(?:early |late )?$",
    re.I,
)
_ABOUT_BEFORE: Final = re.compile(
    r"(?:\bdated|\bas of|\bdating (?:from|back to)|\bcollected in|\bfrom|\b(?:than|as) in|"
    r"\bcompared (?:to|with)|\bpublished (?:[\w'-]+ ){0,5}in|\b(?:study|paper|report|"
    r"survey)(?: of| in)|"
    r"较|比|相比|相较于?)(?: the| early| late| mid)? ?$",
    re.I,
)
_ABOUT_AFTER: Final = re.compile(
    r" (?:annual )?(?:report|study|survey|paper|article|white paper|ruling|campaign|data|"
    r"database|records)\b|年?(?:数据|报告)"
)


def _number(written: str | None) -> int | None:
    return int(written) if written else None


def _month(groups: dict[str, str | None]) -> int | None:
    written = groups.get("month") or groups.get("month2")
    if written:
        if written.isdigit():
            return int(written)
        return next(n for n, name in enumerate(_MONTHS, 1) if name[:3] == written[:3])
    for key in ("season", "quarter", "nth", "zh_season", "zh_quarter"):
        part = groups.get(key)
        if part:
            return _SEASON_MONTH[part.lower()]
    return None


def _shift(groups: dict[str, str | None]) -> Shift | None:
    unit, way = groups.get("unit"), groups.get("way")
    if unit is None or way is None:
        return None
    count = groups.get("count") or "one"
    by = _number(count) if count.isdigit() else _COUNTS.get(count.lower(), 0)
    return Shift(-(by or 0) if way == "earlier" else by or 0, _UNITS[unit])


def _relative(written: str | None) -> Relative | None:
    return _RELATIVE.get(written.lower()) if written else None


def _use(before: str, after: str) -> Use:
    if _POSTED.search(before):
        return "on"
    if _SINCE.search(before):
        return "since"
    if _ABOUT_BEFORE.search(before) or _ABOUT_AFTER.match(after):
        return "about"
    return "on"
