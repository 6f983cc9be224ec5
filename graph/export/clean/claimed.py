"""Claimed roles with their basis, the one most acted on first."""

from graph.elements import Graph, Relationship


def claimed_roles(graph: Graph) -> dict[str, list[str]]:
    """Each holder's `role (basis)`: by acts, then score, then name."""
    found: dict[str, dict[str, tuple[int, float]]] = {}
    for tie in graph.relationships:
        # What an analyst holds is no claim of anybody in the trade.
        if tie.type == "HAS_ROLE" and tie.props.get("modality") != "analyst":
            name = f"{tie.end.partition(':')[2]} ({tie.props.get('basis', 'unknown')})"
            held = found.setdefault(tie.start, {})
            acts, score = held.get(name, (0, 0.0))
            held[name] = acts + _acts(tie), max(score, _score(tie))
    return {holder: _ranked(held) for holder, held in found.items()}


def _ranked(held: dict[str, tuple[int, float]]) -> list[str]:
    return sorted(held, key=lambda name: (-held[name][0], -held[name][1], name))


def _acts(tie: Relationship) -> int:
    counted = tie.props.get("acts", tie.props.get("n"))
    return counted if isinstance(counted, int) else 1


def _score(tie: Relationship) -> float:
    score = tie.props.get("score", tie.props.get("confidence"))
    return score if isinstance(score, float) else 0.0
