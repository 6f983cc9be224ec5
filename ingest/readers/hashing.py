"""The hash by which a file is known."""

from hashlib import sha256

from evidence.errors import InputError
from ingest.readers.base import Source

_BLOCK = 1 << 20


def hash_of(source: Source) -> tuple[str, int]:
    """SHA-256 in hex and size; InputError where the file cannot be read to its end."""
    digest = sha256()
    with source.open() as stream:
        try:
            while block := stream.read(_BLOCK):
                digest.update(block)
            return digest.hexdigest(), stream.tell()
        except OSError as error:
            raise InputError(
                f"{source.name}: {error.strerror or error}", where={"file": source.name}
            ) from error
