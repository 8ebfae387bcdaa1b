"""Planning, changing and cancelling at the office, and everything that may be typed wrong there."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from academy.common import clock
from academy.gatherings.models import Gathering, Lead, Session, Venue
from academy.outbox.models import Message
from academy.people.enums import Role
from academy.portal.office_schedule import Series, days_of, remark
from tests.courses.factories import make_course, make_run
from tests.factories import make_with_role
from tests.gatherings.factories import make_gathering, make_venue
from tests.portal.desk import DAY, client_of, make_office, make_trainer, seat
from tests.portal.test_groups import text_of

pytestmark = pytest.mark.django_db
NOW = "2027-01-04 10:00"


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


@pytest.fixture(autouse=True)
def now(at):
    with at(NOW):
        yield


@pytest.fixture
def office():
    return client_of(make_office())


def rows(*dates):
    """Dates as the formset sends them: ``("2027-02-01", "09:30", "12:30")``."""
    sent = {"s-TOTAL_FORMS": len(dates), "s-INITIAL_FORMS": 0}
    for number, (day, starts, ends) in enumerate(dates):
        sent |= {f"s-{number}-day": day, f"s-{number}-starts": starts, f"s-{number}-ends": ends}
    return sent


FEBRUARY = ("2027-02-01", "09:30", "12:30")
PLAN = "/bureau/groepen/nieuw/"


def plan(office, *dates, **values):
    return office.post(PLAN, {"offering": make_course().pk, **values, **rows(*dates)})


def test_a_series_skips_holidays_and_keeps_its_number():
    found = days_of(Series(date(2027, 3, 22), time(9, 30), time(12), 3, 1))
    assert found.days == (date(2027, 3, 22), date(2027, 4, 5), date(2027, 4, 12))
    assert found.skipped == (date(2027, 3, 29),)


def test_who_starts_on_a_saturday_means_saturdays():
    found = days_of(Series(date(2027, 3, 20), time(9, 30), time(12), 2, 2))
    assert (found.days, found.skipped) == ((date(2027, 3, 20), date(2027, 4, 3)), ())


@pytest.mark.parametrize(
    ("day", "starts", "ends", "words"),
    [
        (date(2027, 3, 29), time(9), time(10), "Dit is een feestdag."),
        (date(2027, 3, 28), time(1), time(4), "De klok wordt dan verzet: de sessie duurt 2 uur."),
        (date(2027, 3, 28), time(2, 30), time(4), "02.30 uur bestaat niet op 28-3-2027: de klok wordt dan verzet."),
        (date(2027, 3, 30), time(9), time(10), ""),
    ],
)
def test_a_day_says_what_is_special_about_it(day, starts, ends, words):
    assert remark(day, starts, ends) == words


def test_the_dates_are_generated_and_nothing_is_planned_yet(office):
    course = make_course()
    sent = {"offering": course.pk, "group": "groep Almere", "dates": "1", "number": 3, "weeks": 1}
    sent |= {"day": "2027-03-22", "starts": "09:30", "ends": "12:30", **rows()}
    response = office.post(PLAN, sent)
    days = [row["day"].value() for row in response.context["rows"]]
    assert days == ["2027-03-22", "2027-04-05", "2027-04-12"]
    page = text_of(response)
    assert "ma 29 maart 2027" in page
    assert 'value="groep Almere"' in page
    assert f'value="{course.pk}" selected' in page
    assert Gathering.objects.count() == 0


def test_a_series_typed_wrong_says_so_and_keeps_what_was_typed(office):
    sent = {"dates": "1", "number": 99, "weeks": 1, "day": "2027-03-22", "starts": "12:30", "ends": "09:30"}
    response = office.post(PLAN, {**sent, "group": "groep", **rows()})
    assert set(response.context["series"].errors) == {"number", "ends"}
    assert 'value="groep"' in text_of(response)


def test_a_run_is_planned_with_its_dates_place_and_trainer(office):
    trainer, venue = make_with_role(Role.TRAINER), make_venue()
    response = plan(
        office,
        FEBRUARY,
        ("2027-03-29", "09:30", "12:30"),
        group="groep Almere",
        capacity=12,
        lead=trainer.email,
        venue=venue.pk,
        remarks="Neem je laptop mee",
    )
    gathering = Gathering.objects.select_related("run").get()
    assert response.url == reverse("group", args=(gathering.public_id,))
    assert (gathering.state, gathering.capacity, gathering.run.group) == ("draft", 12, "groep Almere")
    starts = [moment.astimezone(clock.AMSTERDAM).hour for moment in gathering.sessions.values_list("starts_at", flat=1)]
    assert starts == [9, 9]
    assert set(gathering.sessions.values_list("venue", flat=True)) == {venue.pk}
    assert Lead.objects.get().person == trainer
    assert office.post(reverse("office_open", args=(gathering.public_id,))).status_code == 302
    gathering.refresh_from_db()
    assert gathering.state == "open"


@pytest.mark.parametrize(
    ("dates", "row", "field", "sentence"),
    [
        ([("2027-01-01", "09:30", "12:30")], 0, "day", "Deze dag of dit uur is al voorbij."),
        ([("2027-02-01", "12:30", "09:30")], 0, "ends", "Het einde ligt voor het begin."),
        ([FEBRUARY, ("2027-02-01", "12:00", "13:00")], 1, "day", "Deze sessie valt samen met een andere"),
        ([("2027-03-28", "02:30", "04:00")], 0, "starts", "02.30 uur bestaat niet"),
        ([("ooit", "09:30", "12:30")], 0, "day", "geldige datum"),
        ([("2027-02-01", "half tien", "12:30")], 0, "starts", "Vul een tijd in als 09.30."),
    ],
)
def test_a_wrong_date_is_refused_at_its_field_and_nothing_is_lost(office, dates, row, field, sentence):
    response = plan(office, *dates, group="groep Almere")
    assert sentence in response.context["rows"][row].errors[field][0]
    page = text_of(response)
    assert [value in page for day in dates for value in day] == [True] * 3 * len(dates)
    assert "groep Almere" in page
    assert Gathering.objects.count() == 0


def test_a_place_that_is_taken_stands_at_the_date(office):
    venue = make_venue()
    taken = make_gathering(starts_in=DAY)
    session = taken.sessions.get()
    session.venue = venue
    session.save()
    begin = session.starts_at.astimezone(clock.AMSTERDAM)
    busy = (begin.date().isoformat(), f"{begin:%H:%M}", f"{begin + timedelta(hours=1):%H:%M}")
    response = plan(office, FEBRUARY, busy, venue=venue.pk)
    assert f"{venue} is dan bezet door {taken.title}." in response.context["rows"][1].errors["day"]
    assert Gathering.objects.count() == 1


def test_a_trainer_who_is_busy_or_unknown_is_refused_at_the_trainer(office):
    other = make_gathering(starts_in=DAY)
    trainer = make_trainer(other)
    begin = other.starts_at.astimezone(clock.AMSTERDAM)
    busy = (begin.date().isoformat(), f"{begin:%H:%M}", f"{begin + timedelta(hours=1):%H:%M}")
    response = plan(office, busy, lead=trainer.email)
    assert other.title in response.context["run"].errors["lead"][0]
    assert "Er is geen account" in plan(office, FEBRUARY, lead="niemand@x.example").context["run"].errors["lead"][0]
    assert Gathering.objects.count() == 1


def test_a_group_in_a_room_needs_a_date(office):
    assert "Plan minstens een bijeenkomst." in text_of(plan(office))


def change_url(gathering):
    return reverse("office_change", args=(gathering.public_id,))


def terms_of(gathering, **values):
    return {
        "title": gathering.title,
        "capacity": gathering.capacity or "",
        "audience": gathering.audience,
        "approval": gathering.approval,
        "cut_off_working_days": gathering.cut_off_working_days,
        **values,
    }


def test_less_room_than_people_names_them_and_keeps_what_was_typed(office):
    gathering = make_gathering(capacity=3)
    people = seat(gathering, 3)
    response = office.post(change_url(gathering), terms_of(gathering, capacity=1, title="Andere naam"))
    (error,) = response.context["form"].errors["capacity"]
    assert [person.full_name in error for person in people] == [False, True, True]
    assert 'value="Andere naam"' in text_of(response)
    gathering.refresh_from_db()
    assert gathering.capacity == 3


def test_a_change_is_kept_and_the_window_ends_with_its_last_day(office):
    gathering = make_gathering()
    sent = terms_of(gathering, opens_on="2027-01-05", closes_on="2027-01-20", capacity=8)
    assert office.post(change_url(gathering), sent).status_code == 302
    gathering.refresh_from_db()
    assert gathering.closes_at == clock.amsterdam(date(2027, 1, 21), time())
    assert office.get(change_url(gathering)).context["form"].initial["closes_on"] == date(2027, 1, 20)
    wrong = office.post(change_url(gathering), sent | {"closes_on": "2027-01-04"})
    assert "eindigt voor het begint" in wrong.context["form"].errors["closes_on"][0]


def test_a_date_is_added_moved_and_dropped(office):
    gathering = make_gathering()
    add = reverse("office_add_session", args=(gathering.public_id,))
    sent = {"day": "2027-02-22", "starts": "09:30", "ends": "12:30", "title": "Terugkomdag"}
    assert office.post(add, sent).status_code == 302
    session = Session.objects.get(title="Terugkomdag")
    url = reverse("office_change_session", args=(session.public_id,))
    assert 'value="2027-02-22"' in text_of(office.get(url))
    assert office.post(url, sent | {"starts": "10:00"}).status_code == 302
    session.refresh_from_db()
    assert session.starts_at == clock.amsterdam(date(2027, 2, 22), time(10))
    past = office.post(url, sent | {"day": "2026-12-31"})
    assert "al voorbij" in past.context["form"].errors["day"][0]
    off = reverse("office_cancel_session", args=(session.public_id,))
    assert office.post(off).status_code == 302
    last = reverse("office_cancel_session", args=(gathering.sessions.held().get().public_id,))
    assert "Annuleer dan de hele bijeenkomst." in text_of(office.post(last))


def test_two_dates_of_a_group_at_one_hour_are_refused_at_the_day(office):
    gathering = make_gathering()
    begin = gathering.starts_at.astimezone(clock.AMSTERDAM)
    sent = {"day": begin.date().isoformat(), "starts": f"{begin:%H:%M}", "ends": f"{begin + timedelta(hours=1):%H:%M}"}
    response = office.post(reverse("office_add_session", args=(gathering.public_id,)), sent)
    assert "al een andere sessie van deze groep" in response.context["form"].errors["day"][0]


def test_a_cancelled_group_is_mailed_with_the_group_that_takes_its_place(office):
    gathering = make_gathering()
    other = make_gathering(offering=gathering.offering, starts_in=60 * DAY)
    seat(gathering, 2)
    url = reverse("office_cancel", args=(gathering.public_id,))
    assert "2 mensen krijgen een mail." in text_of(office.get(url))
    assert office.post(url, {"instead": other.public_id}).status_code == 302
    mails = Message.objects.filter(trigger="gatherings.cancelled")
    assert [mail.facts["instead_title"] for mail in mails] == [other.title] * 2
    gathering.refresh_from_db()
    assert gathering.state == "cancelled"


def test_a_group_without_another_is_cancelled_plainly_and_a_strange_one_is_refused(office):
    gathering = make_gathering()
    url = reverse("office_cancel", args=(gathering.public_id,))
    assert office.post(url, {"instead": make_gathering().public_id}).context["form"].errors["instead"]
    assert office.post(url, {"instead": ""}).status_code == 302


def test_a_lead_changes_the_own_group_and_no_other():
    own, other = make_gathering(), make_gathering()
    client = client_of(make_trainer(own))
    assert [client.get(change_url(one)).status_code for one in (own, other)] == [200, 404]


def test_a_place_is_kept_found_and_refused_while_it_is_needed(office):
    add = reverse("office_add_venue")
    assert office.post(add, {"name": "", "kind": "geheim"}).context["form"].errors.keys() == {"name", "kind"}
    assert office.post(add, {"name": "De Meent", "kind": "open", "address": "Straat 1"}).status_code == 302
    venue = Venue.objects.get(name="De Meent")
    assert "De Meent" in text_of(office.get(reverse("office_venues"), {"q": "meent"}))
    assert "De Meent" not in text_of(office.get(reverse("office_venues"), {"q": "anders"}))
    gathering = make_gathering()
    gathering.sessions.update(venue=venue)
    url = reverse("office_change_venue", args=(venue.pk,))
    response = office.post(url, {"name": "De Meent", "kind": "open", "active_to": "2027-01-05"})
    assert gathering.title in response.context["form"].errors["active_to"][0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_places_cost_the_same_for_one_and_for_three(number, office, django_assert_num_queries):
    for _ in range(number):
        make_venue()
    with django_assert_num_queries(VENUE_QUERIES):
        office.get(reverse("office_venues"))


VENUE_QUERIES = 8


def test_group_and_remarks_of_a_run_change_with_the_rest(office):
    run = make_run(group="groep Almere", remarks="Neem iets mee.")
    address = reverse("office_change", args=(run.gathering.public_id,))
    form = office.get(address).context["form"]
    assert (form["group"].value(), form["remarks"].value()) == ("groep Almere", "Neem iets mee.")
    values = {name: form[name].value() or "" for name in form.fields if name != "needs_approved_account"}
    office.post(address, values | {"group": " groep Lelystad ", "remarks": ""})
    run.refresh_from_db()
    assert (run.group, run.remarks) == ("groep Lelystad", "")
    assert "Naam van de groep" not in text_of(office.get(reverse("office_change", args=(make_gathering().public_id,))))


def test_too_long_a_group_name_changes_nothing(office):
    run = make_run(group="groep Almere")
    address = reverse("office_change", args=(run.gathering.public_id,))
    form = office.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields if name != "needs_approved_account"}
    office.post(address, values | {"group": "x" * 81, "title": "Anders"})
    run.refresh_from_db()
    assert (run.group, run.gathering.title) == ("groep Almere", Gathering.objects.get(pk=run.pk).title)
