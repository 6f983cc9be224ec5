"""Accusations of a named account, handle or contact."""

import re
from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Final

from ingest.extract.contacts import Contact
from ingest.extract.scene import Scene
from ingest.extract.spans import Span, SpanIndex, within
from ingest.extract.tokens import DATA_GENERIC, GOODS, Token
from ingest.lexicon.frames import frame, frame_words
from ingest.lexicon.wordings import wording

_WINDOW: Final = 60
_HEADING: Final = 14
_ACTS: Final = frozenset({"sell", "buy", "swap", "recruit", "first_person", "own"})
_SELF: Final = frame("speaks_of_self")
_TURNS: Final = frame("turns_to_own")
_CLAUSE: Final = re.compile(r"[,;!?。\n()]|\.(?!\d)")
_SENTENCE: Final = re.compile(r"[;!?。\n()]|\.(?!\d)")
_ADVICE: Final = frame_words("advice")
_OWN: Final = frame("own_contact")
_DENIED: Final = frame("accusation_denied")
_STORY: Final = wording("accusation_story")
"""What somebody did to the author, or what others shall do with them, told in any words."""
_VICTIM: Final = frame("accusation_victim")
_DEAL: Final = wording("accusation_deal")
_DEALT: Final = GOODS | {"accuse", "escrow", "data_word", "trade", "method"}
_HANDLES: Final = frozenset(
    ["telegram", "qq", "qq_group", "wechat", "batchat", "potato", "safew", "wickr", "jabber",
     "session", "signal", "discord", "btc", "eth", "trx", "whatsapp"]
)  # fmt: skip
_IN_GENERAL: Final = re.compile("的[^\\s,。!;@]")
_LIST: Final = frame("contact_list")
_RULES: Final = frame_words("rule_of_shop")
_JUDGE: Final = frame("accusation_judge")
"""In front of a contact: who is told of it."""
_SUPPOSED: Final = frame("accusation_supposed")
"""In front of a story that is nobody's: 谁收了钱不发货, if a seller takes your money."""

_CURSE: Final = frame("cheats_cursed")
"""Behind a word for cheats in an ad: they are told to keep away, nobody is accused."""


def accused_contacts(scene: Scene) -> list[Contact]:
    """Contacts that the post accuses; empty where nobody named is accused."""
    stated = scene.others.accused
    stories = _stories(scene)
    if "accuse" not in scene.kinds and not stated and not stories:
        return []
    places = [
        (t.start, t.end)
        for t in scene.tokens
        if t.kind == "accuse"
        and not scene.is_negated(t.start, t.end)
        and not _DENIED.search(scene.text[max(0, t.start - 24) : t.start])
        and not (scene.kinds & GOODS and _CURSE.match(scene.text, t.end))
        and not _of_nobody(scene, t)
        and not _is_rule(scene, t)
    ]
    places += stories
    if not (places or stated) or _official(scene):
        return []
    scopes = SpanIndex(_scope(scene, place) for place in places)
    if not _advertises(scene, scopes):
        scopes = SpanIndex(_around(scene, place) for place in places)
    accused = [
        c
        for c in scene.contacts
        if c.value in stated or (scopes.overlaps(c.start, c.end) and not _own(scene, c))
    ]
    sold = any(t.kind == "own" for t in scene.tokens) and not accused
    return [] if sold else _listed(scene, accused, places)


def _listed(scene: Scene, accused: list[Contact], places: Sequence[Span]) -> list[Contact]:
    """避雷名单:微信甲,QQ乙: what is named in one breath behind such a head is accused together."""
    found = list(accused)
    for before, contact in pairwise(scene.contacts):
        if before not in found or contact in found or _own(scene, contact):
            continue
        heads = any(
            end <= before.start and ":" in scene.text[end : before.start] for _, end in places
        )
        if heads and _LIST.fullmatch(scene.text, before.end, contact.start):
            found.append(contact)
    return found


def _stories(scene: Scene) -> list[Span]:
    """What somebody did in a deal; in an ad only what was done to its author."""
    text = scene.text
    if not _STORY.may_stand_in(text) or _HANDLES.isdisjoint(c.kind for c in scene.contacts):
        return []
    found = [m.span() for m in _STORY.finditer(text) if not _supposed(scene, m)]
    if not found or not (scene.kinds & _DEALT or _DEAL.search(text)):
        return []
    goods = scene.kinds & GOODS
    if goods and (scene.kinds & _ACTS or any(f.kind == "price" for f in scene.figures)):
        return [(start, end) for start, end in found if _VICTIM.search(text, start, end)]
    return found


def _supposed(scene: Scene, story: re.Match[str]) -> bool:
    """Whether a story is denied, supposed or told of people in general."""
    start, end = story.span()
    return (
        scene.is_negated(start, end)
        or _SUPPOSED.search(scene.text[max(0, start - 16) : start]) is not None
        or _IN_GENERAL.match(scene.text, end) is not None
    )


def _is_rule(scene: Scene, token: Token) -> bool:
    """死卡包换,不退款: a rule of the shop beside its goods and prices."""
    if scene.text[token.start : token.end] not in _RULES or scene.kinds.isdisjoint(GOODS):
        return False
    return any(f.kind == "price" for f in scene.figures)


def _of_nobody(scene: Scene, token: Token) -> bool:
    """隔壁卖的都是洗过的: what is said of a rival who is not named accuses no contact."""
    told = scene.aside.told
    if not told.covers(token.start, token.end):
        return False
    return not any(told.overlaps(c.start, c.end) for c in scene.contacts)


def told_of_accused(scene: Scene, accused: Sequence[Contact]) -> SpanIndex:
    """The stretches of an ad that accuse somebody; empty without an accusation."""
    if not accused:
        return SpanIndex(())
    places = [(t.start, t.end) for t in scene.tokens if t.kind == "accuse"]
    own = len({c.value for c in accused}) < len({c.value for c in scene.contacts})
    told = [_told_to(scene, _scope(scene, place), turns=own) for place in places]
    return SpanIndex([*told, *((c.start, c.end) for c in accused)])


def _told_to(scene: Scene, scope: Span, *, turns: bool) -> Span:
    """The story goes on to the end of the sentence, unless the author turns to the goods again.

    Where nobody but the accused can be reached, goods in that sentence are theirs.
    """
    stop = _SENTENCE.search(scene.text, scope[1])
    end = stop.start() if stop else len(scene.text)
    goods = within(scene.tokens, [(scope[1], end)]) if turns else ()
    places = [t.start for t in goods if t.kind in GOODS | _ACTS]
    own = _SELF.search(scene.text, scope[1], end)
    return scope[0], min([end, *places, *([own.start()] if own else [])])


def _advertises(scene: Scene, scopes: SpanIndex) -> bool:
    """Whether goods with a price or an act, and a contact of the author, stand apart."""

    def apart(kinds: frozenset[str]) -> bool:
        return any(
            t.kind in kinds and t.id != DATA_GENERIC and not scopes.overlaps(t.start, t.end)
            for t in scene.tokens
        )

    if scene.kinds.isdisjoint(GOODS):
        return False
    reach = [c for c in scene.contacts if not scopes.overlaps(c.start, c.end)]
    priced = any(f.kind == "price" and not scopes.overlaps(f.start, f.end) for f in scene.figures)
    if not apart(GOODS):
        return priced and (any(map(partial(_own, scene), reach)) or _turns(scene, scopes, reach))
    speaks = any(not scopes.overlaps(*m.span()) for m in _SELF.finditer(scene.text))
    return bool((priced and (reach or speaks)) or (reach and (speaks or apart(_ACTS))))


def _turns(scene: Scene, scopes: SpanIndex, reach: Sequence[Contact]) -> bool:
    """A buddy got scammed for $500. Mine: $20, @name: a sentence about the author's own goods."""
    for match in _SENTENCE.finditer(scene.text):
        start = match.end() + scene.text.startswith(" ", match.end())
        if not scopes.overlaps(start, start + 1) and _TURNS.match(scene.text, start):
            return bool(within(reach, [(start, len(scene.text))]))
    return False


def _around(scene: Scene, place: Span) -> Span:
    """The scope of an accusation if it holds a contact, else a window."""
    start, end = _scope(scene, place)
    held = any(c.start < end and start < c.end for c in scene.contacts)
    return (start, end) if held else (place[0] - _WINDOW, place[1] + _WINDOW)


def _below(scene: Scene, place: Span) -> Span | None:
    """黑名单 alone on its line: the lines below up to one without a contact or with goods."""
    text = scene.text
    end = text.find("\n", place[1])
    head = text[text.rfind("\n", 0, place[0]) + 1 : max(end, 0)]
    if end < 0 or len(head) > _HEADING:
        return None
    stop = end
    while stop < len(text):
        line = stop + 1, (text + "\n").find("\n", stop + 1)
        if not within(scene.contacts, [line]) or any(
            t.kind in GOODS for t in within(scene.tokens, [line])
        ):
            break
        stop = line[1]
    return (place[0], stop) if stop > end else None


def _scope(scene: Scene, place: Span) -> Span:
    """The clause of an accusation if it holds a contact, else the sentence."""
    if scene.contacts and (below := _below(scene, place)):
        return below
    for sign in (_CLAUSE, _SENTENCE):
        start = place[0]
        while start and not sign.match(scene.text, start - 1):
            start -= 1
        stop = sign.search(scene.text, place[1])
        end = stop.start() if stop else len(scene.text)
        if sign is _SENTENCE or any(c.start < end and start < c.end for c in scene.contacts):
            break
    return start, end


def _official(scene: Scene) -> bool:
    return any(
        t.kind == "official" and scene.text[t.start : t.end] not in _ADVICE for t in scene.tokens
    )


def _own(scene: Scene, contact: Contact) -> bool:
    before = scene.text[max(0, contact.start - 16) : contact.start]
    return bool(_OWN.search(before) or _JUDGE.search(before))
