"""Accreditations at the office: what runs out, writing down, renewing, and who may not."""

from datetime import timedelta
from decimal import Decimal

import pytest

from academy.common import clock
from academy.gatherings.models import Accreditation
from academy.people.enums import Role
from certificates.credits.models import Chamber
from tests.courses.factories import accredited, make_course, make_e_learning
from tests.factories import make_with_role
from tests.gatherings.factories import make_gathering
from tests.portal.desk import client_of, make_office
from tests.portal.test_groups import text_of

pytestmark = pytest.mark.django_db
LIST, NEW = "/bureau/accreditaties/", "/bureau/accreditaties/nieuw/"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


@pytest.fixture
def office():
    return client_of(make_office())


def ending(days, **values):
    today = clock.today()
    return accredited(
        values.pop("course", None) or make_course(), valid_from=today - 400 * DAY, valid_to=today + days * DAY, **values
    )


def filled(course, **values):
    chamber = Chamber.objects.with_code("SKJ:JGP").get()
    today = clock.today()
    return {
        "offering": course.pk,
        "where": f"{chamber.register_id}/{chamber.pk}",
        "requirement": "DB.FORM",
        "points": "6,5",
        "number": "SKJ-1",
        "accreditor": "SKJ",
        "valid_from": today.isoformat(),
        "valid_to": (today + 365 * DAY).isoformat(),
        "points_min_pct": "90",
        **values,
    }


def test_the_list_holds_what_runs_out_and_was_not_renewed(office):
    gone, soon, far = ending(-100), ending(-10), ending(200)
    renewed = ending(30)
    accredited(renewed.offering, valid_from=clock.today() + 31 * DAY, valid_to=clock.today() + 400 * DAY)
    asked = ending(31)
    accredited(asked.offering, valid_from=clock.today() + 32 * DAY, valid_to=clock.today() + 400 * DAY, number="")
    shown = [row[0] for row in office.get(LIST).context["rows"]]
    assert shown == [soon, asked]
    everything = {row[0]: row[2] for row in office.get(LIST, {"toon": "alle"}).context["rows"]}
    assert [everything[one] for one in (gone, soon, asked, far)] == ["verlopen", "verlopen", "loopt af", "geldig"]
    assert "aangevraagd" in everything.values()


def test_a_whole_register_follows_only_on_a_whole_register(office):
    one = ending(30)
    Accreditation.objects.filter(pk=one.pk).update(chamber=None)
    accredited(one.offering, valid_from=clock.today(), valid_to=clock.today() + 400 * DAY)
    assert [row[0] for row in office.get(LIST).context["rows"]] == [one]
    Accreditation.objects.exclude(pk=one.pk).update(chamber=None)
    assert "Er loopt niets af" in text_of(office.get(LIST))


def test_a_planned_group_after_the_last_day_is_named(office):
    one = ending(10)
    make_gathering(offering=one.offering)
    assert "1 geplande groep valt erbuiten" in text_of(office.get(LIST))
    assert "accreditatie loopt binnen 3 maanden af" in text_of(office.get("/bureau/"))


def test_the_office_writes_one_down(office):
    course = make_course()
    assert office.post(NEW, filled(course)).status_code == 302
    (kept,) = Accreditation.objects.all()
    assert (kept.offering_id, kept.points, kept.points_min_pct, kept.requirement) == (
        course.pk,
        Decimal("6.50"),
        90,
        "DB.FORM",
    )
    assert str(kept.chamber) == str(Chamber.objects.with_code("SKJ:JGP").get())


def test_renewing_starts_from_the_one_before(office):
    before = ending(30, requirement="DB.FORM")
    form = office.get(NEW, {"na": before.pk}).context["form"]
    assert form["valid_from"].value() == before.valid_to + DAY
    assert (form["points"].value(), form["number"].value()) == (before.points, None)
    assert office.get(NEW, {"na": "onzin"}).status_code == 404
    Accreditation.objects.filter(pk=before.pk).update(chamber=None)
    assert office.get(NEW, {"na": before.pk}).context["form"]["where"].value() == f"{before.register_id}/0"


def test_a_whole_register_is_a_choice(office):
    register = Chamber.objects.with_code("SKJ:JGP").get().register
    office.post(NEW, filled(make_course(), where=f"{register.pk}/0"))
    assert Accreditation.objects.get().chamber is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"valid_to": "2020-01-01"}, "valid_to"),
        ({"requirement": "WORK"}, "requirement"),
        ({"where": "x"}, "where"),
        ({"points": "-1"}, "points"),
        ({"points_min_pct": "101"}, "points_min_pct"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(office, values, field):
    form = office.post(NEW, filled(make_course(), **values)).context["form"]
    assert list(form.errors) == [field]
    assert not Accreditation.objects.exists()


def test_a_requirement_of_another_chamber_is_refused(office):
    chamber = Chamber.objects.exclude(rule_sets__requirements__key="DB.FORM").select_related("register").first()
    answer = office.post(NEW, filled(make_course(), where=f"{chamber.register_id}/{chamber.pk}"))
    assert "Deze kamer kent die eis niet" in text_of(answer)


def test_points_for_a_course_without_the_test_they_ask_are_refused(office):
    course = make_e_learning(teaching=[])
    assert "toets verplicht" in text_of(office.post(NEW, filled(course)))
    assert not Accreditation.objects.exists()


def test_the_administrator_may_and_hr_may_not():
    beheer = client_of(make_with_role(Role.ADMIN))
    assert beheer.get(LIST).status_code == 200
    assert LIST in beheer.get("/beheer/").text
    assert client_of(make_with_role(Role.HR)).get(LIST).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(number, office, django_assert_num_queries):
    for _ in range(number):
        ending(20)
    with django_assert_num_queries(8):
        office.get(LIST)
