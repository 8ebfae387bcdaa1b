"""The pages of HR: who gets in, what the numbers are, and that every number opens its rows."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from academy.common import clock
from academy.people.models import AuditEntry, JobFunction, WorksCouncilConsent
from certificates.credits.domain.events import grant
from certificates.credits.models import CreditEntry
from tests.credits.factories import accredited, registered
from tests.factories import make_membership, make_person, make_team
from tests.portal.hr_world import YEAR, Place, learned, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(settings):
    settings.ACADEMY_MFA_REQUIRED = False
    return Place()


@pytest.fixture
def hr(place, client):
    client.force_login(place.hr)
    return client


def lines_of(response):
    return {line.label: line.totals for line in response.context["lines"]}


PAGES = ["/hr/", "/hr/registraties/", "/hr/uren/", "/hr/uren/regels/"]
FILES = ["/hr/registraties/bestand/", "/hr/uren/bestand/", "/hr/uren/regels/bestand/"]
# Session, person and roles among them.
QUERIES = {"/hr/uren/": 20, "/hr/uren/?per=team": 17, "/hr/uren/regels/": 14, "/hr/registraties/": 16, "/hr/": 21}


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_everything_is_closed_until_the_works_council_agreed(hr, address):
    open_to_hr = hr.get(address)
    assert open_to_hr.status_code == 200
    if open_to_hr.streaming:
        assert read(open_to_hr).startswith(("Naam;", "Persoon;"))
    WorksCouncilConsent.objects.all().delete()
    assert hr.get(address)["Location"] == "/hr/instemming/"


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_a_manager_is_no_hr(place, client, address):
    client.force_login(place.manager)
    assert client.get(address).status_code == 403


def test_hours_and_points_per_person_team_and_pillar(hr, place):
    anna, bram = place.colleague("Anna Bos"), place.colleague("Bram Kok")
    registered(anna)
    learned(anna, 120, accreditations=(accredited("6"),))
    learned(anna, 90, "skills", day=date(2026, 4, 1))
    learned(bram, 60, "vitality")
    learned(bram, 60, day=date(2025, 12, 31))
    grant(entry=CreditEntry.objects.get(points_expected=6), points=Decimal(5), on=date(2026, 5, 1), by=place.hr)

    persons = hr.get(f"/hr/uren/?{YEAR}")
    found = lines_of(persons)
    assert {name: totals.minutes for name, totals in found.items()} == {"Anna Bos": 210, "Bram Kok": 60}
    assert (found["Anna Bos"].expected, found["Anna Bos"].granted) == (Decimal("6.00"), Decimal("5.00"))
    assert (persons.context["total"].minutes, persons.context["total"].people) == (270, 2)

    teams = lines_of(hr.get(f"/hr/uren/?{YEAR}&per=team"))
    assert {name: (totals.minutes, totals.people) for name, totals in teams.items()} == {
        "Team Oranje (Eigen huis)": (270, 2)
    }
    pillars = lines_of(hr.get(f"/hr/uren/?{YEAR}&per=pijler"))
    assert {name: totals.minutes for name, totals in pillars.items()} == {
        "kennis": 120,
        "vaardigheden": 90,
        "vitaliteit": 60,
    }
    only = lines_of(hr.get(f"/hr/uren/?{YEAR}&per=pijler&pijler=knowledge"))
    assert {name: totals.expected for name, totals in only.items()} == {"kennis": Decimal("6.00")}


def test_who_is_in_two_teams_counts_in_both_and_once_in_all(hr, place):
    anna = place.colleague("Anna Bos")
    make_membership(anna, team=make_team(organisation=place.own, name="Team Geel"), starts_on=date(2020, 1, 1))
    learned(anna, 120)
    teams = hr.get(f"/hr/uren/?{YEAR}&per=team")
    assert [(line.label, line.totals.minutes) for line in teams.context["lines"]] == [
        ("Team Geel (Eigen huis)", 120),
        ("Team Oranje (Eigen huis)", 120),
    ]
    assert (teams.context["total"].minutes, teams.context["total"].people) == (120, 1)
    persons = hr.get(f"/hr/uren/?{YEAR}")
    assert [(line.note, line.totals.minutes) for line in persons.context["lines"]] == [("Team Geel, Team Oranje", 120)]


def test_people_of_others_and_who_came_later_are_not_counted(hr, place):
    outside = make_person()
    make_membership(outside, starts_on=date(2020, 1, 1))
    learned(outside)
    later = place.colleague("Later Begonnen", starts_on=date(2026, 6, 1))
    learned(later)
    assert lines_of(hr.get("/hr/uren/?van=2026-01-01&tot=2026-04-01")) == {}
    assert list(lines_of(hr.get(f"/hr/uren/?{YEAR}"))) == ["Later Begonnen"]


def test_every_number_opens_its_rows(hr, place):
    anna, bram = place.colleague("Anna Bos"), place.colleague("Bram Kok")
    learned(anna, 120, title="Intieme terreur")
    learned(anna, 45, "skills", title="Gespreksvoering")
    learned(bram, 60, "vitality", title="Slapen na een zware dienst")

    def rows(query):
        return {(row.name, row.title, row.minutes) for row in hr.get(f"/hr/uren/regels/?{YEAR}{query}").context["rows"]}

    of_anna = {("Anna Bos", "Intieme terreur", 120), ("Anna Bos", "Gespreksvoering", 45)}
    of_bram = {("Bram Kok", "Vitaliteit", 60)}
    assert rows("") == of_anna | of_bram
    assert rows(f"&persoon={anna.public_id}") == of_anna
    assert rows("&pijler=vitality") == of_bram
    assert rows(f"&team={place.team.public_id}") == of_anna | of_bram
    text = hr.get(f"/hr/uren/?{YEAR}").content.decode()
    assert f"persoon={anna.public_id}" in text
    assert "Slapen" not in hr.get(f"/hr/uren/regels/?{YEAR}").content.decode()


def test_somebody_out_of_reach_gives_no_rows(hr, place):
    outside = make_person(full_name="Van Buiten")
    make_membership(outside, starts_on=date(2020, 1, 1))
    learned(outside)
    response = hr.get(f"/hr/uren/regels/?{YEAR}&persoon={outside.public_id}")
    assert response.context["form"].errors["persoon"] == ["Deze persoon staat niet in dit overzicht."]
    assert "rows" not in response.context
    assert hr.get(f"/hr/uren/regels/bestand/?{YEAR}&persoon={outside.public_id}").status_code == 404


@pytest.mark.parametrize(
    ("query", "field", "sentence"),
    [
        ("van=2026-05-01&tot=2026-04-01", "tot", "Deze dag ligt voor het begin; kies een latere."),
        ("van=ooit&tot=2026-04-01", "van", "Voer een geldige datum in."),
        ("team=nergens", "team", None),
        ("pijler=geluk", "pijler", None),
        ("per=leeftijd", "per", None),
    ],
)
def test_a_bad_filter_is_told_and_shows_nothing(hr, query, field, sentence):
    response = hr.get(f"/hr/uren/?{query}")
    assert list(response.context["form"].errors) == [field]
    if sentence:
        assert response.context["form"].errors[field] == [sentence]
    assert "lines" not in response.context
    assert hr.get(f"/hr/uren/bestand/?{query}").status_code == 404


def test_each_look_is_in_the_log_of_the_person(hr, place):
    anna = place.colleague("Anna Bos")
    learned(anna)
    for address in (f"/hr/uren/?{YEAR}", f"/hr/uren/regels/?{YEAR}", f"/team/{anna.public_id}/"):
        hr.get(address)
    read(hr.get(f"/hr/uren/bestand/?{YEAR}"))
    found = AuditEntry.objects.filter(subject=anna, actor=place.hr).order_by("pk").values_list("action", flat=True)
    assert list(found) == ["hours.list", "hours.list", "hours.open", "hours.export"]
    hr.get(f"/hr/uren/?{YEAR}&per=team")  # a total of a team is about nobody
    assert AuditEntry.objects.filter(subject=anna).count() == 4
    hr.force_login(anna)
    assert "je uren of registratie opgehaald in een bestand" in hr.get("/account/zichtbaar/").content.decode()


def test_files_hold_the_rows_and_run_no_formula(hr, place):
    anna = place.colleague("=HYPERLINK('x')")
    learned(anna, 80, title="@SUM(A1)")
    text = read(hr.get(f"/hr/uren/regels/bestand/?{YEAR}"))
    heading, row = csv.reader(io.StringIO(text), delimiter=";")
    assert heading[0] == "Naam"
    assert row == [
        "'=HYPERLINK('x')",
        "'@SUM(A1)",
        "training of cursus",
        "kennis",
        "02-03-2026",
        "1,33",
        "0,00",
        "0,00",
    ]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(hr.get(f"/hr/uren/regels/bestand/?{YEAR}&soort=xlsx"))))
    cells = list(book.active.iter_rows())
    assert [cell.value for cell in cells[1]][:2] == ["=HYPERLINK('x')", "@SUM(A1)"]
    assert {cell.data_type for row in cells for cell in row} == {"s"}
    assert hr.get("/hr/uren/bestand/?soort=exe").status_code == 404


@pytest.mark.parametrize("per", ["persoon", "team", "pijler"])
def test_the_file_of_hours_has_the_lines_of_the_page(hr, place, per):
    learned(place.colleague("Anna Bos"), 90)
    page = hr.get(f"/hr/uren/?{YEAR}&per={per}")
    rows = list(csv.reader(io.StringIO(read(hr.get(f"/hr/uren/bestand/?{YEAR}&per={per}"))), delimiter=";"))
    assert [row[0] for row in rows[1:]] == [line.label for line in page.context["lines"]]
    assert rows[1][2] == "1,50"


def test_the_overview_counts_what_its_links_list(hr, place):
    social_worker = registered_function()
    anna = place.colleague("Anna Bos", job_function=social_worker, weekly_hours=Decimal(36))
    place.colleague("Bram Kok", job_function=social_worker, weekly_hours=Decimal(18))
    today = clock.today()
    registered(anna, starts_on=today.replace(year=today.year - 5) + timedelta(days=200))
    learned(anna, 120, day=today)
    context = hr.get("/hr/").context
    summary = context["summary"]
    assert (summary.registered, summary.required, summary.missing) == (1, 2, 1)
    assert (summary.at_risk, summary.ending, summary.running) == (1, 1, 1)
    for attention, names in {
        "required": ["Anna Bos", "Bram Kok"],
        "risk": ["Anna Bos"],
        "number": ["Anna Bos"],
    }.items():
        page = hr.get(f"/hr/registraties/?let_op={attention}").context["page"]
        assert [line.name for line in page] == names
    for key, _word, _look, number in summary.by_status:
        assert hr.get(f"/hr/registraties/?status={key}").context["page"].paginator.count == number
    assert (context["fte"].value, context["fte"].people, context["fte"].counted_as_one) == (Decimal("1.50"), 2, 0)
    assert context["per_fte"] == 80


def registered_function():
    return JobFunction.objects.filter(requires_registration=True).first()


def test_registrations_by_words_chamber_and_team(hr, place):
    anna, bram = place.colleague("Anna Bos"), place.colleague("Bram Kok", job_function=registered_function())
    registered(anna, number="123456789")

    def names(query):
        return [line.name for line in hr.get(f"/hr/registraties/?{query}").context["page"]]

    assert names("") == ["Anna Bos", "Bram Kok"]
    assert names("status=none") == ["Bram Kok"]
    assert names(f"kamer={anna.registrations.get().chamber.name}") == ["Anna Bos"]
    assert names(f"team={place.team.public_id}") == ["Anna Bos", "Bram Kok"]
    assert names("status=rood") == []
    rows = list(csv.reader(io.StringIO(read(hr.get("/hr/registraties/bestand/?status=none"))), delimiter=";"))
    assert [row[0] for row in rows] == ["Naam", "Bram Kok"]
    assert rows[1][3] == "ja"
    assert AuditEntry.objects.filter(subject=bram, action="hours.export").count() == 1


@pytest.mark.parametrize(
    "address", ["/hr/uren/", "/hr/uren/?per=team", "/hr/uren/regels/", "/hr/registraties/", "/hr/"]
)
def test_queries_do_not_grow_with_rows(hr, place, address):
    def one_more():
        person = place.colleague()
        registered(person)
        learned(person, accreditations=(accredited("6"),), day=clock.today())

    def queries():
        with CaptureQueriesContext(connection) as found:
            assert hr.get(address).status_code == 200
        return len(found)

    one_more()
    hr.get(address)
    first = queries()
    one_more()
    one_more()
    assert (first, queries()) == (QUERIES[address], QUERIES[address])
