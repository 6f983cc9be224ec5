"""What makes a row of a ranking less sure, as codes of the table of words and whom they concern."""

from typing import Final

import msgspec

from graph.analysis.wording import ENGLISH, Wording

BY_ACTIVITY: Final = "explained by activity alone"
TAKEN: Final = "taken as one"


class Taken(msgspec.Struct, frozen=True, order=True):
    """An account that counts as one with a `party`, by a candidate that nobody decided."""

    party: str
    account: str
    name: str
    score: float


class Caution(msgspec.Struct, frozen=True):
    """`code`: in the table's group `warn`, or `why` for the reason of an account without a rank.

    `kind`: of a shared service. `taken`: who counts as one, where the code is `TAKEN`; `beside`:
    what the party is called where it is another one of a triple, else "".
    """

    code: str
    unranked: bool = False
    kind: str = ""
    taken: Taken | None = None
    beside: str = ""

    @property
    def warning(self) -> str:
        """The English words that stand among the warnings of a document."""
        if self.unranked:
            return ENGLISH.say("unranked", why=why(self, ENGLISH))
        if self.taken is not None:
            return told_as_one(self.taken, self.beside, ENGLISH)
        return self.code

    @property
    def short(self) -> str:
        """A mark of it for a table, where whom it concerns is said elsewhere."""
        if self.taken is None:
            return self.warning
        return f"{TAKEN}: {self.beside}" if self.beside else TAKEN


def why(caution: Caution, words: Wording) -> str:
    """Why an account is not ranked."""
    return words.say(f"why.{caution.code}", kind=words.known("shared", caution.kind))


def told_as_one(taken: Taken, beside: str, words: Wording) -> str:
    """Who counts as one with whom; `beside`: the name of a party other than the row's own."""
    told = words.say("taken", who=whom(taken, words))
    return words.say("taken.beside", name=beside, taken=told) if beside else told


def whom(taken: Taken, words: Wording) -> str:
    """The account that counts as one with a party, and how strong the candidate is."""
    key = "taken.who" if taken.name else "taken.nameless"
    return words.say(key, name=taken.name, id=taken.account, score=f"{taken.score:.2f}")
