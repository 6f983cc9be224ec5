"""Cells that a spreadsheet would run as a formula, made harmless."""

import re

_FORMULA = re.compile(" *[-=+@\t\r\n＝＋－＠]").match


def neutralise(cell: str) -> str:
    """The cell, with `'` in front where a spreadsheet would run it (also after leading spaces)."""
    return f"'{cell}" if _FORMULA(cell) else cell
