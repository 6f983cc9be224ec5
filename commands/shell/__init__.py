"""`shell`: a prompt for exploring, and lines from a pipe."""

from commands.shell.command import register

__all__ = ["register"]
