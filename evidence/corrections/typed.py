"""Values as a person types them, read strictly: what is not understood is refused with a list."""

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, NoReturn, get_args

import msgspec

from evidence.corrections.codes import (
    CONTACT_KINDS,
    CURRENCIES,
    OWNERS,
    PER,
    PERIODS,
    SOURCE_KINDS,
    UNITS,
    Period,
)
from evidence.corrections.names import Names
from evidence.corrections.slots import TYPES, SlotValue, span_of
from evidence.errors import UsageError
from graph.schema import ROLES
from ingest.records import (
    ContactRef,
    Cue,
    EscrowRef,
    MethodRef,
    Owner,
    Price,
    ProductRef,
    Quantity,
    RoleReading,
    SourceClaim,
    SourceKind,
    Span,
    Unit,
)

SHOWN: Final = 12
LONGEST: Final = 300
# The weight of a strong cue; what a listing says of itself is medium at most (roles.md).
CUE_WEIGHT: Final = 2.0
_NUMBER = re.compile(r"(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,8})?", re.ASCII)


class Words(msgspec.Struct, frozen=True):
    """Where a value stands: the quote and its span."""

    quote: str
    span: Span


def parse(slot: str, text: str, names: Names, at: Words, old: SlotValue | None) -> SlotValue:
    """The value of a slot that `text` states, standing at these words. Raises UsageError."""
    given = " ".join(unicodedata.normalize("NFKC", text).split())
    if not given or len(given) > LONGEST or not given.isprintable():
        raise UsageError(f"--set for {slot} is empty, too long or does not show", hint=form(slot))
    match slot:
        case "products":
            return ProductRef(_named(slot, given, names), at.quote, at.span)
        case "methods":
            return MethodRef(_named(slot, given, names), at.quote, at.span)
        case "escrow":
            id_ = _named(slot, given, names)
            return EscrowRef(id_, id_ != "escrow/generic", at.quote, at.span)
        case "sources":
            return _source(given, names, at, old)
        case "quantities":
            return _quantity(given, at)
        case "prices":
            return _price(given, at)
        case "contacts":
            return _contact(given, at, old)
        case "roles":
            return _role(_named(slot, given, names), at, old)
        case "jurisdictions" | "fields":
            return _named(slot, given, names)
    return _choice(slot, given.casefold(), get_args(TYPES[slot]))


def form(slot: str) -> str:
    """How a value of a slot is written."""
    known = {
        "products": "an id such as product/stock_leads, or its name",
        "methods": "a code such as operator_dpi, or its name",
        "escrow": "an id such as escrow/huione, or escrow/generic",
        "sources": f"[KIND] [ORG] [cardinality N]; KIND: {', '.join(SOURCE_KINDS)}; "
        "ORG: an id such as org/operator/cn/china_unicom, its name, or - where it is not named",
        "quantities": f"NUMBER UNIT[/PERIOD], such as 50000 record/day; UNIT: "
        f"{', '.join(UNITS)}; PERIOD: {', '.join(PERIODS)}",
        "prices": "NUMBER CURRENCY[/PER] [min NUMBER], such as 0.5 CNY/record min 500, "
        f"or 3 percent; PER: {', '.join(PER)}",
        "contacts": f"KIND:VALUE [owner OWNER], such as telegram:demo_name owner seller; "
        f"KIND: {', '.join(CONTACT_KINDS)}; OWNER: {', '.join(OWNERS)}",
        "roles": f"one of {', '.join(ROLES)}",
        "jurisdictions": "an ISO 3166 code of two letters such as CN, SEA, or a name",
        "fields": "a code such as phone, or its name",
    }
    return f"{slot}: {known.get(slot) or 'one of ' + ', '.join(get_args(TYPES[slot]))}"


def refuse(what: str, given: str, allowed: Iterable[str], hint: str) -> NoReturn:
    """Says what is allowed, the nearest first. Raises UsageError."""
    choices = list(allowed)
    folded = {each.casefold(): each for each in choices}
    near = difflib.get_close_matches(given.casefold()[:LONGEST], folded, n=3, cutoff=0.5)
    guess = f"; did you mean {' or '.join(folded[each] for each in near)}?" if near else ""
    raise UsageError(f"{what} {given!r} is unknown{guess}", hint=hint)


def _choice(what: str, given: str, allowed: Sequence[str]) -> str:
    if given not in allowed:
        refuse(what, given, allowed, f"Choose {', '.join(allowed)}.")
    return given


def _named(slot: str, given: str, names: Names) -> str:
    found = names.ids(slot, given)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"{given!r} may mean {', '.join(found[:SHOWN])}", hint="Give one of these ids."
        )
    refuse(slot, given, names.known(slot), form(slot))


def _number(what: str, given: str) -> int | float:
    if not _NUMBER.fullmatch(given):
        raise UsageError(f"{what} {given!r} is no number", hint="Write it in digits: 50000 or 0.5.")
    value = float(given.replace(",", ""))
    if not math.isfinite(value):
        raise UsageError(f"{what} {given!r} is out of range", hint="Write it in digits.")
    return int(value) if value == int(value) else value


def _quantity(given: str, at: Words) -> Quantity:
    amount, _, unit = given.partition(" ")
    unit, _, period = unit.replace(" ", "").partition("/")
    if not unit:
        raise UsageError(f"quantity {given!r} has no unit", hint=form("quantities"))
    return Quantity(
        _number("quantity", amount),
        msgspec.convert(_choice("unit", unit, UNITS), Unit),
        msgspec.convert(_choice("period", period, PERIODS) if period else None, Period | None),
        at.quote,
        at.span,
    )


def _price(given: str, at: Words) -> Price:
    words = given.replace("/ ", "/").replace(" /", "/").replace("%", " percent").split()
    least = None
    if len(words) > 2 and words[-2] == "min":
        least = _number("minimum", words[-1])
        words = words[:-2]
    if len(words) != 2:
        raise UsageError(f"price {given!r} is not understood", hint=form("prices"))
    value = _number("price", words[0])
    if words[1] == "percent":
        return Price(value, None, "percent", least, at.quote, at.span)
    currency, slash, per = words[1].partition("/")
    coin = None if currency == "-" else _currency(currency)
    unit = _choice("per", per, PER) if slash else None
    return Price(value, coin, unit, least, at.quote, at.span)


def _currency(given: str) -> str:
    known = {each.casefold(): each for each in CURRENCIES}
    return known.get(given.casefold()) or _choice("currency", given, CURRENCIES)


def _contact(given: str, at: Words, old: SlotValue | None) -> ContactRef:
    words = given.split()
    owner: str = old.owner if isinstance(old, ContactRef) else "seller"
    if len(words) >= 2 and words[-2] == "owner":
        owner = _choice("owner", words[-1], OWNERS)
        words = words[:-2]
    if not words and isinstance(old, ContactRef):
        kind, value = old.kind, old.value
    else:
        kind, value = _address(given, words)
    return ContactRef(kind, value, at.quote, at.span, msgspec.convert(owner, Owner))


def _address(given: str, words: Sequence[str]) -> tuple[str, str]:
    kind, colon, value = (words[0] if len(words) == 1 else "").partition(":")
    if not colon:
        raise UsageError(f"contact {given!r} is not understood", hint=form("contacts"))
    kind = _choice("kind of contact", kind.casefold(), CONTACT_KINDS)
    if kind not in ("url", "onion", "email", "jabber"):
        value = value.rsplit("t.me/", 1)[-1].lstrip("@")
    if not value:
        raise UsageError("the contact has no value", hint=form("contacts"))
    if kind in ("qq", "qq_group") and not (value.isascii() and value.isdigit()):
        raise UsageError(f"{kind} {value!r} is no number", hint=form("contacts"))
    return kind, value


def _source(given: str, names: Names, at: Words, old: SlotValue | None) -> SourceClaim:
    words, count = given.split(), None
    if len(words) >= 2 and words[-2] == "cardinality":
        count = int(_number("cardinality", words[-1]))
        words = words[:-2]
    kinds = SOURCE_KINDS
    kind = words.pop(0) if words and words[0] in kinds else None
    rest = " ".join(words)
    if not kind and not rest:
        raise UsageError(f"source {given!r} is not understood", hint=form("sources"))
    id_ = None if rest in ("", "-") else _named("sources", rest, names)
    if kind is None:
        kind = old.kind if isinstance(old, SourceClaim) else _usual_kind(id_)
    name = None if id_ is None else names.organisation(id_)
    return SourceClaim(
        id_, name, msgspec.convert(kind, SourceKind), at.quote, at.span, cardinality=count
    )


def _usual_kind(id_: str | None) -> SourceKind:
    """An operator is where data is taken off, an app has users; the rest has to be said."""
    if id_ is not None and id_.startswith("org/operator/"):
        return "extraction_point"
    if id_ is not None and id_.startswith("org/app/"):
        return "data_subject_service"
    return "unknown"


def _role(code: str, at: Words, old: SlotValue | None) -> RoleReading:
    """A role read from these words; where only its name is put right, the cues stay."""
    cues: tuple[Cue, ...] = (Cue(at.quote, at.span, CUE_WEIGHT),)
    if isinstance(old, RoleReading) and at.span == span_of(old):
        cues = old.cues
    score = round(1 / (1 + math.exp(-math.fsum(cue.weight for cue in cues))), 2)
    return RoleReading(code, "medium", score, cues)
