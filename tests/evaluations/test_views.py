"""The questions and what comes out of them, on screen."""

from datetime import timedelta

import pytest

from academy.common import clock
from academy.evaluations.domain.asking import open_evaluation
from academy.evaluations.models import Answer, Respondent
from academy.evaluations.questionnaires import TRANSFER
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.enums import LeadRole
from academy.people.enums import Role
from tests.evaluations.factories import fill_in, make_evaluation
from tests.factories import make_person, make_with_role
from tests.portal.desk import client_of

pytestmark = pytest.mark.django_db
FILLED = {"recognising": 4, "discussing": 3, "acting": 5, "score": 9, "remark": "Goed gesprek."}


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def test_who_was_there_answers_once():
    evaluation, (person, *_others) = make_evaluation()
    client, address = client_of(person), f"/evaluatie/{evaluation.public_id}/"
    page = client.get(address)
    assert page.headers["Cache-Control"] == "no-store, private"
    assert "Durf je te bespreken wat je ziet?" in page.text
    for _ in range(2):
        assert client.post(address, FILLED).status_code == 302
    assert "Je antwoord is binnen" in client.get(address).text
    assert Answer.objects.get().remark == "Goed gesprek."


def test_wrong_input_is_named_and_nothing_is_kept():
    evaluation, (person, *_others) = make_evaluation()
    client, address = client_of(person), f"/evaluatie/{evaluation.public_id}/"
    for bad in ({}, FILLED | {"score": 11}, FILLED | {"acting": "x"}, FILLED | {"remark": "x" * 301}):
        page = client.post(address, bad)
        assert "error-summary" in page.text
    assert not Respondent.objects.exists()


def test_too_late_is_said():
    evaluation, (person, *_others) = make_evaluation()
    client, address = client_of(person), f"/evaluatie/{evaluation.public_id}/"
    with clock.frozen(evaluation.closes_at + timedelta(minutes=1)):
        assert "gesloten op" in client.get(address).text
        assert "gesloten" in client.post(address, FILLED).text
    assert not Answer.objects.exists()


def test_results_show_numbers_and_remarks_from_five_on():
    evaluation, _there = make_evaluation(6, answers=4)
    trainer = make_with_role(Role.TRAINER)
    address = f"/evaluaties/{evaluation.gathering.public_id}/"
    page = client_of(trainer).get(address)
    assert "Nog geen uitslag" in page.text
    with clock.frozen(evaluation.closes_at):
        assert "Dan tonen we niets" in client_of(trainer).get(address).text
    assert "woord 0" not in page.text
    evaluation, there = make_evaluation(6, answers=5)
    page = client_of(trainer).get(f"/evaluaties/{evaluation.gathering.public_id}/").text
    assert "5 van de 6 mensen" in page
    assert all(f"woord {place}" in page for place in range(5))
    assert not any(person.full_name in page for person in there)


def test_lead_without_a_role_reads_her_own_and_not_the_list():
    evaluation, _there = make_evaluation(5, answers=5)
    host = make_person()
    client = client_of(host)
    address = f"/evaluaties/{evaluation.gathering.public_id}/"
    assert client.get(address).status_code == 404
    assign_lead(gathering=evaluation.gathering, person=host, role=LeadRole.HOSTS, by=None)
    assert client.get(address).status_code == 200
    assert client.get("/evaluaties/").status_code == 403


def test_list_shows_what_is_shown(django_assert_num_queries):
    client = client_of(make_with_role(Role.HR))
    assert "Nog geen evaluaties" in client.get("/evaluaties/").text
    make_evaluation(6, answers=6)
    with django_assert_num_queries(9):
        page = client.get("/evaluaties/").text
    assert "8,0" in page
    make_evaluation(3, answers=3)
    make_evaluation(1)
    make_evaluation(5, answers=5, asked=TRANSFER)
    with django_assert_num_queries(9):
        page = client.get("/evaluaties/").text
    assert page.count("minder dan 5") == 2
    assert "60% gebruikt het" in page
    assert "van 5 antwoorden, acht weken later" in page


def test_group_page_leads_to_the_results():
    evaluation, _there = make_evaluation(1)
    trainer = make_with_role(Role.TRAINER)
    assign_lead(gathering=evaluation.gathering, person=trainer, role=LeadRole.GIVES, by=None)
    page = client_of(trainer).get(f"/mijn-groepen/{evaluation.gathering.public_id}/").text
    assert f"/evaluaties/{evaluation.gathering.public_id}/" in page
    office = client_of(make_with_role(Role.OFFICE)).get(f"/mijn-groepen/{evaluation.gathering.public_id}/").text
    assert "/evaluaties/" not in office


def test_later_question_is_asked_and_its_result_stands_under_the_first():
    first, there = make_evaluation(5, answers=5)
    later = open_evaluation(gathering=first.gathering, asked=TRANSFER)
    client, address = client_of(there[0]), f"/evaluatie/{later.public_id}/"
    page = client.get(address).text
    assert "Heb je in je werk gebruikt wat je hier leerde?" in page
    assert "Welk cijfer" not in page
    assert "error-summary" in client.post(address, {"applied": 7}).text
    assert client.post(address, {"applied": 3, "remark": "Ons overleg."}).status_code == 302
    fill_in(later, there[1:])
    page = client_of(make_with_role(Role.TRAINER)).get(f"/evaluaties/{first.gathering.public_id}/").text
    assert page.index("Na afloop") < page.index("Acht weken later")
    assert "Gebruikt het in het werk" in page
    assert "Ons overleg." in page
