"""``/mijn-groepen/`` as a trainer uses it: finding a group, who comes, who takes over, closing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from academy.common import clock
from academy.common.formats import moment
from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.enums import LeadRole, SeatState
from academy.gatherings.kinds import register_kind
from academy.gatherings.models import Lead, Seat
from academy.people.enums import Role
from certificates.models import Certificate
from courses.learning.domain.lessons import finish_lesson
from courses.learning.domain.standing import out_of_attempts
from courses.learning.domain.testing import hand_in
from tests.courses.factories import RIGHT, WRONG, learner, make_run, seated
from tests.factories import make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_gathering
from tests.gatherings.test_attendance import EarningRun
from tests.portal.desk import DAY, client_of, held_group, in_the_past, make_office, make_trainer, seat

pytestmark = pytest.mark.django_db
LIST_QUERIES = 9
GROUP_QUERIES = 21


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def page_of(gathering):
    return reverse("group", args=(gathering.public_id,))


def headings(response) -> list[str]:
    return [str(row.heading) for row in response.context["rows"]]


def record_all(gathering, people, by, status="present"):
    rows = [Row(person, status) for person in people]
    for session in gathering.sessions.all():
        record_attendance(session=session, rows=rows, by=by, version=None)


def test_what_waits_for_closing_comes_first_then_this_week_then_later():
    trainer = make_trainer()
    later, week, undated = (
        make_gathering(starts_in=30 * DAY),
        make_gathering(starts_in=2 * DAY),
        make_gathering(sessions=0),
    )
    held = make_gathering()
    in_the_past(held)
    make_gathering()
    for gathering in (later, week, undated, held):
        Lead.objects.create(gathering=gathering, person=trainer, role=LeadRole.GIVES, starts_at=clock.now() - DAY)
    response = client_of(trainer).get(reverse("groups"))
    assert [row.gathering for row in response.context["rows"]] == [held, week, later, undated]
    assert headings(response) == ["Wacht op afsluiten", "Deze week", "Later", "Zonder datum"]


def test_what_waits_for_closing_names_the_meeting_that_was_and_not_the_next():
    trainer, table = make_trainer(), make_gathering(sessions=2, closes_per_session=True)
    assign_lead(gathering=table, person=trainer, role=LeadRole.GIVES, by=None)
    address = reverse("groups")
    first, second = (moment(session.starts_at) for session in table.sessions.order_by("starts_at"))
    assert "Laatste bijeenkomst" not in text_of(client_of(trainer).get(address))
    with clock.frozen(table.starts_at + DAY):
        page = text_of(client_of(trainer).get(address))
    assert f"Laatste bijeenkomst {first}" in page
    assert second not in page


def test_finished_groups_stand_on_their_own_page():
    gathering, people, trainer = held_group(1)
    record_all(gathering, people, trainer)
    close_gathering(gathering=gathering, by=trainer)
    client = client_of(trainer)
    assert list(client.get(reverse("groups")).context["rows"]) == []
    response = client.get(reverse("groups"), {"toon": "afgerond"})
    assert [row.gathering for row in response.context["rows"]] == [gathering]
    assert headings(response) == ["Afgerond"]


def test_somebody_without_groups_reads_what_will_stand_here():
    assert "Hier staan de groepen die jij geeft" in text_of(client_of(make_person()).get(reverse("groups")))


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_group_and_for_three(number, django_assert_num_queries):
    trainer = make_trainer()
    for _ in range(number):
        gathering = make_gathering()
        seat(gathering)
        Lead.objects.create(gathering=gathering, person=trainer, role=LeadRole.GIVES, starts_at=clock.now() - DAY)
    client = client_of(trainer)
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("groups"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_of_a_group_costs_the_same_for_one_person_and_for_three(number, django_assert_num_queries):
    gathering = make_gathering(sessions=number)
    seat(gathering, number)
    client = client_of(make_trainer(gathering))
    with django_assert_num_queries(GROUP_QUERIES):
        client.get(page_of(gathering))


def test_the_page_names_who_comes_who_waits_and_in_which_order():
    gathering = make_gathering(capacity=1)
    first, second, third = seat(gathering, 3)
    response = client_of(make_trainer(gathering)).get(page_of(gathering))
    people = response.context["people"]
    assert [one.person for one in people.confirmed] == [first]
    assert [one.person for one in people.waiting] == [second, third]
    assert first.email in text_of(response)


def test_a_telephone_number_is_for_the_office():
    gathering = make_gathering()
    (person,) = seat(gathering)
    person.phone = "06 1234"
    person.save()
    assert "06 1234" not in text_of(client_of(make_trainer(gathering)).get(page_of(gathering)))
    assert "06 1234" in text_of(client_of(make_office()).get(page_of(gathering)))


def test_somebody_who_gives_along_keeps_no_list():
    gathering = make_gathering()
    expert = make_with_role(Role.EXPERT)
    Lead.objects.create(
        gathering=gathering, person=expert, role=LeadRole.CO_TRAINS, starts_at=clock.now() - timedelta(1)
    )
    client = client_of(expert)
    assert [row.gathering for row in client.get(reverse("groups")).context["rows"]] == [gathering]
    assert f'href="{page_of(gathering)}"' not in text_of(client.get(reverse("groups")))
    assert client.get(page_of(gathering)).status_code == 404


def test_the_sheet_to_sign_has_everybody_and_room_for_who_comes_unannounced():
    gathering = make_gathering()
    people = seat(gathering, 2)
    url = reverse("signature_sheet", args=(gathering.public_id, gathering.sessions.get().public_id))
    page = text_of(client_of(make_trainer(gathering)).get(url))
    assert [page.count(person.full_name) for person in people] == [1, 1]
    assert page.count("<tr>") == 1 + 2 + 3
    assert people[0].email not in page


def test_a_stand_in_sees_the_group_from_now_until_the_day_named():
    gathering = make_gathering()
    trainer, colleague = make_trainer(gathering), make_with_role(Role.TRAINER)
    client, url = client_of(trainer), reverse("name_stand_in", args=(gathering.public_id,))
    last = clock.today() + timedelta(days=3)
    sent = {"q": colleague.full_name, "person": colleague.public_id, "ends_on": last.isoformat()}
    assert client.post(url, sent).status_code == 302
    lead = Lead.objects.get(person=colleague)
    assert (lead.role, lead.ends_at.astimezone(clock.AMSTERDAM).date()) == ("stands_in", last + timedelta(days=1))
    assert client_of(colleague).get(page_of(gathering)).status_code == 200
    end = reverse("end_lead", args=(gathering.public_id, lead.pk))
    assert client.post(end).status_code == 302
    assert client_of(colleague).get(page_of(gathering)).status_code == 404
    own = Lead.objects.get(person=trainer)
    assert client.post(reverse("end_lead", args=(gathering.public_id, own.pk))).status_code == 403


def test_a_stand_in_who_is_busy_then_is_refused_with_the_other_group():
    gathering = make_gathering()
    other = make_gathering()
    colleague = make_trainer(other)
    client = client_of(make_trainer(gathering))
    sent = {"q": colleague.full_name, "person": colleague.public_id}
    response = client.post(reverse("name_stand_in", args=(gathering.public_id,)), sent)
    assert other.title in response.context["form"].errors["person"][0]
    assert Lead.objects.filter(gathering=gathering).count() == 1


def test_somebody_who_is_not_in_the_list_cannot_be_picked():
    gathering = make_gathering()
    client, url = client_of(make_trainer(gathering)), reverse("enrol_somebody", args=(gathering.public_id,))
    person = make_person()
    response = client.post(url, {"q": "niemand heet zo", "person": person.public_id})
    assert Seat.objects.count() == 0
    assert "Niemand gevonden" in text_of(response)
    assert "Kies iemand uit de lijst." in text_of(client.post(url, {"q": person.full_name}))


def test_enrolling_by_phone_confirms_or_puts_in_line_and_says_which():
    gathering = make_gathering(capacity=1)
    client, url = client_of(make_office()), reverse("enrol_somebody", args=(gathering.public_id,))
    first, second = make_person(), make_person()
    words = [
        text_of(client.post(url, {"q": person.email, "person": person.public_id}, follow=True))
        for person in (first, second)
    ]
    assert f"{first}: bevestigd." in words[0]
    assert f"{second}: op de wachtlijst, als nummer 1." in words[1]
    assert f"{first}: bevestigd." in text_of(
        client.post(url, {"q": first.email, "person": first.public_id}, follow=True)
    )
    assert Seat.objects.count() == 2


def test_a_condition_can_be_set_aside_knowingly():
    gathering = make_gathering(audience="internal")
    person = make_person()
    client, url = client_of(make_office()), reverse("enrol_somebody", args=(gathering.public_id,))
    sent = {"q": person.email, "person": person.public_id}
    response = client.post(url, sent)
    assert response.context["may_insist"]
    assert Seat.objects.count() == 0
    assert client.post(url, {**sent, "despite": "1"}).status_code == 302
    assert Seat.objects.get().state == SeatState.CONFIRMED


def test_what_cannot_be_set_aside_has_no_second_button():
    gathering, other = make_gathering(), make_gathering()
    (person,) = seat(other)
    client, url = client_of(make_office()), reverse("enrol_somebody", args=(gathering.public_id,))
    response = client.post(url, {"q": person.email, "person": person.public_id})
    assert not response.context["may_insist"]
    assert other.title in response.context["form"].errors["person"][0]


def test_the_address_is_shown_to_who_may_see_it():
    gathering = make_gathering()
    person = make_person()
    make_membership(person, organisation=make_organisation(name="Wijkteam Noord"))
    url = reverse("enrol_somebody", args=(gathering.public_id,))
    seen = [
        text_of(client_of(user).get(url, {"q": person.full_name})) for user in (make_office(), make_trainer(gathering))
    ]
    assert [person.email in page for page in seen] == [True, False]
    assert ["Wijkteam Noord" in page for page in seen] == [True, True]


def test_somebody_at_the_door_stands_on_the_sheet():
    gathering, _people, trainer = held_group(1, capacity=1)
    guest = make_person()
    session = gathering.sessions.get()
    client, url = client_of(trainer), reverse("walk_in", args=(gathering.public_id, session.public_id))
    response = client.post(url, {"q": guest.full_name, "person": guest.public_id}, follow=True)
    assert f"s-{guest.public_id}" in response.content.decode()
    assert Seat.objects.get(person=guest).state == SeatState.CONFIRMED


@pytest.fixture
def giving():
    """Runs that give what the tests of attendance know."""
    yield lambda: register_kind(EarningRun())
    make_gathering()


def test_closing_with_attendance_missing_says_whose_and_where(giving):
    gathering, people, trainer = held_group(2)
    client, url = client_of(trainer), reverse("close_group", args=(gathering.public_id,))
    sheet = reverse("attendance_sheet", args=(gathering.public_id, gathering.sessions.get().public_id))
    for response in (client.get(url), client.post(url, {"sure": "1"})):
        page = text_of(response)
        assert f"{people[0].full_name}, {people[1].full_name}" in page
        assert f'href="{sheet}"' in page
    gathering.refresh_from_db()
    assert gathering.state == "open"


def test_the_summary_tells_what_closing_will_bring_and_changes_nothing(giving):
    gathering, people, trainer = held_group(3)
    giving()
    record_all(gathering, people[:2], trainer)
    record_all(gathering, people[2:], trainer, "absent")
    client, url = client_of(trainer), reverse("close_group", args=(gathering.public_id,))
    foreseen = client.get(url).context["foreseen"]
    assert (foreseen.certificates, foreseen.with_points, foreseen.without) == (2, 0, (people[2],))
    gathering.refresh_from_db()
    assert (gathering.state, Certificate.objects.count()) == ("open", 0)
    assert client.post(url).status_code == 302
    assert Certificate.objects.count() == 2


def test_two_browsers_that_close_at_once_close_once(giving):
    gathering, people, trainer = held_group(1)
    giving()
    record_all(gathering, people, trainer)
    url = reverse("close_group", args=(gathering.public_id,))
    codes = [client_of(person).post(url).status_code for person in (trainer, make_office())]
    assert codes == [302, 302]
    assert Certificate.objects.count() == 1
    assert "al afgesloten" in text_of(client_of(trainer).get(url))


def test_a_group_that_closes_per_session_is_closed_there():
    gathering, people, trainer = held_group(1, kind="leertafel")
    record_all(gathering, people, trainer)
    session = gathering.sessions.get()
    client, url = client_of(trainer), reverse("close_group_session", args=(gathering.public_id, session.public_id))
    assert client.get(url).context["foreseen"].certificates == 0
    assert client.post(url).status_code == 302
    session.refresh_from_db()
    assert session.closed_by == trainer
    assert "Deze sessie is al afgesloten." in text_of(client.get(url))


def test_closing_before_the_end_is_too_early():
    gathering = make_gathering()
    seat(gathering)
    page = text_of(client_of(make_trainer(gathering)).get(reverse("close_group", args=(gathering.public_id,))))
    assert "Afsluiten kan na het einde van de laatste sessie." in page


def stuck_seat():
    """Somebody who used her only attempt."""
    seated_in = learner(max_attempts=1)
    for key in ("l1", "l2"):
        finish_lesson(seat=seated_in, lesson=key, by=seated_in.person)
    hand_in(seat=seated_in, answers=WRONG, number=1, by=seated_in.person)
    return seated_in


def test_who_used_all_attempts_gets_one_more_from_who_leads():
    seated_in = stuck_seat()
    client = client_of(make_trainer(seated_in.gathering))
    assert [one.person for one in client.get(page_of(seated_in.gathering)).context["stuck"]] == [seated_in.person]
    address = reverse("give_attempt", args=(seated_in.gathering.public_id, seated_in.public_id))
    for said in ("kan de toets nog een keer doen", "Een extra poging is niet nodig"):
        assert said in text_of(client.post(address, follow=True))
    assert seated_in.extra_attempts.count() == 1
    assert client.get(page_of(seated_in.gathering)).context["stuck"] == []
    hand_in(seat=seated_in, answers=WRONG, number=2, by=seated_in.person)
    assert len(out_of_attempts(seated_in.gathering)) == 1
    client.post(address)
    hand_in(seat=seated_in, answers=RIGHT, number=3, by=seated_in.person)
    assert out_of_attempts(seated_in.gathering) == []


def test_nobody_gives_herself_an_attempt_or_somebody_of_another_group():
    seated_in = stuck_seat()
    trainer = make_trainer(make_gathering())
    address = reverse("give_attempt", args=(seated_in.gathering.public_id, seated_in.public_id))
    assert client_of(trainer).post(address).status_code == 404
    assign_lead(gathering=seated_in.gathering, person=seated_in.person, role=LeadRole.GIVES, by=None)
    assert client_of(seated_in.person).post(address).status_code == 403
    assert not seated_in.extra_attempts.exists()


def test_nobody_is_stuck_where_one_may_go_on():
    assert out_of_attempts(learner(max_attempts=None).gathering) == []
    assert out_of_attempts(seated(make_run()).gathering) == []
