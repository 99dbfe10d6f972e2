"""One root error; every error is one clear line and knows its exit code.

They cross process boundaries in a batch, so each rebuilds from its ``args``.
"""

from __future__ import annotations

USAGE = 2
UNREADABLE = 3
BAD_RULES = 4


class PressFiguresError(Exception):
    """Root of what this package raises on a user's mistake; ``str(error)`` is one line."""

    exit_code = 1


class UsageError(PressFiguresError):
    """A wrong argument: an impossible date, an unknown format, no input."""

    exit_code = USAGE


class InputError(PressFiguresError):
    """Input that cannot be read: missing, empty, binary, undecodable."""

    exit_code = UNREADABLE


class OutputError(PressFiguresError):
    """A folder that cannot be written to."""

    exit_code = UNREADABLE


class RuleError(PressFiguresError):
    """Bad rules. ``mistakes`` holds one line per mistake: file, table, key, what is wrong."""

    exit_code = BAD_RULES

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__(mistakes)
        self.mistakes = tuple(mistakes)

    def __str__(self) -> str:
        return "\n".join(self.mistakes)
