"""Tables of the masker: surnames, given-name characters, everyday words, cues."""

from importlib.resources import files


def words(name: str) -> list[str]:
    """The words of a packaged list, in order."""
    return (files(__name__) / name).read_text("utf-8").split()
