"""What a visitor reads on the page of a course before she takes a seat."""

import re

import pytest

from academy.knowledge.enums import Pillar
from tests.courses.factories import make_course, make_e_learning, two_lessons

pytestmark = pytest.mark.django_db


def words(client, course) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(f"/aanbod/{course.slug}/").content.decode()).split())


def test_the_page_tells_when_one_gets_the_certificate(client):
    page = words(client, make_course(form="blended", teaching=two_lessons(), certificate_min_pct=90))
    assert (
        "Zo krijg je je certificaat Je doet alle lessen online. "
        "Je bent minstens 90% van de tijd aanwezig. Je haalt de toets." in page
    )


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (1, "Je bent er bij minstens 1 bijeenkomst, 80% van de tijd."),
        (3, "Je bent er bij minstens 3 bijeenkomsten, elk 80% van de tijd."),
    ],
)
def test_the_number_of_meetings_that_is_needed_is_told(client, number, sentence):
    assert sentence in words(client, make_course(sessions_needed=number))


def test_an_e_learning_asks_nobody_to_be_there(client):
    page = words(client, make_e_learning())
    assert "Je doet alle lessen online. Je haalt de toets." in page
    assert "van de tijd" not in page


def test_an_e_learning_without_lessons_promises_nothing(client):
    assert "Zo krijg je je certificaat" not in words(client, make_course(form="e_learning"))


def test_whom_it_is_open_for_and_whom_it_is_meant_for_are_two_things(client):
    page = words(client, make_course(audience_text="Voor wijkteams.", pillar=Pillar.VITALITY))
    assert "Open voor Iedereen" in page
    assert "Voor wie Voor wijkteams." in page
    assert "Pijler Vitaliteit" in page
