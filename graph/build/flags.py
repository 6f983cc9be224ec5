"""Names that say that an account is a program."""

_ENDINGS = ("bot", "机器人", "機器人")


def bot_name(name: str) -> bool:
    """Whether a handle or display name ends as bots' names do."""
    return name.strip().casefold().endswith(_ENDINGS)
