"""What commands say about the rules that a case brings: not trusted, or not readable."""

from typing import TYPE_CHECKING

from commands.session import Session
from evidence.errors import HeichanError

if TYPE_CHECKING:
    from evidence.case import Case


def warn_withheld(session: Session) -> None:
    """A warning where the case holds own rules that are not used, since nobody trusted them."""
    held = session.case.withheld()
    if held:
        root = session.case.root
        session.out.warn(
            f"{' and '.join(f'{name}/' for name in held)} of this case: not used, since you "
            f"neither made nor trusted it. Look at them, then: heichan case trust {root}"
        )


def version_in_use(case: "Case") -> tuple[str | None, str]:
    """Version of the rules that extraction would use now, or None and what is wrong with them."""
    from ingest.extract.rules import rules_version

    try:
        return rules_version(case.lexicon()), ""
    except HeichanError as error:
        return None, error.message


def refuse_untrusted(case: "Case", what: str) -> None:
    """HeichanError where the user neither made nor trusted the case."""
    if not case.trusted:
        raise HeichanError(
            f"{what} is refused: you neither made nor trusted the case {case.root}",
            hint=f"look at what it holds, then: heichan case trust {case.root}",
            where={"file": str(case.root)},
        )
