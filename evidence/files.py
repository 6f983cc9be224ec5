"""A file is written beside its place and moved there when it is whole."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from evidence.errors import HeichanError, UsageError


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """A stream that becomes `path` only when the block ends well. Raises HeichanError."""
    try:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".part"
        )
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}", hint="Choose a folder that exists."
        ) from error
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
        part.chmod(0o600)
        part.replace(path)
    except OSError as error:
        raise HeichanError(
            f"{path} could not be written: {error.strerror}", hint="Choose a place with more room."
        ) from error
    finally:
        part.unlink(missing_ok=True)
