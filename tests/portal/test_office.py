"""``/bureau/``: what needs a hand, finding a group, and helping people by phone."""

from datetime import timedelta

import pytest
from django.urls import reverse

from academy.common import clock
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import Approval, EndReason, LeadRole, SeatState
from academy.gatherings.models import Gathering, Lead, Seat
from academy.outbox.enums import JobState, MessageState
from academy.outbox.models import Job, Message
from academy.people.enums import Role
from tests.factories import make_person, make_with_role
from tests.gatherings.factories import make_gathering, make_offering
from tests.portal.desk import DAY, client_of, held_group, make_office, make_trainer, seat
from tests.portal.test_groups import text_of

pytestmark = pytest.mark.django_db
OFFICE_QUERIES = 16
LIST_QUERIES = 9
REQUEST_QUERIES = 8


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


@pytest.fixture
def office():
    return client_of(make_office())


def asked(gathering=None):
    gathering = gathering or make_gathering(approval=Approval.MANAGER)
    return take_seat(person=make_person(), gathering=gathering, by=None).seat


def groups_in(response, name="rows"):
    return [row.gathering for row in response.context[name]]


def test_an_empty_desk_says_so(office):
    assert "Er ligt niets" in text_of(office.get(reverse("office")))


def test_the_first_screen_counts_what_waits(office):
    Job.objects.create(kind="probe", key="a", state=JobState.PARKED)
    Message.objects.create(trigger="p", subject_key="b", person=make_person(), state=MessageState.BOUNCED)
    asked()
    held, _people, _trainer = held_group(1)
    thin = make_gathering(starts_in=3 * DAY)
    full = make_gathering(starts_in=3 * DAY)
    seat(full, 4)
    below = make_gathering(starts_in=4 * DAY, minimum=3)
    seat(below, 2)
    make_gathering(starts_in=20 * DAY)
    enough = make_gathering(starts_in=4 * DAY, minimum=1)
    seat(enough, 1)
    response = office.get(reverse("office"))
    assert [(task.number, task.words) for task in response.context["tasks"]] == [
        (2, "mails of taken bleven liggen"),
        (1, "aanvraag wacht op goedkeuring"),
        (8, "accounts wachten op bevestiging"),
    ]
    assert groups_in(response, "to_close") == [held]
    assert groups_in(response, "thin") == [thin, below]


@pytest.mark.parametrize("number", [1, 3])
def test_the_first_screen_costs_the_same_for_one_and_for_three(number, office, django_assert_num_queries):
    for _ in range(number):
        make_gathering(starts_in=3 * DAY)
        held_group(1)
        asked()
    with django_assert_num_queries(OFFICE_QUERIES):
        office.get(reverse("office"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(number, office, django_assert_num_queries):
    for _ in range(number):
        make_trainer(make_gathering())
    with django_assert_num_queries(LIST_QUERIES):
        office.get(reverse("office_groups"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_requests_cost_the_same_for_one_and_for_three(number, office, django_assert_num_queries):
    for _ in range(number):
        asked()
    with django_assert_num_queries(REQUEST_QUERIES):
        office.get(reverse("office_requests"))


def test_a_group_is_found_by_its_name_its_training_and_its_trainer(office):
    named = make_gathering(title="Veilig verder")
    of_training = make_gathering(offering=make_offering(title="Verder praten"))
    led = make_gathering()
    trainer = make_with_role(Role.TRAINER)
    trainer.full_name = "Verder Jansen"
    trainer.save()
    Lead.objects.create(gathering=led, person=trainer, role=LeadRole.GIVES, starts_at=clock.now() - DAY)
    make_gathering()
    url = reverse("office_groups")
    assert set(groups_in(office.get(url, {"q": "verder"}))) == {named, of_training, led}
    assert groups_in(office.get(url, {"q": "verder jansen"})) == [led]
    assert groups_in(office.get(url, {"q": "bestaat niet"})) == []


def test_the_list_is_paged_and_has_drafts_and_finished_groups_apart(office):
    draft = make_gathering(state="draft")
    off = make_gathering(state="cancelled", cancelled_at=clock.now())
    for _ in range(25):
        make_gathering()
    url = reverse("office_groups")
    assert [len(groups_in(office.get(url, {"page": number}))) for number in (1, 2)] == [25, 1]
    assert groups_in(office.get(url, {"toon": "concept"})) == [draft]
    assert groups_in(office.get(url, {"toon": "afgerond"})) == [off]


@pytest.mark.parametrize(("answer", "state"), [("bevestigen", "confirmed"), ("afwijzen", "declined")])
def test_the_office_decides_about_a_request(office, answer, state):
    request = asked()
    url = reverse("office_decide", args=(request.public_id, answer))
    assert office.post(url).status_code == 302
    request.refresh_from_db()
    assert request.state == state


def test_a_request_that_is_over_is_said_and_left(office):
    request = asked()
    office.post(reverse("office_decide", args=(request.public_id, "bevestigen")))
    response = office.post(reverse("office_decide", args=(request.public_id, "afwijzen")), follow=True)
    assert "Over deze aanvraag is al besloten" in text_of(response)


def test_one_does_not_decide_about_oneself():
    person = make_office()
    request = take_seat(person=person, gathering=make_gathering(approval=Approval.MANAGER), by=None).seat
    url = reverse("office_decide", args=(request.public_id, "bevestigen"))
    assert client_of(person).post(url).status_code == 403


def moved(capacity=5):
    """A seat and another group of the same offering."""
    here = make_gathering()
    there = make_gathering(offering=here.offering, capacity=capacity, starts_in=40 * DAY)
    (person,) = seat(here)
    return Seat.objects.get(person=person), there


def test_somebody_moves_to_a_sibling_group(office):
    held, there = moved()
    url = reverse("office_move_seat", args=(held.public_id,))
    assert "5 plekken vrij" in text_of(office.get(url))
    assert office.post(url, {"to": there.public_id}).status_code == 302
    assert Seat.objects.confirmed().get(person=held.person).gathering == there


def test_a_full_group_or_one_of_another_training_is_refused(office):
    held, there = moved(capacity=1)
    seat(there)
    url = reverse("office_move_seat", args=(held.public_id,))
    response = office.post(url, {"to": there.public_id})
    assert "In die groep is geen plek vrij." in text_of(response)
    assert office.post(url, {"to": make_gathering().public_id}).context["form"].errors["to"]
    held.refresh_from_db()
    assert held.state == SeatState.CONFIRMED


def test_the_office_cancels_a_seat_and_says_when_it_is_late(office):
    gathering = make_gathering(starts_in=DAY)
    (person,) = seat(gathering)
    held = Seat.objects.get(person=person)
    response = office.post(reverse("office_cancel_seat", args=(held.public_id,)), follow=True)
    assert "telt als laat" in text_of(response)
    held.refresh_from_db()
    assert (held.state, held.late) == (SeatState.CANCELLED, True)
    early = make_gathering(starts_in=60 * DAY)
    (person,) = seat(early)
    url = reverse("office_cancel_seat", args=(Seat.objects.get(person=person).public_id,))
    assert f"{person.full_name} is afgemeld." in text_of(office.post(url, follow=True))


def test_the_office_objects_within_three_working_days_and_not_later(office):
    gathering = make_gathering(approval=Approval.OBJECTION)
    people = seat(gathering, 2)
    first, second = (Seat.objects.get(person=person) for person in people)
    assert office.post(reverse("office_object", args=(first.public_id,))).status_code == 302
    first.refresh_from_db()
    assert (first.state, first.end_reason) == (SeatState.DECLINED, EndReason.OBJECTION)
    Seat.objects.filter(pk=second.pk).update(objection_until=clock.now() - timedelta(minutes=1))
    response = office.post(reverse("office_object", args=(second.public_id,)))
    assert "Bezwaar maken kan niet meer." in text_of(response)


def test_the_office_names_who_leads(office):
    gathering, trainer = make_gathering(), make_with_role(Role.TRAINER)
    url = reverse("office_assign_lead", args=(gathering.public_id,))
    assert office.post(url, {"q": trainer.full_name, "person": trainer.public_id, "role": "gives"}).status_code == 302
    assert Lead.objects.get().person == trainer
    wrong = office.post(url, {"q": trainer.full_name, "person": trainer.public_id, "role": "baas"})
    assert wrong.context["more"].errors["role"]


def test_nobody_else_sits_at_the_desk():
    trainer = client_of(make_trainer(make_gathering()))
    names = ("office", "office_groups", "office_requests", "office_corrections", "office_plan", "office_venues")
    assert {trainer.get(reverse(name)).status_code for name in names} == {403}
    assert Gathering.objects.count() == 1
