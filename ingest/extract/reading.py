"""Reads one text: one scan, a gate, then the grammars."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from ingest.extract.acts import acts_of, only_sells, open_speech, phrases_in
from ingest.extract.acts.notices import closes
from ingest.extract.acts.rules import Opened
from ingest.extract.confidence import MAYBE_LISTING, NO_LISTING
from ingest.extract.deals import may_tell, others_in, tells_of_deal
from ingest.extract.language import language
from ingest.extract.listing import listings_in_steps, read_listings
from ingest.extract.mentions import inside_names, outside_names, read_mentions
from ingest.extract.owners import contact_refs
from ingest.extract.rules import Rules
from ingest.extract.scene import Scene
from ingest.extract.steps import Part, Steps, in_step
from ingest.extract.stretches import LONGEST, merged, stretches
from ingest.records import ContactRef, Listing, Reading, Text
from ingest.text.normalise import Normal
from ingest.text.scan import Hit

_NOTHING: Final = Reading()
_TOGETHER: Final = 4000
_MOST_TOGETHER: Final = 200_000
"""Texts, and code points of them, that pass the stages of the reader together."""
_FIGURE: Final = re.compile(r"[0-9a-z@一二两三四五六七八九十百千万]")
_PAID: Final = re.compile(
    r"[0-9@一二两三四五六七八九十日周月现微电找私加联]"
    r"(?:(?<=[0-9@])|(?<=[一二两三四五六七八九十])[块毛分百千万元个]|(?<=[日周月现])结"
    r"|(?<=微)信|(?<=电)报|(?<=[找私加])我|(?<=联)系)"
)
"""A price, a number or a contact: without one nothing is offered that has no name.

One class in front lets a search pass over all other characters at once.
"""
_NAME_SOLD: Final = re.compile(
    r"[0-9一二两三四五六七八九][毛块分角元]|[0-9]u(?![a-z])|我[有出]|那[批份]|\b(?:set|batch|lot)\b"
)
"""What makes goods of the name of an organisation: 韵达我有 五毛, the Optus set."""


def read_text(text: Text, rules: Rules, *, keep_none: bool) -> Reading:
    """Everything one text gives."""
    return read_texts((text,), rules, keep_none=keep_none)[0]


def read_texts(
    texts: Sequence[Text],
    rules: Rules,
    *,
    keep_none: bool,
    slow: dict[str, float] | None = None,
) -> list[Reading]:
    """Everything each text gives, aligned. `slow`: given the seconds of texts that took long."""
    found: list[Reading] = []
    for some in _batches(texts):
        took: dict[int, float] = {}
        found += in_step([_read(text, rules, keep_none=keep_none) for text in some], took)
        if slow is not None:
            slow.update({some[place].text: seconds for place, seconds in took.items()})
    return found


def _batches(texts: Sequence[Text]) -> Iterator[Sequence[Text]]:
    """The texts in lots that may be laid out in memory at once."""
    start = size = 0
    for number, text in enumerate(texts):
        if number - start >= _TOGETHER or size > _MOST_TOGETHER:
            yield texts[start:number]
            start, size = number, 0
        size += len(text.text)
    if start < len(texts):
        yield texts[start:]


def _read(text: Text, rules: Rules, *, keep_none: bool) -> Steps[Reading]:
    normal, hits = rules.views.view(text.text)
    yield None
    if len(normal.text) > LONGEST:
        reading = _read_long(text, normal, hits, rules)
    else:
        phrases = phrases_in(text, normal, rules.acts)
        yield None
        if _is_read(normal, hits, rules):
            yield None
            reading = yield from _read_scene(text, normal, hits, rules, phrases)
        else:
            yield None
            speech = open_speech(text, normal, rules.acts, phrases)
            acts = acts_of(speech, (), rules.acts, ()) if speech else ()
            reading = Reading(acts=acts) if acts else _NOTHING
    yield reading if reading.listings or not keep_none else _with_none(text, normal, reading)


def opened(batch: Sequence[Text], rules: Rules) -> list[str]:
    """Normal texts of a batch that are worth reading, each once."""
    views = (rules.views.view(text) for text in {text.text for text in batch})
    parts = (part for normal, hits in views for part in stretches(normal, hits))
    return sorted({normal.text for normal, hits in parts if _is_read(normal, hits, rules)})


def _read_long(text: Text, normal: Normal, hits: list[Hit], rules: Rules) -> Reading:
    """A text that is longer than a message is read stretch by stretch, without acts."""
    readings: list[Reading] = []
    contacts: list[ContactRef] = []
    for part, found in stretches(normal, hits):
        if _is_read(part, found, rules):
            scene = Scene(text, part, found, rules)
            readings.append(Reading(read_listings(scene), (), read_mentions(scene.all_tokens)))
            contacts += contact_refs(scene, (), warns=False)
    return merged(readings, contacts, language(text.text, normal))


def _is_read(normal: Normal, hits: list[Hit], rules: Rules) -> bool:
    if hits and _opens(normal.text, hits, rules.opens):
        return True
    if _PAID.search(normal.text):
        return True
    if hits and _NAME_SOLD.search(normal.text) and any(rules.names[hit[0]] for hit in hits):
        return True
    return rules.has_own and rules.own.opens(normal.text, rules.kinds(hits))


def _read_scene(
    text: Text, normal: Normal, hits: list[Hit], rules: Rules, phrases: Opened | None
) -> Part[Reading]:
    """Listings, unless the acts tell of a deal; then mentions and acts keep what they named."""
    scene = yield from Scene.in_steps(text, normal, hits, rules)
    mentions = read_mentions(outside_names(scene.all_tokens, normal.text))
    if not phrases:
        yield None
        return (yield from _read_silent(scene, mentions, rules, phrases))
    speech = open_speech(text, normal, rules.acts, phrases)
    weighed = speech is not None and may_tell(normal.text, speech)
    told = acts_of(speech, (), rules.acts, mentions) if speech and weighed else ()
    scene.others = others_in(told)
    yield None
    listings = yield from listings_in_steps(scene)
    if listings and speech and weighed and tells_of_deal(scene, told, closes=closes(speech)):
        named = inside_names(scene.all_tokens, normal.text)
        goods = (product.id for each in listings for product in each.products)
        kept = (each for each in goods if each not in named)
        mentions, listings = tuple(dict.fromkeys((*kept, *mentions))), ()
        weighed = False
    if speech is None or (weighed and not listings):
        return Reading(listings, told, mentions)
    acts = acts_of(speech, listings, rules.acts, mentions)
    return Reading(listings, acts, mentions)


def _read_silent(
    scene: Scene, mentions: tuple[str, ...], rules: Rules, phrases: Opened | None
) -> Part[Reading]:
    """A text without any phrase of an act: at most a bare yes or a bare price."""
    listings = yield from listings_in_steps(scene)
    if only_sells(listings):
        return Reading(listings, (), mentions)
    speech = open_speech(scene.post, scene.normal, rules.acts, phrases)
    acts = acts_of(speech, listings, rules.acts, mentions) if speech else ()
    return Reading(listings, acts, mentions)


def _opens(text: str, hits: list[Hit], opens: Mapping[int, int]) -> bool:
    """Whether the text may be a listing: an ambiguous word needs a word or a figure beside it."""
    found = [opens[number] for number, _, _ in hits]
    strongest = max(found)
    return strongest == 2 or (strongest == 1 and (len(hits) > 1 or bool(_FIGURE.search(text))))


def _with_none(text: Text, normal: Normal, reading: Reading) -> Reading:
    none = _none(text, normal, bool(reading.mentions))
    return msgspec.structs.replace(reading, listings=(none,))


def _none(text: Text, normal: Normal, goods: bool) -> Listing:
    return Listing(
        post=text.id,
        listing=0,
        text=text.text,
        lang=language(text.text, normal),
        voice=text.voice,
        polarity="none",
        confidence=MAYBE_LISTING if goods else NO_LISTING,
        masked=text.masked,
    )
