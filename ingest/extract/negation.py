"""Where a negation reaches: behind 不收 to the end of the clause, in front of 勿扰 to its start."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.extract.set_aside import set_aside
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame, frame_words
from ingest.lexicon.wordings import wording

Span = tuple[int, int]
_BACKWARD: Final = frame_words("negates_before")
_CLAUSE: Final = re.compile(r"[\s,.;:!?()\[\]【】、|~。]")
_SENTENCE: Final = re.compile(r"[,.;:!?()\n。|]| [-–—] (?=(?:i|we) |(?:just|only) )")
_BEHIND: Final = frame_words("denied_in_front")
_ALL: Final = frame("negates_all")
"""征信、流水这类早不碰: what is listed in front is denied together."""
_BREAK: Final = re.compile(r"[,.;:!?()\n|]| (?:but|and|only) ")
_POINTS: Final = " :=→-—"
_SHORT_NO: Final = frozenset({"no", "not", "never", "no thanks", "nope"})
_SAID_NO: Final = re.compile(r"(?: (?:thanks|thx|need|way|more))?(?=[.,;!?\n)]|$)")
"""Wells Fargo no, Lazada - no thanks: what is named in front is denied."""
_HEADS: Final = re.compile(r" ?(?::|->|=>|→|-)")
_LINE: Final = re.compile(r"[.;!?\n]")
"""SOLD OUT: CVV, dumps. What is listed behind a colon is denied together."""
_EITHER: Final = frame_words("negates_either_side")
_APART: Final = ("关系", "无关", "相干", "瓜葛")
"""How words end that say of what stands in front that it has nothing to do with the rest."""
_GONE: Final = frozenset({"没了", "没有", "没", "无", "售罄", "缺货", "sold", "sold out", "none"})
"""What says in brackets that goods are gone."""
_ENDS: Final = re.compile(
    r"[了的啦哈哦呢喔噢啊呀吧哇]{0,2}(?:(?:别|勿|不用|不要|请勿|甭)再?(?:问|来|私|加|找|催|等|敲)我?了?)?"
    r"(?:(?:大概|约|到|至)?(?:[一二两三四五六七八九十几半\d]{1,2}个?(?:天|周|月|星期|礼拜|小时)"
    r"|一阵子?|几天|一段时间|[月年]底|节后|下[周月]|下个[月周])(?:左右|再说)?)?(?:\W|$)"
)
"""What may close a clause behind its denial: 断货别催, 暂停供应一周."""
_DENIED: Final = frozenset({"product", "service", "source", "method", "data_word", "escrow"})
_LACK: Final = frame_words("lack")
_ASKS: Final = frame("lack_asks")
"""股民断货了,有货的老板救急: what has run out is what is wanted."""
_PRICED: Final = re.compile(r"[0-9块毛元u刀分钱]的? ?$")
_SIGNS: Final = {"source": "非比像似", "service": "非无没不"}
"""比顺丰便宜: who is compared with gives nothing."""
_CROSSED: Final = re.compile(r" ?[×✗✘❌✖]")
"""顺丰×, behind what is crossed out."""
_ASKED: Final = frame("asked_and_denied")
"""股民有吗?没: what is asked for is not there."""
_ASKED_OF: Final = re.compile(
    r"[^,;:!?。\n]{2,24}\?[ 答a回复:\n]{0,4}(?:没有?|无|不[做卖出收接]了?|没货)(?=[,;!。\s]|$)"
)
_BREATH: Final = re.compile("[、和与跟或及]?")
_JOINS: Final = re.compile(r" ?(?:、|/|&|和|与|跟|及|或)? ?| (?:and|or|nor) ")
_OPENS: Final = re.compile(r"[\s,.;:!?()\[\]【】、/|~。]")
"""In front of a name that nothing else is said of."""
_OPEN: Final = re.compile(r"[\s,:、]{1,2}")
_FILLED: Final = re.compile(
    r"(?:可惜|抱歉|对不起|不好意思|但|可|不过|现在|目前|我这?里?|这个|那个|真的?|都|也|早)*"
)
"""What may stand in a clause beside nothing but a denial of what the clause in front names."""
_EXCEPT: Final = re.compile(
    r"除(?:了|去)?[^,;:。!?\n外]{1,12}(?:之|以)?外"
    r"(?=[,、 ]{0,2}(?:其他|其它|别的|都|全|通通|均|一律))"
)
_ASKS_AFTER: Final = wording("asks_after")
_PRICE_SIGN: Final = re.compile(r"\d[块毛元分u刀$]|[$¥]\d")
_SOON: Final = 28
_OWN_TURN: Final = frame("own_turn")
"""跟我无关,我的股民9毛5: behind a comma the author turns to what there is."""


def negated_spans(text: str, tokens: Sequence[Token]) -> list[Span]:
    """Spans of the normal text in which trade words are denied."""
    found = [
        _with_listed(text, _scope(text, token, tokens), token, tokens)
        for token in tokens
        if _denies(text, token) and not _asks_anew(text, token)
    ]
    traded = [t for t in tokens if t.kind in _DENIED]
    found += [(t.start, t.end) for t in traded if _CROSSED.match(text, t.end)]
    if "?" in text or "吗" in text:
        found += [(t.start, t.end) for t in traded if _ASKED.match(text, t.end)]
        found += [m.span() for m in _ASKED_OF.finditer(text)]
    found += set_aside(text, tokens)
    if "除" in text and "外" in text:
        found += [m.span() for m in _EXCEPT.finditer(text)]
    found += _asked_before(text, traded, found)
    # 非钓鱼所得: the sign alone is no term.
    return found + [
        (t.start - 1, _listed(text, t, tokens))
        for t in traded
        if t.start
        and text[t.start - 1] in _SIGNS.get(t.kind, "非无没")
        and text[t.start - 2 : t.start] != "有没"
    ]


def _asked_before(text: str, traded: Sequence[Token], denied: Sequence[Span]) -> Iterator[Span]:
    """有老板问顺丰面单,顺丰没有: what is denied behind is denied where somebody asks for it."""
    if not (traded and denied and _ASKS_AFTER.may_stand_in(text)):
        return
    gone = [t for t in traded if any(a <= t.start and t.end <= b for a, b in denied)]
    for token in traded:
        first, end = max(0, token.start - _SOON), token.end + _SOON
        word = text[token.start : token.end]
        if any(
            token.end < other.start <= end
            and text[other.start : other.end] == word
            and not _PRICE_SIGN.search(text, token.end, other.start)
            for other in gone
        ) and _ASKS_AFTER.search(text, first, token.start):
            yield token.start, token.end


def _denies(text: str, token: Token) -> bool:
    return token.kind == "negation" or (
        token.kind == "dear" and text[token.start : token.end] in _SHORT_NO
    )


def _listed(text: str, token: Token, tokens: Sequence[Token]) -> int:
    """非借呗花呗: what is named in one breath is denied together."""
    end = token.end
    for other in tokens:
        if other.kind == token.kind and _BREATH.fullmatch(text, end, max(end, other.start)):
            end = max(end, other.end)
    return end


def _with_listed(text: str, span: Span, token: Token, tokens: Sequence[Token]) -> Span:
    """跑分、洗料、代付一概不沾: bare names in one breath with the one that is denied."""
    start, end = span
    if start == token.start:
        return span
    traded = [t for t in tokens if t.kind in _DENIED and t.end <= end]
    while any(start <= t.start for t in traded):
        first = min(
            (t.start for t in traded if _JOINS.fullmatch(text, t.end, max(t.end, start))),
            default=start,
        )
        if first == start or (first and not _OPENS.match(text, first - 1)):
            break
        start = first
    return start, end


def _asks_anew(text: str, token: Token) -> bool:
    return text[token.start : token.end] in _LACK and _ASKS.search(text, token.end) is not None


def _scope(text: str, token: Token, tokens: Sequence[Token]) -> Span:
    word = text[token.start : token.end]
    if _bracketed(text, token) and (word in _EITHER or word in _GONE):
        return _backward(text, token.start - 1), token.end
    if word in _BEHIND and (heads := _HEADS.match(text, token.end)):
        return token.start, _forward(text, heads.end(), _LINE)
    if word in _BEHIND:
        return _before(text, token.start), token.end
    if word in _SHORT_NO and _SAID_NO.match(text, token.end):
        return _before(text, token.start), token.end
    if word.isascii():
        return token.start, _forward(text, token.end, _SENTENCE)
    if word in _BACKWARD or word.endswith("勿扰"):
        return _backward(text, token.start), token.end
    if word.endswith(_APART) and _ENDS.match(text, token.end):
        return _backward(text, token.start), token.end
    if word in _EITHER and _ENDS.match(text, token.end):
        start = _backward(text, token.start - text[: token.start].endswith(" "))
        while _ALL.search(text, start, token.start) and text[start - 1 : start] == "、":
            start = _backward(text, start - 1)
        if text[start - 1 : start] == "," and _FILLED.fullmatch(text, start, token.start):
            start = _unpriced(text, start - 1)
        if any(t.kind in _DENIED and start <= t.start and t.end <= token.start for t in tokens):
            return start, token.end
        if _PRICED.search(text, start, token.start):
            return start, token.end
    start = token.end
    gap = _OPEN.match(text, start)
    if gap and "\n" not in gap[0] and not ("," in gap[0] and _OWN_TURN.match(text, gap.end())):
        start = gap.end()
    return token.start, _forward(text, start, _CLAUSE)


def _unpriced(text: str, end: int) -> int:
    """户籍最近严,不敢接: the start of the clause that a denial follows; none with a price."""
    start = _backward(text, end)
    return end + 1 if _PRICE_SIGN.search(text, start, end) else start


def _bracketed(text: str, token: Token) -> bool:
    """股民6毛(没了): nothing else stands between two brackets."""
    return text[token.start - 1 : token.start] in {"(", "["} and text[
        token.end : token.end + 1
    ] in {")", "]"}


def _forward(text: str, start: int, end: re.Pattern[str]) -> int:
    found = end.search(text, start)
    return found.start() if found else len(text)


def _before(text: str, end: int) -> int:
    """The start of a clause of running English; fullz: sold out begins with what is sold out."""
    end = len(text[:end].rstrip(_POINTS))
    found = [m.end() for m in _BREAK.finditer(text, 0, end)]
    return found[-1] if found else 0


def _backward(text: str, end: int) -> int:
    place = len(text[:end].rstrip(_POINTS)) if text[end - 1 : end] in _POINTS else end
    while place and not _CLAUSE.match(text, place - 1):
        place -= 1
    return place
