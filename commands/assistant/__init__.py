"""`mcp`: some reading commands for an assistant, over standard input and output."""

from commands.assistant.command import register

__all__ = ["register"]
