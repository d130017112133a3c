"""Errors of the embedded runtime: each message says what is wrong and what to type to mend it."""

from __future__ import annotations

from sevenx.kernel.errors import SevenXError


class LocalError(SevenXError):
    """The embedded runtime cannot do what was asked; shown to the operator as it is, without a traceback."""
