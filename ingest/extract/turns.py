"""Who speaks in which lines of a copied talk: 阿豪:六毛收过, me: mine is nine."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.extract.spans import Span, within
from ingest.extract.tokens import Token
from ingest.lexicon.frames import frame
from ingest.lexicon.wordings import wording

_LABEL: Final = re.compile(
    r"(?m:^)[ \t]{0,2}(?:[\[(]?\d{1,2}:\d{2}(?::\d{2})?[\])]?[ \t]?)?"
    r"(?:<(?P<nick>[^<>\n]{1,20})>"
    r"|(?P<name>[^\s:,;。!?<>\d\n@][^:,;。!?<>\d\n@]{0,11}?)[ \t]?:(?!//))"
)
_SELF: Final = frame("turn_of_self")
_ENTERS: Final = frame("turn_enters")
_SPEAKER: Final = wording("speaker")
_SEVERAL: Final = 2
_SAYS: Final = "说道问答回讲喊"
"""What ends the label of a speaker whose name may be goods as well (店主说)."""
_OF_NAMES: Final = frozenset({"quoted", "rival", "people_word", "role", "noise", "past"})


def turns_of_others(text: str, tokens: Sequence[Token]) -> Iterator[Span]:
    """Lines of a talk that others say; its author has a line that says I, or the last one."""
    if "\n" not in text or (":" not in text and "<" not in text):
        return
    labels = list(_LABEL.finditer(text))
    own = [m for m in labels if _SELF.fullmatch(m["nick"] or m["name"])]
    if own:
        yield from _beside(text, labels, own, tokens)
        return
    spoken = list(_SPEAKER.finditer(text))
    if len(spoken) < _SEVERAL:
        return
    end = text.find("\n", spoken[-1].end())
    if end >= 0 and _ENTERS.match(text, end + 1):
        yield spoken[0].start(), end


def _beside(
    text: str,
    labels: Sequence[re.Match[str]],
    own: Sequence[re.Match[str]],
    tokens: Sequence[Token],
) -> Iterator[Span]:
    """Turns beside the author's: from the label of another to the next label or unlabelled line.

    A label that names goods, a field or an origin heads a row of a list.
    """
    mine = {m.start() for m in own}
    for match in labels:
        if match.start() in mine:
            continue
        place = match.span("nick") if match["nick"] else match.span("name")
        named = within(tokens, [place]) if match["name"] else []
        if text[place[1] - 1] not in _SAYS and any(t.kind not in _OF_NAMES for t in named):
            continue
        end = text.find("\n", match.end())
        yield match.start(), len(text) if end < 0 else end
