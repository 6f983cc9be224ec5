"""What a word for data or people is about, told by the words in front of it."""

from collections.abc import Iterator
from typing import Final

from ingest.extract.families import goods_of
from ingest.extract.scene import Scene
from ingest.extract.spans import within
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token
from ingest.lexicon.frames import frame, frame_words

_RUN: Final = 32
_NEAR: Final = 4
_TOPIC_RUN: Final = frame("topic_run")
_HOME: Final = frozenset({"geo/cn", "geo/sea"})
_FOREIGN: Final = "product/citizen_db_foreign"
_LOOSE: Final = frame_words("loose_data")
_MEANS: Final = ("org/app/im/", "org/app/payment/")
"""What one writes on and pays through."""
_ACTS: Final = frozenset({"sell", "buy"})


def about(scene: Scene, token: Token) -> list[Token]:
    """Goods of a data or people word: 机票退改签料, crypto exchange users, 骨科出院的名单."""
    first = max(0, token.start - _RUN, scene.text.rfind("\n", 0, token.start) + 1)
    run = _TOPIC_RUN.search(scene.text, first, token.start)
    if run is None:
        return []
    clear = scene.rules.subject(scene.text, run.start(), token.start) or _foreign(scene, token)
    found = clear or scene.rules.topics.last(scene.text, run.start(), token.start)
    if found is None and token.kind == "people_word":
        found = _of_service(scene, run.start(), token.start)
    if found is None:
        return []
    place, goods = found
    if any(
        t.kind in GOODS and t.id != DATA_GENERIC and t.start < token.start
        for at in range(place + 1, token.end)
        for t in scene.by_end.get(at, ())
    ):
        return []
    word = scene.text[place : token.end]
    loose = clear is None or token.kind == "people_word" or " " in word
    weak = loose or scene.text[token.start : token.end] in _LOOSE
    return [Token(place, token.end, "product", goods, weak)]


def _of_service(scene: Scene, start: int, end: int) -> tuple[int, str] | None:
    """建行手机端活跃的客户: people of a service that is named in the same breath."""
    for token in reversed(within(scene.tokens, [(start, end)])):
        if token.kind == "source" and not token.weak and not token.id.startswith(_MEANS):
            goods = goods_of(token.id)
            return (token.end, goods) if goods and token.end < end else None
    return None


def by_name(scene: Scene) -> Iterator[Token]:
    """韵达我有 五毛: the name of a service alone, right in front of an act or a price."""
    for token in scene.tokens:
        goods = goods_of(token.id) if token.kind == "source" and not token.weak else None
        if goods is None or token.id.startswith(_MEANS) or scene.is_negated(token.start, token.end):
            continue
        at = token.end + (scene.text[token.end : token.end + 1] in {" ", "的", ":"})
        if any(t.kind in _ACTS for t in scene.by_start.get(at, ())) or any(
            f.kind == "price" and f.start == at for f in scene.figures
        ):
            yield Token(token.start, token.end, "product", goods, True)


def _foreign(scene: Scene, token: Token) -> tuple[int, str] | None:
    """越南人 资料, Thai database: people of a foreign country, where nothing else is said."""
    for at in range(token.start, max(0, token.start - _NEAR), -1):
        for other in scene.by_end.get(at, ()):
            if other.kind == "geo" and other.id not in _HOME and not other.weak:
                return other.start, _FOREIGN
    return None
