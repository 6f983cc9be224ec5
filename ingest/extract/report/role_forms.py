"""Where a sentence speaks of a role in other orders than "X does Y".

Inverted ("At the top sits a requester"), relative ("brokers who pool"), predicate ("the callers are
loan scammers"); in Chinese 第二层是内鬼, 由担保人保管, 找黑客去拿.
"""

import re
from collections.abc import Iterator
from typing import Final

from ingest.extract.report.page import Sentence
from ingest.extract.report.role_heads import Head, heads
from ingest.extract.report.scene import Scene
from ingest.extract.report.words import words
from ingest.records import Span

_ARTICLE: Final = r"(?:(?:the|an?|his|its|their|our|so-called|other|some|many|mostly) ){0,2}[\"']?"
_INVERTED: Final = re.compile(
    r"(?:At|In|Between|Behind|On|Above|Below|Beneath|Under|Beside|Near|Among|First|Last|Next|Then|"
    r"Finally|From|Further|Down|Along)\b[^;:.]{0,80}? "
    rf"(?:sits?|stands?|comes?|is|are|works?|operates?|follows?|waits?|lies?|come) {_ARTICLE}",
)
_RELATIVE: Final = re.compile(
    r"\b(?P<head>(?:[A-Za-z-]+ ){0,2}[A-Za-z-]+)(?:, [^,;.]{2,60},)?,? (?:who|that) "
    r"(?:(?:also|then|usually|often|in turn|typically|mostly|never|rarely) ){0,2}(?P<verb>[a-z-]+)"
)
_PREDICATE: Final = re.compile(
    rf"\b(?:are|is|were|was|remain|remains) (?:(?:{words('role_adverb', 'en')}|[a-z]+ly) ){{0,2}}"
    rf"(?:called |known as |the work of |likely to be )?{_ARTICLE}"
    r"(?P<head>(?:[A-Za-z-]+,? (?:or |and )?){0,4}[A-Za-z-]+)(?=[.,;:)]| who| and (?:in|a)|$)"
)
_CLEFT: Final = re.compile(
    rf"\bIt (?:is|was) (?:[a-z]+ly )?{_ARTICLE}(?=[\w' -]{{3,40}} (?:who|that) )"
)
_DONE_BY: Final = re.compile(
    rf"\b(?:is|are) (?:[a-z]+ly |then |often )?[a-z]+(?:ed|en|wn|ld|nt|pt|ht|id|un) "
    rf"(?:[a-z]+ ){{0,3}}?by {_ARTICLE}"
)
_NO_SUBJECT: Final = re.compile(r"(?:It|This|That|There|He|She|Here|What|Who) ", re.I)
_PREPOSITIONS: Final = frozenset(
    {"by", "of", "to", "for", "with", "from", "in", "at", "on", "against", "about", "as", "between"}
)
_NEGATED: Final = re.compile(r"(?:not|never|no|longer|n't) ")
_PAST: Final = re.compile(rf"(?:\w+ed|{words('past', 'en')})")
_WORD: Final = re.compile(r"[\w'-]+")
_HAN: Final = "\u3400-\u9fff"
_QUOTES: Final = "\"“”「」『』'"
_IS_ZH: Final = re.compile(
    rf"(?:是|为|即|叫|称为|称作|叫做)(?:一些|某些|各种|所谓的?|那些|这些|那群|像[^,。;]{{1,8}}?的|[^,。;是由找]{{1,6}}?的|"
    rf"[^,。;是由找]{{1,4}}?(?:里|中|内)的)?[{_QUOTES}]?$"
)
_BY_ZH: Final = re.compile(rf"(?:由|找|让|请|雇|雇佣|靠)[^,。;是由找]{{0,4}}?[{_QUOTES}]?$")
_GOES_TO_ZH: Final = re.compile(r"(?:流向|流入|流到|卖给|交给|转给|落入|落到|供给)了?[^,。;]{0,4}$")
_CLEFT_ZH: Final = re.compile(r"的,?(?:则|就|正|便|往往|通常|多)?是[^,。;]{0,8}$")
_HAN_NEXT: Final = re.compile(f"[{_HAN}]")
_DOES_ZH: Final = re.compile(
    rf"[{_QUOTES}]?(?:(?:来|去)[{_HAN}]|"
    rf"(?:在|代为|负责)?(?:{words('role_verb', 'zh')}))"
)
_NO_ZH: Final = re.compile(
    r"(?:不|并非|并不|未必|而非|不一定|没有|曾|未|还|否|可能|说)(?:是|由|找|靠)[^,。;]{0,10}$"
)
_LEVEL: Final = re.compile(
    r"(?:第[一二三四五六七八九]|最[上下后前末底顶]|上游|下游|中游|中间|顶端|末端|源头|背后|[一二三四五六]是|首先|其次|"
    r"再次|最后|多为|多是|如果没有|往上|往下|终点|起点)"
)
_CLAUSE_ZH: Final = re.compile(r"[;；。]|(?<=\")[,](?=\")")
_LEAST: Final = 2
_REACH: Final = 24


def other_forms(scene: Scene, sentence: Sentence, *, alone: bool) -> Iterator[tuple[str, Span]]:
    """Role and span of the statements of a sentence that do not begin with their subject.

    `alone` where the sentence has no such statement: only then "by a guarantor" speaks of one.
    """
    if sentence.chinese:
        yield from _in_chinese(scene, sentence, alone=alone)
        return
    view, known = scene.page.view, heads(scene.terms, "en")
    start, end = sentence.start, sentence.end
    inverted = _INVERTED.match(view, start, end)
    if inverted and (head := known.match(view, inverted.end(), end)):
        yield head.role, (start, end)
    for match in _RELATIVE.finditer(view, start, end):
        verb = match["verb"]
        habit = not _PAST.fullmatch(verb) and verb not in ("was", "were", "had", "did")
        if habit and (head := _ends_in_head(scene, match.start("head"), match.end("head"))):
            yield head.role, (match.start("head"), end)
    for form in (_CLEFT, _DONE_BY) if alone else ():
        for match in form.finditer(view, start, end):
            if head := known.match(view, match.end(), end):
                yield head.role, (start, end)
    yield from _predicates(scene, sentence)


def _predicates(scene: Scene, sentence: Sentence) -> Iterator[tuple[str, Span]]:
    view = scene.page.view
    if _NO_SUBJECT.match(view, sentence.start):
        return
    for match in _PREDICATE.finditer(view, sentence.start, sentence.end):
        if _NEGATED.search(match[0]):
            continue
        if head := _ends_in_head(scene, match.start("head"), match.end("head")):
            yield head.role, (sentence.start, sentence.end)


def _ends_in_head(scene: Scene, start: int, end: int) -> Head | None:
    """The word for a role, plural, that a noun phrase ends with."""
    view, known = scene.page.view, heads(scene.terms, "en")
    for word in _WORD.finditer(view, start, end):
        if word[0].lower() in _PREPOSITIONS:
            continue
        head = known.match(view, word.start(), end)
        if head and head.end == end and head.plural:
            return head
    return None


def _in_chinese(scene: Scene, sentence: Sentence, *, alone: bool) -> Iterator[tuple[str, Span]]:
    view, known = scene.page.view, heads(scene.terms, "zh")
    start = sentence.start
    ends = [match.end() for match in _CLAUSE_ZH.finditer(view, start, sentence.end)]
    for end in (*ends, sentence.end):
        for at, head in known.search(view, start, end):
            goes = alone and _goes_to(view, start, at, head.end)
            said = goes or _said_in_chinese(view, start, at, head.end)
            if head.end - at >= _LEAST and said:
                yield head.role, (start, end)
                break
        start = end


def _goes_to(view: str, start: int, at: int, end: int) -> bool:
    """Whether a clause ends by saying who gets the goods: 数据最终流向诈骗团伙."""
    before = view[max(start, at - _REACH) : at]
    return bool(_GOES_TO_ZH.search(before)) and not _HAN_NEXT.match(view, end)


def _said_in_chinese(view: str, start: int, at: int, end: int) -> bool:
    """Whether the words around a word for a role place it in the chain, or tell its work."""
    before = view[max(start, at - _REACH) : at]
    if _NO_ZH.search(before):
        return False
    if _IS_ZH.search(before) and (_LEVEL.search(before) or _CLEFT_ZH.search(before)):
        return True
    return bool(_BY_ZH.search(before) and _DOES_ZH.match(view, end))
