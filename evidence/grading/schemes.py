"""The schemes of grading, their codes, and what a conversion from one to another loses."""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

from evidence.errors import UsageError

Part = Literal["source", "item", "handling"]
PARTS: Final[tuple[Part, ...]] = ("source", "item", "handling")
ADMIRALTY: Final = "admiralty"
SCHEMES: Final = (ADMIRALTY, "5x5x5", "3x5x2", "europol")
STIX: Final = "stix"
"""Confidence of STIX 2.1, for items alone: 0 to 100."""
_CONFIDENCE: Final[Mapping[str, int]] = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
_BOUNDS: Final = ((80, "1"), (60, "2"), (40, "3"), (20, "4"), (0, "5"))
_LEVELS: Final = ((70, "high"), (30, "medium"), (0, "low"))
_MOST: Final = 100


class Code(msgspec.Struct, frozen=True):
    """A code of a scheme. `to`: its nearest in Admiralty; `back`: those that become it."""

    code: str
    meaning: str
    to: str
    back: str


class Converted(msgspec.Struct, frozen=True):
    """A code in another scheme; `loss` says what the other one does not tell."""

    code: str
    meaning: str
    loss: str


def scheme_named(text: str) -> str:
    """The scheme meant, in any case of letters. Raises UsageError."""
    known = text.strip().casefold()
    if known not in SCHEMES:
        raise UsageError(f"--scheme {text!r} is unknown", hint=f"Choose {', '.join(SCHEMES)}.")
    return known


def checked(scheme: str, part: Part, text: str) -> str:
    """The code as the scheme writes it. Raises UsageError where it has no such code."""
    if scheme == STIX and part == "item":
        return _confidence(text)
    codes = codes_of(scheme, part)
    code = text.strip().upper()
    if code not in codes:
        held = "; ".join(f"{each.code} {each.meaning}" for each in codes.values())
        raise UsageError(
            f"{text!r} is no code of {scheme} for the {part}",
            hint=held or f"{scheme} has no code for the {part}",
        )
    return code


def source_code(text: str) -> tuple[str, str]:
    """Scheme and code of a source's grade, as `B` or `5x5x5:B`. Raises UsageError."""
    before, _, code = text.rpartition(":")
    scheme = scheme_named(before) if before else ADMIRALTY
    written = code.strip().upper()
    sources, items = codes_of(scheme, "source"), codes_of(scheme, "item")
    if written not in sources and written[:1] in sources and written[1:] in items:
        raise UsageError(
            f"{text!r} grades an item too; the files of a run are graded as sources",
            hint=f"give the source's code alone: {text[:-1]}",
        )
    return scheme, checked(scheme, "source", code)


def meaning(scheme: str, part: Part, code: str) -> str:
    """What a code says, in words."""
    if scheme == STIX:
        return f"confidence {code} of {_MOST}"
    found = codes_of(scheme, part).get(code)
    return "" if found is None else found.meaning


def converted(scheme: str, part: Part, code: str, other: str) -> Converted | None:
    """The nearest code of another scheme by way of Admiralty; None where there is none.

    Codes of handling belong to their scheme alone.
    """
    if scheme == other:
        return Converted(code, meaning(scheme, part, code), "")
    if part == "handling":
        return None
    middle = credibility(int(code)) if scheme == STIX else codes_of(scheme, part)[code].to
    found = next((each for each in codes_of(other, part).values() if middle in each.back), None)
    if found is None:
        return None
    return Converted(found.code, found.meaning, _loss(scheme, part, code, other, found))


def _loss(scheme: str, part: Part, code: str, other: str, found: Code) -> str:
    first, last = meaning(scheme, part, code), found.meaning
    said = f"{scheme} {code} ({first}) is given as {other} {found.code} ({last})"
    alike = [one for one, each in _origins(scheme, part).items() if each in found.back]
    if len(alike) > 1:
        return f"{said}; {other} does not tell {_listed(alike)} apart"
    return f"{said}; the two do not mean quite the same" if first != last else said


def _origins(scheme: str, part: Part) -> dict[str, str]:
    """The codes of a scheme with their nearest in Admiralty."""
    return {code: each.to for code, each in codes_of(scheme, part).items()}


def _listed(codes: Sequence[str]) -> str:
    return f"{', '.join(codes[:-1])} and {codes[-1]}"


def admiralty(scheme: str, part: Part, code: str) -> str | None:
    """The code in Admiralty; None where the scheme's code has none."""
    found = converted(scheme, part, code, ADMIRALTY)
    return None if found is None else found.code


def confidence(item: str | None) -> int | None:
    """STIX confidence of an Admiralty credibility; None for 6, which leaves it out."""
    return _CONFIDENCE.get(item or "")


def credibility(given: int) -> str:
    """Admiralty credibility of a STIX confidence."""
    return next(code for least, code in _BOUNDS if given >= least)


def level(share: float) -> str:
    """Low, medium or high for a confidence between 0 and 1: a word, and no probability."""
    return next(word for least, word in _LEVELS if round(share * _MOST) >= least)


def _confidence(text: str) -> str:
    written = text.strip()
    if not (written.isascii() and written.isdigit()) or int(written) > _MOST:
        raise UsageError(f"{text!r} is no STIX confidence", hint="a whole number from 0 to 100")
    return str(int(written))


def codes_of(scheme: str, part: Part) -> Mapping[str, Code]:
    """The codes of one part of a scheme, in order; none where the scheme lacks the part."""
    return _table().get((scheme, part), {})


@cache
def _table() -> Mapping[tuple[str, str], dict[str, Code]]:
    text = files("evidence.grading").joinpath("codes.tsv").read_text(encoding="utf-8")
    found: dict[tuple[str, str], dict[str, Code]] = {}
    for line in text.splitlines()[1:]:
        scheme, part, *cells = line.split("\t")
        found.setdefault((scheme, part), {})[cells[0]] = Code(*cells)
    return found
