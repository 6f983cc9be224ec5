"""Which column of a table is what: by the names that tables are known to use, or by a mapping."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ingest.readers.mapping import Mapping

_NAMES = {
    "id": "id postid post_id pid messageid message_id msgid msg_id 编号 帖子id 帖子编号 消息id",
    "time": "time date datetime timestamp posted postedat posted_at posttime post_time created "
    "createdat created_at createtime pubdate published published_at 时间 日期 发帖时间 发布时间 "
    "发表时间 发送时间 发布日期 創建時間 時間 發帖時間",
    "author": "author user username user_name seller vendor sender nickname nick poster from name "
    "作者 用户 用户名 发帖人 发布者 卖家 昵称 发送者 楼主 會員 用戶",
    "author_id": "authorid author_id userid user_id uid senderid sender_id sellerid seller_id "
    "vendor_id 用户id 作者id 用户编号 卖家id",
    "heading": "title subject heading topic thread 标题 主题 帖子标题 商品名称 標題",
    "text": "text content body message msg post description 内容 正文 帖子内容 消息 消息内容 描述 "
    "商品描述 內容",
    "venue": "venue board forum section channel group market chat site 版块 板块 论坛 分区 频道 群 "
    "群名 市场 版塊",
    "venue_id": "venueid venue_id boardid board_id forumid forum_id fid groupid group_id chatid "
    "chat_id channelid channel_id 群号 版块id",
    "reply_to": "replyto reply_to replytoid reply_to_id parent parentid parent_id inreplyto "
    "in_reply_to 回复 引用 回复id",
    "platform": "platform source_platform 平台",
    "price": "price cost amount 价格 单价 售价 價格",
    "quantity": "quantity qty stock 数量 库存 數量",
    "contact": "contact contacts 联系方式 联系 聯繫方式",
    "category": "category type kind 分类 类别 類別",
}
_FIELD_OF = {name: field for field, names in _NAMES.items() for name in names.split()}
_GAPS = re.compile(r"[\s\-.]+")


def field_columns(header: Sequence[str], mapping: Mapping | None) -> dict[str, int]:
    """Field -> place of its column. The mapping goes first; of two known names, the first."""
    places: dict[str, int] = {}
    mapped = mapping.columns if mapping else {}
    for field, name in mapped.items():
        if name in header:
            places[field] = list(header).index(name)
    taken = set(places.values())
    for place, name in enumerate(header):
        known = known_field(name)
        if known and known not in mapped and known not in places and place not in taken:
            places[known] = place
    return places


def numbered(mapping: Mapping) -> list[str]:
    """Names of the columns of a table without a heading, to the last one that is mapped."""
    return [
        str(number) for number in range(1, max(map(int, mapping.columns.values()), default=0) + 1)
    ]


def known_field(name: str) -> str | None:
    """What a column of this name is known to hold."""
    return _FIELD_OF.get(known_name(name))


@lru_cache(maxsize=4096)
def known_name(name: str) -> str:
    """A column's name as the list of known names has it."""
    folded = unicodedata.normalize("NFKC", name).casefold().strip().strip("\ufeff\"'")
    return _GAPS.sub("_", folded)


def readable(places: dict[str, int]) -> bool:
    """Whether these columns can be read as posts: something said, and by whom or when."""
    said = "text" in places or "heading" in places
    return said and bool(places.keys() & {"time", "author", "author_id", "id"})
