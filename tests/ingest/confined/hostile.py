"""Work that a confined child must not be able to do, or not for long."""

import os
import socket
import time
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ingest.confined.frames import Document, Frame


def _environment() -> str:
    return " ".join(sorted(os.environ))


def _open() -> str:
    with open(__file__) as stream:
        return stream.read(10)


def _connect() -> str:
    return str(socket.socket())


def _memory() -> str:
    return str(len(bytearray(8 << 30)))


def _abort() -> str:
    os.abort()


def _forever() -> str:
    while True:
        time.sleep(1)


def _burn() -> str:
    while True:
        pass


def _noise() -> str:
    os.write(1, b"not a frame" * 100)
    print("neither is this")
    return "quiet"


_WORKS: dict[bytes, Callable[[], str]] = {
    b"environment": _environment,
    b"open": _open,
    b"connect": _connect,
    b"memory": _memory,
    b"abort": _abort,
    b"forever": _forever,
    b"burn": _burn,
    b"noise": _noise,
}


def work(stream: BinaryIO) -> Iterator[Frame]:
    """Does what the file says."""
    yield Document(1, _WORKS[stream.read()]())
