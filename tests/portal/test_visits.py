"""Planning a visit, announcing newcomers, and what the host sees of who comes."""

from datetime import timedelta

import pytest

from academy.common import clock
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.models import Gathering
from academy.people.enums import Role
from academy.people.models import AuditEntry, WorksCouncilConsent
from courses.kijkje.models import Announcement, Visit
from tests.factories import make_person, make_team, make_with_role
from tests.kijkje.factories import make_announcement, make_kijkje, make_visit, ready, seated
from tests.kijkje.test_visits import close
from tests.people.factories import make_consent

pytestmark = pytest.mark.django_db
PLAN, ANNOUNCE = "/mijn-groepen/bezoek-plannen/", "/team/nieuwe-collega/"
GROUP_QUERIES, ANNOUNCE_QUERIES = 27, 10


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def text(response):
    return response.content.decode()


def form(page, **values):
    day = clock.today() + timedelta(days=14)
    facts = {"page": page.pk, "day": day.isoformat(), "starts": "13:30", "ends": "16:30", "visitors": 3}
    return facts | values


def test_a_host_plans_what_she_receives(client):
    host, back_up, page = make_with_role(Role.HOST), make_person(), make_kijkje()
    client.force_login(host)
    assert PLAN in text(client.get("/mijn-groepen/"))
    assert "E-mailadres van de ontvanger" not in text(client.get(PLAN))
    answer = client.post(PLAN, form(page, back_up=back_up.email), follow=True)
    assert "staat open voor bezoekers" in text(answer)
    visit = Visit.objects.get()
    assert (visit.visitors, {lead.person for lead in visit.gathering.leads.all()}) == (3, {host, back_up})


def test_the_office_says_who_receives(client):
    host, page = make_person(), make_kijkje()
    client.force_login(make_with_role(Role.OFFICE))
    assert "Vul" in text(client.post(PLAN, form(page))) or not Visit.objects.exists()
    client.post(PLAN, form(page, host=host.email))
    assert Visit.objects.get().gathering.leads.get().person == host


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"visitors": 5}, "hoogstens 4 bezoekers"),
        ({"ends": "12:00"}, "Het einde ligt voor het begin"),
        ({"day": "2020-01-06"}, "al voorbij"),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(client, values, words):
    client.force_login(make_with_role(Role.HOST))
    assert words in text(client.post(PLAN, form(make_kijkje(), **values)))
    assert not Visit.objects.exists()


def test_a_host_cannot_be_her_own_stand_in(client):
    host = make_with_role(Role.HOST)
    client.force_login(host)
    assert "iemand anders dan de ontvanger" in text(client.post(PLAN, form(make_kijkje(), back_up=host.email)))


def test_who_receives_nobody_plans_no_visit(client):
    client.force_login(make_person())
    assert client.get(PLAN).status_code == 403


def test_the_host_sees_who_is_ready(client):
    host, page = make_with_role(Role.HOST), make_kijkje()
    gathering = make_visit(page, host=host)
    seated(gathering, ready(page))
    seated(gathering)
    client.force_login(host)
    shown = text(client.get(f"/mijn-groepen/{gathering.public_id}/"))
    assert [shown.count(word) for word in ("voorbereid<", "getekend<")] == [2, 2]
    assert shown.count("nog niet voorbereid") == shown.count("nog niet getekend") == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_who_comes_costs_the_same(client, number, django_assert_num_queries):
    host, page = make_with_role(Role.HOST), make_kijkje()
    gathering = make_visit(page, host=host, visitors=4)
    for _ in range(number):
        seated(gathering, ready(page))
    client.force_login(host)
    address = f"/mijn-groepen/{gathering.public_id}/"
    client.get(address)
    with django_assert_num_queries(GROUP_QUERIES):
        client.get(address)


def newcomer(team, **values):
    facts = {"name": "Fatma Yildiz", "email": "fatma@wijkteam.example", "team": team.pk}
    return facts | {"starts_on": (clock.today() + timedelta(days=3)).isoformat()} | values


def test_a_manager_announces_somebody_and_hears_when_that_was_done_before(client):
    make_consent()
    team, other = make_team(name="Waterwijk"), make_team(name="Elders")
    client.force_login(make_with_role(Role.TEAM_MANAGER, team=team))
    shown = text(client.get(ANNOUNCE))
    assert "Waterwijk" in shown
    assert "Elders" not in shown
    assert "Fatma Yildiz is aangekondigd" in text(client.post(ANNOUNCE, newcomer(team), follow=True))
    again = text(client.post(ANNOUNCE, newcomer(team), follow=True))
    assert "Fatma Yildiz is al aangekondigd bij Waterwijk, op" in again
    assert "uitnodiging volgt op" in again
    assert "Kies een geldige" in text(client.post(ANNOUNCE, newcomer(other))) or Announcement.objects.count() == 1
    wrong = client.post(ANNOUNCE, newcomer(team, email="x@y.example", starts_on="2001-01-01"))
    assert "hoogstens een half jaar geleden" in text(wrong)
    assert Announcement.objects.count() == 1


def test_coordinator_office_and_a_manager_of_everything_choose_from_their_teams(client):
    team, other = make_team(name="Waterwijk"), make_team(name="Elders")
    for person, sees in (
        (make_with_role(Role.COORDINATOR, organisation=team.organisation), False),
        (make_with_role(Role.OFFICE), True),
    ):
        client.force_login(person)
        shown = text(client.get(ANNOUNCE))
        assert "Waterwijk" in shown
        assert ("Elders" in shown) is sees
    assert other.pk


def test_the_list_says_how_it_stands_in_words(client):
    make_consent()
    team, host, page = make_team(), make_person(), make_kijkje()
    boss = make_with_role(Role.TEAM_MANAGER, team=team)
    today, people = clock.today(), [make_person() for _ in range(3)]

    def row(name, days, **values):
        return make_announcement(name=name, team=team, starts_on=today - timedelta(days=days), **values)

    row("A vroeg", -5)
    row("B net", 5, invited_at=clock.now())
    row("C laat", 90, invited_at=clock.now())
    row("D boekte", 20, person=people[0])
    row("E ging", 30, person=people[1])
    row("F zag", 40, person=people[2])
    seated(make_visit(page), people[0])
    seated(make_visit(page, starts_in=timedelta(days=-2)), people[1])
    over = make_visit(page, host=host, starts_in=timedelta(days=-3))
    seated(over, people[2])
    close(over, host, (people[2], "present"))
    client.force_login(boss)
    found = {one.name[0]: one.word for one in client.get("/team/").context["newcomers"]}
    assert found["A"].startswith("uitnodiging volgt op")
    assert found["B"] == "uitgenodigd, nog niet geboekt"
    assert found["C"] == "na 90 dagen nog geen Kijkje geboekt"
    assert found["D"].startswith("geboekt voor")
    assert found["E"] == "geweest, nog niet afgesloten"
    assert found["F"].startswith("geweest op")
    assert AuditEntry.objects.filter(action="hours.participation", actor=boss).count() == 3
    WorksCouncilConsent.objects.all().delete()
    assert {one.word for one in client.get(ANNOUNCE).context["newcomers"]} == {""}
    assert AuditEntry.objects.filter(action="hours.participation", actor=boss).count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(client, number, django_assert_num_queries):
    make_consent()
    team = make_team()
    client.force_login(make_with_role(Role.TEAM_MANAGER, team=team))
    for _ in range(number):
        make_announcement(team=team, person=make_person())
    client.get(ANNOUNCE)
    with django_assert_num_queries(ANNOUNCE_QUERIES):
        client.get(ANNOUNCE)


def test_taking_an_announcement_back(client):
    team = make_team()
    row, stranger = make_announcement(team=team, name="Fatma"), make_announcement()
    client.force_login(make_with_role(Role.TEAM_MANAGER, team=team))
    assert "De aankondiging van Fatma is ingetrokken" in text(
        client.post(f"{ANNOUNCE}{row.public_id}/intrekken/", follow=True)
    )
    assert client.post(f"{ANNOUNCE}{stranger.public_id}/intrekken/").status_code == 404
    assert list(Announcement.objects.all()) == [stranger]


def test_more_places_than_a_visit_has_are_refused_at_the_desk(client):
    office = make_with_role(Role.OFFICE)
    gathering = make_visit()
    assign_lead(gathering=gathering, person=make_person(), role="hosts", by=None)
    client.force_login(office)
    address = f"/bureau/groepen/{gathering.public_id}/wijzigen/"
    values = {"title": "Bezoek", "capacity": 6, "audience": "everyone", "approval": "none", "cut_off_working_days": 5}
    assert "Plan een tweede bezoek" in text(client.post(address, values))
    assert Gathering.objects.get(pk=gathering.pk).capacity == 2
