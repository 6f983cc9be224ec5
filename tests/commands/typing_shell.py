"""A bash on a pseudo-terminal into which keys are typed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from tests.commands.pseudo import Talk

PROMPT = "ready> "


@contextmanager
def bash(environment: Mapping[str, str]) -> Iterator[Talk]:
    """An interactive bash without anybody's settings; `\\t` is Tab."""
    words = ["bash", "--norc", "--noprofile", "-i"]
    talk = Talk(words, {**environment, "PS1": PROMPT, "TERM": "dumb"})
    try:
        talk.wait(PROMPT)
        yield talk
    finally:
        talk.type("\x15\x04")
        talk.end()
