"""Each kind of decision as it may be kept here: sound, and its texts masked once more."""

import re
import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Final

import msgspec

from evidence.archive.cleaning import clean, clean_message, clean_name
from evidence.corrections.reading import readings
from evidence.corrections.record import CONFIRM, CORRECT, kept
from evidence.corrections.record import read as read_correction
from evidence.decisions import UNDO, Decision
from evidence.errors import HeichanError
from evidence.grading.grades import GRADE, Grade
from evidence.grading.marks import MARK, Mark
from evidence.grading.notes import NOTE, Note
from evidence.grading.schemes import checked as checked_code
from evidence.grading.targets import ITEMS, SOURCES, kind_of
from evidence.joining.venues import SAME_PLACE
from evidence.translations import HOWS, Translation
from evidence.translations import KIND as TRANSLATION
from graph.knowledge import actors, tags
from graph.knowledge.allowed import form_of, values_of
from graph.knowledge.assertion import ASSERT, Assertion
from graph.knowledge.assertion import kept as kept_assertion
from graph.knowledge.assertion import read as read_assertion
from graph.knowledge.exchange.safe import MisfitError, harmless, leaves, node_id
from graph.knowledge.known import Known
from graph.knowledge.words import NAME, basis_of, line
from graph.resolve.groups import IDENTITY, VERDICTS

_NOTE: Final = 20_000
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}\Z")
_TWO_IDS: Final = re.compile(r"((?:account|venue):.+?) ((?:account|venue):.+)\Z")
_SUPERSEDES: Final = re.compile(r"decision:[0-9a-f]{32}\Z")
_LEXICON: Final = ("org:", "product:", "service:", "escrow:", "role:")
_MADE: Final = ("syndicate:", *_LEXICON)
_FIRST, _LAST = date(1990, 1, 1), date(2100, 1, 1)


class Ground(msgspec.Struct, frozen=True):
    """What decisions are checked against."""

    connection: sqlite3.Connection
    known: Known
    secret: bytes


Fit = Callable[[Decision, Ground], str]


def fitted(decision: Decision, ground: Ground) -> Decision:
    """The decision as it may be kept. MisfitError says why it may not."""
    fit = KINDS.get(decision.kind)
    if fit is None:
        raise MisfitError(f"{decision.kind[:40]!r} is no kind of decision that travels")
    if (decision.undoes is not None) != (decision.kind == UNDO):
        raise MisfitError("only an undoing takes a decision back")
    try:
        value = fit(decision, ground)
    except HeichanError as error:
        raise MisfitError(error.message) from error
    except (msgspec.MsgspecError, RecursionError) as error:
        raise MisfitError("what it says cannot be read") from error
    author, reason = clean_name(decision.author), clean_name(decision.reason)
    return msgspec.structs.replace(decision, value=value, author=author, reason=reason)


def _undo(decision: Decision, ground: Ground) -> str:
    if decision.target != decision.undoes or decision.value:
        raise MisfitError("it is no undoing")
    return ""


def pair_of(target: str) -> tuple[str, str]:
    """The two accounts of a decision on identity."""
    one, _, two = target.partition(" account:")
    return one, f"account:{two}"


def _identity(decision: Decision, ground: Ground) -> str:
    one, two = pair_of(decision.target)
    if decision.value not in VERDICTS:
        raise MisfitError(f"it says none of {', '.join(VERDICTS)}")
    if not one.startswith("account:") or not one < two:
        raise MisfitError("its target is no pair of accounts")
    for each in (one, two):
        node_id(each, ground.known)
    return decision.value


def _ids_of_one(decision: Decision, ground: Ground) -> str:
    found = _TWO_IDS.match(decision.target)
    if found is None or not found[1] < found[2] or decision.value not in ("same", "different"):
        raise MisfitError("it is no word on two ids")
    for each in found.groups():
        node_id(each, ground.known)
    return decision.value


def _reading(decision: Decision, ground: Ground) -> str:
    found = read_correction(decision)
    if found is None or (decision.kind == CONFIRM) != (found.action == "confirm"):
        raise MisfitError("it is no correction")
    node_id(found.post, ground.known)
    if kind_of(node_id(decision.target, ground.known)) != "listing":
        raise MisfitError("its target is no listing")
    value = found.value()
    fixed = msgspec.structs.replace(found, new=msgspec.Raw(msgspec.json.encode(value)))
    said = msgspec.json.decode(kept(msgspec.structs.replace(fixed, post="")))
    post = readings(ground.connection, [found.post]).get(found.post)
    words = None if post is None else post.text
    if not all(harmless(leaf, words) for leaf in leaves(said)):
        raise MisfitError("its words look like a victim's identifier and are not in the post here")
    return kept(fixed)


def _assertion(decision: Decision, ground: Ground) -> str:
    found = read_assertion(decision.value)
    form = form_of(found.type, *found.labels)
    texts = {name: str(value) for name, value in found.props.items()}
    props = values_of(found.type, form, texts)
    if "persons" in props:
        props["persons"] = line(str(props["persons"]), "persons")
    cited = found.post is not None or found.source.startswith("file:")
    if cited:
        node_id(found.source, ground.known)
    if found.post not in (None, found.source):
        raise MisfitError("its source is another post")
    fixed = msgspec.structs.replace(
        found,
        basis=basis_of(found.basis),
        source=found.source if cited else line(found.source, "source"),
        props=props,
    )
    _refuse_ends(fixed, ground)
    if decision.target != fixed.rel:
        raise MisfitError("its target is another relationship")
    return kept_assertion(fixed)


def _refuse_ends(said: Assertion, ground: Ground) -> None:
    if said.start == said.end:
        raise MisfitError("both ends are the same node")
    product = said.props.get("product")
    for end in (said.start, said.end, *([str(product)] if product else [])):
        node_id(end, ground.known)
        if end.startswith(_LEXICON) and end not in ground.known:
            raise MisfitError(f"{end[:80]} is not in the lexicon of this case")
    for day in (said.since, said.until):
        if day is not None and not _FIRST <= day <= _LAST:
            raise MisfitError("a day is out of range")


def _actor(decision: Decision, ground: Ground) -> str:
    found = actors.read(decision.value)
    if decision.target != actors.NEW:
        node_id(decision.target, ground.known)
    fixed = msgspec.structs.replace(
        found,
        name=line(found.name, "name", NAME),
        basis=basis_of(found.basis),
        source=line(found.source, "source"),
    )
    return msgspec.json.encode(fixed).decode()


def _tag(decision: Decision, ground: Ground) -> str:
    node_id(decision.target, ground.known)
    return msgspec.json.encode(tags.checked(tags.read(decision.value))).decode()


def _grade(decision: Decision, ground: Ground) -> str:
    found = msgspec.json.decode(decision.value, type=Grade)
    kind = kind_of(node_id(decision.target, ground.known))
    allowed = {"source": SOURCES, "item": ITEMS, "handling": SOURCES | ITEMS}
    if not found.parts or any(kind not in allowed[part] for part in found.parts):
        raise MisfitError(f"a {kind} takes no such grade")
    codes = {part: checked_code(found.scheme, part, getattr(found, part)) for part in found.parts}
    fixed = msgspec.structs.replace(found, **codes)
    return msgspec.json.encode(fixed, order="sorted").decode()


def _note(decision: Decision, ground: Ground) -> str:
    node_id(decision.target, ground.known)
    found = msgspec.json.decode(decision.value, type=Note)
    if not 0 < len(found.text.strip()) <= _NOTE:
        raise MisfitError("it has no words, or too many")
    if found.supersedes is not None and not _SUPERSEDES.match(found.supersedes):
        raise MisfitError("it supersedes no decision")
    fixed = msgspec.structs.replace(found, text=clean_message(found.text))
    return msgspec.json.encode(fixed, order="sorted").decode()


def _mark(decision: Decision, ground: Ground) -> str:
    node_id(decision.target, ground.known)
    found = msgspec.json.decode(decision.value, type=Mark)
    if not found.fields:
        raise MisfitError("it marks nothing")
    return msgspec.json.encode(found, order="sorted").decode()


def _translation(decision: Decision, ground: Ground) -> str:
    found = msgspec.json.decode(decision.value, type=Translation)
    node_id(decision.target, ground.known)
    if found.post != decision.target or kind_of(found.post) != "post":
        raise MisfitError("it is of another post")
    if not _LANGUAGE.match(found.language) or found.how not in HOWS or not found.text:
        raise MisfitError("it is no translation")
    text = clean(found.text, ground.secret).text
    by = line(found.by, "by", NAME)
    fixed = msgspec.structs.replace(found, text=text, by=by)
    return msgspec.json.encode(fixed).decode()


KINDS: Final[dict[str, Fit]] = {
    UNDO: _undo,
    IDENTITY: _identity,
    SAME_PLACE: _ids_of_one,
    CORRECT: _reading,
    CONFIRM: _reading,
    ASSERT: _assertion,
    actors.ACTOR: _actor,
    tags.TAG: _tag,
    GRADE: _grade,
    NOTE: _note,
    MARK: _mark,
    TRANSLATION: _translation,
}
"""The kinds that travel; watch lists are everybody's own."""


def nodes_of(decision: Decision) -> tuple[str, ...]:
    """The ids that must be there for a decision to attach."""
    if decision.kind == IDENTITY:
        return pair_of(decision.target)
    if decision.kind == SAME_PLACE:
        two = _TWO_IDS.match(decision.target)
        return () if two is None else (two[1], two[2])
    if decision.kind in (CORRECT, CONFIRM):
        found = read_correction(decision)
        return () if found is None else (found.post,)
    if decision.kind == ASSERT:
        said = read_assertion(decision.value)
        # The others are words of the vocabulary, or are made by being named.
        return tuple(end for end in (said.start, said.end) if not end.startswith(_MADE))
    if decision.kind == UNDO or decision.target == actors.NEW:
        return ()
    # Relationships and collectors stand in no table that could be asked.
    return () if decision.target.startswith(("rel:", "collector:")) else (decision.target,)
