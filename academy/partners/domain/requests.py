"""Requests to come and tell about our work: from the public form to the day it was held."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from academy.common import clock
from academy.common.errors import DomainError
from academy.outbox.domain.messages import send_message
from academy.partners.domain.saving import save_clean
from academy.partners.enums import RequestState
from academy.partners.models import InformationRequest
from academy.people.domain.audit import record
from academy.people.enums import Role
from academy.people.models import Organisation, User

if TYPE_CHECKING:
    from datetime import date

    from academy.partners.enums import RequestTopic
    from academy.people.models import Municipality

# How long we know who asked, after it was rounded off.
KEPT = timedelta(days=365)
# The same request within this time is the button that was pressed twice.
SAME = timedelta(hours=1)


@transaction.atomic
def ask_information(
    *,
    municipality: Municipality | None,
    organisation_name: str,
    topic: RequestTopic | str,
    wanted_from: date,
    wanted_until: date,
    people: int,
    contact_name: str,
    contact_email: str,
    contact_phone: str = "",
    remarks: str = "",
) -> InformationRequest:
    """Somebody asks; she gets a confirmation and the partnership managers are told.

    Sent twice within the hour it is one request. Raises DomainError for a period that is over, for nobody to reach and
    for no municipality or organisation at all.
    """
    if wanted_until < clock.today():
        raise DomainError("past", "Deze periode is al voorbij; kies dagen die nog komen.", field="wanted_until")
    for name, value in (("contact_name", contact_name), ("contact_email", contact_email)):
        if not value.strip():
            raise DomainError(
                "contact", "Vul dit in; zonder naam en e-mailadres kunnen we niet antwoorden.", field=name
            )
    named = organisation_name.strip()
    request = InformationRequest(
        municipality=municipality,
        organisation=Organisation.objects.active().filter(name__iexact=named).first() if named else None,
        organisation_name=named,
        topic=topic,
        wanted_from=wanted_from,
        wanted_until=wanted_until,
        people=people,
        remarks=remarks.strip(),
        contact_name=contact_name.strip(),
        contact_email=contact_email.strip().lower(),
        contact_phone=contact_phone.strip(),
        received_at=clock.now(),
    )
    same = ("municipality", "organisation_name", "topic", "wanted_from", "wanted_until", "people", "contact_email")
    known: InformationRequest | None = InformationRequest.objects.filter(
        received_at__gt=clock.now() - SAME, **{name: getattr(request, name) for name in same}
    ).first()
    if known is not None:
        return known
    save_clean(request)
    record(action="partners.request", by=None, target=request.public_id, data={"what": "new"})
    _tell_asker(request, "received")
    for person in User.objects.get_queryset().active().with_role(Role.PARTNERSHIP):
        send_message(
            trigger="partners.request_new",
            subject_key=f"request:{request.public_id}",
            person=person,
            facts={
                "topic": request.get_topic_display(),
                "link": [f"/partners/aanvragen/{request.public_id}/", "Bekijk de aanvraag"],
            },
        )
    return request


@transaction.atomic
def plan_request(*, request: InformationRequest, planned_for: date, by: User) -> InformationRequest:
    """Agree on a day; the asker gets it by mail. A later call changes the day. Raises DomainError when it is over."""
    request = _locked(request)
    if request.state == RequestState.PLANNED and request.planned_for == planned_for:
        return request
    if planned_for < clock.today():
        raise DomainError("past", "Deze dag is al voorbij; kies een dag die nog komt.", field="planned_for")
    request.planned_at = request.planned_at or clock.now()
    request.state, request.planned_for, request.handled_by = RequestState.PLANNED, planned_for, by
    save_clean(request)
    record(action="partners.request", by=by, target=request.public_id, data={"what": "plan"})
    _tell_asker(request, "planned", occurrence=planned_for.isoformat(), planned_on=planned_for.isoformat())
    return request


@transaction.atomic
def hold_request(*, request: InformationRequest, held_on: date, by: User) -> InformationRequest:
    """It was given on that day. Held before, nothing changes. Raises DomainError for a day to come."""
    held: InformationRequest = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.state == RequestState.HELD and held.held_on == held_on:
        return held
    request = _locked(request)
    if held_on > clock.today():
        raise DomainError("future", "Deze dag komt nog; leg het vast als het is geweest.", field="held_on")
    if held_on < request.received_at.astimezone(clock.AMSTERDAM).date():
        raise DomainError("dates", "De aanvraag kwam later binnen; kies een latere dag.", field="held_on")
    request.state, request.held_on, request.handled_by = RequestState.HELD, held_on, by
    request.planned_at, request.closed_at = request.planned_at or clock.now(), clock.now()
    save_clean(request)
    record(action="partners.request", by=by, target=request.public_id, data={"what": "held"})
    return request


@transaction.atomic
def decline_request(*, request: InformationRequest, reason: str, by: User) -> InformationRequest:
    """Say no, with a reason that the asker gets by mail. Declined before, nothing changes."""
    declined: InformationRequest = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if declined.state == RequestState.DECLINED:
        return declined
    request = _locked(request)
    if not reason.strip():
        raise DomainError("reason", "Schrijf op waarom niet; de aanvrager krijgt dit te lezen.", field="reason")
    request.state, request.reason, request.handled_by = RequestState.DECLINED, reason.strip(), by
    request.closed_at = clock.now()
    save_clean(request)
    record(action="partners.request", by=by, target=request.public_id, data={"what": "decline"})
    _tell_asker(request, "declined", reason=request.reason)
    return request


def forget_askers() -> int:
    """Wipe who asked, a year after it was rounded off; how many requests that were (a sweep)."""
    old = InformationRequest.objects.filter(closed_at__lte=clock.now() - KEPT).exclude(contact_email="")
    return old.update(contact_name="", contact_email="", contact_phone="", remarks="")


def _locked(request: InformationRequest) -> InformationRequest:
    """The row as it is now; refused when it was rounded off."""
    found: InformationRequest = InformationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if found.closed_at is not None:
        raise DomainError("closed", f"Deze aanvraag is al afgerond: {found.get_state_display()}.")
    return found


def _tell_asker(request: InformationRequest, what: str, *, occurrence: str = "", **facts: str) -> None:
    """Only words of our own: this mail goes to an address that anybody may have typed."""
    send_message(
        trigger=f"partners.request_{what}",
        subject_key=f"request:{request.public_id}",
        occurrence=occurrence,
        address=request.contact_email,
        facts={"topic": request.get_topic_display(), **facts},
    )
