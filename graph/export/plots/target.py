"""Where a picture goes, and whether it can be drawn there: asked before any work is done."""

from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Literal

import msgspec

from evidence.errors import HeichanError, UsageError

Form = Literal["svg", "png"]


class Target(msgspec.Struct, frozen=True):
    """A file to draw into."""

    path: Path
    form: Form


class Sheet(msgspec.Struct, frozen=True):
    """A place in a paper: narrow, in one language, its letters left as letters.

    `name`: what its ids begin with; `title`, `sentence`: for those who cannot see it. `stream`
    takes the one element `svg`, in UTF-8.
    """

    name: str
    lang: Literal["en", "zh"]
    title: str
    sentence: str
    stream: BytesIO


Place = Target | Sheet


def installed() -> bool:
    """Whether the extra `plot` is there."""
    return find_spec("matplotlib") is not None


def target(path: Path, *, force: bool = False) -> Target:
    """The form by the name's end. Raises UsageError, HeichanError without the extra `plot`."""
    form: Form
    match path.suffix.lower():
        case ".svg":
            form = "svg"
        case ".png":
            form = "png"
        case _:
            raise UsageError(
                f"{path} is no name of a picture", hint="Let it end in .svg or in .png."
            )
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint="Name a file.")
    if path.exists() and not force:
        raise UsageError(f"{path} exists", hint="Give --force to overwrite it.")
    if not path.parent.is_dir():
        raise UsageError(f"there is no folder {path.parent}", hint="Choose a folder that exists.")
    if not installed():
        raise HeichanError("the extra [plot] is not installed", hint="pip install 'heichan[plot]'")
    return Target(path, form)
