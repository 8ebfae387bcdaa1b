"""The first page says where somebody works for the academy, and what waits there."""

from __future__ import annotations

import pytest

from academy.gatherings.models import Session
from academy.people.enums import Role
from academy.people.models import Membership
from academy.portal.mine_work import desks_of
from leertafels.cases.domain.breaches import report_traceable
from tests.cases.factories import make_case
from tests.factories import (
    make_membership,
    make_municipality,
    make_organisation,
    make_person,
    make_team,
    make_with_role,
)
from tests.gatherings.factories import make_gathering
from tests.partners.factories import make_request, make_step
from tests.portal.desk import client_of, in_the_past, make_office, make_trainer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def waiting(user) -> list[tuple[str, int]]:
    return [(desk.title, task.number) for desk in desks_of(user) for task in desk.tasks]


def scope_of(role):
    match role:
        case Role.TEAM_MANAGER:
            return {"team": make_team()}
        case Role.COORDINATOR:
            return {"organisation": make_organisation()}
        case Role.MUNICIPALITY:
            return {"municipality": make_municipality(name="Almere")}
        case _everywhere:
            return {}


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.TRAINER, "/mijn-groepen/"),
        (Role.HOST, "/mijn-groepen/"),
        (Role.TEAM_MANAGER, "/team/"),
        (Role.COORDINATOR, "/team/"),
        (Role.OFFICE, "/bureau/"),
        (Role.HR, "/hr/"),
        (Role.PARTNERSHIP, "/partners/"),
        (Role.MUNICIPALITY, "/gemeente/"),
        (Role.PRIVACY, "/privacy-meldingen/"),
        (Role.ADMIN, "/beheer/"),
        (Role.EDITOR, "/cms/"),
    ],
)
def test_every_role_with_a_desk_finds_it_on_the_first_page(role, address):
    person = make_with_role(role, **scope_of(role))
    page = client_of(person).get("/mijn/").text
    part = page.partition("Je werk")[2].partition("</section>")[0]
    assert f'href="{address}"' in part
    assert waiting(person) == []


def test_who_has_no_desk_is_told_nothing_and_asked_nothing(django_assert_num_queries):
    person = make_person()
    assert "Je werk" not in client_of(person).get("/mijn/").text
    assert desks_of(person) == []  # her roles are known from here on
    with django_assert_num_queries(0):
        assert desks_of(person) == []


def test_a_lead_and_the_office_see_that_a_group_waits_for_its_attendance():
    gathering = make_gathering()
    trainer, office = make_trainer(gathering), make_office()
    assert waiting(trainer) == waiting(office) == []
    in_the_past(gathering)
    assert Session.objects.get().closed_at is None
    assert waiting(trainer) == [("Mijn groepen", 1)]
    assert waiting(office) == [("Bureau", 1)]
    assert waiting(make_trainer()) == []
    page = client_of(trainer).get("/mijn/").text
    assert "<strong>1</strong> groep wacht op aanwezigheid en afsluiten" in page


def test_a_coordinator_sees_who_waits_in_her_own_organisation():
    mine = make_organisation()
    coordinator = make_with_role(Role.COORDINATOR, organisation=mine)
    for organisation in (mine, make_organisation()):
        make_membership(make_person(), organisation=organisation)
    Membership.objects.update(approved_at=None)
    assert waiting(coordinator) == [("Team", 1)]


def test_the_partnership_manager_sees_what_is_late_and_what_is_new():
    make_step(due_in=-2)
    make_step(due_in=2)
    make_request()
    page = client_of(make_with_role(Role.PARTNERSHIP)).get("/mijn/").text
    assert "<strong>1</strong> stap is te laat" in page
    assert "<strong>1</strong> nieuwe aanvraag" in page


def test_the_privacy_officer_sees_that_a_report_waits():
    case = make_case()
    report_traceable(case=case, by=case.presenter)
    assert waiting(make_with_role(Role.PRIVACY)) == [("Herleidbaar", 1)]
