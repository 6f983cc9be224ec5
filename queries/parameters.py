"""Values given for a query's parameters, checked and turned into what the engines take."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from evidence.errors import UsageError
from queries.header import Header, Param

DEFAULT_ZONE = "Asia/Shanghai"
_TRUTH = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_SAMPLES: dict[str, object] = {
    "str": "x", "int": 1, "float": 1.0, "bool": True, "date": "2021-01-01",
    "since": "2021-01-01", "until": "2021-01-01", "list[str]": ["x"],
}  # fmt: skip


def bind(header: Header, given: Mapping[str, object], zone: str = DEFAULT_ZONE) -> dict[str, Any]:
    """A value for every parameter: given, default or None. Raises UsageError that lists them.

    `since` and `until` become UTC times; `until` the first second that is outside.
    """
    if unknown := sorted(given.keys() - header.params.keys()):
        raise UsageError(
            f"{header.id} has no parameter {', '.join(unknown)}", hint=describe(header)
        )
    missing = [
        name
        for name, param in header.params.items()
        if param.required and given.get(name) in (None, "")
    ]
    if missing:
        raise UsageError(f"{header.id} needs {', '.join(missing)}", hint=describe(header))
    return {
        name: _value(header, name, param, given.get(name, param.default), ZoneInfo(zone))
        for name, param in header.params.items()
    }


def sample(header: Header) -> dict[str, object]:
    """Some value for each required parameter: that of the first expectation, else one made up."""
    first = header.expect[0].params if header.expect else {}
    return {
        name: first.get(name, param.choices[0] if param.choices else _SAMPLES[param.type])
        for name, param in header.params.items()
        if param.required
    }


def describe(header: Header) -> str:
    """One line that lists the parameters with type, default and range."""
    if not header.params:
        return f"{header.id} has no parameters"
    return "parameters: " + ", ".join(_described(*item) for item in header.params.items())


def _described(name: str, param: Param) -> str:
    parts: list[str] = [param.type]
    if param.required:
        parts.append("required")
    elif param.default is not None:
        parts.append(f"default {param.default}")
    if param.choices:
        parts.append("one of " + " ".join(param.choices))
    parts += [f"{word} {limit:g}" for word, limit in _limits(param)]
    return f"{name} ({', '.join(parts)})"


_WORDS: dict[str, str] = {
    "since": "day and no time",
    "until": "day and no time",
    "date": "day",
    "int": "whole number",
    "float": "number",
    "bool": "true or false",
}


def _limits(param: Param) -> list[tuple[str, float]]:
    pairs = (("at least", param.min), ("at most", param.max))
    return [(word, limit) for word, limit in pairs if limit is not None]


def _value(header: Header, name: str, param: Param, raw: object, zone: ZoneInfo) -> Any:
    if raw is None:
        return None
    try:
        value = _READERS[param.type](raw, zone)
    except (ValueError, TypeError, KeyError, OverflowError):
        wanted = _WORDS.get(param.type, param.type)
        raise UsageError(f"{name} is no {wanted}: {raw!r}", hint=describe(header)) from None
    chosen = value if isinstance(value, list) else [value]
    out_of_choice = param.choices and not set(chosen) <= set(param.choices)
    if out_of_choice or not _in_range(param, value):
        raise UsageError(f"{name} cannot be {raw!r}", hint=describe(header))
    return value


def _in_range(param: Param, value: object) -> bool:
    if not isinstance(value, int | float):
        return True
    # A NaN is in no range.
    low = param.min is None or value >= param.min
    return low and (param.max is None or value <= param.max) and value == value


def _text(raw: object, zone: ZoneInfo) -> str:
    if not isinstance(raw, str):
        raise TypeError
    return raw


def _integer(raw: object, zone: ZoneInfo) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int | str):
        raise TypeError
    value = int(raw)
    if not -(2**63) <= value < 2**63:
        raise ValueError
    return value


def _number(raw: object, zone: ZoneInfo) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise TypeError
    return float(raw)


def _truth(raw: object, zone: ZoneInfo) -> bool:
    return raw if isinstance(raw, bool) else _TRUTH[str(raw).lower()]


def _day(raw: object, zone: ZoneInfo) -> date:
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    return date.fromisoformat(_text(raw, zone))


def _since(raw: object, zone: ZoneInfo) -> datetime:
    return _moment(raw, zone, day=timedelta(0), second=timedelta(0))


def _until(raw: object, zone: ZoneInfo) -> datetime:
    return _moment(raw, zone, day=timedelta(days=1), second=timedelta(seconds=1))


def _moment(raw: object, zone: ZoneInfo, *, day: timedelta, second: timedelta) -> datetime:
    """A day or a time as UTC, moved on by `day` or by `second`."""
    whole = (isinstance(raw, str) and len(raw) == 10) or type(raw) is date
    if isinstance(raw, str):
        raw = datetime.fromisoformat(raw)
    if not isinstance(raw, date):
        raise TypeError
    moment = raw if isinstance(raw, datetime) else datetime(raw.year, raw.month, raw.day)
    # Added before the zone: a day with a change of clocks is not 24 hours long.
    moment += day if whole else second
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _texts(raw: object, zone: ZoneInfo) -> list[str]:
    if isinstance(raw, str):
        return [part.strip() for part in raw.split(",") if part.strip()]
    if not isinstance(raw, list | tuple):
        raise TypeError
    return [_text(part, zone) for part in raw]


_READERS: dict[str, Callable[[object, ZoneInfo], Any]] = {
    "str": _text, "int": _integer, "float": _number, "bool": _truth, "date": _day,
    "since": _since, "until": _until, "list[str]": _texts,
}  # fmt: skip
