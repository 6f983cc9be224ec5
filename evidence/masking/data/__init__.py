"""Tables of the masker: surnames, given-name characters, everyday words, cues."""

from importlib.resources import files


def words(name: str) -> list[str]:
    """The words of a packaged list, in order."""
    return (files(__name__) / name).read_text("utf-8").split()


def pairs(name: str) -> list[tuple[str, str]]:
    """Kind and form of each row of a packaged table, without its head and its sources."""
    _, *rows = (files(__name__) / name).read_text("utf-8").splitlines()
    return [(kind, form) for kind, form, _ in (row.split("\t") for row in rows)]
