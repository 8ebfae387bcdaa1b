"""What each kind of job, mail and sweep does.

Packages above register theirs in ``AppConfig.ready``; nothing here knows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class JobKind:
    """``run`` gets the payload and must be idempotent; what it writes and "done" are committed together.

    Slow work that writes nothing (mail, rendering) belongs in ``prepare``: it runs before the transaction, so that it
    holds no lock, and ``run`` gets its result as second argument. ``lease_seconds`` is longer than ``prepare`` ever
    takes. ``backoff`` holds the seconds before each next attempt; after the last one the job is parked. A kind that
    ``can_wait`` lets everything else go first: a hundred papers do not keep one mail waiting.
    """

    name: str
    run: Callable[..., None]
    label: str
    lease_seconds: int = 20
    prepare: Callable[[dict[str, Any]], Any] | None = None
    backoff: tuple[int, ...] = (10, 60, 300, 1800)
    can_wait: bool = False


class Attachment(NamedTuple):
    """A file that goes with a mail; ``media_type`` may carry parameters but no charset: text is UTF-8."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class MailKind:
    """A mail: ``templates/emails/<template>.txt`` and ``.html``; ``subject`` may use ``{facts}`` by name.

    ``still_wanted`` is asked just before sending; False drops the mail (somebody cancelled meanwhile).
    ``attachments`` and ``late_facts`` are asked then too, so that they say how things are when the mail leaves; neither
    is kept. A text that holds a link which lets somebody in is not kept either: ``keeps_text=False``.
    """

    trigger: str
    subject: str | Promise
    template: str
    still_wanted: Callable[[Any], bool] | None = None
    attachments: Callable[[Any], Sequence[Attachment]] | None = None
    late_facts: Callable[[Any], dict[str, Any]] | None = None
    keeps_text: bool = True

    def files_of(self, message: Any) -> Sequence[Attachment]:
        return self.attachments(message) if self.attachments is not None else ()


@dataclass(frozen=True, slots=True)
class Sweep:
    """Something that becomes due by the passing of time; ``run`` does all that is due and says how much it did."""

    name: str
    label: str
    run: Callable[[], int]


class TryAgainError(Exception):
    """A job cannot succeed now; its text is shown to the office as it is."""


JOB_KINDS: dict[str, JobKind] = {}
MAIL_KINDS: dict[str, MailKind] = {}
SWEEPS: dict[str, Sweep] = {}


def register_job(kind: JobKind) -> None:
    JOB_KINDS[kind.name] = kind


def register_mail(kind: MailKind) -> None:
    MAIL_KINDS[kind.trigger] = kind


def register_sweep(sweep: Sweep) -> None:
    SWEEPS[sweep.name] = sweep
