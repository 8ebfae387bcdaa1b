"""Recognising an achievement, and taking that back: the only writers of records, points and certificates.

Lock order: gathering, seat, ledger head. The ledger head comes last; everything else is read or made before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from academy.common.errors import DomainError, NotAllowedError
from academy.outbox.domain.jobs import enqueue
from academy.people.domain.audit import record as log
from academy.people.models import User
from certificates.achievement import Achievement, canonical
from certificates.credits.domain.booking import book, book_back, book_for
from certificates.credits.domain.chain import commitment, new_salt, open_ledger, subject_of
from certificates.credits.models import AchievementRecord, CreditEntry, Registration
from certificates.domain.payload import certificate_payload
from certificates.enums import CertificateEventKind, Status
from certificates.models import Certificate, CertificateEvent, CertificateHolder

if TYPE_CHECKING:
    from certificates.credits.domain.chain import Ledger
    from certificates.credits.models import Subject


@dataclass(frozen=True, slots=True)
class Recognition:
    """What is on record for an achievement. ``is_new`` is false when it was there already."""

    record: AchievementRecord
    entries: tuple[CreditEntry, ...]
    certificate: Certificate | None
    is_new: bool


@transaction.atomic
def recognise(*, achievement: Achievement, by: User | None) -> Recognition:
    """Record ``achievement``, book its points for each register the person is in, and issue its certificate.

    Idempotent by ``source_key``: a second call returns what is there, also after a correction.
    """
    person = User.objects.get(public_id=achievement.person)
    subject = subject_of(person=person)
    with open_ledger() as ledger:
        held = AchievementRecord.objects.latest_of(achievement.source_key)
        if held is not None:
            return _on_record(held, subject)
        return _write(ledger, achievement, person, subject, by)


@transaction.atomic
def correct(*, achievement: Achievement, reason: str, by: User | None) -> Recognition:
    """Replace what was recorded under this ``source_key``: book back, book again, and renew or withdraw the paper.

    The old certificate is superseded by the new one, or withdrawn when the corrected achievement earns none. What
    is on record already is returned unchanged; what was never recorded is recorded now.
    """
    person = User.objects.get(public_id=achievement.person)
    subject = subject_of(person=person)
    _demand_reason(reason)
    with open_ledger() as ledger:
        held = AchievementRecord.objects.latest_of(achievement.source_key)
        if held is None:
            return _write(ledger, achievement, person, subject, by)
        if held.payload_json == canonical(achievement.as_json()):
            return _on_record(held, subject)
        before = _on_record(held, subject)
        book_back(ledger, held, by=by)
        after = _write(ledger, achievement, person, subject, by, version=held.version + 1, reason=reason)
        _retire(ledger, before.certificate, after.certificate, reason, by)
    log(action="credits.correct", by=by, subject=person, target=achievement.source_key)
    return after


@transaction.atomic
def withdraw(*, certificate: Certificate, by: User, approved_by: User, reason: str) -> Certificate:
    """Withdraw a certificate and book its points back; two different colleagues, and a reason.

    A certificate that is not valid any more is returned unchanged.
    """
    if by.pk == approved_by.pk:
        raise NotAllowedError("second_person", "Vraag een tweede collega om de intrekking te bevestigen.")
    _demand_reason(reason)
    with open_ledger() as ledger:
        certificate = Certificate.objects.select_related("record", "subject__person").get(pk=certificate.pk)
        if certificate.status != Status.VALID:
            return certificate
        ledger.add(
            CertificateEvent(
                certificate=certificate,
                kind=CertificateEventKind.WITHDRAWN,
                approved_by=approved_by.public_id,
                reason=reason.strip(),
            ),
            by=by,
        )
        book_back(ledger, certificate.record, by=by)
    log(action="certificate.withdraw", by=by, subject=certificate.person, target=certificate.code)
    return certificate


@transaction.atomic
def recognise_earlier(*, registration: Registration, by: User | None) -> tuple[CreditEntry, ...]:
    """Book what was recognised before ``registration`` was entered; nothing is booked twice or after a withdrawal."""
    person = registration.person
    first = registration.periods.order_by("starts_on").first()
    if first is None:
        return ()
    with open_ledger() as ledger:
        records = AchievementRecord.objects.in_force().filter(subject__person=person, completed_on__gte=first.starts_on)
        booked = CreditEntry.objects.filter(chamber=registration.chamber_id, subject__person=person)
        entries = []
        for record in records.exclude(pk__in=booked.values("record")).order_by("seq"):
            paper = Certificate.objects.filter(record=record).first()
            if paper is None or paper.status == Status.VALID:
                achievement = Achievement.from_json(person.public_id, record.payload)
                entries.append(book_for(ledger, record, achievement, registration, by=by))
    return tuple(entry for entry in entries if entry is not None)


def _demand_reason(reason: str) -> None:
    if not reason.strip():
        raise DomainError("reason_missing", "Schrijf op waarom je dit verandert.", field="reason")
    if len(reason.strip()) > 200:  # noqa: PLR2004 -- the width of the column
        raise DomainError("reason_too_long", "Houd de reden korter dan 200 tekens.", field="reason")


def _on_record(record: AchievementRecord, subject: Subject) -> Recognition:
    if record.subject_id != subject.pk:
        raise ValueError(f"{record.source_key} is van iemand anders.")
    return Recognition(
        record=record,
        entries=tuple(CreditEntry.objects.filter(record=record, reverses__isnull=True)),
        certificate=Certificate.objects.filter(record=record).first(),
        is_new=False,
    )


def _write(
    ledger: Ledger,
    achievement: Achievement,
    person: User,
    subject: Subject,
    by: User | None,
    *,
    version: int = 1,
    reason: str = "",
) -> Recognition:
    record = ledger.add(
        AchievementRecord(
            subject=subject,
            source_key=achievement.source_key,
            version=version,
            form=achievement.form,
            completed_on=achievement.completed_on,
            minutes=0 if achievement.sums_up else achievement.minutes,
            payload_json=canonical(achievement.as_json()),
            reason=reason.strip(),
        ),
        by=by,
    )
    entries = book(ledger, record, achievement, person=person, by=by)
    certificate = _issue(ledger, achievement, record, entries, person, by) if achievement.certificate else None
    return Recognition(record=record, entries=entries, certificate=certificate, is_new=True)


def _issue(
    ledger: Ledger,
    achievement: Achievement,
    record: AchievementRecord,
    entries: tuple[CreditEntry, ...],
    person: User,
    by: User | None,
) -> Certificate:
    """Write the certificate and ask for its file."""
    numbers = {
        registration.chamber.full_code: registration.number
        for registration in Registration.objects.active()
        .filter(person=person)
        .exclude(number="")
        .select_related("chamber__register")
    }
    salt, numbers_json = new_salt(), canonical(numbers)
    certificate = ledger.add(
        Certificate(
            record=record,
            subject_id=record.subject_id,
            kind=str(achievement.certificate),
            title=achievement.title,
            payload_json=canonical(certificate_payload(achievement, entries)),
            holder_commitment=commitment(salt, f"{person.full_name}\n{numbers_json}"),
        ),
        by=by,
    )
    CertificateHolder.objects.create(
        certificate=certificate, name=person.full_name, numbers_json=numbers_json, salt=salt
    )
    enqueue(
        kind="certificates.render",
        key=f"certificates.render:{certificate.code}",
        payload={"certificate": certificate.code},
    )
    return certificate


def _retire(ledger: Ledger, old: Certificate | None, new: Certificate | None, reason: str, by: User | None) -> None:
    if old is None or old.status != Status.VALID:
        return
    kind = CertificateEventKind.SUPERSEDED if new else CertificateEventKind.WITHDRAWN
    ledger.add(CertificateEvent(certificate=old, kind=kind, replaced_by=new, reason=reason.strip()), by=by)
