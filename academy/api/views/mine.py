"""The caller's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from ninja import Router

from academy.api.doors import SignedIn
from academy.api.paging import page
from academy.api.shapes import CreditOut, Listed, Me, MyCertificate, MyRegistration, MySeat
from academy.api.views.gatherings import show_own_seat
from academy.common import clock
from academy.gatherings.models import Seat
from academy.people.rules import memberships, role_assignments
from certificates.credits.domain.standing import standing
from certificates.credits.models import CreditEntry
from certificates.models import Certificate, CertificateFile

if TYPE_CHECKING:
    from django.http import HttpRequest

    from certificates.credits.domain.standing import Standing

router = Router(tags=["Van mij"], auth=SignedIn(), by_alias=True)
NOBODY = dict.fromkeys(("register", "chamber", "number", "starts_on", "due_on", "rule_set"))


@router.get("/me", response=Me, url_name="me", summary="Wie je bent")
def me(request: HttpRequest) -> dict[str, Any]:
    person = request.auth
    return {
        "person": person.public_id,
        "name": person.full_name,
        "email": person.email,
        "organisations": [held.organisation.name for held in memberships(person)],
        "roles": sorted({held.role for held in role_assignments(person)}),
    }


@router.get("/me/seats", response=Listed[MySeat], url_name="my_seats", summary="Je plekken, de nieuwste eerst")
def seats(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    rows = Seat.objects.for_person(request.auth).with_position()
    rows = rows.select_related("gathering").prefetch_related("offers")
    return page(rows, by=("-requested_at", "-pk"), cursor=cursor, show=_seat)


@router.get("/me/credits", response=Listed[CreditOut], url_name="my_credits", summary="Je punten, de nieuwste eerst")
def credits(request: HttpRequest, cursor: str = "") -> dict[str, Any]:  # noqa: A001 -- the word of the contract
    rows = CreditEntry.objects.of(request.auth).with_state()
    return page(rows, by=("-seq",), cursor=cursor, show=_credit)


@router.get("/me/certificates", response=Listed[MyCertificate], url_name="my_certificates", summary="Je certificaten")
def certificates(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    there = Exists(CertificateFile.objects.filter(certificate=OuterRef("pk")))
    rows = Certificate.objects.of(request.auth).with_status().annotate(ready=there)
    return page(rows, by=("-seq",), cursor=cursor, show=_certificate)


@router.get(
    "/me/registration",
    response=MyRegistration,
    url_name="my_registration",
    summary="Hoe je ervoor staat bij je register",
)
def registration(request: HttpRequest) -> dict[str, Any]:
    found = [_standing(one) for one in standing(request.auth, clock.today())]
    first = found[0] if found else {**NOBODY, "status": "unknown", "requirements": []}
    return {**first, "others": found[1:]}


def _seat(seat: Seat) -> dict[str, Any]:
    return {**show_own_seat(seat), "late": seat.late, "gathering": _gathering(seat)}


def _gathering(seat: Seat) -> dict[str, Any]:
    found = seat.gathering
    return {
        "id": found.public_id,
        "kind": found.kind,
        "title": found.title,
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
    }


def _credit(entry: CreditEntry) -> dict[str, Any]:
    return {
        "id": entry.public_id,
        "title": entry.title,
        "requirement": entry.requirement,
        "points_expected": entry.points_expected,
        "points_granted": entry.points_granted,
        "state": entry.state,
        "reason": entry.reason,
        "completed_on": entry.completed_on,
    }


def _certificate(certificate: Certificate) -> dict[str, Any]:
    return {
        "code": certificate.code,
        "title": certificate.title,
        "status": certificate.status,
        "issued_at": certificate.issued_at,
        "ready": certificate.ready,
    }


def _standing(found: Standing) -> dict[str, Any]:
    chamber = found.registration.chamber
    return {
        "register": chamber.register.code,
        "chamber": chamber.code,
        "number": found.registration.number,
        "starts_on": found.period.starts_on,
        "due_on": found.period.due_on,
        "status": found.status,
        "rule_set": {"code": found.rule_set, "name": found.rule_set_name, "status": found.rule_set_status},
        "requirements": [asdict(line) for line in found.lines],
    }
