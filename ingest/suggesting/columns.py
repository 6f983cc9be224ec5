"""Which column of a sample is what: by its name, by its values, and by what a post needs."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from ingest.readers.mapping import FIELDS
from ingest.readers.tables.columns import known_field, known_name, readable
from ingest.suggesting.sample import Sample
from ingest.suggesting.values import Profile, profile
from ingest.text.normalise import normalise

CERTAIN = 2.0
"""Score from which a column is taken without asking."""
POSSIBLE = 0.6
_KNOWN, _HINTED, _NEVER = 3.0, 1.4, -9.0
_WORDS = {
    "id": "编号 序号 主键 nr key no number rowid",
    "time": "时间 日期 时刻 何时 when ts timestamp date time posted created sent moment day",
    "author": "作者 发言 发帖 发布人 发布者 发送人 发送者 用户 昵称 网名 账号 帐号 名称 卖家 楼主 "
    "成员 谁 "
    "author user nick nickname sender speaker poster seller vendor member handle name who from",
    "author_id": "用户id 账号id uin qq号 qq号码 帐号id uid userid",
    "heading": "标题 主题 题目 商品名 title subject topic headline heading",
    "text": "内容 正文 消息 文本 说明 描述 留言 评论 发言内容 说了 什么 text content body "
    "message msg post description comment said words details",
    "venue": "版块 板块 论坛 分区 频道 群名 群组 群聊 市场 来源 group channel board "
    "forum chat room section market site venue source",
    "venue_id": "群号 群id 频道id",
    "reply_to": "回复 引用 reply parent quoted",
    "platform": "平台 platform",
    "price": "价格 单价 售价 报价 金额 price cost amount usd",
    "quantity": "数量 库存 条数 quantity qty stock",
    "contact": "联系 飞机号 contact telegram tg wechat",
    "category": "分类 类别 类型 category type kind tag",
}
_HINTS = {field: tuple(words.split()) for field, words in _WORDS.items()}
_PARTS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_UNLIKELY_TEXT = 0.5


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """A column for a field. `also`: other fields that it could be."""

    column: int
    field: str
    score: float
    why: str
    also: tuple[str, ...] = ()

    @property
    def certain(self) -> bool:
        return self.score >= CERTAIN


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """`taken` go into the mapping, `unsure` are proposed, `profiles` are those of all columns."""

    taken: list[Proposal]
    unsure: list[Proposal]
    profiles: list[Profile]


def columns_of(sample: Sample, hidden: frozenset[int] = frozenset()) -> Columns:
    """The proposals; `taken` can be read as posts wherever that is possible.

    `hidden`: columns of victims' identifiers.
    """
    profiles = [_profile(sample, at) for at in range(len(sample.names))]
    scores = {
        (field, at): _score(field, at, sample, profiles)
        for field in FIELDS
        for at in range(len(sample.names))
        if profiles[at].count
    }
    for field, at in scores:
        if at in hidden and field != "text" and not _is_speaker(field, sample, at):
            scores[(field, at)] = _NEVER
    best = _best(scores)
    taken = {field: at for field, (at, score) in best.items() if score >= CERTAIN}
    _complete(taken, scores, profiles)
    proposals = {
        field: _proposal(field, at, scores, sample, profiles)
        for field, (at, _) in best.items()
        if field not in taken and at not in taken.values()
    }
    return Columns(
        taken=[
            _proposal(field, taken[field], scores, sample, profiles)
            for field in FIELDS
            if field in taken
        ],
        unsure=list(proposals.values()),
        profiles=profiles,
    )


def _is_speaker(field: str, sample: Sample, at: int) -> bool:
    """Whether the heading says that these are names of those who write."""
    return field == "author" and sample.heading and _by_name(field, sample.names[at]) > 0


def _profile(sample: Sample, at: int) -> Profile:
    found = profile(sample.column(at))
    if at in sample.dated:
        return msgspec.structs.replace(found, times=1.0, form=None, also=None)
    return found


def _best(scores: Mapping[tuple[str, int], float]) -> dict[str, tuple[int, float]]:
    """Each field with one column and each column with one field, the highest scores first."""
    found: dict[str, tuple[int, float]] = {}
    used: set[int] = set()
    order = {field: n for n, field in enumerate(("text", "time", "author", *FIELDS))}
    ranked = sorted(scores.items(), key=lambda one: (-one[1], order[one[0][0]], one[0][1]))
    for (field, at), score in ranked:
        if score >= POSSIBLE and field not in found and at not in used:
            found[field] = at, score
            used.add(at)
    return found


def _complete(
    taken: dict[str, int], scores: Mapping[tuple[str, int], float], profiles: Sequence[Profile]
) -> None:
    """Adds what a post needs: something said, and by whom or when."""
    free = [at for at, one in enumerate(profiles) if one.count and at not in taken.values()]
    if not {"text", "heading"} & taken.keys():
        wordy = [at for at in free if scores[("text", at)] > _NEVER / 2]
        if wordy:
            taken["text"] = max(wordy, key=lambda at: (scores[("text", at)], profiles[at].length))
            free.remove(taken["text"])
    if free and not readable(taken):
        choices = [
            (scores[(field, at)], -at, field)
            for at in free
            for field in ("time", "author", "author_id", "id")
        ]
        score, at, field = max(choices)
        if score > 0:
            taken[field] = -at


def _score(field: str, at: int, sample: Sample, profiles: Sequence[Profile]) -> float:
    named = _by_name(field, sample.names[at]) if sample.heading else 0.0
    return named + _by_values(field, at, sample, profiles)


def _by_name(field: str, name: str) -> float:
    known = known_field(name)
    if known:
        return _KNOWN if known == field else 0.0
    folded = known_name(name)
    folded = normalise(folded).text
    parts = set(_PARTS.findall(_CAMEL.sub(" ", name).casefold().replace("_", " ")))
    for word in _HINTS[field]:
        if word in parts or (not word.isascii() and word in folded):
            return _HINTED + (0.2 if not word.isascii() and len(word) > 1 else 0.0)
    return 0.0


def _by_values(field: str, at: int, sample: Sample, profiles: Sequence[Profile]) -> float:
    one = profiles[at]
    match field:
        case "time":
            return (1.5 if one.also else 2.0) if one.times >= 0.9 else _NEVER
        case "text":
            return _wordiness(at, profiles)
        case "heading":
            return 0.3 if 4 <= one.length <= 60 and one.distinct > 0.5 and not one.typed else -1.0
        case "author":
            return _nameliness(one)
        case "author_id":
            return 0.8 if one.numbers >= 0.9 and one.distinct < 0.95 else -1.0
        case "id":
            return _numbering(one)
        case "reply_to":
            return _answers(at, sample, profiles)
        case "venue":
            return 0.6 if one.distinct <= 0.1 and 1 < one.length <= 40 and not one.typed else -0.5
        case "venue_id":
            return 0.3 if one.numbers >= 0.9 and one.distinct <= 0.1 else -1.0
        case "price":
            return 0.9 if one.money >= 0.8 else -0.5
        case "contact":
            return 0.6 if one.handles >= 0.5 else 0.0
    return 0.0


def _wordiness(at: int, profiles: Sequence[Profile]) -> float:
    """Texts are long, and few are written twice."""
    one = profiles[at]
    if one.typed >= 0.9 or one.handles >= 0.9:
        return _NEVER
    longest = max(other.length for other in profiles if other.typed < 0.9)
    score = 1.0 if one.length >= 0.9 * longest and one.length >= 6 else -0.5
    return score + 0.6 * (one.length >= 15) + 0.6 * (one.distinct >= _UNLIKELY_TEXT)


def _nameliness(one: Profile) -> float:
    """Names are short, and come again."""
    if one.typed >= 0.9 or one.length > 40:
        return -1.0
    return 0.6 * (one.length <= 24) + 0.3 * (one.distinct < 0.9) + 0.9 * (one.handles >= 0.5)


def _numbering(one: Profile) -> float:
    """A number of its own for each row; with equal ids, posts would become one."""
    if one.distinct < 1.0:
        return _NEVER
    return 1.2 if one.numbers >= 0.9 and one.times < 0.9 else -0.5


def _answers(at: int, sample: Sample, profiles: Sequence[Profile]) -> float:
    """Numbers that are ids of other rows."""
    values = set(sample.column(at))
    if profiles[at].numbers < 0.9 or len(values) < 2:
        return -1.0
    for other, one in enumerate(profiles):
        if other != at and one.distinct == 1.0 and one.numbers >= 0.9:
            inside = len(values & set(sample.column(other))) / len(values)
            if inside >= 0.5:
                return 1.6
    return -0.5


def _proposal(
    field: str,
    at: int,
    scores: Mapping[tuple[str, int], float],
    sample: Sample,
    profiles: Sequence[Profile],
) -> Proposal:
    ranked = sorted(
        ((scores[(other, at)], other) for other in FIELDS if other != field), reverse=True
    )
    return Proposal(
        column=at,
        field=field,
        score=round(scores[(field, at)], 2),
        why=_why(field, at, sample, profiles[at]),
        also=tuple(other for score, other in ranked[:2] if score >= POSSIBLE),
    )


def _why(field: str, at: int, sample: Sample, one: Profile) -> str:
    reasons = []
    if sample.heading:
        if known_field(sample.names[at]) == field:
            reasons.append("a known name")
        elif _by_name(field, sample.names[at]):
            reasons.append("its name says so")
    if field == "time" and one.times:
        reasons.append(f"{one.times:.0%} of its values are times")
    elif one.numbers >= 0.9:
        reasons.append(
            "numbers" + (", each once" if one.distinct == 1.0 else ", some several times")
        )
    elif one.handles >= 0.5:
        reasons.append(f"{one.handles:.0%} begin with @")
    elif field == "price" and one.money >= 0.8:
        reasons.append("amounts")
    else:
        different = f"{one.distinct:.0%} of them different"
        reasons.append(f"{one.length:.0f} characters on average, {different}")
    return "; ".join(reasons)
