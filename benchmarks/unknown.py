"""False links once one thing of a text is named by a word that no lexicon holds.

In each annotated text in which things stand side by side, one of its goods, one source, the label
of a contact, a word that tells of others or what is said of goods gives way to an invented word.
What is said of the rest stays as annotated: the amount, source or contact of what is unknown now
belongs to nobody.

`python -m benchmarks.unknown` prints how many texts have a false link, by what is unknown and by
pairs of slots; `--errors` prints each text with one that it has not as written.
"""

import sys
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from benchmarks import gold
from benchmarks.extraction import held_by
from ingest.extract import Rules
from ingest.extract.scene import Scene
from ingest.extract.tokens import GOODS
from ingest.lexicon.wordings import wording
from ingest.records import Span, Text

_HAN: Final = ("鸢布", "嘟浪", "泽皮仔", "叽粒", "笃蓬", "椰冈", "馁斗", "嗑朵子", "缇瓮", "仄蒲")
_LATIN: Final = ("vorbels", "quandrix", "melkops", "tizzarns", "ombrelks", "jarvoks")
_SIGNS: Final = ("🪺", "🧿", "🪗", "🦩", "🪁", "🥏")
_EVERY: Final = 5
"""In one of so many texts the stand-in is a picture."""
_TELLING: Final = frozenset({"rival", "quoted", "past"})
_BESIDE: Final = frozenset({"quality", "sell", "geo"})
BESIDE: Final = "beside"
"""The role of words that are said of goods and name none: their amounts stay with these."""
_TOLD: Final = tuple(map(wording, ("rival_named", "told_sells", "told_says")))
_COMMON: Final = 20
_LAST_HAN: Final = "\u9fff"
_FIRST_HAN: Final = "\u4e00"


class Variant(msgspec.Struct, frozen=True):
    """A text with one thing unknown; `role`: what that is."""

    role: str
    relation: gold.Relation


def variants(relation: gold.Relation, rules: Rules) -> Iterator[Variant]:
    """The text with each of its goods and sources, contacts' labels and others' words unknown."""
    scene = _scene(relation.text, rules)
    for role, slot, kinds in (("goods", "products", GOODS), ("source", "sources", {"source"})):
        ids = sorted({t.id for t in scene.all_tokens if t.kind in kinds})
        for name in ids:
            places = [
                (t.start, t.end) for t in scene.all_tokens if t.kind in kinds and t.id == name
            ]
            changed = _without(relation, (slot, name), _replaced(scene, places, relation.id))
            if (slot, name) in _named(relation) and changed.false:
                yield Variant(role, changed)
    aside = [t for t in scene.all_tokens if t.kind in _BESIDE]
    others = (
        ("label", _labels(scene, rules)),
        ("telling", _told(scene)),
        *((BESIDE, [(t.start, t.end)]) for t in aside),
    )
    for role, places in others:
        if places and relation.false:
            text = _replaced(scene, places, relation.id)
            yield Variant(role, msgspec.structs.replace(relation, text=text))


def _scene(text: str, rules: Rules) -> Scene:
    normal, hits = rules.views.view(text)
    return Scene(Text("", text), normal, hits, rules)


def _named(relation: gold.Relation) -> set[tuple[str, object]]:
    return {side for pair in (*relation.true, *relation.false) for side in pair}


def _without(relation: gold.Relation, gone: tuple[str, str], text: str) -> gold.Relation:
    """The pairs that do not name what is unknown."""
    false = tuple(pair for pair in relation.false if gone not in pair)
    true = tuple(pair for pair in relation.true if gone not in pair)
    return gold.Relation(relation.id, relation.kind, text, false, true)


def _labels(scene: Scene, rules: Rules) -> list[Span]:
    """Labels right in front of the ids of contacts: the plane of `plane@name`."""
    found: list[Span] = []
    cues = sorted((c.cue for c in rules.lexicon.contact_cues), key=len, reverse=True)
    for contact in scene.contacts:
        place = scene.text.lower().find(contact.value, contact.start, contact.end)
        left = scene.text[:place].rstrip(" :=@") if place >= 0 else ""
        cue = next((c for c in cues if len(c) > 1 and left.endswith(c)), None)
        if cue:
            found.append((len(left) - len(cue), len(left)))
    return found


def _told(scene: Scene) -> list[Span]:
    """Words that tell of others or of another time, the first only."""
    found = [(t.start, t.end) for t in scene.all_tokens if t.kind in _TELLING]
    found += [m.span() for words in _TOLD for m in words.finditer(scene.text)]
    return sorted(found)[:1]


def _replaced(scene: Scene, places: Sequence[Span], name: str) -> str:
    """The text as written with one stand-in at some places of the normal text."""
    text = scene.post.text
    for start, end in sorted(set(places), reverse=True):
        _, (first, last) = scene.written(start, end)
        text = text[:first] + _stand_in(text[first:last], name) + text[last:]
    return text


def _stand_in(written: str, name: str) -> str:
    number = zlib.crc32(name.encode())
    han = any(_FIRST_HAN <= char <= _LAST_HAN for char in written)
    words: tuple[str, ...] = _SIGNS if number % _EVERY == 0 else _HAN if han else _LATIN
    return words[number // _EVERY % len(words)]


class Outcome(msgspec.Struct, frozen=True):
    """A variant as read: the false pairs that hold, those that do not as written, right ones."""

    variant: Variant
    false: list[gold.Pair]
    added: list[gold.Pair]
    right: int


def outcomes(relations: Sequence[gold.Relation], rules: Rules) -> list[Outcome]:
    """Every variant of some texts, read."""
    made = [(r, v) for r in relations for v in variants(r, rules)]
    before = dict(zip((r.id for r in relations), held_by(relations, rules), strict=True))
    after = held_by([v.relation for _, v in made], rules)
    found: list[Outcome] = []
    for (relation, variant), (false, right) in zip(made, after, strict=True):
        known = before[relation.id][0]
        found.append(Outcome(variant, false, [p for p in false if p not in known], len(right)))
    return found


def table(found: Sequence[Outcome]) -> Iterator[str]:
    """Rows of a Markdown table, one a role."""
    yield "| unknown | texts | with a false link | not so as written | right pairs | found |"
    yield "| --- |" + " ---: |" * 5
    for role in (*dict.fromkeys(o.variant.role for o in found), "all"):
        some = [o for o in found if role in {o.variant.role, "all"}]
        cells = (
            len(some),
            sum(bool(o.false) for o in some),
            sum(bool(o.added) for o in some),
            sum(len(o.variant.relation.true) for o in some),
            sum(o.right for o in some),
        )
        yield f"| {role} | {' | '.join(map(str, cells))} |"


def commonest(found: Sequence[Outcome]) -> Iterator[str]:
    """Texts by kind, and pairs by their slots, where the unknown adds a false link."""
    kinds = Counter(o.variant.relation.kind for o in found if o.added)
    slots = Counter(" - ".join(sorted({a[0], b[0]})) for o in found for a, b in o.added)
    yield ", ".join(f"{kind} {number}" for kind, number in kinds.most_common(_COMMON))
    yield ", ".join(f"{pair} {number}" for pair, number in slots.most_common(_COMMON))


def errors(found: Sequence[Outcome]) -> Iterator[str]:
    """Each text in which the unknown adds a false link."""
    for each in found:
        if each.added:
            relation = each.variant.relation
            yield f"{relation.id} {relation.kind} {each.variant.role}\n  {relation.text!r}"
            yield f"  false {each.added}\n  true {relation.true}"


def main() -> None:
    """Print the table, or the texts."""
    found = outcomes(gold.relations("development"), Rules.load())
    if "--errors" in sys.argv[1:]:
        print("\n".join(errors(found)))
        return
    print("\n".join([*table(found), "", *commonest(found)]))


if __name__ == "__main__":
    main()
