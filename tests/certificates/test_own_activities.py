"""What somebody enters herself: informal hours by her own account, and wiped when she takes it away."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.people.models import User
from academy.portal.reports import Wanted, records
from certificates.credits.models import AchievementRecord, CreditEntry
from certificates.domain.own_activities import enter_activity, remove_activity
from certificates.models import OwnActivity
from tests.credits.factories import registered
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def enter(person, **values):
    facts = {"title": "Symposium Veilig", "provider": "Elders", "minutes": 90, "evidence": "Bewijs in mijn map"}
    return enter_activity(person=person, **{"on": clock.today(), **facts, **values})


def points_of(person):
    return sum(
        (entry.points_expected for entry in CreditEntry.objects.in_force().filter(subject__person=person)), Decimal(0)
    )


def test_hours_count_as_informal_and_the_ledger_holds_no_words():
    registration = registered(make_person())
    person = registration.person
    activity = enter(person, title="  Symposium \n Veilig ")
    assert activity.title == "Symposium Veilig"
    (entry,) = CreditEntry.objects.in_force().filter(subject__person=person)
    assert (entry.requirement, entry.points_expected) == ("DB.INF", Decimal("1.50"))
    record = AchievementRecord.objects.get()
    assert "Symposium" not in record.payload_json + entry.trace_json + entry.title
    assert "Elders" not in record.payload_json


def test_the_same_again_changes_nothing_and_another_length_is_refused():
    person = make_person()
    assert enter(person) == enter(person)
    with pytest.raises(DomainError, match="staat er al"):
        enter(person, minutes=30)
    assert AchievementRecord.objects.count() == 1
    enter(make_person())


@pytest.mark.parametrize("days", [1, -6 * 366 - 1])
def test_a_day_to_come_or_long_ago_is_refused(days):
    with pytest.raises(DomainError) as refused:
        enter(make_person(), on=clock.today() + timedelta(days=days))
    assert refused.value.field == "on"
    assert not OwnActivity.objects.exists()


@pytest.mark.parametrize("values", [{"minutes": 0}, {"minutes": 6001}, {"evidence": ""}, {"title": " "}])
def test_what_does_not_fit_is_refused(values):
    with pytest.raises(ValidationError):
        enter(make_person(), **values)
    assert not AchievementRecord.objects.exists()


def test_taking_it_away_books_back_and_wipes_the_words():
    person = registered(make_person()).person
    activity = enter(person)
    with pytest.raises(NotAllowedError):
        remove_activity(activity=activity, by=make_person())
    remove_activity(activity=activity, by=person)
    assert not OwnActivity.objects.exists()
    assert points_of(person) == 0
    assert AchievementRecord.objects.in_force().get().minutes == 0
    enter(person)
    assert points_of(person) == Decimal("1.50")


def test_reports_about_people_leave_it_out():
    person = registered(make_person()).person
    enter(person)
    today = clock.today()
    assert not records(User.objects.filter(pk=person.pk), Wanted(first=today, last=today)).exists()
    assert str(OwnActivity.objects.get()) == "Symposium Veilig"
