"""`claims`: who claims what about a node."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.explore import Identifier
from commands.output import cut_off
from commands.session import Session
from commands.which import which

if TYPE_CHECKING:
    from graph.explore.claims.model import Claim, Claims, Contradiction

ROW: Final = (
    "claim",
    "time",
    "kind",
    "value",
    "subject",
    "speaker",
    "voice",
    "layer",
    "status",
    "quote",
    "confidence",
    "grade",
    "posting",
    "support",
    "contradicts",
    "evidence",
)
SHORT: Final = ("time", "speaker", "kind", "value", "quote", "confidence", "grade", "support")
DOCUMENT: Final = ("id", "name", "collectors", "claims", "contradictions", "total")


def claims(
    session: Session,
    identifier: Identifier,
    kind: Annotated[
        str | None,
        typer.Option(metavar="WORD", help="Only claims of this kind: source, accusation, price …"),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Claims at the most.")] = 200,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """Show who claims what about a node: speaker, words, grade, support, contradiction.

    Of an account: what it says itself and what others say of it. `confidence` is that of the
    reading, a word and no probability; `grade` is a person's, or the default that stands while
    nobody has judged; `posting` is about the post as it was collected. Support counts other
    independent groups of speakers, never posts. Contradicting claims stand side by side.

    Example: heichan claims org:operator/cn/china_mobile
    """
    from graph.explore.claims.answer import claims as answer

    known = which(session, identifier)
    found = answer(session.store, session.archive, known, kind=kind, limit=limit)
    cut = cut_off(found.total > len(found.claims), limit, "claims")
    if session.out.form in ("json", "jsonl"):
        session.out.document({name: getattr(found, name) for name in DOCUMENT})
        if cut:
            session.out.warn(cut)
    else:
        columns = SHORT if session.out.human else ROW
        session.out.rows([_row(each) for each in found.claims], columns, limit=limit, cut=cut)
        _tell(session, found)
    end_if_empty(found.claims, fail_empty=fail_empty)
    session.out.note("Next: heichan evidence CLAIM, heichan grade CLAIM --item CODE --reason TEXT")


def _row(claim: "Claim") -> dict[str, Any]:
    """A claim with the keys of ROW, one cell each."""
    fields = {name: getattr(claim, name) for name in ROW}
    speaker = claim.speaker
    return fields | {
        "speaker": speaker.name or speaker.id or speaker.kind,
        "grade": claim.grade.words,
        "posting": None if claim.posting is None else claim.posting.words,
        "support": claim.support.words,
    }


def _tell(session: Session, found: "Claims") -> None:
    """Contradictions side by side: for people below the claims, else as warnings' neighbours."""
    if not found.contradictions:
        return
    if session.out.human:
        session.out.text("\ncontradictions (all stand; none is right by its number)", style="bold")
        rows = [row for each in found.contradictions for row in _sides(each)]
        session.out.table(rows, ("subject", "slot", "value", "speakers", "evidence"))
    else:
        session.out.note(f"{len(found.contradictions)} contradictions: --format json has them")


def _sides(found: "Contradiction") -> list[dict[str, Any]]:
    return [
        {
            "subject": found.subject,
            "slot": found.slot,
            "value": value.value,
            "speakers": list(value.speakers),
            "evidence": list(value.evidence),
        }
        for value in found.values
    ]


def register(app: typer.Typer) -> None:
    command(app, "claims")(claims)
