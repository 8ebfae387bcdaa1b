"""Predicates: who may do what with gatherings, seats and attendance. The user comes first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from academy.common import clock
from academy.gatherings.enums import Approval, LeadRole
from academy.gatherings.kinds import kind_of
from academy.gatherings.models import Lead, Seat
from academy.people import rules as people
from academy.people.enums import Role
from academy.people.models import Membership, User

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from academy.gatherings.models import Gathering

# Somebody is a starter this long after beginning somewhere (inference: twice the 90 days of the first programme).
STARTER_DAYS = 183
# Roles in a gathering that may do everything a lead may; an expert by experience gives along and keeps no lists.
LEADING = (LeadRole.GIVES, LeadRole.FACILITATES, LeadRole.HOSTS, LeadRole.STANDS_IN)


# Roles that look on and take no part in gatherings (agenda.own_feed).
LOOK_ON = frozenset({Role.MUNICIPALITY, Role.ADMIN, Role.AUDITOR})


def has_agenda(user: User | AnonymousUser) -> bool:
    """``agenda.own_feed``: everybody with an account, except who only looks on."""
    if not user.is_authenticated or not user.is_active:
        return False
    held = {assignment.role for assignment in people.role_assignments(user)}
    return not held or bool(held - LOOK_ON)


def leads(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """Whether ``user`` leads or stands in today; read from the database each time, for a lead can end any moment."""
    if not user.is_authenticated or not user.is_active:
        return False
    return Lead.objects.current().filter(gathering=gathering, person_id=user.pk, role__in=LEADING).exists()


def leads_source(user: User, source_key: str) -> bool:
    """Whether ``user`` leads the gathering in which this was earned; the last part of a key is a seat."""
    seat = Seat.objects.select_related("gathering").filter(public_id=source_key.rpartition(":")[2]).first()
    return seat is not None and leads(user, seat.gathering)


def can_plan(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``run.plan`` and ``run.cancel``: change dates, places and capacity, cancel it."""
    return people.has_role(user, Role.OFFICE, Role.EDITOR, Role.ADMIN) or leads(user, gathering)


def can_place(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """Who knows the people: set a condition aside, move somebody, object to a seat."""
    return people.has_role(user, Role.OFFICE) or leads(user, gathering)


def can_keep_venues(user: User | AnonymousUser) -> bool:
    """``venue.edit`` for every place; the office keeps the list."""
    return people.has_role(user, Role.OFFICE)


def can_use_desk(user: User | AnonymousUser) -> bool:
    """``office.desk``: the pages of the academy office."""
    return people.has_role(user, Role.OFFICE)


def can_accredit(user: User | AnonymousUser) -> bool:
    """``accreditation.edit``: the papers of the registers come in at the office."""
    return people.has_role(user, Role.OFFICE, Role.ADMIN)


def can_assign_leads(user: User | AnonymousUser) -> bool:
    """``lead.assign`` in the permission table."""
    return people.has_role(user, Role.OFFICE)


def can_stand_in(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``lead.stand_in``: name a colleague who takes over for a while."""
    return people.has_role(user, Role.OFFICE) or leads(user, gathering)


def can_read_participants(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """The list with names; members of a gathering see each other by their own package's rule."""
    return people.has_role(user, Role.OFFICE, Role.HR) or leads(user, gathering)


def can_record_attendance(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``attendance.edit``; a kind may keep the office out."""
    office = kind_of(gathering).office_records_attendance and people.has_role(user, Role.OFFICE)
    return office or leads(user, gathering)


def can_close(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``certificate.issue``: closing is what hands out points and certificates."""
    return people.has_role(user, Role.OFFICE) or leads(user, gathering)


def can_correct(user: User | AnonymousUser, gathering: Gathering) -> bool:
    """``attendance.correct_after_close``."""
    return people.has_role(user, Role.OFFICE, Role.HR) or leads(user, gathering)


def arranges_for(user: User | AnonymousUser, person: User) -> bool:
    """Whether ``user`` looks after the learning of ``person``: manager, team manager or coordinator there."""
    if people.is_manager_of(user, person):
        return True
    return any(
        people.coordinates(user, held.organisation) or (held.team is not None and people.manages(user, held.team))
        for held in people.memberships(person)
    )


# Roles that plan, guard or check and take part with another account (permissions.csv: seat.take).
TAKES_NO_SEAT = (Role.OFFICE, Role.MUNICIPALITY, Role.ADMIN, Role.AUDITOR)


def can_take_seat(user: User | AnonymousUser) -> bool:
    """``seat.take``: ask a seat for oneself."""
    return user.is_authenticated and user.is_active and not people.has_role(user, *TAKES_NO_SEAT)


def can_take_seat_for(user: User | AnonymousUser, person: User, gathering: Gathering) -> bool:
    """``seat.take_for_other``."""
    if people.has_role(user, Role.OFFICE, Role.HR) or leads(user, gathering):
        return True
    return user.is_authenticated and arranges_for(user, person)


def can_cancel_seat(user: User | AnonymousUser, seat: Seat) -> bool:
    """``seat.cancel``: one's own, or for whom one arranges; a lead may, to keep the list true."""
    if user.pk == seat.person_id:
        return True
    return can_take_seat_for(user, seat.person, seat.gathering)


def can_decide(user: User | AnonymousUser, seat: Seat) -> bool:
    """Whether ``user`` may approve or decline this request; never one's own. The office may always help out."""
    if not user.is_authenticated or user.pk == seat.person_id:
        return False
    if people.has_role(user, Role.OFFICE):
        return True
    held = people.memberships(seat.person)
    match seat.gathering.approval:
        case Approval.MANAGER:
            teams = [one.team for one in held if one.team is not None]
            return people.is_manager_of(user, seat.person) or any(people.manages(user, team) for team in teams)
        case Approval.COORDINATOR:
            return any(people.coordinates(user, one.organisation) for one in held)
        case Approval.LEAD:
            return leads(user, seat.gathering)
        case _:
            # No role says who holds a budget: the office asks there and answers.
            return False


def approvers_of(seat: Seat) -> list[User]:
    """Whom to ask about a request; the office when nobody is there to decide."""
    held = people.memberships(seat.person)
    others = User.objects.get_queryset().active().exclude(pk=seat.person_id).order_by("pk")
    found = others.none()
    match seat.gathering.approval:
        case Approval.MANAGER:
            named = others.filter(pk__in=[one.manager_id for one in held if one.manager_id])
            found = named | others.with_role(Role.TEAM_MANAGER, team__in=[one.team_id for one in held if one.team_id])
        case Approval.COORDINATOR:
            found = others.with_role(Role.COORDINATOR, organisation__in=[one.organisation_id for one in held])
        case Approval.LEAD:
            leading = Lead.objects.current().filter(gathering=seat.gathering, role__in=LEADING)
            found = others.filter(pk__in=leading.values("person"))
    return list(found) or list(others.with_role(Role.OFFICE))


def is_starter(person: User, on: date | None = None) -> bool:
    """Whether ``person`` began somewhere not long ago."""
    day = on or clock.today()
    since = day - timedelta(days=STARTER_DAYS)
    return Membership.objects.current(day).filter(person=person, starts_on__gt=since).exists()


def are_colleagues(one: User, other: User) -> bool:
    """Whether two people belong to one organisation today."""
    mine = {held.organisation_id for held in people.memberships(one)}
    return any(held.organisation_id in mine for held in people.memberships(other))
