"""The step of the demo that brings something in."""

from datetime import timedelta
from random import Random

import pytest

from academy.common import clock
from academy.portal.demo import Demo
from academy.portal.demo.cases import load_cases
from leertafels.cases.detector import find
from leertafels.cases.domain.opening import openings_of
from leertafels.cases.domain.texts import unseal
from leertafels.cases.models import Case
from tests.cases.factories import lead, make_table, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings, tmp_path, at):
    """In the middle of a day: people of these tests have their place from today, and a case is opened an hour ago."""
    settings.CASE_KEY_FOLDER = str(tmp_path / "keys")
    with at("2026-11-24 10:00"):
        yield Demo(now=clock.now(), scale=1, random=Random(1))


@pytest.mark.parametrize("asks_text", [True, False])
def test_brings_in_and_opens_for_the_first_table_within_two_working_days(demo, asks_text):
    table = make_table(asks_text=asks_text, starts_in=timedelta(hours=20))
    make_table(starts_in=timedelta(days=20))
    seat(table, approved=False)
    presenter, leading = seat(table), lead(table)
    load_cases(demo)
    case = Case.objects.get()
    content = unseal(case)
    assert (case.session.gathering, case.presenter) == (table, presenter)
    assert {row.actor for row in openings_of(case).rows} == {leading}
    assert bool(content.situation) == asks_text
    assert [find(text) for text in content.parts().values()] == [[], [], []]


def test_brings_in_nothing_where_nothing_is_near_or_nobody_can(demo):
    load_cases(demo)
    make_table(starts_in=timedelta(days=20))
    load_cases(demo)
    make_table(starts_in=timedelta(hours=20))
    load_cases(demo)
    assert not Case.objects.exists()


def test_without_a_lead_it_stays_shut(demo):
    table = make_table(starts_in=timedelta(hours=20))
    seat(table)
    load_cases(demo)
    assert openings_of(Case.objects.get()).rows == []
