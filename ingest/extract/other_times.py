"""What was sold, will be, is only supposed or stands in the news: nothing that is offered now."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.extract.spans import Placed, Span, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, STANCES, Token
from ingest.extract.told import SENTENCE, Words, clause_start, sentence_end
from ingest.lexicon.wordings import may_hold, wording

_OPENS: Final = frozenset({"past_trade", "supposes", "news_told"})
"""Wordings without one of which a text tells of no other time."""
_TRADE: Final = wording("past_trade")
_NOW: Final = wording("past_ends")
_SUPPOSES: Final = wording("supposes")
_REAL: Final = wording("supposes_ends")
_NEWS: Final = wording("news_told")
_TURNS: Final = wording("news_turns")
_BREAK: Final = re.compile(r"[,;:!?。\n]|\.(?!\d)")
_NEAR: Final = 8
_FAR: Final = 160
"""Characters in which what is of today stands behind what is not."""
_TAKEN: Final = frozenset({"product/hacked_db", "product/gov_data", "product/citizen_db_foreign"})
"""Goods that the news of a theft may be about."""


def elsewhere_in_time(words: Words) -> Iterator[Span]:
    """Stretches that say nothing of today's trade, where what stands behind them does."""
    if may_hold(words.text, _OPENS):
        yield from _other_days(words)
        yield from _supposed(words)
        yield from _news(words)


def _other_days(words: Words) -> Iterator[Span]:
    """以前做猫池,现在只做接码; 下个月上法人,目前只有车主."""
    for match in _TRADE.finditer(words.text):
        about = _goods_of(words, match)
        end = max([match.end(), *(t.end for t in about)])
        now = _NOW.search(words.text, end, end + _FAR) if about else None
        if now is None:
            continue
        named = {t.id for t in about}
        if any(t.id not in named for t in _goods(words, now.start(), now.start() + _FAR)):
            yield clause_start(words.text, match.start()), now.start()


def _goods_of(words: Words, match: re.Match[str]) -> Sequence[Token]:
    """Goods right behind a word for another time, or those in front of it in its clause."""
    stop = _BREAK.search(words.text, match.end())
    end = min(match.end() + _NEAR, stop.start() if stop else len(words.text))
    behind = [t for t in _goods(words, match.end(), end + _NEAR) if t.start <= end]
    if behind:
        priced = within(words.figures, [(match.end(), behind[0].start)])
        return () if priced else behind[:1]
    return _goods(words, clause_start(words.text, match.start()), match.start())


def _goods(words: Words, start: int, end: int) -> list[Token]:
    return [
        t for t in within(words.tokens, [(start, end)]) if t.kind in GOODS and t.id != DATA_GENERIC
    ]


def _acts(words: Words, start: int, end: int) -> bool:
    return any(t.kind in STANCES for t in within(words.tokens, [(start, end)]))


def _supposed(words: Words) -> Iterator[Span]:
    """要是我股民卖2块你们买吗?逗你们的,还是9毛: up to where the author is in earnest again."""
    text = words.text
    for match in _SUPPOSES.finditer(text):
        real = _REAL.search(text, match.end(), match.end() + _FAR // 2)
        start = clause_start(text, match.start())
        end = real.start() if real else sentence_end(text, match.end())
        stop = _BREAK.search(text, match.end())
        clause = start, min(end, stop.start() if stop else len(text))
        if not (_says(words, clause) and (real or not words.contacts)):
            continue
        if real is None or not words.contacts or _says(words, (end, end + _FAR)):
            yield start, end


def _says(words: Words, span: Span) -> bool:
    """Whether a stretch names goods, a source or a price."""
    if any(f.kind == "price" for f in within(words.figures, [span])):
        return True
    return any(t.kind in GOODS or t.kind == "source" for t in within(words.tokens, [span]))


def _news(words: Words) -> Iterator[Span]:
    """顺丰有人被抓了。我出中通面单: an event, where the author goes on to goods of their own."""
    text = words.text
    for match in _NEWS.finditer(text):
        end = sentence_end(text, match.end())
        own = _goods(words, end, end + _FAR)
        taken = any(t.id in _TAKEN for t in own)
        if not own or (taken and not _acts(words, end, own[0].start)):
            continue
        placed: list[Placed] = [*words.contacts]
        placed += [f for f in words.figures if f.kind == "price"]
        first = max(0, match.start() - _FAR)
        start = max((m.end() for m in SENTENCE.finditer(text, first, match.start())), default=first)
        if any(start <= p.start < end for p in placed) or not any(p.start > end for p in placed):
            continue
        if _TURNS.search(text, end, end + _FAR):
            yield start, end
