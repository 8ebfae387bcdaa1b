"""What the academy office sees first: everything that needs a hand today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from academy.common import clock
from academy.gatherings.enums import GatheringState, SeatState
from academy.gatherings.models import Accreditation, Correction, Gathering, Seat
from academy.outbox.domain.failures import count_failures
from academy.people.models import Membership
from academy.portal.groups_reading import coming

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from academy.people.models import User

# A group that begins within this time with fewer people than this is looked at: does it go on?
SOON = timedelta(days=14)
FEW_PEOPLE = 4
# A register takes this long to decide about an accreditation.
RENEW = timedelta(days=91)
MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Task:
    """One kind of work: how much there is, in words, and where it is done."""

    number: int
    words: str
    url: str
    status: str


def thin_groups() -> QuerySet[Gathering]:
    """Groups that begin soon with fewer people than their minimum, or with hardly anybody where there is none."""
    moment = clock.now()
    soon = Gathering.objects.filter(state=GatheringState.OPEN, starts_at__gt=moment, starts_at__lte=moment + SOON)
    return coming(soon).filter(seats_held__lt=Coalesce("minimum", FEW_PEOPLE))


def requests() -> QuerySet[Seat]:
    """Seats that wait for a yes or no, who asked first on top."""
    waiting = Seat.objects.filter(state=SeatState.REQUESTED, gathering__state=GatheringState.OPEN)
    return waiting.select_related("person", "gathering", "gathering__offering").order_by("requested_at", "pk")


def tasks(user: User) -> list[Task]:
    """Only what there is; an empty list means nothing is waiting."""
    failed = count_failures()
    asked, places = requests().count(), Membership.objects.waiting_for(user).count()
    corrections, today = Correction.objects.waiting().count(), clock.today()
    ending = Accreditation.objects.ending(today, today + RENEW).count()
    found = [
        Task(
            failed,
            ngettext("mail of taak bleef liggen", "mails of taken bleven liggen", failed),
            reverse("failed_jobs"),
            "late",
        ),
        Task(
            asked,
            ngettext("aanvraag wacht op goedkeuring", "aanvragen wachten op goedkeuring", asked),
            reverse("office_requests"),
            "soon",
        ),
        Task(
            corrections,
            ngettext("correctie wacht op een collega", "correcties wachten op een collega", corrections),
            reverse("office_corrections"),
            "soon",
        ),
        Task(
            places,
            ngettext("account wacht op bevestiging", "accounts wachten op bevestiging", places),
            reverse("manage_approvals"),
            "soon",
        ),
        Task(
            ending,
            ngettext("accreditatie loopt binnen 3 maanden af", "accreditaties lopen binnen 3 maanden af", ending),
            reverse("office_accreditations"),
            "soon",
        ),
    ]
    return [task for task in found if task.number]


def search(words: str, state: str) -> QuerySet[Gathering]:
    """Groups whose name, offering or lead holds every word; ``state`` is ``concept``, ``afgerond``, ``alle`` or what
    still comes.
    """
    groups = Gathering.objects.all()
    for word in words.split()[:6]:
        lead = Q(leads__person__full_name__icontains=word)
        groups = groups.filter(Q(title__icontains=word) | Q(offering__title__icontains=word) | lead)
    groups = Gathering.objects.filter(pk__in=groups.values("pk"))
    if state == "concept":
        groups = groups.filter(state=GatheringState.DRAFT)
    return groups
