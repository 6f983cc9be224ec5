"""Which relationships a person may put into the graph, and what can be said about them."""

import math
from collections.abc import Iterable, Mapping
from typing import Final

from evidence.errors import UsageError
from graph.schema import RELATIONSHIP_KINDS, Form

_NOT_TIED: Final = frozenset({"Claim", "Post"})
_MADE_BY_BUILD: Final = frozenset(
    {
        "id", "modality", "confidence", "n", "posts", "claims", "first_seen", "last_seen", "basis",
        "valid_from", "valid_to", "changed_on", "acts", "days", "score", "decided_by",
        "decided_at", "reason",
    }
)  # fmt: skip
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "side": ("supply", "demand"),
    "kind": ("section", "subsidiary", "brand"),
    "measure": (
        "apprehended", "detained", "charged", "convicted", "asked_to_assist",
        "operations_seized", "restricted", "exposed",
    ),
}  # fmt: skip
NEEDED: Final[Mapping[str, str]] = {"SUBJECT_OF": "measure"}
"""What must be said with a type."""
Said = str | float


def assertable() -> dict[str, tuple[Form, ...]]:
    """The types whose table of the model names an analyst, with the forms that do."""
    found = {
        kind.type: tuple(
            form
            for form in kind.forms
            if "A" in form.modality.split("/")
            and _NOT_TIED.isdisjoint(label for pair in form.ends for label in pair)
        )
        for kind in RELATIONSHIP_KINDS.values()
    }
    return {type_: forms for type_, forms in found.items() if forms}


def form_of(type_: str, start_label: str, end_label: str) -> Form:
    """The form that a person may assert between these labels. UsageError lists what is allowed."""
    forms = assertable().get(type_)
    if forms is None:
        raise UsageError(
            f"{type_} is read from the material and cannot be asserted",
            hint=f"An analyst may assert {', '.join(sorted(assertable()))}.",
        )
    for form in forms:
        if (start_label, end_label) in form.ends:
            return form
    ways = "; ".join(f"{start} → {end}" for form in forms for start, end in _shown(form))
    others = _between(start_label, end_label)
    raise UsageError(
        f"{type_} does not go from {start_label} to {end_label}",
        hint=f"It goes {ways}. From {start_label} to {end_label}: {others or 'nothing'}.",
    )


def _shown(form: Form) -> Iterable[tuple[str, str]]:
    """The ends, those of one start together."""
    starts: dict[str, list[str]] = {}
    for start, end in form.ends:
        starts.setdefault(start, []).append(end)
    return [(start, " or ".join(ends)) for start, ends in starts.items()]


def _between(start: str, end: str) -> str:
    return ", ".join(
        type_
        for type_, forms in sorted(assertable().items())
        if any((start, end) in form.ends for form in forms)
    )


def sayable(form: Form) -> list[str]:
    """Properties of a form that a person may give."""
    return sorted(form.properties.keys() - _MADE_BY_BUILD)


def values_of(type_: str, form: Form, given: Mapping[str, str]) -> dict[str, Said]:
    """The given properties with their types. UsageError for what the form does not take."""
    known = sayable(form)
    for name in given:
        if name not in known:
            raise UsageError(
                f"{type_} takes no {name}", hint=f"It takes {', '.join(known) or 'none'}."
            )
    needed = NEEDED.get(type_)
    if needed is not None and needed not in given:
        raise UsageError(f"{type_} needs {needed}", hint=f"--with {needed}=VALUE")
    return {name: _value(form, name, text.strip()) for name, text in sorted(given.items())}


def _value(form: Form, name: str, text: str) -> Said:
    allowed = _WORDS.get(name)
    if allowed is not None and text not in allowed:
        raise UsageError(f"{name} {text!r} is unknown", hint=f"Choose {', '.join(allowed)}.")
    if not text:
        raise UsageError(f"{name} is empty", hint=f"--with {name}=VALUE")
    if form.properties[name].value != "f":
        return text
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise UsageError(f"{name} {text!r} is no number", hint=f"--with {name}=3")
    return number
