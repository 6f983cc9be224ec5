"""How a name of goods stands in its sentence: alone, in front of its price, or in plain speech."""

from collections.abc import Iterable, Sequence
from typing import Final

from ingest.extract.money import Figure
from ingest.extract.scene import Scene
from ingest.extract.tokens import GOODS, Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording

_HEAD_NOUN: Final = frame("head_noun")
_CLAUSE: Final = frame("clause_of_people")
"""炒汇亏得没了的客户: what people did, up to the word for them."""
_TALK: Final = wording("talk")
_PRICE_PHRASE: Final = frame("price_phrase")
"""股民卖1块2: what its price follows is named as goods, whosever price it is."""
_COPULA: Final = frame("copula")


def closes(scene: Scene, token: Token) -> bool:
    """Whether a name ends its phrase: in 厂长说 or 养殖户的鸡蛋 it goes on as plain speech."""
    if not _han(scene.text, token.end):
        return True
    if _CLAUSE.match(scene.text, token.end) or _PRICE_PHRASE.match(scene.text, token.end):
        return True
    noun = _HEAD_NOUN.match(scene.text, token.end)
    at = noun.end() if noun else token.end + scene.text.startswith("的", token.end)
    if not _han(scene.text, at):
        return True
    return at in scene.by_start or any(f.start == at for f in scene.figures)


def _han(text: str, at: int) -> bool:
    return "一" <= text[at : at + 1] <= "鿿"


def talks(scene: Scene, goods: Sequence[Token] = ()) -> bool:
    """Whether words of plain speech stand in a text that are no part of what goods are called.

    `goods`: those that are no tokens of the lexicon.
    """
    found = _TALK.search(scene.text)
    while found:
        if not _named(scene, found.start(), goods):
            return True
        found = _TALK.search(scene.text, found.end())
    return False


def _named(scene: Scene, place: int, goods: Sequence[Token]) -> bool:
    for token in (*goods, *scene.tokens):
        if token.kind in GOODS and token.start <= place:
            clause = _CLAUSE.match(scene.text, token.end)
            if place < (clause.end() if clause else token.end):
                return True
    return False


def quoted(scene: Scene, goods: Iterable[Token], figures: Sequence[Figure]) -> bool:
    """母婴还是6毛: nothing but a copula between goods and price."""
    ends = {found.end() for g in goods if (found := _COPULA.match(scene.text, g.end))}
    return any(f.kind == "price" and f.start in ends for f in figures)
