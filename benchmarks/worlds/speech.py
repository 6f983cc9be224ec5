"""What people write: a phrase of the trade or of small talk, in the writer's own manner."""

import csv
import re
from collections.abc import Mapping
from functools import cache

from benchmarks.worlds.goods import GOODS, Goods, price_text, quantity_text
from benchmarks.worlds.grammar import GAP, grammar, read
from benchmarks.worlds.model import Person, Venue, Voice
from demo.rng import Rng

PRICE, CONTACT = "\x11", "\x12"
"""Places in the pattern of an advert, filled when it is posted."""
_LONG = 4
_SPACES = re.compile(r"[ ]{2,}")
_GAPS = {"zh": (" ", " ", "，", "  ", "。", "/", "！"), "en": (", ", ". ", " ", " - ", " / ")}
_TAILS = {
    "zh": ("", "", "", "", "~", "。", "！", " 😄", "[抱拳]", "哈", "..."),
    "en": ("", "", "", "", ".", "!", " :)", " 👍", "..."),
}


def voice(languages: tuple[str, ...], rng: Rng) -> Voice:
    """The manner of a new writer."""
    gap = rng.pick(_GAPS[languages[0]])
    ad_gap = rng.pick((gap, gap, "\n", "\n", " | ", "；" if languages[0] == "zh" else "; "))
    tail = rng.pick(_TAILS[languages[0]])
    return Voice(gap, ad_gap, tail, rng.pick((0, 0, 2, 4, 9)))


def tongue(person: Person, venue: Venue) -> str:
    """The language a person writes in a venue."""
    known = person.languages
    return venue.language if venue.language in known else known[0]


@cache
def _typos(language: str) -> tuple[tuple[str, str], ...]:
    rows = csv.DictReader(read("typos.tsv").splitlines(), delimiter="\t")
    return tuple((row["plain"], row["typed"]) for row in rows if row["lang"] == language)


def _mistyped(text: str, language: str, rng: Rng) -> str:
    plain, typed = rng.pick(_typos(language))
    if language == "zh":
        return text.replace(plain, typed, 1)
    return re.sub(rf"\b{plain}\b", typed, text, count=1)


def styled(text: str, manner: Voice, language: str, rng: Rng) -> str:
    """The parts of a phrase joined in a writer's manner, with the odd typo."""
    parts = [part for piece in text.split(GAP) if (part := _SPACES.sub(" ", piece).strip())]
    if language == "zh" or len(parts) >= _LONG:
        joined = (manner.ad_gap if len(parts) >= _LONG else manner.gap).join(parts)
    else:
        joined = ", ".join(parts)
    if rng.chance(3 * manner.typos):
        joined = _mistyped(joined, language, rng)
    return joined + (manner.tail if rng.chance(20) else "")


def kind_word(product: str, language: str, rng: Rng) -> str:
    """A trade word for a kind of goods."""
    return rng.pick(GOODS[product].words[language])


def _others(product: str, language: str, rng: Rng) -> dict[str, str]:
    names = [key for key in GOODS if key != product]
    start = rng.below(len(names))
    names = [names[(start + step) % len(names)] for step in (0, 4, 9)]
    words = [kind_word(name, language, rng) for name in names]
    return {f"kind{number}": word for number, word in enumerate(words, start=2)}


def trade_slots(
    product: str, quantity: int, price: float | None, language: str, rng: Rng
) -> dict[str, str]:
    """The values of a phrase about goods; without a price its place is kept open."""
    goods: Goods = GOODS[product]
    return {
        "kind": kind_word(product, language, rng),
        "qty": quantity_text(quantity, goods, language, rng) if quantity else "",
        "price": PRICE if price is None else price_text(price, goods, language, rng),
        "contact": CONTACT,
        "brand": grammar(f"chatter_{language}").say("brands", rng),
        **_others(product, language, rng),
    }


def small_talk(section: str, language: str, rng: Rng) -> str:
    """A remark that trades nothing."""
    product = rng.pick(tuple(GOODS))
    slots = {"kind": kind_word(product, language, rng)}
    return grammar(f"chatter_{language}").say(section, rng, slots)


def trade_talk(
    section: str,
    language: str,
    slots: Mapping[str, str],
    muted: frozenset[str],
    rng: Rng,
) -> str:
    """A phrase of the trade, its parts still apart."""
    return grammar(language).say(section, rng, slots, muted)
