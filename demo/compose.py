"""Plays the scenes and writes the files of the corpus."""

from datetime import date
from functools import cache

from demo.formats import coverage_csv, feed_jsonl, forum_csv, qq_text
from demo.reports import report_files
from demo.rng import SEED
from demo.scenes import SCENES
from demo.telegram import PHOTO, photo_name, result_json
from demo.venues import VENUES
from demo.world import Message, World

# Telegram exports: folder, group, first and last day. The names in one are those of its last day.
EXPORTS = (
    ("shuju", "shuju", date(2023, 10, 1), date(2024, 3, 31)),
    ("danbao", "danbao", date(2023, 12, 29), date(2024, 3, 31)),
    ("danbao-2023", "danbao", date(2023, 10, 1), date(2023, 12, 31)),
    ("chuhai", "chuhai", date(2023, 10, 1), date(2024, 3, 31)),
)


@cache
def world_of(seed: int = SEED) -> World:
    """The whole world for a seed, its messages numbered."""
    world = World(seed)
    for play in SCENES:
        play(world)
    for venue in VENUES:
        world.of(venue)
    return world


def _telegram(world: World) -> dict[str, bytes]:
    made: dict[str, bytes] = {}
    for folder, key, first, last in EXPORTS:
        said = [m for m in world.of(key) if first <= m.when.date() <= last]
        made[f"telegram/{folder}/result.json"] = result_json(VENUES[key], said, last.isoformat())
        made |= {f"telegram/{folder}/{photo_name(m)}": PHOTO for m in said if m.media == "photo"}
    return made


def _tables(world: World) -> dict[str, bytes]:
    said: dict[str, list[Message]] = {key: world.of(key) for key in VENUES}
    return {
        "qq/短信通道业务交流群.txt": qq_text(VENUES["duanxin"], said["duanxin"], False),
        "qq/流量肉鸡技术交流.txt": qq_text(VENUES["jishu"], said["jishu"], True),
        "forum/posts.csv": forum_csv(said["luntan"]),
        "feed/kuaixun.jsonl": feed_jsonl(VENUES["kuaixun"], said["kuaixun"]),
        "coverage.csv": coverage_csv(world.messages),
    }


def corpus_files(seed: int = SEED) -> dict[str, bytes]:
    """Every file of the corpus by its path below the folder."""
    world = world_of(seed)
    return dict(sorted({**_telegram(world), **_tables(world), **report_files(world)}.items()))
