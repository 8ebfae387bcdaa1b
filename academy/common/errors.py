"""Refusals that a person can do something with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why something cannot be done or deserves a warning.

    ``code`` is part of the API and never changes; ``message`` is a Dutch sentence that names the remedy.
    ``refuses`` is false for a warning.
    """

    code: str
    message: str
    refuses: bool = True


class DomainError(Exception):
    """A domain function refused; nothing was changed.

    ``message`` is shown to the person as it is. ``reasons`` holds every reason when there is more than one,
    ``field`` the form field it belongs to, if any, and ``row`` the line (from 0) when several were sent.
    """

    def __init__(self, code: str, message: str, *, reasons: tuple[Reason, ...] = (), field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reasons = reasons or (Reason(code, message),)
        self.field = field
        self.row: int | None = None


class NotAllowedError(DomainError):
    """The actor may not do this at all; views answer 403 (a function) or 404 (an object that must not be known)."""
