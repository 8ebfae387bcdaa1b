"""Who is asked whether a gathering with few people goes on."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from academy.common import clock
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.minimum import THIN, below_minimum, tell_thin
from academy.gatherings.domain.planning import change_gathering, change_session
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import GatheringState, LeadRole
from academy.gatherings.models import Gathering
from academy.outbox.models import Message
from academy.outbox.registry import MAIL_KINDS
from academy.outbox.rendering.mail import compose
from academy.people.enums import Role
from tests.factories import make_person, make_with_role
from tests.gatherings.factories import make_gathering

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told():
    return {message.person for message in Message.objects.filter(trigger=THIN)}


def test_lead_and_office_are_told_once_from_ten_days_before():
    gathering = make_gathering(minimum=2, starts_in=10 * DAY + timedelta(hours=1))
    trainer, along, office = make_person(), make_person(), make_with_role(Role.OFFICE)
    assign_lead(gathering=gathering, person=trainer, role=LeadRole.GIVES, by=None)
    assign_lead(gathering=gathering, person=along, role=LeadRole.CO_TRAINS, by=None)
    take_seat(person=make_person(), gathering=gathering, by=None)
    assert tell_thin() == 0
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert tell_thin() == 1
        assert tell_thin() == 0
    assert told() == {trainer, office}
    subject, text, _html = compose(Message.objects.filter(trigger=THIN).first())
    assert subject == f"Gaat dit door? {gathering.title}"
    assert "heeft nu 1 persoon een plek" in text
    assert "het gaat door vanaf 2" in text
    assert f"/mijn-groepen/{gathering.public_id}/" in text


@pytest.mark.parametrize(
    "values",
    [
        {"minimum": None},
        {"minimum": 1},
        {"minimum": 2, "starts_in": 11 * DAY},
        {"minimum": 2, "starts_in": -DAY},
        {"minimum": 2, "state": GatheringState.DRAFT},
    ],
)
def test_nobody_is_told_without_a_reason(values):
    gathering = make_gathering(**{"starts_in": 5 * DAY, **values})
    if gathering.minimum == 1:
        take_seat(person=make_person(), gathering=gathering, by=None)
    assert list(below_minimum()) == []


def test_mail_is_dropped_when_people_came_and_written_anew_for_another_day():
    gathering = make_gathering(minimum=1, starts_in=5 * DAY)
    office = make_with_role(Role.OFFICE)
    tell_thin()
    message, wanted = Message.objects.get(trigger=THIN), MAIL_KINDS[THIN].still_wanted
    assert wanted(message)
    session = gathering.sessions.get()
    change_session(session=session, by=office, starts_at=session.starts_at + 2 * DAY, ends_at=session.ends_at + 2 * DAY)
    assert not wanted(message)
    assert tell_thin() == 1
    take_seat(person=make_person(), gathering=gathering, by=None)
    assert not wanted(Message.objects.filter(trigger=THIN).last())


def test_minimum_fits_the_room():
    gathering = make_gathering(capacity=4)
    office = make_with_role(Role.OFFICE)
    for wrong in (0, 5):
        with pytest.raises(ValidationError, match="hoogstens het aantal plekken"):
            change_gathering(gathering=gathering, by=office, minimum=wrong)
    change_gathering(gathering=gathering, by=office, minimum=4)
    assert Gathering.objects.get(pk=gathering.pk).minimum == 4
