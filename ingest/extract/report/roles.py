"""General statements about a role of the trade: who does what, as a report describes the chain."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from ingest.extract.report.findings import RoleFinding
from ingest.extract.report.page import Line, Page, Sentence
from ingest.extract.report.tables import table

_SAYS: Final = re.compile(
    r"(?:,? (?:such as|like|including) [^.;]{0,80}?)?[,;:]? ?(?:\([^()]{0,60}\) ?)?"
    r"(?:,[^.;]{0,160}?,? )?(?:who|which|that|also|then|usually|typically|often|sometimes|"
    r"mostly|generally|mainly|in turn|"
    r"are|is|act|acts|serve|serves|work|works|take|takes|receive|receives|profit|profits|buy|buys|"
    r"sell|sells|purchase|purchases|hold|holds|pay|pays|connect|connects|provide|provides|need|"
    r"needs|"
    r"require|requires|order|orders|recruit|recruits|obtain|obtains|steal|steals|extract|extracts|"
    r"use|uses|run|runs|earn|earns|make|makes|gain|gains|collect|collects|can|may|offer|offers|"
    r"arrange|arranges|match|matches|advertise|advertises|clean|cleans|process|processes|charge|"
    r"charges|keep|keeps|release|releases|look|looks|give|gives|pass|passes|resell|resells|"
    r"commission|commissions|instruct|instructs|command|commands|host|hosts)\b"
)
_JOIN: Final = re.compile(r"(?:,? and |,? or |/|, )")
_LEAD: Final = re.compile(
    r"(?:(?:The|A|An|Some|Most|Such|Other|Many|Underground|So-called|Main) )?"
)
_ANAPHORA: Final = re.compile(
    r"(?:These|Those|Such) (?:individuals|people|actors|persons|players|parties|groups|roles)\b"
)
_PAST: Final = re.compile(
    r"\b(?:arrested|detained|sentenced|charged|apprehended|offered|advertised|was|were|said|told)\b"
)
_ZH_SAYS: Final = re.compile(
    r"(?:[(][^()]{0,30}[)])?(?:通常|一般|往往|主要|则|多|是|也|们|,|,)*(?:负责|从中|通过|向|指|是指|充当|提供|赚取|抽取|购买|利用|"
    r"发布|担任|收取|居中|获取|窃取|导出|需要|下单|寻找|对接|撮合|用于|将|为)"
)


@cache
def _heads(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    flags = re.I if lang == "en" else 0
    edge = r"\b" if lang == "en" else ""
    return tuple(
        (row["role"], re.compile(rf"(?:{row['pattern']}){edge}", flags))
        for row in table("role_heads.tsv")
        if row["lang"] == lang
    )


def read_roles(page: Page, line: Line) -> Iterator[RoleFinding]:
    """One finding a role that a sentence speaks of in general; "these individuals" goes on."""
    before: list[str] = []
    for sentence in line.sentences:
        lang = "zh" if sentence.chinese else "en"
        roles, end = _subjects(page.view, sentence, lang)
        if not roles and before and _ANAPHORA.match(page.view, sentence.start):
            roles = before
        elif not roles or not _general(page.view, sentence, end, lang):
            before = []
            continue
        before = roles
        span = sentence.start, sentence.end
        for role in dict.fromkeys(roles):
            quote = page.quote(span)
            yield RoleFinding(text=quote, quote=quote, span=span, role=role, says=quote)


def _subjects(view: str, sentence: Sentence, lang: str) -> tuple[list[str], int]:
    """The roles that a sentence begins with ("Insiders or hackers"), and where they end."""
    lead = _LEAD.match(view, sentence.start)
    at = lead.end() if lead and lang == "en" else sentence.start
    roles: list[str] = []
    while True:
        found = max(
            ((match.end(), role) for role, head in _heads(lang) if (match := head.match(view, at))),
            default=None,
        )
        if found is None:
            return roles, at
        roles.append(found[1])
        end = found[0]
        join = (
            _JOIN.match(view, end) if lang == "en" else re.compile(r"[、和或与及]").match(view, end)
        )
        if join is None:
            return roles, end
        at = join.end()
        if not any(head.match(view, at) for _, head in _heads(lang)):
            return roles, end


def _general(view: str, sentence: Sentence, end: int, lang: str) -> bool:
    """Whether what follows says what such people do, not what one of them did."""
    if lang == "zh":
        return bool(_ZH_SAYS.match(view, end, sentence.end))
    if not _SAYS.match(view, end, sentence.end):
        return False
    return not _PAST.search(view, end, min(sentence.end, end + 30))
