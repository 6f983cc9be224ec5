"""Where the time of long work went, on standard error."""

from collections.abc import Iterator
from typing import Final

from commands.progress import Progress
from commands.session import Session
from evidence.pace import PARTS, Slow

LONG: Final = 10.0
"""Seconds from which on work says what it spent them on without being asked by `-v`."""
_SHOWN: Final = 0.05


def tell_spent(session: Session) -> None:
    """Seconds by part, and what was slow: after long work, or always under `-v`."""
    if session.seconds > LONG or session.shared.verbose:
        for line in _lines(session.progress):
            session.out.note(line)


def _lines(pace: Progress) -> Iterator[str]:
    parts = [f"{part} {pace.seconds[part]:.1f}" for part in PARTS if part in pace.seconds]
    if parts:
        yield f"seconds: {', '.join(parts)} (masking and extraction: of all processes together)"
    files = [f"{one.where}: {_speed(one)}" for one in pace.files if one.seconds > _SHOWN]
    if files:
        yield f"longest files: {'; '.join(files)}"
    if pace.posts:
        yield f"slow messages: {'; '.join(map(_message, pace.posts))}"
    if pace.repeats:
        yield f"texts that came again and were not read again: {pace.repeats:,}"
    if pace.peak is not None:
        yield f"memory: at most {pace.peak.words()}"


def _speed(file: Slow) -> str:
    size = file.size / 1e6
    return f"{size:,.1f} MB in {file.seconds:.1f} s ({size / file.seconds:.2g} MB/s)"


def _message(post: Slow) -> str:
    return f"{post.where} ({post.size:,} characters, {post.seconds:.2f} s)"
