"""The works council's consent: who records it, what is refused, and that withdrawing works at once."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.domain.audit import record, record_many
from academy.people.domain.consent import record_consent, withdraw_consent
from academy.people.enums import Role
from academy.people.models import AuditEntry, WorksCouncilConsent
from tests.factories import make_person, make_with_role
from tests.people.factories import make_consent

pytestmark = pytest.mark.django_db


def facts(**values):
    today = clock.today()
    return {
        "agreed_on": today - timedelta(days=3),
        "purpose": "Registratie volgen.",
        "ends_on": today + timedelta(days=365),
        **values,
    }


@pytest.mark.parametrize("role", [Role.HR, Role.PRIVACY])
def test_recording_twice_is_recording_once(role):
    by = make_with_role(role)
    consent = record_consent(by=by, **facts(purpose="  Registratie \n volgen. "))
    assert (consent.purpose, consent.recorded_by) == ("Registratie volgen.", by)
    assert str(consent) == f"{consent.agreed_on:%d-%m-%Y} - {consent.ends_on:%d-%m-%Y}"
    assert record_consent(by=make_with_role(Role.HR), **facts()) == consent
    assert [entry.action for entry in AuditEntry.objects.filter(target=consent.public_id)] == ["consent.record"]


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.ADMIN, Role.OFFICE])
def test_nobody_else_records_or_withdraws(role):
    consent, other = make_consent(), make_with_role(role)
    with pytest.raises(NotAllowedError):
        record_consent(by=other, **facts())
    with pytest.raises(NotAllowedError):
        withdraw_consent(consent=consent, by=other)
    assert list(WorksCouncilConsent.objects.in_force()) == [consent]


@pytest.mark.parametrize(
    ("field", "values", "sentence"),
    [
        ("purpose", {"purpose": "  "}, "Schrijf op waarvoor"),
        ("agreed_on", {"agreed_on": timedelta(days=1)}, "nog niet gegeven"),
        ("ends_on", {"ends_on": timedelta(0)}, "al voorbij"),
        ("ends_on", {"ends_on": timedelta(days=366 * 5 + 3)}, "hoogstens 5 jaar"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(field, values, sentence):
    today = clock.today()
    values = {name: today + value if isinstance(value, timedelta) else value for name, value in values.items()}
    with pytest.raises(DomainError, match=sentence) as refused:
        record_consent(by=make_with_role(Role.HR), **facts(**values))
    assert refused.value.field == field
    assert WorksCouncilConsent.objects.count() == 0


def test_withdrawing_twice_is_withdrawing_once_and_the_same_can_be_agreed_again():
    by = make_with_role(Role.PRIVACY)
    consent = record_consent(by=by, **facts())
    first = withdraw_consent(consent=consent, by=by)
    assert withdraw_consent(consent=consent, by=make_with_role(Role.HR)).withdrawn_by == by
    assert first.withdrawn_at is not None
    assert list(WorksCouncilConsent.objects.in_force()) == []
    assert AuditEntry.objects.filter(action="consent.withdraw").count() == 1
    assert record_consent(by=by, **facts()) != consent
    assert WorksCouncilConsent.objects.in_force().count() == 1


def test_it_holds_from_the_first_day_until_the_last_is_over():
    consent = make_consent()
    for day, holds in (
        (consent.agreed_on - timedelta(days=1), False),
        (consent.agreed_on, True),
        (consent.ends_on - timedelta(days=1), True),
        (consent.ends_on, False),
    ):
        assert WorksCouncilConsent.objects.in_force(day).exists() is holds


@pytest.mark.parametrize("values", [{"purpose": ""}, {"ends_on": clock.today() - timedelta(days=1)}])
def test_the_database_refuses_what_must_never_be(values):
    with pytest.raises(IntegrityError):
        make_consent(**values)


def test_the_same_consent_stands_once():
    held = make_consent()
    double = WorksCouncilConsent(
        agreed_on=held.agreed_on, purpose=held.purpose, ends_on=held.ends_on, recorded_at=clock.now()
    )
    with pytest.raises(ValidationError, match="al vastgelegd"):
        double.validate_constraints()


def test_one_act_about_many_people_is_a_row_for_each_but_the_actor():
    by, people = make_person(), [make_person() for _ in range(3)]
    assert record_many(action="person.open", by=by, subjects=[by.pk, *(one.pk for one in people)], target="lijst") == 3
    assert set(AuditEntry.objects.filter(target="lijst", actor=by).values_list("subject", flat=True)) == {
        one.pk for one in people
    }
    with pytest.raises(ValueError, match="Onbekend woord"):
        record_many(action="nonsense", by=by, subjects=[1])
    with pytest.raises(ValueError, match="Onbekend woord in het logboek: nonsense"):
        record(action="nonsense", by=by)
    assert AuditEntry.objects.filter(actor=by).count() == 3


def test_the_screen_records_withdraws_and_names_what_is_wrong(client, settings):
    settings.ACADEMY_MFA_REQUIRED = False
    client.force_login(make_with_role(Role.PRIVACY))
    assert "De overzichten zijn dicht." in client.get("/hr/instemming/").content.decode()
    wrong = client.post("/hr/instemming/", {**facts(), "ends_on": "2020-01-01"})
    assert wrong.context["form"].errors["ends_on"] == ["Deze termijn is al voorbij; vul een datum na vandaag in."]
    assert client.post("/hr/instemming/", facts())["Location"] == "/hr/instemming/"
    held = WorksCouncilConsent.objects.in_force().get()
    assert "Registratie volgen." in client.get("/hr/instemming/").content.decode()
    client.post("/hr/instemming/intrekken/", {"instemming": "onbekend"})
    assert WorksCouncilConsent.objects.in_force().exists()
    client.post("/hr/instemming/intrekken/", {"instemming": held.public_id})
    assert not WorksCouncilConsent.objects.in_force().exists()
