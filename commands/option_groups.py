"""Options that several commands take, as one value in place of many parameters."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from commands.session import Session

Command = Callable[..., None]


class Group(msgspec.Struct, frozen=True):
    """A struct whose fields are options; `name`: the parameter that takes it."""

    kind: type[msgspec.Struct]
    types: Mapping[str, Any]
    name: str

    def every(self, function: Command) -> Command:
        """A command of (session, …, `name`) with all the options in place of `name`."""
        return self._with(tuple(self.types), function)

    def some(self, *names: str) -> Callable[[Command], Command]:
        """The same with these fields alone."""
        return functools.partial(self._with, names)

    def _with(self, names: tuple[str, ...], function: Command) -> Command:
        @functools.wraps(function)
        def wrapped(session: Session, **given: Any) -> None:
            own = {name: given.pop(name) for name in list(given) if name not in names}
            function(session, **own, **{self.name: self.kind(**given)})

        wrapped.__signature__ = self._signature(names, function)  # type: ignore[attr-defined]
        return wrapped

    def _signature(self, names: tuple[str, ...], function: Command) -> inspect.Signature:
        kind, usual = inspect.Parameter.KEYWORD_ONLY, self.kind()
        own = [
            parameter.replace(kind=kind) if name != "session" else parameter
            for name, parameter in inspect.signature(function, eval_str=True).parameters.items()
            if name != self.name
        ]
        options = [
            inspect.Parameter(name, kind, default=getattr(usual, name), annotation=self.types[name])
            for name in names
        ]
        return inspect.Signature([*own, *options])
