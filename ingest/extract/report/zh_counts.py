"""What a Chinese number counts: the noun behind its measure word, or the one in front of it."""

import re
from typing import Final

from ingest.extract.report.words import words

_CUT: Final = re.compile(
    r"以|的|在|被|和|与|及|,|是|为|了|等|进行|中|用于|涉及|抓获|查获|超|约|近|共|其中|违规|违法|非法|由|向|从|于|"
    r"提起|移送|获刑|落网|到案|归案|受|接|完成|参与|实施|刑拘|逮捕|拘留|取保|表示|称|认为|提交|"
    r"随后|之后|后来|先后|可|需|将|未|尚|仍|因|对|依|已|另|"
    r"较|比|并|都|均|已|增长|下降|上升|减少|左右|不等|起售|起卖"
)
_BEHIND: Final = re.compile(
    r"(?:以上|左右|不等|多)?(?:的(?P<of>[\u3400-\u9fffA-Za-z]{1,8})|"
    rf"(?P<fee>{words('fee_noun', 'zh')}))"
)
_CLAUSE: Final = re.compile(r"[,。;:()“”\"!?【】|、—]")
_TAIL: Final = re.compile(rf"(?:{words('figure_tail', 'zh')})+ ?$")
_FROM: Final = re.compile(rf"(?:{words('figure_from', 'zh')})[^,。;]{{0,6}}$")
_HEAD: Final = re.compile(rf".*(?:{words('figure_cut', 'zh')})")
_GROWTH: Final = re.compile(rf"(?:同比|环比)?(?:{words('figure_growth', 'zh')})了?$")
_WORD: Final = re.compile("[\u3400-\u9fffA-Za-z]")
_REACH: Final = 32
_LEAST: Final = 2


def noun_behind(view: str, start: int, stop: int) -> tuple[str, int] | None:
    """The noun right behind a measure word, with its end."""
    match = re.compile("[\u3400-\u9fffA-Za-z]{1,10}").match(view, start, stop)
    if match is None:
        return None
    cut = _CUT.search(match[0])
    noun = match[0][: cut.start()] if cut else match[0]
    return (noun, start + len(noun)) if noun else None


def share_behind(view: str, start: int, stop: int) -> tuple[str, int] | None:
    """ "15%的手续费", "50万元罚款": the noun that a share or a sum is one of."""
    match = _BEHIND.match(view, start, stop)
    if match is None:
        return None
    noun = match["of"] or match["fee"]
    cut = _CUT.search(noun)
    noun = noun[: cut.start()] if cut else noun
    return (noun, match.start("of" if match["of"] else "fee") + len(noun)) if noun else None


def noun_in_front(view: str, floor: int, place: int) -> str | None:
    """The noun that a number follows; empty where the words only go on about the one before."""
    text = view[max(floor, place - _REACH) : place]
    marks = [mark.end() for mark in _CLAUSE.finditer(text)]
    clause = text[marks[-1] :] if marks and marks[-1] < len(text) else ("" if marks else text)
    clause = _TAIL.sub("", clause.strip()).strip()
    change = _FROM.search(clause)
    if change:
        clause = clause[: change.start()].strip()
    growth = _GROWTH.search(clause)
    noun = _TAIL.sub("", _HEAD.sub("", clause)).strip()
    if growth:
        return None if growth[0] != noun else f"+{growth[0]}"
    if not noun:
        return "" if change else None
    return noun if len(_WORD.findall(noun)) >= _LEAST else None
