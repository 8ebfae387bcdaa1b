"""A course accredited for points is not published without the closing test that its register asks for."""

from datetime import timedelta
from decimal import Decimal

import pytest

from academy.common import clock
from academy.common.errors import DomainError, NotAllowedError
from academy.gatherings.domain.accrediting import accredit, closing_test_reasons
from academy.gatherings.models import Accreditation
from academy.pages.models import HomePage
from academy.people.enums import Role
from certificates.credits.models import Chamber
from courses.models import CoursePage
from tests.courses.factories import accredited, make_course, make_e_learning, two_lessons
from tests.factories import make_person, make_with_role

pytestmark = pytest.mark.django_db
EIGHTEEN_HOURS = 18 * 60


def codes(course):
    return [reason.code for reason in closing_test_reasons(course)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"form": "e_learning"}, ["test_missing"]),
        ({"form": "blended"}, ["test_missing"]),
        ({"form": "classroom", "study_load_minutes": EIGHTEEN_HOURS}, ["test_missing"]),
        ({"form": "classroom", "study_load_minutes": EIGHTEEN_HOURS - 1}, []),
        ({"form": "e_learning", "teaching": two_lessons()}, []),
    ],
)
def test_test_is_compulsory_by_form_and_length(values, expected):
    course = make_course(live=False, **values)
    accredited(course)
    assert codes(course) == expected


@pytest.mark.parametrize("values", [{"points": 0}, {"valid_to": clock.today() - timedelta(days=1)}])
def test_without_points_to_give_no_test_is_asked(values):
    course = make_course(live=False, form="e_learning")
    accredited(course, **values)
    assert codes(course) == []


def test_accreditation_itself_may_ask_a_test():
    course = make_course(live=False)
    accredited(course, test_required=True, chamber=None)
    assert codes(course) == ["test_missing"]


def test_whole_register_asks_what_any_of_its_chambers_asks():
    course = make_course(live=False, form="blended")
    accredited(course, chamber=None)
    assert codes(course) == ["test_missing"]


def test_other_pages_and_new_ones_are_left_alone():
    assert closing_test_reasons(HomePage.objects.get()) == ()
    assert closing_test_reasons(CoursePage(title="Nieuw", form="e_learning")) == ()


def test_publishing_is_refused_with_the_way_out_and_changes_nothing():
    course = make_course(live=False, form="e_learning", title="Meldcode")
    accredited(course)
    with pytest.raises(DomainError) as refused:
        course.save_revision().publish()
    assert refused.value.message == (
        "“Meldcode” is geaccrediteerd voor Jeugd- en gezinsprofessional en dan is een afsluitende toets verplicht. "
        "Voeg bij “Lessen en toets” toetsvragen toe, of haal de accreditatie weg."
    )
    assert CoursePage.objects.get(pk=course.pk).live is False


def test_version_that_is_published_is_looked_at_and_not_the_live_one():
    course = make_course(live=False, form="e_learning")
    accredited(course)
    course.teaching = two_lessons()
    course.save_revision().publish()
    assert CoursePage.objects.get(pk=course.pk).live is True
    page = CoursePage.objects.get(pk=course.pk)
    page.teaching = []
    with pytest.raises(DomainError, match="afsluitende toets"):
        page.save_revision().publish()
    assert CoursePage.objects.get(pk=course.pk).has_test is True


def grant(course, by):
    chamber = Chamber.objects.with_code("SKJ:JGP").get()
    return accredit(
        offering=course,
        register=chamber.register,
        chamber=chamber,
        points=Decimal(2),
        valid_from=clock.today(),
        valid_to=clock.today() + timedelta(days=365),
        requirement="FORMAL",
        number="DEMO-2",
        by=by,
    )


def test_accredit_is_for_the_office():
    course = make_e_learning()
    assert grant(course, make_with_role(Role.OFFICE)).points == 2
    with pytest.raises(NotAllowedError):
        grant(make_e_learning(), make_person())


def test_accredit_a_published_course_without_its_test_is_refused():
    course = make_course(form="e_learning")
    with pytest.raises(DomainError) as refused:
        grant(course, None)
    assert (refused.value.code, refused.value.field) == ("test_missing", "points")
    assert Accreditation.objects.count() == 0
    grant(make_course(form="e_learning", live=False), None)
