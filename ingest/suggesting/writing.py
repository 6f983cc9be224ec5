"""Text from outside in a YAML file: quoted where it counts, harmless in a comment."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def quoted(text: str) -> str:
    """The text as a YAML string on one line."""
    return '"' + "".join(map(_escaped, text)) + '"'


def comment(text: str, indent: int = 0) -> str:
    """A comment on one line."""
    line = "".join(char if char.isprintable() else " " for char in text)
    return f"{' ' * indent}# {line}"


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
