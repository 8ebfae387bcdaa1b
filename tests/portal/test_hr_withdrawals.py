"""The list of certificates that wait for a second colleague to withdraw them."""

from datetime import timedelta

import pytest

from academy.common import clock
from academy.people.enums import Role
from certificates.domain.withdrawing import approve_withdrawal, ask_withdrawal, questions_waiting
from certificates.enums import WithdrawalReason
from tests.certificates.factories import make_certificate
from tests.factories import make_with_role
from tests.portal.desk import client_of, make_office
from tests.portal.test_groups import text_of

pytestmark = pytest.mark.django_db
LIST = "/hr/intrekken/"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def asked(by=None, person=None):
    certificate = make_certificate(person) if person else make_certificate()
    ask_withdrawal(certificate=certificate, reason=WithdrawalReason.FACTS, by=by or make_office())
    return certificate


def test_who_may_confirm_sees_what_waits_and_nothing_that_was_decided():
    first, second, decided = asked(), asked(), asked()
    hr = make_with_role(Role.HR)
    approve_withdrawal(certificate=decided, by=hr)
    make_certificate()
    client = client_of(hr)
    assert [one.certificate for one in client.get(LIST).context["waiting"]] == [first, second]
    assert f"/certificaat/{first.code}/intrekken/" in text_of(client.get(LIST))
    assert LIST in client_of(make_with_role(Role.ADMIN)).get("/beheer/").text
    assert client_of(make_office()).get(LIST).status_code == 403


def test_a_question_ends_with_its_term_and_with_who_asked():
    office = make_office()
    asked(by=office)
    with clock.frozen(clock.now() + timedelta(days=15)):
        assert questions_waiting() == []
    assert len(questions_waiting()) == 1
    office.is_active = False
    office.save()
    assert questions_waiting() == []


def test_nobody_is_shown_her_own_certificate_and_the_asker_sees_that_it_waits():
    hr = make_with_role(Role.HR)
    asked(person=hr)
    client = client_of(hr)
    assert "Er wacht niets" in text_of(client.get(LIST))
    asked(by=hr)
    assert "wacht op een collega" in text_of(client.get(LIST))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(number, django_assert_num_queries):
    office = make_office()
    for _ in range(number):
        asked(by=office)
    client = client_of(make_with_role(Role.HR))
    with django_assert_num_queries(8):
        client.get(LIST)
