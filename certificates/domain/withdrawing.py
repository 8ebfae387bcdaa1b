"""Taking a certificate back: one colleague asks, another confirms. The log holds the question while it waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from django.db import transaction
from django.utils.translation import gettext as _

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.outbox.domain.messages import send_message
from academy.people.domain.audit import record
from academy.people.models import AuditEntry
from certificates.domain.recognition import withdraw
from certificates.domain.verification import check
from certificates.enums import Status, WithdrawalReason
from certificates.models import Certificate
from certificates.rules import approvers, can_approve_withdrawal, can_withdraw_this

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from academy.people.models import User

ASKED = "certificate.withdraw_ask"
TO_CONFIRM = "certificates.to_confirm"
WITHDRAWN = "certificates.withdrawn"
CONFIRM_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Question:
    """Somebody asked to withdraw a certificate, and nobody confirmed it yet."""

    by: User
    reason: WithdrawalReason
    at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A certificate with the question about it that waits."""

    certificate: Certificate
    question: Question


def _asked() -> QuerySet[AuditEntry]:
    """Questions that are still of use: asked by somebody who is here, not longer than two weeks ago."""
    return AuditEntry.objects.select_related("actor").filter(
        action=ASKED, actor__is_active=True, at__gte=clock.now() - CONFIRM_WITHIN
    )


def questions_waiting() -> list[Waiting]:
    """Every certificate that somebody asked to withdraw and nobody decided about, who asked first on top."""
    last = {entry.target: entry for entry in _asked().order_by("at", "pk")}
    papers = Certificate.objects.valid().filter(code__in=last).select_related("holder", "record", "subject__person")
    found = [(paper, last[paper.code]) for paper in papers]
    return [Waiting(paper, _question(entry)) for paper, entry in sorted(found, key=lambda pair: pair[1].at)]


def question_about(certificate: Certificate) -> Question | None:
    """The question that waits; none after two weeks, when the asker left, or when the certificate is not valid."""
    if certificate.status != Status.VALID:
        return None
    last = _asked().filter(target=certificate.code).order_by("-at", "-pk").first()
    return None if last is None else _question(last)


def _question(asked: AuditEntry) -> Question:
    return Question(cast("User", asked.actor), WithdrawalReason(asked.data["reason"]), asked.at)


@transaction.atomic
def ask_withdrawal(*, certificate: Certificate, reason: WithdrawalReason, by: User) -> Question:
    """Ask to withdraw ``certificate`` and tell those who may confirm; a question that waits is returned as it is."""
    if not can_withdraw_this(by, certificate):
        raise NotAllowedError("not_allowed", _("Intrekken vraagt de begeleider, het bureau of HR."))
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.status != Status.VALID:
        raise DomainError("not_valid", _("Dit bewijs is al niet meer geldig; er valt niets in te trekken."))
    waiting = question_about(certificate)
    if waiting is not None:
        return waiting
    asked = record(
        action=ASKED, by=by, subject=certificate.person, target=certificate.code, data={"reason": reason.value}
    )
    for colleague in approvers().exclude(pk=by.pk):
        send_message(
            trigger=TO_CONFIRM,
            subject_key=f"certificate:{certificate.code}",
            occurrence=str(asked.pk),
            person=colleague,
            facts={"link": [f"/certificaat/{certificate.code}/intrekken/", str(_("Bekijk de vraag"))]},
        )
    return Question(by, reason, asked.at)


@transaction.atomic
def approve_withdrawal(*, certificate: Certificate, by: User) -> Certificate:
    """Confirm the question that waits: withdraw, book the points back and tell the holder.

    A certificate that is not valid any more is returned unchanged.
    """
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if certificate.status != Status.VALID:
        return certificate
    question = question_about(certificate)
    if not can_approve_withdrawal(by) or certificate.person == by:
        raise NotAllowedError("not_allowed", _("HR of een beheerder bevestigt het intrekken van een bewijs."))
    if question is None:
        raise DomainError(
            "not_asked", _("Er wacht geen vraag om dit bewijs in te trekken. Laat een collega dat vragen.")
        )
    withdrawn = withdraw(
        certificate=certificate, by=question.by, approved_by=by, reason=str(WithdrawalReason(question.reason).label)
    )
    known = check(certificate.code)
    if certificate.person is not None and known is not None:
        send_message(
            trigger=WITHDRAWN,
            subject_key=f"certificate:{certificate.code}",
            person=certificate.person,
            facts={
                "kind": str(certificate.get_kind_display()),
                "title": known.title,
                "reason": str(question.reason.label),
                "link": [f"/certificaat/{certificate.code}/", str(_("Bekijk het bewijs"))],
            },
        )
    return withdrawn
