"""Word lists of `data/words.tsv` as regex alternatives."""

from functools import cache

from ingest.extract.report.tables import table


@cache
def words(kind: str, lang: str) -> str:
    """The words of one kind and language, longest first, as one alternative."""
    for row in table("words.tsv"):
        if (row["kind"], row["lang"]) == (kind, lang):
            return "|".join(sorted(_split(row["words"]), key=len, reverse=True))
    raise KeyError(f"{kind} {lang}")


def _split(alternatives: str) -> list[str]:
    """Splits at the bars that stand outside brackets."""
    parts, depth = [""], 0
    for char in alternatives:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        if char == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts
