"""Expressions that are compiled when they are first used: a few texts need few of them."""

import re
from typing import Any, Final, cast

_HELD: Final = (
    *("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"),
    *("flags", "groups", "groupindex"),
)


class _Compiled:
    """Stands for an expression whose members it holds as its own."""

    pattern: str


class _Late(_Compiled):
    """Stands for an expression until something is asked of it."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({each: getattr(compiled, each) for each in _HELD})
        # A class without `__getattr__` is asked for its members without a detour.
        self.__class__ = _Compiled  # type: ignore[assignment]
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The expression, compiled at its first use, which is where a bad one raises re.error."""
    return cast("re.Pattern[str]", _Late(pattern, flags))
