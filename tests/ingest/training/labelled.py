"""A small invented set of labelled sentences."""

import json
import random
from pathlib import Path
from typing import Any

_ACTS = ("出", "收", "供", "卖", "大量出", "长期收", "手上有", "sell ", "buy ")
_GOODS = {
    "雷达货": "product/stock_leads",
    "蓝莓包": "product/loan_leads",
    "橙汁数据": "product/health_leads",
    "北极熊": "",
}
_ENDS = ("私聊", "一手", "@demo_name1", "日更5万条", "0.5元一条", "长期合作", "新鲜出炉")
_TALK = ("今天天气不错", "晚上吃什么", "好的谢谢", "明天见", "群里有人吗", "早上好各位", "哈哈哈")


def rows(number: int, seed: int = 3) -> list[dict[str, Any]]:
    """So many advertisements and a quarter as many sentences of talk."""
    rng = random.Random(seed)
    made = []
    for _ in range(number):
        act, (goods, value), end = rng.choice(_ACTS), rng.choice(list(_GOODS.items())), None
        end = f" {rng.choice(_ENDS)} {rng.choice(_ENDS)}"
        span = [len(act), len(act) + len(goods), "PRODUCT"]
        values = [[value] if value else []]
        made.append({"text": act + goods + end, "spans": [span], "values": values, "source": "x"})
    talk = [
        {"text": rng.choice(_TALK) + rng.choice(_TALK), "spans": []} for _ in range(number // 4)
    ]
    return made + talk


def write(path: Path, lines: list[Any]) -> Path:
    texts = (
        line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines
    )
    path.write_text("\n".join(texts) + "\n", "utf-8")
    return path
