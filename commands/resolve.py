"""`resolve`: which accounts are one actor, with reasons, decided by a person and undone."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import msgspec
import typer

from commands.answers import FailEmpty, Raw, end_if_empty
from commands.application import command
from commands.clock import from_unix
from commands.completion import complete_account, complete_decision
from commands.output import cut_off
from commands.session import Session
from commands.which import which
from evidence.errors import NotFoundError, UsageError
from graph.resolve.signs import LIKELY, pair

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidence.decisions import Decision
    from graph.resolve.groups import Verdict

app = typer.Typer(
    no_args_is_help=True, help="Which accounts are one actor: candidates, decisions, undoing."
)
COLUMNS: Final = (
    "account_a",
    "account_b",
    "name_a",
    "name_b",
    "score",
    "features",
    "counter",
    "status",
    "decision",
    "conflict",
    "n_posts",
    "first_seen",
    "last_seen",
    "evidence",
    "waits",
)
SHORT: Final = (
    "account_a",
    "account_b",
    "score",
    "features",
    "counter",
    "status",
    "conflict",
    "waits",
)
LOG: Final = (
    "decision",
    "action",
    "account_a",
    "account_b",
    "state",
    "conflict",
    "author",
    "at",
    "reason",
    "undoes",
)
DECIDED: Final = (
    "decision",
    "action",
    "account_a",
    "account_b",
    "author",
    "at",
    "reason",
    "state",
)
UNDONE: Final = ("decision", "undoes", "author", "at", "reason")
NEXT: Final = "Next: heichan build"
STATUSES: Final = ("open", "waiting", "same", "different", "unsure", "all")

One = Annotated[
    str,
    typer.Argument(
        metavar="A",
        help="An account: id, its beginning, or @handle.",
        autocompletion=complete_account,
    ),
]
Two = Annotated[
    str, typer.Argument(metavar="B", help="The other account.", autocompletion=complete_account)
]
Reason = Annotated[
    str | None, typer.Option(metavar="TEXT", help="Why; kept with the decision. Needed.")
]


def candidates(
    session: Session,
    min_score: Annotated[
        float, typer.Option(min=0, max=1, help="Open pairs from this score on.")
    ] = LIKELY,
    status: Annotated[
        str, typer.Option(metavar="STATUS", help=f"One of {', '.join(STATUSES)}.")
    ] = "open",
    limit: Annotated[int, typer.Option(min=1, help="Pairs at the most.")] = 50,
    raw: Raw = False,
    fail_empty: FailEmpty = False,
) -> None:
    """List pairs of accounts that may be one actor's, with what speaks for and against it.

    Nothing is merged by itself. The score is a place in an order and no probability. A pair is
    open until somebody decides; `conflict` shows a chain of decisions that contradicts another,
    `waits` a decision that a second reviewer must confirm.

    Example: heichan resolve candidates --min-score 0.5
    """
    from graph.resolve.groups import verdicts
    from graph.resolve.review import candidates as found_in

    if status not in STATUSES:
        raise UsageError(f"--status {status!r} is unknown", hint=f"Choose {', '.join(STATUSES)}.")
    connection, asked = session.archive.connection, None if status == "all" else status
    found = found_in(session.store, connection, min_score, asked, _reviewers(session))
    rows = [msgspec.structs.asdict(each) for each in found[:limit]]
    cut = cut_off(len(found) > limit, limit, "pairs")
    session.out.rows(rows, SHORT if session.out.human else COLUMNS, limit=limit, cut=cut)
    _warn_conflicts(session)
    if status == "open" and (waiting := len(verdicts(connection, _reviewers(session)).waiting)):
        session.out.note(f"{waiting} wait for a second reviewer: --status waiting")
    if rows and status == "open":
        session.out.note("Next: heichan resolve same|different|unsure A B --reason TEXT")
    end_if_empty(rows, fail_empty=fail_empty)


def same(session: Session, a: One, b: Two, reason: Reason = None) -> None:
    """Decide that two accounts are one actor's, or two ids those of one venue.

    Counts from the next build on: the accounts are put under one Actor, and rankings and queries
    count them as one. Nothing is lost: `undo` takes it back. Where case.toml says `reviewers = 2`
    under `[resolve]`, every decision waits until another person has decided the same.

    Example: heichan resolve same account:telegram:1 @demo_name --reason 'one wallet'
    """
    _decide(session, a, b, "same", reason)


def different(session: Session, a: One, b: Two, reason: Reason = None) -> None:
    """Decide that two accounts are not one actor's, or that two joined ids are two.

    Example: heichan resolve different @demo_name @demo_nane --reason 'an imitator'
    """
    _decide(session, a, b, "different", reason)


def unsure(session: Session, a: One, b: Two, reason: Reason = None) -> None:
    """Keep that two accounts were looked at and cannot be told apart or together.

    Example: heichan resolve unsure @demo_name @demo_h01 --reason 'only the name'
    """
    _decide(session, a, b, "unsure", reason)


def undo(
    session: Session,
    decision: Annotated[
        str,
        typer.Argument(
            metavar="DECISION",
            help="Its id, or the beginning of it.",
            autocompletion=complete_decision,
        ),
    ],
    reason: Reason = None,
) -> None:
    """Take a decision back; undoing an undoing puts the decision in force again.

    Example: heichan resolve undo decision:1f6a --reason 'the wallet is an exchange'
    """
    from evidence.audit import append_audit, user
    from evidence.decisions import undo as take_back
    from graph.resolve.review import identity_decision

    with session.case.archive() as archive, archive.transaction() as connection:
        known = identity_decision(connection, decision)
        done = take_back(connection, known, author=user(), reason=reason or "")
        append_audit(connection, "resolve undo", {"decision": done.id, "undoes": known})
    document = {"undoes": known, "at": from_unix(done.at)}
    document |= {"decision": done.id, "author": done.author, "reason": done.reason}
    session.out.document({name: document[name] for name in UNDONE})
    _warn_conflicts(session)
    session.out.note(NEXT)


def log(session: Session, raw: Raw = False, fail_empty: FailEmpty = False) -> None:
    """List all decisions on who is who, the oldest first, with what took them back.

    The states: in force, superseded (a later decision on the same pair), undone, waits for a
    second reviewer.

    Example: heichan resolve log
    """
    from graph.resolve.review import log as all_entries

    entries = all_entries(session.archive.connection, _reviewers(session))
    rows = [{**msgspec.structs.asdict(each), "at": from_unix(each.at)} for each in entries]
    session.out.rows(rows, LOG)
    _warn_conflicts(session)
    end_if_empty(rows, fail_empty=fail_empty)


def _decide(session: Session, a: str, b: str, verdict: "Verdict", reason: str | None) -> None:
    from evidence.audit import append_audit, user
    from graph.resolve.groups import WAITS, Judged, conflicts, judge, verdicts

    if _decide_ids(session, a, b, verdict, reason):
        return
    one, two = _account(session, a), _account(session, b)
    if one == two:
        raise UsageError(f"{a} and {b} are one account", hint="Name two accounts.")
    reviewers, both = _reviewers(session), pair(one, two)
    with session.case.archive() as archive, archive.transaction() as connection:
        before = verdicts(connection, reviewers)
        _refuse_second(before.waiting.get(both, ()), verdict, user())
        made = judge(connection, one, two, verdict, user(), reason or "")
        append_audit(connection, f"resolve {verdict}", {"decision": made.id})
        after = verdicts(connection, reviewers)
    waits = made in after.waiting.get(both, ())
    document: dict[str, Any] = {"action": verdict, "account_a": both[0], "account_b": both[1]}
    document |= {"decision": made.id, "author": made.author, "reason": made.reason}
    document |= {"at": from_unix(made.at), "state": WAITS if waits else "in force"}
    session.out.document({name: document[name] for name in DECIDED})
    known = {each.words for each in conflicts(list(before.judged.values()))}
    would = after.judged | {both: Judged(both, verdict, made)}
    for each in conflicts(list(would.values())):
        if each.words not in known:
            once = "once it takes effect, " if waits else ""
            session.out.warn(f"{once}this contradicts another decision: {each.words}")
    session.out.note(f"It {WAITS}: another person decides the same" if waits else NEXT)


def _decide_ids(session: Session, a: str, b: str, verdict: "Verdict", reason: str | None) -> bool:
    """Decides on two ids of one venue or account; False where these are none."""
    from evidence.audit import append_audit, user
    from evidence.joining.decide import are_ids_of_one, judge

    if not are_ids_of_one(session.archive.connection, a, b):
        return False
    with session.case.archive() as archive, archive.transaction() as connection:
        made = judge(connection, a, b, verdict, user(), reason or "")
        append_audit(connection, f"resolve {verdict}", {"decision": made.id})
    document: dict[str, Any] = {"action": verdict, "account_a": a, "account_b": b}
    document |= {"decision": made.id, "author": made.author, "reason": made.reason}
    document |= {"at": from_unix(made.at), "state": "in force"}
    session.out.document({name: document[name] for name in DECIDED})
    session.out.note(NEXT)
    return True


def _refuse_second(waiting: "Sequence[Decision]", verdict: str, author: str) -> None:
    """UsageError where an author would confirm their own decision."""
    from graph.resolve.groups import same_author

    for each in waiting:
        if each.value == verdict and same_author(each.author, author):
            raise UsageError(
                f"{author} decided so already: {each.id} waits for a second reviewer",
                hint="another person has to decide the same; resolve undo takes it back",
            )


def _reviewers(session: Session) -> int:
    return session.case.settings.resolve.reviewers


def _account(session: Session, text: str) -> str:
    """The account meant. Raises UsageError for a node of another kind, NotFoundError for none."""
    known = which(session, text)
    if not known.startswith("account:"):
        raise UsageError(f"{known} is no account", hint="Name two accounts: account:… or @handle.")
    connection = session.archive.connection
    if connection.execute("SELECT 1 FROM account WHERE id = ?", (known,)).fetchone():
        return known
    query = "MATCH (a:Account) WHERE a.id = $id RETURN a.id AS id"
    if not session.store.run(query, {"id": known}).rows:
        raise NotFoundError(f"no account {known}", hint="heichan search TEXT finds one")
    return known


def _warn_conflicts(session: Session) -> None:
    from graph.resolve.groups import conflicts, judged

    with session.case.reader() as archive:
        found = conflicts(judged(archive.connection, _reviewers(session)))
    for each in found:
        session.out.warn(f"decisions contradict: {each.words}")


def register(parent: typer.Typer) -> None:
    for function in (candidates, same, different, unsure, undo, log):
        command(app, function.__name__)(function)
    parent.add_typer(app, name="resolve")
