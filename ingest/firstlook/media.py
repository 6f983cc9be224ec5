"""Sorts of the pictures and files that posts name; nothing is opened."""

from mimetypes import guess_type
from pathlib import PurePath

_MAJOR = {"image": "picture", "video": "video", "audio": "sound"}
_STICKERS = (".tgs", ".webp")
_WORDS = {
    "picture": ("picture", "photo", "image", "图片", "表情", "动画表情"),
    "sticker": ("sticker", "贴纸"),
    "video": ("video", "animation", "gif", "视频"),
    "sound": ("voice", "audio", "语音", "音频"),
    "contact": ("contact", "名片"),
    "location": ("location", "位置", "geo", "venue"),
    "file": ("file", "document", "文件"),
}
_SORTS = {word: sort for sort, words in _WORDS.items() for word in words}


def sort_of(name: str) -> str:
    """`picture`, `video`, `sound`, `sticker`, `file`, `contact`, `location` or `other`."""
    word = name.strip("[]【】 ").casefold()
    if sort := _SORTS.get(word):
        return sort
    suffix = PurePath(word).suffix
    if suffix in _STICKERS and "sticker" in word:
        return "sticker"
    major = (guess_type(f"x{suffix}")[0] or "").partition("/")[0]
    if major:
        return _MAJOR.get(major, "file")
    return "file" if suffix else "other"
