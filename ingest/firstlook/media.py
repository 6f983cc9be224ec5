"""Sorts of the pictures and files that posts name; nothing is opened."""

from evidence.media.posted import kind_of

_STICKERS = (".tgs", ".webp", ".webm")
_WORDS = {
    "picture": ("picture", "photo", "image", "图片", "表情", "动画表情"),
    "sticker": ("sticker", "贴纸"),
    "video": ("video", "animation", "gif", "视频"),
    "sound": ("sound", "voice", "audio", "语音", "音频"),
    "contact": ("contact", "名片"),
    "location": ("location", "位置", "geo", "venue"),
    "file": ("file", "document", "文件"),
}
_SORTS = {word: sort for sort, words in _WORDS.items() for word in words}


def sort_of(name: str) -> str:
    """`picture`, `video`, `sound`, `sticker`, `file`, `contact`, `location` or `other`."""
    word = name.strip("[]【】 ").casefold()
    if "sticker" in word and word.endswith(_STICKERS):
        return "sticker"
    return _SORTS.get(kind_of(word), "other")
