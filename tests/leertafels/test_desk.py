"""A leertafel in the hands of who leads it, and of the office."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from academy.common import clock
from academy.common.formats import hour
from academy.gatherings.domain.attendance import record_attendance
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import LeadRole, SeatState
from academy.gatherings.models import Attendance, Gathering, Lead, Seat, Session
from academy.people.enums import Role
from certificates.credits.models import CreditEntry
from certificates.models import Certificate
from leertafels.domain.signing import sign_agreements
from leertafels.models import Leertafel
from tests.credits.factories import registered
from tests.factories import make_membership, make_person, make_region, make_with_role
from tests.gatherings.factories import make_gathering
from tests.leertafels.factories import facilitator, hold, make_page, make_table, managed_pair, seated
from tests.portal.desk import client_of, make_trainer

pytestmark = pytest.mark.django_db
NO_REPORT = "geen adviesvraag en geen melding"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def text(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def group(table) -> str:
    return reverse("group", args=(table.gathering.public_id,))


def sheet(table, number=0) -> str:
    session = table.gathering.sessions.order_by("starts_at")[number]
    return reverse("attendance_sheet", args=(table.gathering.public_id, session.public_id))


@pytest.fixture
def evening():
    """A table whose first meeting just ended, with two people and who leads; the clock stands there."""
    table = make_table(mode="mixed", sessions=2)
    lead, people = facilitator(table), seated(table, 2)
    for person in people:
        registered(person)
    with clock.frozen(table.gathering.sessions.order_by("starts_at")[0].ends_at + HOUR):
        yield table, lead, people


def filled(people, **clocks):
    sent = {"version": "0", **clocks}
    for person in people:
        sent |= {f"s-{person.public_id}": "present", f"m-{person.public_id}": ""}
    return sent


def test_one_page_records_splits_the_time_and_closes(evening):
    table, lead, people = evening
    client = client_of(lead)
    page = text(client.get(sheet(table)))
    assert "Minuten intervisie" in page
    assert "Bewaar en sluit af" in page
    assert NO_REPORT in page
    assert page.count("niet ondertekend") == 2
    sent = filled(people, intervision_minutes="90", case_minutes="30", close="1")
    answer = client.post(sheet(table), sent, follow=True)
    assert "Afgesloten." in text(answer)
    session = Session.objects.order_by("starts_at").first()
    assert (session.intervision_minutes, session.case_minutes, session.closed_by) == (90, 30, lead)
    assert [entry.points_expected for entry in CreditEntry.objects.all()] == [1.5, 1.5]
    again = text(client.post(sheet(table), sent))
    assert "Deze sessie is afgesloten" in again
    assert CreditEntry.objects.count() == 2


def test_a_table_for_one_thing_fills_the_clocks_in_by_itself():
    for mode, value in (
        ("intervision", 'name="intervision_minutes" value="120"'),
        ("case", 'name="case_minutes" value="120"'),
    ):
        table = make_table(mode=mode)
        lead = facilitator(table)
        seated(table)
        with clock.frozen(table.gathering.starts_at):
            page = text(client_of(lead).get(sheet(table)))
        assert value in page
        assert "Bewaar en sluit af" not in page


@pytest.mark.parametrize(
    ("clocks", "field", "sentence"),
    [
        (("90", "31"), "case_minutes", "Samen is dit meer dan de 120 minuten"),
        (("", "31"), "intervision_minutes", "Vul beide in; nul mag."),
        (("-1", "31"), "intervision_minutes", "Vul 0 of meer in."),
    ],
)
def test_clocks_that_cannot_be_are_refused_at_the_field_and_nothing_is_kept(evening, clocks, field, sentence):
    table, lead, people = evening
    sent = filled(people, intervision_minutes=clocks[0], case_minutes=clocks[1])
    answer = client_of(lead).post(sheet(table), sent)
    assert sentence in answer.context["clocks"].errors[field][0]
    assert sentence in text(answer)
    assert not Attendance.objects.exists()


def test_closing_with_somebody_missing_keeps_what_was_filled_in(evening):
    table, lead, people = evening
    sent = filled(people[:1], intervision_minutes="60", case_minutes="60", close="1")
    answer = client_of(lead).post(sheet(table), sent, follow=True)
    assert "Bewaard. Nog niet ingevuld: 1." in text(answer)
    assert Attendance.objects.count() == 1
    assert not Session.objects.filter(closed_at__isnull=False).exists()


def test_saving_without_closing_goes_back_to_the_group(evening):
    table, lead, people = evening
    sent = filled(people, intervision_minutes="60", case_minutes="60")
    assert client_of(lead).post(sheet(table), sent).url == group(table)
    assert not Session.objects.filter(closed_at__isnull=False).exists()


def test_clocks_that_somebody_else_set_meanwhile_are_not_overwritten_unseen(evening):
    table, lead, people = evening
    session = table.gathering.sessions.order_by("starts_at").first()
    record_attendance(session=session, rows=[], by=lead, version=0, intervision_minutes=100, case_minutes=20)
    page = text(client_of(lead).post(sheet(table), filled(people, intervision_minutes="60", case_minutes="60")))
    assert "Iemand anders vulde intussen ook in." in page
    assert not Attendance.objects.exists()


def test_closing_that_is_refused_keeps_the_sheet(evening, monkeypatch):
    table, lead, people = evening
    Gathering.objects.filter(pk=table.gathering.pk).update(closes_per_session=False)
    sent = filled(people, intervision_minutes="60", case_minutes="60", close="1")
    answer = client_of(lead).post(sheet(table), sent, follow=True)
    assert "Dit sluit je in een keer af" in text(answer)
    assert Attendance.objects.count() == 2


def test_a_stand_in_does_all_of_it_and_the_office_writes_down_nobody(evening):
    table, _lead, people = evening
    stand_in = facilitator(table, role=LeadRole.STANDS_IN)
    sent = filled(people, intervision_minutes="120", case_minutes="0", close="1")
    assert client_of(make_with_role(Role.OFFICE)).get(sheet(table)).status_code == 404
    assert client_of(facilitator()).post(sheet(table), sent).status_code == 404
    client = client_of(stand_in)
    assert "Invaller noemen" in text(client.get(group(table)))
    assert client.post(sheet(table), sent).status_code == 302
    assert Session.objects.order_by("starts_at").first().closed_by == stand_in


def test_the_page_of_the_group_says_who_signed_and_what_is_missing(evening):
    table, lead, people = evening
    sign_agreements(leertafel=table, version=1, by=people[0])
    page = text(client_of(lead).get(group(table)))
    assert NO_REPORT in page
    assert "gaat door vanaf 4" in page
    assert "nog te weinig" in page
    assert (page.count("ondertekend"), page.count("nog niet ondertekend")) == (2, 1)
    assert "Volgende bijeenkomst" in page


def test_long_gaps_and_relations_of_authority_stand_on_the_page_of_the_group():
    table = make_table(weeks=9)
    lead, (manager, report) = facilitator(table), managed_pair()
    report.memberships.update(manager=None)
    for person in (manager, report):
        seated(table, person=person)
    report.memberships.update(manager=manager)
    page = text(client_of(lead).get(group(table)))
    assert "Lange pauze" in page
    assert "Baas Bos is leidinggevende van Mees Werker." in page
    assert "telt dan voor niemand" in page
    calm = make_table(weeks=8, mode="case", starts_in=timedelta(days=31))
    page = text(client_of(facilitator(calm)).get(group(calm)))
    assert "Lange pauze" not in page
    assert "leidinggevende van" not in page


def test_the_list_of_groups_says_who_is_confirmed_and_how_long_the_pause_is():
    table = make_table(weeks=9, minimum=2)
    lead = facilitator(table)
    seated(table, 1)
    client = client_of(lead)
    assert "1 bevestigd, gaat door vanaf 2" in text(client.get("/mijn-groepen/"))
    with clock.frozen(table.gathering.starts_at + 3 * HOUR):
        page = text(client.get("/mijn-groepen/"))
    assert "meer dan 8 weken tussen twee bijeenkomsten" in page
    Gathering.objects.update(state="cancelled")
    assert "bevestigd, gaat door" not in text(client.get("/mijn-groepen/?toon=afgerond"))


def test_the_list_costs_the_same_for_one_table_and_three(django_assert_num_queries):
    lead = make_with_role(Role.FACILITATOR)
    client = client_of(lead)
    for number in (1, 2, 3):
        table = make_table(starts_in=timedelta(days=30 + number))
        table.gathering.leads.create(person=lead, role="facilitates", starts_at=clock.now() - HOUR)
        if number == 2:
            continue
        client.get("/mijn-groepen/")
        with django_assert_num_queries(LIST_QUERIES):
            assert len(client.get("/mijn-groepen/").context["rows"]) == number


LIST_QUERIES = 9


def test_after_the_last_meeting_the_series_is_ended_on_one_page():
    table = make_table(sessions=1, minimum=2)
    lead, (person,) = facilitator(table), seated(table)
    hold(table, present={person: None})
    with clock.frozen(table.gathering.ends_at + HOUR):
        client = client_of(lead)
        assert "Rond de reeks af" in text(client.get(group(table)))
        close = reverse("close_group", args=(table.gathering.public_id,))
        page = text(client.get(close))
        assert "1 persoon krijgt er een, per mail" in page
        assert NO_REPORT in page
        assert client.post(close).status_code == 302
        assert client.post(close).status_code == 302
    assert Certificate.objects.get().kind == "reflection"


@pytest.mark.parametrize(("answer", "state"), [("bevestigen", SeatState.CONFIRMED), ("afwijzen", SeatState.DECLINED)])
def test_who_leads_answers_a_request(answer, state):
    table = make_table(approval="lead")
    lead, person = facilitator(table), make_person()
    seat = take_seat(person=person, gathering=table.gathering, by=person).seat
    client = client_of(lead)
    assert "Keur goed" in text(client.get(group(table)))
    url = reverse("decide_request", args=(table.gathering.public_id, seat.public_id, answer))
    assert client_of(facilitator()).post(url).status_code == 404
    for _click in range(2):
        assert client.post(url).url == group(table)
    assert Seat.objects.get().state == state


def test_a_request_of_a_manager_and_a_report_is_answered_with_the_reason():
    table = make_table(approval="lead")
    lead, (manager, report) = facilitator(table), managed_pair()
    seats = [take_seat(person=one, gathering=table.gathering, by=one).seat for one in (manager, report)]
    client = client_of(lead)
    urls = [reverse("decide_request", args=(table.gathering.public_id, one.public_id, "bevestigen")) for one in seats]
    client.post(urls[0])
    page = text(client.post(urls[1], follow=True))
    assert "Mees Werker: Een leidinggevende en een eigen medewerker zitten niet samen" in page


def test_a_request_at_another_kind_of_group_is_not_answered_here():
    gathering = make_gathering()
    person, lead = make_person(), make_with_role(Role.TRAINER)
    gathering.leads.create(person=lead, role="gives", starts_at=clock.now())
    seat = take_seat(person=person, gathering=gathering, by=person).seat
    url = reverse("decide_request", args=(gathering.public_id, seat.public_id, "afwijzen"))
    assert client_of(lead).post(url).status_code == 404


def test_one_s_own_request_is_for_somebody_else_to_answer():
    table = make_table(approval="lead")
    person = make_person()
    seat = take_seat(person=person, gathering=table.gathering, by=person).seat
    facilitator(table)
    Lead.objects.create(gathering=table.gathering, person=person, role="stands_in", starts_at=clock.now())
    url = reverse("decide_request", args=(table.gathering.public_id, seat.public_id, "bevestigen"))
    assert client_of(person).post(url).status_code == 403


PLAN = "/mijn-groepen/leertafel-plannen/"


def planned(page, **values):
    day = clock.today() + timedelta(days=40)
    rows = {"s-TOTAL_FORMS": "1", "s-INITIAL_FORMS": "0", "s-0-day": f"{day:%Y-%m-%d}", "s-0-starts": "09:30"}
    terms = {"offering": page.pk, "capacity": "6", "minimum": "4", "approval": "none", "s-0-ends": "11:30"}
    return {**rows, **terms, **values}


def test_a_facilitator_plans_a_table_and_leads_it():
    page, lead = make_page(), make_with_role(Role.FACILITATOR)
    client = client_of(lead)
    assert NO_REPORT in text(client.get(PLAN))
    assert "E-mailadres van de gespreksleider" not in text(client.get(PLAN))
    assert "Leertafel plannen" in text(client.get("/mijn-groepen/"))
    answer = client.post(PLAN, planned(page, title="Tafel Noord", approval="lead", asks_text="on"))
    table = Leertafel.objects.get()
    assert answer.url == group(table)
    assert (str(table), table.gathering.capacity, table.gathering.case_rules.asks_text, table.gathering.approval) == (
        "Tafel Noord",
        6,
        True,
        "lead",
    )
    assert table.gathering.leads.get().person == lead
    client.post(reverse("office_open", args=(table.gathering.public_id,)))
    assert Gathering.objects.get().state == "open"


def test_the_office_plans_a_table_for_somebody_else():
    page, lead = make_page(), make_with_role(Role.FACILITATOR)
    client = client_of(make_with_role(Role.OFFICE))
    client.post(PLAN, planned(page, lead=lead.email))
    assert Leertafel.objects.get().gathering.leads.get().person == lead
    client.post(PLAN, planned(page, **{"s-0-starts": "13:00", "s-0-ends": "15:00"}))
    assert Leertafel.objects.count() == 2
    busy = text(client.post(PLAN, planned(page, lead=lead.email)))
    assert "is dan al bezet" in busy
    assert Leertafel.objects.count() == 2
    assert client_of(make_with_role(Role.TRAINER)).get(PLAN).status_code == 403


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"capacity": "9"}, "Aan deze leertafel zitten 4 tot en met 8 mensen."),
        ({"capacity": "5", "minimum": "6"}, "Dit is meer dan het aantal plekken. Kies hoogstens 5."),
        ({"s-TOTAL_FORMS": "0"}, "Plan minstens een bijeenkomst."),
    ],
)
def test_a_plan_that_cannot_be_says_why_and_plans_nothing(values, sentence):
    client = client_of(make_with_role(Role.FACILITATOR))
    assert sentence in text(client.post(PLAN, planned(make_page(), **values)))
    assert not Gathering.objects.exists()


def test_a_rhythm_moves_a_meeting_off_a_holiday_by_a_week(at):
    with at("2027-02-01 09:00"):
        client = client_of(make_with_role(Role.FACILITATOR))
        # Six weeks after Monday 15 February is Easter Monday.
        sent = {"dates": "1", "number": 3, "weeks": 6, "day": "2027-02-15", "starts": "09:30", "ends": "11:30"}
        answer = client.post(PLAN, sent)
    days = [row["day"].value() for row in answer.context["rows"]]
    assert days == ["2027-02-15", "2027-04-05", "2027-05-10"]
    assert len(answer.context["skipped"]) == 1


def test_changing_a_table():
    table, region = make_table(mode="case", capacity=10), make_region()
    lead = facilitator(table)
    client, url = client_of(lead), reverse("change_table", args=(table.gathering.public_id,))
    assert NO_REPORT in text(client.get(url))
    sent = {"mode": "case", "level": "mixed", "region": region.pk, "agreements": "Een.\r\nTwee."}
    assert client.post(url, sent).url == group(table)
    table.refresh_from_db()
    assert (table.level, table.region, table.promises, table.agreements_version) == (
        "mixed",
        region,
        ["Een.", "Twee."],
        2,
    )
    client.post(url, sent)
    table.refresh_from_db()
    assert table.agreements_version == 2
    assert "4 tot en met 8 mensen" in text(client.post(url, {**sent, "mode": "intervision"}))
    assert client_of(facilitator()).get(url).status_code == 404
    run = make_gathering()
    office = client_of(make_with_role(Role.OFFICE))
    assert office.get(reverse("change_table", args=(run.public_id,))).status_code == 404
    editor = client_of(make_with_role(Role.EDITOR))
    assert editor.post(url, sent).url == reverse("groups")


def test_the_office_enrols_nobody_beside_her_manager():
    table = make_table()
    facilitator(table)
    manager, report = managed_pair()
    seated(table, person=manager)
    make_membership(report)
    url = reverse("enrol_somebody", args=(table.gathering.public_id,))
    sent = {"q": "Mees", "person": report.public_id, "despite": "1"}
    for by in (make_with_role(Role.OFFICE), Lead.objects.get(gathering=table.gathering).person):
        assert "zitten niet samen aan een intervisietafel" in text(client_of(by).post(url, sent))
    assert not Seat.objects.filter(person=report).exists()
    sent["q"], sent["person"] = "Vreemd", make_person(full_name="Vreemd Gezicht").public_id
    assert client_of(make_with_role(Role.OFFICE)).post(url, sent).url == group(table)


def script(table, number=0) -> str:
    session = table.gathering.sessions.order_by("starts_at")[number]
    return reverse("table_script", args=(table.gathering.public_id, session.public_id))


def test_the_script_starts_when_the_meeting_does_and_follows_the_method_of_the_theme():
    table = make_table(page=make_page(method="incident", mode="intervision"), sessions=2)
    client = client_of(facilitator(table))
    page = text(client.get(script(table, 1)))
    start = table.gathering.sessions.order_by("starts_at")[1].starts_at
    assert "Draaiboek: incidentmethode" in page
    assert f"{hour(start)}-{hour(start + timedelta(minutes=5))}" in page
    assert f"{hour(start + timedelta(minutes=55))}-{hour(start + timedelta(minutes=65))}" in page
    assert "7 stappen, samen 1 uur 05." in page
    assert "roddelmethode" in page.lower()
    assert "casusoverleg op veiligheid" not in page.lower()
    assert f'href="{script(table)}"' in text(client.get(group(table)))


def test_one_step_fills_the_screen_and_names_the_next_one():
    table = make_table(mode="mixed")
    client = client_of(facilitator(table))
    page = text(client.get(script(table) + "?werkvorm=safety&stap=2"))
    assert "Stap 2 van 7" in page
    assert "Gevaar nu" in page
    assert 'data-clock="10"' in page
    assert 'rel="prev" href="?werkvorm=safety&amp;stap=1"' in page
    assert 'rel="next" href="?werkvorm=safety&amp;stap=3"' in page
    last = text(client.get(script(table) + "?werkvorm=safety&stap=7"))
    assert "Dit was de laatste stap." in last
    assert 'rel="next"' not in last
    assert sheet(table) in last


@pytest.mark.parametrize(
    "query", ["?stap=0", "?stap=8", "?stap=-1", "?stap=½", "?werkvorm=safety", "?werkvorm=x&stap=" + "9" * 5000]
)
def test_what_is_no_step_or_no_method_of_this_table_shows_the_script_as_usual(query):
    table = make_table(page=make_page(method="incident", mode="intervision"))
    page = text(client_of(facilitator(table)).get(script(table) + query))
    assert "Draaiboek: incidentmethode" in page
    assert "data-clock" not in page


def test_only_who_leads_a_leertafel_has_a_script():
    table = make_table()
    lead, (person,) = facilitator(table), seated(table, 1)
    assert client_of(person).get(script(table)).status_code == 404
    assert client_of(make_with_role(Role.OFFICE)).get(script(table)).status_code == 404
    assert client_of(lead).get(script(table)).status_code == 200
    course = make_gathering()
    url = reverse("table_script", args=(course.public_id, course.sessions.get().public_id))
    assert client_of(make_trainer(course)).get(url).status_code == 404


def test_who_joins_after_a_meeting_is_not_missed_from_it(evening):
    table, lead, _people = evening
    first = table.gathering.sessions.order_by("starts_at").first()
    with clock.frozen(first.ends_at + timedelta(days=1)):
        seated(table)
        page = text(client_of(lead).get(group(table)))
    assert "0 van 2 ingevuld" in page
    assert "van 3 ingevuld" not in page
