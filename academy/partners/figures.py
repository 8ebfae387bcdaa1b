"""Figures for the partnership manager, each with what it is a share of. Never about one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from django.db.models import Min, Q
from django.utils.translation import gettext as _

from academy.common import clock
from academy.gatherings.enums import AttendanceStatus
from academy.gatherings.models import Attendance
from academy.partners.enums import AgreementKind, CountsAs, Moment, OutreachKind, RequestState
from academy.partners.models import Agreement, InformationRequest, Outreach
from academy.partners.moments import KIND_OF, offerings_that_count
from academy.people.enums import Ring, TeamKind
from academy.people.models import Membership, Organisation, Team
from certificates.credits.models import AchievementRecord

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from django.db.models import QuerySet

    from academy.partners.moments import Period

OFFICER = "aandachtsfunctionaris"
STARTER_DAYS = 90
PROMPT_DAYS = 30
TWO_YEARS, ONE_YEAR, HALF_A_YEAR = relativedelta(months=24), relativedelta(months=12), relativedelta(months=6)


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole``; nothing to divide by is "n.v.t."."""

    label: str
    part: int
    whole: int | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How long a request waits until it was held, and how many were planned within thirty days."""

    median_days: float | None
    planned: Share


def local_teams(municipalities: Collection[int]) -> QuerySet[Team]:
    """The active local teams that work there."""
    teams = Team.objects.active().filter(kind=TeamKind.LOCAL, municipalities__in=municipalities)
    found: QuerySet[Team] = teams.distinct()
    return found


def members(teams: QuerySet[Team]) -> QuerySet[Membership]:
    """Confirmed places in these teams today."""
    confirmed = Q(approved_at__isnull=False) | Q(organisation__is_own=True)
    found: QuerySet[Membership] = Membership.objects.current().filter(confirmed, team__in=teams.values("pk"))
    return found


def reach(teams: QuerySet[Team]) -> Share:
    """M21: who completed at least one thing in 24 months, of the people that teams say they have."""
    since = clock.today() - TWO_YEARS
    done = AchievementRecord.objects.filter(completed_on__gt=since).values("subject__person")
    persons = members(teams).filter(person__in=done).values("person").distinct().count()
    counts = list(teams.values_list("headcount", flat=True))
    whole = sum(count for count in counts if count) if counts and None not in counts else None
    note = "" if whole is not None else _("niet elk team heeft opgegeven hoeveel mensen er werken")
    return Share(_("Mensen die iets afrondden in 24 maanden"), persons, whole, note)


def starters(teams: QuerySet[Team], period: Period) -> Share:
    """M22: who is new in a local team and looked in the kitchen within ninety days; day ninety lies in the period."""
    began = Membership.objects.filter(team__kind=TeamKind.LOCAL).values("person").annotate(first=Min("starts_on"))
    window = (period.first - timedelta(days=STARTER_DAYS), period.reference_day - timedelta(days=STARTER_DAYS))
    here = members(teams).values("person")
    new = dict(began.filter(first__gte=window[0], first__lte=window[1], person__in=here).values_list("person", "first"))
    visits = Attendance.objects.filter(
        person__in=list(new), status=AttendanceStatus.PRESENT, session__gathering__kind=KIND_OF[Moment.MEET]
    )
    looked: dict[int, Any] = dict(
        visits.order_by().values("person").annotate(at=Min("session__starts_at")).values_list("person", "at")
    )
    prompt = sum(
        at < clock.amsterdam(new[person] + timedelta(days=STARTER_DAYS + 1), time()) for person, at in looked.items()
    )
    return Share(_("Nieuwe collega's met een Kijkje binnen 90 dagen"), prompt, len(new))


def embedding(teams: QuerySet[Team]) -> Share:
    """M23: teams that have the Kijkje in their programme for new colleagues."""
    agreed = Agreement.objects.current().filter(kind=AgreementKind.ONBOARDING, team__in=teams.values("pk"))
    return Share(_("Teams met het Kijkje in het inwerkprogramma"), agreed.values("team").distinct().count(), len(teams))


def officers(teams: QuerySet[Team]) -> Share:
    """M26: teams with an attention officer who was at a refresher in 24 months."""
    since = clock.amsterdam(clock.today() - TWO_YEARS, time())
    refreshed = Attendance.objects.filter(
        status=AttendanceStatus.PRESENT,
        session__starts_at__gt=since,
        session__gathering__offering__in=offerings_that_count(counts_as=CountsAs.REFRESHER),
    )
    with_one = members(teams).filter(job_function__slug=OFFICER, person__in=refreshed.values("person"))
    return Share(
        _("Teams met een bijgeschoolde aandachtsfunctionaris"),
        with_one.values("team").distinct().count(),
        len(teams),
    )


def active_offering(municipalities: Collection[int], former: dict[int, int]) -> Share:
    """M24: municipalities that we made an offer to in twelve months; ``former`` maps what merged to what is there."""
    since = clock.today() - ONE_YEAR
    offered = Outreach.objects.filter(kind=OutreachKind.OFFER, held_on__gt=since, municipality__isnull=False)
    there = {former.get(key, key) for key in offered.values_list("municipality", flat=True)}
    return Share(_("Gemeenten die dit jaar een aanbod kregen"), len(there & set(municipalities)), len(municipalities))


def second_ring() -> Share:
    """M25: organisations of the second ring that we spoke in half a year."""
    organisations = Organisation.objects.active().filter(ring=Ring.SECOND)
    spoken = Outreach.objects.filter(organisation__in=organisations, held_on__gt=clock.today() - HALF_A_YEAR)
    return Share(
        _("Organisaties in de tweede ring gesproken in een half jaar"),
        spoken.values("organisation").distinct().count(),
        organisations.count(),
    )


def lead_time(requests: QuerySet[InformationRequest], first: date, last: date) -> LeadTime:
    """M29: of the requests that were rounded off in the period."""
    closed = requests.filter(
        closed_at__gte=clock.amsterdam(first, time()), closed_at__lt=clock.amsterdam(last + timedelta(days=1), time())
    )
    rows = list(closed.values_list("state", "received_at", "planned_at", "held_on"))
    days = [
        (held - received.astimezone(clock.AMSTERDAM).date()).days
        for state, received, _planned, held in rows
        if state == RequestState.HELD
    ]
    prompt = sum(
        planned is not None and planned - received <= timedelta(days=PROMPT_DAYS) for _s, received, planned, _h in rows
    )
    return LeadTime(median(days) if days else None, Share(_("Binnen 30 dagen ingepland"), prompt, len(rows)))
