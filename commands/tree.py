"""Neighbours as a tree, for people."""

from typing import TYPE_CHECKING

from commands.output import Output, short_ids
from commands.terminal import safe

if TYPE_CHECKING:
    from graph.explore.walk import Step


def show_tree(out: Output, start: str, steps: "list[Step]") -> None:
    """The node, what it is tied to, and so on; each node stands where it was met first."""
    from rich.tree import Tree

    root = Tree(safe(short_ids(start), style="bold"))
    branches = {start: root}
    ties: dict[tuple[str, str], list[Step]] = {}
    for step in steps:
        ties.setdefault((step.here, step.there), []).append(step)
    for (here, there), between in ties.items():
        if there in branches:
            # Tied to two nodes of the hop before: named there too, unfolded once.
            branches[here].add(safe(f"{_words(out, between)} (above)"))
        else:
            branches[there] = branches[here].add(safe(_words(out, between)))
    out.console.print(root)


def _words(out: Output, between: "list[Step]") -> str:
    first = between[0]
    ties = ", ".join(dict.fromkeys(f"{step.direction} {_tie(out, step)}" for step in between))
    return f"{ties}  {first.name}  {short_ids(first.there)}"


def _tie(out: Output, step: "Step") -> str:
    facts = [
        "assessed" if step.assessed else None,
        step.product,
        None if step.n is None else f"×{step.n}",
    ]
    if step.confidence is not None:
        facts.append(out.human_text(step.confidence))
    told = ", ".join(fact for fact in facts if fact)
    return f"{step.relation} ({told})" if told else step.relation
