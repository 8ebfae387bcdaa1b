"""Leertafels with pages, seats and meetings that were held."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from academy.common import clock
from academy.common.identifiers import public_id
from academy.gatherings.domain.attendance import Row, read_sheet, record_attendance
from academy.gatherings.domain.closing import close_session
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.planning import Plan, open_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.domain.section import prepare_catalogue
from academy.gatherings.enums import LeadRole
from academy.gatherings.models import CataloguePage
from academy.people.enums import Role
from academy.people.models import User
from leertafels.domain.tables import plan_leertafel
from leertafels.models import Leertafel, LeertafelPage
from tests.factories import make_membership, make_person, make_with_role
from tests.planting import plant

_number = count(1)
HOURS = timedelta(hours=2)


def make_page(*, live=True, **values) -> LeertafelPage:
    number = next(_number)
    values = {"title": f"Leertafel {number}", "slug": f"leertafel-{public_id()}", "live": live, **values}
    parent = CataloguePage.objects.first() or prepare_catalogue()
    return plant(parent, LeertafelPage(**values))


def make_table(
    page=None, *, sessions=2, starts_in=timedelta(days=30), lasts=HOURS, weeks=6, open_=True, where=None, **values
) -> Leertafel:
    """An open table that meets every six weeks from thirty days on; page values are ``mode``, ``level``, ``region``."""
    of_page = {name: values.pop(name) for name in ("mode", "level", "region") if name in values}
    page = page or make_page(**of_page)
    first = (clock.now() + starts_in).replace(second=0, microsecond=0)
    moments = [first + timedelta(weeks=weeks * number) for number in range(sessions)]
    plans = [Plan(starts_at=moment, ends_at=moment + lasts, **(where or {})) for moment in moments]
    table = plan_leertafel(page=page, sessions=plans, by=None, allow_past=True, **values)
    if open_:
        open_gathering(gathering=table.gathering, by=None)
    return Leertafel.objects.select_related("gathering__offering").get(pk=table.pk)


def facilitator(table=None, role=LeadRole.FACILITATES) -> User:
    person = make_with_role(Role.FACILITATOR)
    if table is not None:
        assign_lead(gathering=table.gathering, person=person, role=role, by=None)
    return User.objects.get(pk=person.pk)


def seated(table, number=1, person=None) -> list[User]:
    """So many people with a place at the table."""
    people = [person] if person is not None else [make_person() for _ in range(number)]
    for one in people:
        take_seat(person=one, gathering=table.gathering, by=None)
    return people


def managed_pair() -> tuple[User, User]:
    """A manager and somebody who works for her."""
    manager, report = make_person(full_name="Baas Bos"), make_person(full_name="Mees Werker")
    make_membership(report, manager=manager, approved_at=clock.now())
    return manager, report


def hold(table, *, number=0, present=None, clocks=None, by=None, close=True):
    """Hold meeting ``number`` of the table: minutes per person (None: the whole meeting), the rest absent."""
    session = table.gathering.sessions.order_by("starts_at")[number]
    by = by or table.gathering.leads.order_by("pk").first().person
    present = present or {}
    with clock.frozen(session.ends_at):
        people = {*read_sheet(session).expected, *present}
        rows = [Row(one, "present", present[one]) if one in present else Row(one, "absent") for one in people]
        told = {} if clocks is None else {"intervision_minutes": clocks[0], "case_minutes": clocks[1]}
        record_attendance(session=session, rows=rows, by=by, version=None, **told)
        if close:
            close_session(session=session, by=by)
    session.refresh_from_db()
    return session
