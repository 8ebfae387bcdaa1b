"""How far somebody is on a leerroute, and who sees which one."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from academy.common import clock
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Gathering, Seat
from academy.people.models import JobFunction, User
from certificates.achievement import CertificateKind
from certificates.domain.recognition import recognise
from courses.paths.domain.progress import paths_of, progress_on
from courses.paths.models import PathPage, PathsPage
from tests.courses.factories import make_course
from tests.credits.factories import trained
from tests.factories import make_membership, make_organisation, make_person
from tests.gatherings.factories import make_gathering, make_offering
from tests.kijkje.factories import make_kijkje, prepared
from tests.paths.factories import make_path
from tests.portal.hr_world import make_seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_month_after_beginning(at):
    with at("2027-02-01 09:00"):
        yield


@pytest.fixture
def worker():
    person = make_person()
    function = JobFunction.objects.get(slug="medewerker-lokaal-team")
    make_membership(person, job_function=function, starts_on=date(2027, 1, 1), approved_at=clock.now())
    person.function = function
    return person


def fresh(person):
    return User.objects.get(pk=person.pk)


def finished(person, offering, *, key="seat:{}", **values):
    """Something on record from a seat in ``offering``."""
    seat = make_seat(person, make_gathering(offering=offering, starts_in=timedelta(days=-9)))
    facts = {"source_key": key.format(seat.public_id), "certificate": CertificateKind.PARTICIPATION, **values}
    recognise(achievement=trained(person, **facts), by=None)
    return seat


def on_first_page(person):
    ahead = Seat.objects.ahead().for_person(person).select_related("gathering")
    return [found.path.key for found in paths_of(fresh(person), ahead)]


def states(path, person):
    (found,) = progress_on([path], person)
    return [step.state for step in found.steps], [step.text for step in found.steps]


def test_done_planned_open_and_what_comes_next(worker):
    done, planned, begun, late, free = (make_course() for _ in range(5))
    path = make_path(
        (done, {"due_days": 10}),
        planned,
        begun,
        (late, {"due_days": 14}),
        (free, {"due_days": 60, "is_mandatory": False, "note": "Vraag je leidinggevende."}),
        functions=[worker.function],
    )
    finished(worker, done)
    make_seat(worker, make_gathering(offering=planned, starts_in=timedelta(days=4)))
    make_seat(worker, make_gathering(offering=begun, sessions=0))
    make_seat(worker, make_gathering(offering=late), state=SeatState.CANCELLED, end_reason="cancelled")
    make_seat(worker, make_gathering(offering=free, starts_in=timedelta(days=-3)))
    (found,) = progress_on([path], fresh(worker))
    assert [step.state for step in found.steps] == ["done", "now", "later", "later", "later"]
    assert [step.text for step in found.steps] == [
        "gedaan",
        "gepland op vr 5 februari 2027",
        "begonnen",
        "had klaar kunnen zijn op 15 januari 2027",
        "klaar voor 2 maart 2027 · mag, hoeft niet · Vraag je leidinggevende.",
    ]
    assert (found.done, found.total, found.next.title) == (1, 5, planned.title)
    assert found.next.url == f"/aanbod/{planned.slug}/"
    assert found.last_due == date(2027, 3, 2)


def test_a_stranger_reads_the_steps_and_the_number_of_days():
    path = make_path((make_course(), {"due_days": 30, "times": 3}), make_course(audience="internal"))
    assert states(path, AnonymousUser()) == (["later"], ["binnen 30 dagen · 0 van de 3 keer"])
    (found,) = progress_on([path], AnonymousUser())
    assert found.next is None


def test_what_goes_on_is_done_after_so_many_times(worker):
    table = make_offering(kind="leertafel")
    path = make_path((table, {"times": 2}))
    facts = {"certificate": None, "series": "reeks-1", "key": "leertafel-session:a:{}"}
    finished(worker, table, **facts)
    assert states(path, worker) == (["now"], ["1 van de 2 keer"])
    finished(worker, table, **{**facts, "key": "leertafel-session:b:{}"})
    assert states(path, worker) == (["done"], ["gedaan · 2 van de 2 keer"])


def test_half_a_course_and_a_preparation_are_not_done(worker):
    course, kijkje = make_course(), make_kijkje()
    finished(worker, course, certificate=None)
    prepared(kijkje, worker)
    assert states(make_path(course, kijkje), worker)[0] == ["now", "later"]


def test_what_is_meant_for_somebody(worker):
    own = make_organisation(is_own=True)
    colleague, nobody = make_person(), make_person()
    make_membership(colleague, organisation=own)
    course = make_course()
    for_all, outside = make_path(course, title="A"), make_path(course, title="B", audience="external")
    inside = make_path(course, title="C", audience="internal")
    of_function = make_path(course, title="D", functions=[worker.function])
    make_path(course, title="E", functions=[JobFunction.objects.get(slug="procesbegeleider")])
    make_path(course, title="F", live=False)

    def meant(person):
        return set(PathPage.objects.meant_for(person))

    assert meant(worker) == {for_all, outside, of_function}
    assert meant(colleague) == {for_all, inside}
    assert meant(nobody) == set()
    assert inside not in set(PathPage.objects.visible_to(worker))
    assert inside in set(PathPage.objects.visible_to(colleague))


def test_the_first_page_shows_what_runs_and_is_not_done(worker, at):
    course, other = make_course(), make_course()
    dated = make_path((course, {"due_days": 30}), title="Met datum")
    free = make_path(other, title="Zonder datum")
    make_path(title="Leeg")
    assert on_first_page(worker) == [dated.pk, free.pk]
    finished(worker, other)
    assert on_first_page(worker) == [dated.pk]
    for moment, found in (("2027-05-01 09:00", [dated.pk]), ("2027-05-02 09:00", [])):
        with at(moment):
            assert on_first_page(worker) == found
    # Begun again elsewhere, the last first day counts.
    make_membership(worker, job_function=None, starts_on=date(2027, 4, 1), approved_at=clock.now())
    with at("2027-05-02 09:00"):
        assert on_first_page(worker) == [dated.pk]


@pytest.mark.parametrize("number", [1, 3])
def test_several_routes_cost_the_same(worker, number, django_assert_num_queries):
    courses = [make_course() for _ in range(3)]
    paths = [make_path(*courses, functions=[worker.function]) for _ in range(number)]
    finished(worker, courses[0])
    person = fresh(worker)
    person.function = worker.function
    with django_assert_num_queries(6):
        assert len(progress_on(paths, person)) == number


def test_the_pages(client, worker):
    course = make_course(title="De Meldcode")
    path = make_path(course, title="Start sterk", introduction="Voor wie begint.")
    hidden = make_path(course, audience="internal")
    assert str(path.steps.get()) == "De Meldcode"
    text = client.get("/leerroutes/").content.decode()
    assert "Start sterk" in text
    assert hidden.title not in text
    response = client.get(f"/leerroutes/{path.slug}/")
    assert response.headers["Cache-Control"].startswith("public")
    assert "Verder met" not in response.content.decode()
    assert client.get(f"/leerroutes/{hidden.slug}/").status_code == 404
    client.force_login(worker)
    assert "Verder met: De Meldcode" in client.get(f"/leerroutes/{path.slug}/").content.decode()
    assert "Start sterk" in client.get("/mijn/").content.decode()
    finished(worker, course)
    assert "Je hebt deze leerroute afgerond" in client.get(f"/leerroutes/{path.slug}/").content.decode()
    assert PathPage.objects.get(pk=path.pk).serve(None)["Location"] == f"/leerroutes/{path.slug}/"


def test_an_academy_without_routes_says_what_will_stand_there(client):
    assert PathsPage.objects.exists()
    assert "Nog geen leerroutes" in client.get("/leerroutes/").content.decode()


def test_a_cancelled_group_is_no_plan(worker):
    course = make_course()
    make_seat(worker, make_gathering(offering=course))
    Gathering.objects.update(state="cancelled")
    assert states(make_path(course), worker) == (["now"], [""])
