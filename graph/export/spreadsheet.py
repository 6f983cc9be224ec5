"""Cells that a spreadsheet would run as a formula, made harmless."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def neutralise(cell: str) -> str:
    """The cell, with `'` in front where a spreadsheet would run it (also after leading spaces)."""
    return (
        f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip(" ").startswith(_FORMULA) else cell
    )
