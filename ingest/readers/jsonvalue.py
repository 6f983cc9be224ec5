"""Decodes one cut JSON value, mending what exporters are known to write wrongly."""

import json
import re
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")

_CONTROL = re.compile(rb"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_SURROGATE = re.compile("[\ud800-\udfff]")


class BadValueError(ValueError):
    """The value is no JSON, or not of the shape that the format has; the message says which."""


class ValueDecoder(Generic[T]):
    """Decodes bytes into `kind`: strictly first, then with the known faults mended."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        self._decode = msgspec.json.Decoder(kind).decode

    def __call__(self, raw: bytes) -> T:
        """The value; BadValueError with a reason where it cannot be read."""
        try:
            return self._decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return self._mended(raw)

    def _mended(self, raw: bytes) -> T:
        try:
            return msgspec.convert(_lenient(with_control_escapes(raw)), self._kind)
        except msgspec.ValidationError as error:
            raise BadValueError(_shape(str(error))) from error
        except RecursionError as error:
            raise BadValueError("nested too deeply") from error


def with_control_escapes(raw: bytes) -> bytes:
    """Telegram's `\\x0B`, which no JSON knows, written as `\\u000B`."""
    return _CONTROL.sub(rb"\1\\u00\2", raw) if rb"\x" in raw else raw


def whole_text(text: str) -> str:
    """The text with each lone half of a surrogate pair as U+FFFD, so that it can be stored."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _lenient(raw: bytes) -> object:
    """JSON with raw control characters and lone surrogates allowed."""
    try:
        return _whole(json.loads(raw.decode("utf-8"), strict=False))
    except UnicodeDecodeError as error:
        raise BadValueError(f"not UTF-8 at byte {error.start} of the record") from error
    except json.JSONDecodeError as error:
        raise BadValueError(
            f"not JSON: {error.msg.lower()} at byte {error.pos} of the record"
        ) from error
    except ValueError as error:
        raise BadValueError("holds a number of too many digits") from error


def _whole(value: object) -> object:
    if isinstance(value, str):
        return whole_text(value)
    if isinstance(value, list):
        return [_whole(item) for item in value]
    if isinstance(value, dict):
        return {whole_text(key): _whole(item) for key, item in value.items()}
    return value


def _shape(message: str) -> str:
    """msgspec's message in the words of a list of problems: `from_id: expected str, got array`."""
    reason, _, place = message.partition(" - at `$")
    name = place.strip("`.")
    reason = reason[:1].lower() + reason[1:].replace("`", "")
    return f"{name}: {reason}" if name else reason
