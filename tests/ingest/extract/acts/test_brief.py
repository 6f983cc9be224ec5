"""Short texts that may say yes, at once or behind the name of somebody."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.extract.acts import ActRules
from ingest.extract.rules import Rules

_PIECES = (
    "好的",
    "要了",
    "ok",
    "收",
    "来",
    " ",
    "\u3000",
    "\n",
    "@demo_one",
    "阿蓝",
    "qq 12345",
    ",",
)


def _agrees(rules: ActRules, text: str) -> bool:
    """Looks for a name and an opening in every text."""
    named = rules._named.match(text)
    start = named.end() if named else 0
    opening = rules._opening.match(text, start)
    starts = (start, opening.end()) if opening else (start,)
    return any(
        text[place : place + 1] in rules.habits.firsts and rules._says_yes(text, place)
        for place in starts
    )


@given(st.lists(st.sampled_from(_PIECES), max_size=5).map("".join))
def test_nobody_is_looked_for_where_none_can_be_named(text: str) -> None:
    acts = Rules.load().acts
    assert acts._agrees(text) == _agrees(acts, text)
