"""The slots of an English offer: goods, sources, methods, quantities, places and claims."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final, Literal

import msgspec

from ingest.extract.report.numbers import NUMBER, SCALE, value_of
from ingest.extract.report.page import Page
from ingest.extract.report.scene import Scene
from ingest.extract.report.tables import overlaps, table
from ingest.extract.report.words import words
from ingest.records import (
    Cue,
    MethodRef,
    ProductRef,
    Quantity,
    RoleReading,
    Span,
    Unit,
)

_GENERIC: Final = "product/data_generic"
_FOREIGN: Final = "product/citizen_db_foreign"
_DATA: Final = re.compile(rf"\b(?:{words('data', 'en')})\b", re.I)
_QUANTITY: Final = re.compile(
    rf"(?P<digits>{NUMBER})(?P<scale>{SCALE})?"
    rf"(?: (?!(?:per|each|an?|for|yuan|dollars|RMB|USDT|BTC)\b)"
    rf"[\w'&-]+){{0,4}}?"
    r" (?P<unit>records?|entries|rows|lines|contacts|people|individuals|citizens|customers|"
    r"users|members|subscribers|numbers|leads|orders|patients|passengers|guests|profiles|sets?|"
    r"accounts?|logins|credentials|hosts|servers|bots|computers|machines|devices|messages|SMS|"
    r"waybills?|labels?|parcels?|applicants?|borrowers|shoppers|buyers|parents|students|texts|queries|lookups|files|documents|photos|GB|gigabytes|TB|terabytes|cards)\b"
    r"(?P<period> (?:per|a|each) (?P<every>day|week|month)| (?P<adverb>daily|weekly|monthly))?"
    rf"|(?P<size>{NUMBER}) ?(?P<byte>GB|TB)\b"
    rf"|(?P<all>{NUMBER})(?P<all_scale>{SCALE})? in (?:number|all|total)\b",
    re.I,
)
_COUNT: Final = re.compile(rf"(?P<digits>{NUMBER})(?P<scale>{SCALE})? (?:[a-z-]+ )??(?=\w)")
_LEAST: Final = re.compile(
    r"\b(?:minimum(?: order)?(?: of| is| was)?|(?:take|buy|order|purchase)s? (?:of )?at least) $",
    re.I,
)
_UNITS: Final[dict[str, Unit]] = {
    **dict.fromkeys(["accounts", "account", "logins", "credentials"], "account"),
    **dict.fromkeys(["set", "sets"], "set"),
    **dict.fromkeys(["hosts", "servers", "bots", "computers", "machines", "devices"], "host"),
    **dict.fromkeys(["messages", "sms", "texts"], "message"),
    **dict.fromkeys(["queries", "lookups"], "query"),
    **dict.fromkeys(["files", "documents", "photos"], "file"),
    **dict.fromkeys(["gb", "gigabytes", "tb", "terabytes"], "gigabyte"),
}
_PERIODS: Final = {"daily": "day", "weekly": "week", "monthly": "month"}
_TERABYTE: Final = 1000
_COUNTED_NOUN: Final = re.compile(
    r"(?:[ ,]+(?:and|or|the|of)?[ ]?[\w.'-]+){0,4}?[ ](?:operators?|carriers?|citizens?'?|users?|"
    r"customers?|"
    r"businesses|companies|firms|banks?|people|residents|consumers|voters|investors|traders|"
    r"players|"
    r"subscribers|accounts?|phone|mobile|numbers|apps?|applications?|platforms?|websites?|shops?|"
    r"databases?|data|records|nationals|patients|students|government|police|telecom|hospitals?|"
    r"airlines?|hotels?|insurance|borrowers|shoppers|providers?|universit(?:y|ies)|information)",
    re.I,
)
_LANGUAGE: Final = re.compile(
    r"-(?:language|speaking|linked|based|made|run|owned|affiliated)", re.I
)


class Pattern(msgspec.Struct, frozen=True):
    """A row of a rule table: what a phrase stands for."""

    value: str
    regex: re.Pattern[str]
    needs_data: bool = False


@cache
def _patterns(name: str, column: str) -> tuple[Pattern, ...]:
    return tuple(
        Pattern(
            row[column],
            re.compile(rf"(?<![\w])(?:{row['pattern']})(?![\w])", re.I),
            row.get("needs_data") == "y",
        )
        for row in table(name)
    )


def read_goods(scene: Scene, stretches: Sequence[Span]) -> tuple[ProductRef, ...]:
    """What is on offer, the longest phrase at each place; generic data only where nothing else."""
    page = scene.page
    found: list[tuple[int, int, str]] = []
    for start, end in stretches:
        data = bool(_DATA.search(page.view, start, end))
        for rule in _patterns("goods_en.tsv", "id"):
            if data or not rule.needs_data:
                found.extend(
                    (m.start(), -m.end(), rule.value)
                    for m in rule.regex.finditer(page.view, start, end)
                )
    found.extend((s, -e, i) for s, e, i in _terms_in(scene, stretches))
    found = [row for row in found if not overlaps((row[0], -row[1]), scene.markets)]
    exact = _leftmost([row for row in found if row[2] != _GENERIC])
    chosen = exact or _leftmost(found)[:1]
    return tuple(ProductRef(i, page.quote((s, e)), (s, e)) for s, e, i in chosen)


def _terms_in(scene: Scene, stretches: Sequence[Span]) -> Iterator[tuple[int, int, str]]:
    for start, end in stretches:
        for hit in scene.terms.goods.scan_in(scene.page, start, end):
            yield *hit.span, hit.entry


def _leftmost(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Leftmost, then longest, none overlapping; each id and quote once."""
    chosen: list[tuple[int, int, str]] = []
    done = 0
    for start, minus_end, value in sorted(found):
        if start >= done:
            done = -minus_end
            chosen.append((start, done, value))
    return chosen


def read_methods(
    page: Page, stretches: Sequence[Span], goods: Sequence[ProductRef]
) -> tuple[MethodRef, ...]:
    """How the data is said to be got; a word inside a service on offer is goods, no method."""
    services = [item.span for item in goods if item.id.startswith("service/")]
    found: dict[str, MethodRef] = {}
    for start, end in stretches:
        for rule in _patterns("methods_en.tsv", "id"):
            for match in rule.regex.finditer(page.view, start, end):
                if not overlaps(match.span(), services):
                    known = found.get(rule.value)
                    if known is None or match.start() < known.span[0]:
                        found[rule.value] = MethodRef(
                            rule.value, page.quote(match.span()), match.span()
                        )
    return tuple(sorted(found.values(), key=lambda method: method.span))


def read_quantities(
    page: Page, stretches: Sequence[Span], goods: Sequence[ProductRef]
) -> tuple[Quantity, ...]:
    """How much is on offer: a number with its unit, or right in front of the goods."""
    found: list[Quantity] = []
    for start, end in stretches:
        for match in _QUANTITY.finditer(page.view, start, end):
            # "at least 1,000 records" is a minimum order and belongs to the price.
            if not _LEAST.search(page.view, max(start, match.start() - 40), match.start()):
                found.append(_quantity(page, match))
        taken = [quantity.span for quantity in found]
        for match in _COUNT.finditer(page.view, start, end):
            item = next((one for one in goods if one.span[0] == match.end()), None)
            if item and not overlaps(match.span(), taken):
                found.append(_quantity_of(page, match, item))
    return tuple(sorted(found, key=lambda quantity: quantity.span))


def _quantity_of(page: Page, match: re.Match[str], item: ProductRef) -> Quantity:
    last = item.quote.rsplit(maxsplit=1)[-1].lower()
    value, span = value_of(match["digits"], match["scale"]), (match.start(), item.span[1])
    return Quantity(value, _UNITS.get(last, "record"), None, page.quote(span), span)


def _quantity(page: Page, match: re.Match[str]) -> Quantity:
    written = (match["unit"] or match["byte"] or "").lower()
    digits = match["digits"] or match["size"] or match["all"]
    value = value_of(digits, match["scale"] or match["all_scale"])
    if written in ("tb", "terabytes"):
        value *= _TERABYTE
    period = match["every"] or _PERIODS.get((match["adverb"] or "").lower())
    return Quantity(
        value,
        _UNITS.get(written, "record"),
        msgspec.convert(period.lower() if period else None, Literal["day", "week", "month", None]),
        page.quote(match.span()),
        match.span(),
    )


def read_claim(page: Page, stretches: Sequence[Span], slot: str) -> str | None:
    """The first value of a claim that the text words; rows of `data/claims_en.tsv` in order."""
    rows = table("claims_en.tsv")
    for row, rule in zip(rows, _patterns("claims_en.tsv", "value"), strict=True):
        if row["slot"] == slot and any(rule.regex.search(page.view, *s) for s in stretches):
            return rule.value
    return None


def read_jurisdictions(scene: Scene, stretches: Sequence[Span]) -> tuple[str, ...]:
    """Countries named, and those of "Canadian businesses"; not those of a language or a forum."""
    view = scene.page.view
    codes: dict[str, None] = {}
    for start, end in stretches:
        for place in scene.places_in(start, end):
            if _LANGUAGE.match(view, place.span[1]):
                continue
            if not place.adjective or _COUNTED_NOUN.match(view, place.span[1]):
                codes[place.code] = None
    return tuple(codes)


def drop_own_citizens(
    goods: Sequence[ProductRef], jurisdictions: Sequence[str]
) -> tuple[ProductRef, ...]:
    """Data on Chinese citizens is no foreign database."""
    if tuple(jurisdictions) != ("CN",):
        return tuple(goods)
    return tuple(
        msgspec.structs.replace(item, id=_GENERIC) if item.id == _FOREIGN else item
        for item in goods
    )


_SURE: Final = 0.6


def read_roles(page: Page, stretches: Sequence[Span]) -> tuple[RoleReading, ...]:
    """Roles that the words about the actor claim, best first; access to insiders makes none."""
    cues: dict[str, list[Cue]] = {}
    for row, rule in zip(
        table("report_cues.tsv"), _patterns("report_cues.tsv", "role"), strict=True
    ):
        for stretch in stretches:
            match = rule.regex.search(page.view, *stretch)
            if match:
                cue = Cue(page.quote(match.span()), match.span(), float(row["weight"]))
                cues.setdefault(rule.value, []).append(cue)
                break
    readings = [_reading(role, found) for role, found in cues.items()]
    return tuple(sorted(readings, key=lambda reading: (-reading.score, reading.role)))


def _reading(role: str, cues: list[Cue]) -> RoleReading:
    score = round(1 / (1 + math.exp(-sum(cue.weight for cue in cues))), 2)
    return RoleReading(role, "medium" if score >= _SURE else "low", score, tuple(cues))
