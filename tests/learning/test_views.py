"""The screens of a learner, as plain pages and forms."""

import pytest

from academy.gatherings.domain.seats import cancel_seat, take_seat
from certificates.models import Certificate
from courses.learning.models import Attempt, LessonDone
from courses.models import CoursePage
from tests.courses.factories import RIGHT, WRONG, learner, lesson, make_course, make_run, question, seated
from tests.factories import make_person
from tests.leertafels.factories import make_table

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(client):
    seat = learner()
    client.force_login(seat.person)
    return seat


def address(seat, rest=""):
    return f"/leren/{seat.gathering.public_id}/{rest}"


def read_all(client, seat):
    for number in (1, 2):
        client.post(address(seat, f"les/{number}/"))


def send(client, seat, answers, number=1):
    return client.post(address(seat, "toets/"), {**answers, "number": number})


def text(response):
    return " ".join(response.content.decode().split())


def test_anonymous_goes_to_the_log_in_and_comes_back(client):
    seat = learner()
    assert client.get(address(seat)).headers["Location"] == f"/account/login/?next={address(seat)}"


def test_only_a_seat_opens_the_lessons(client, seat):
    assert client.get(address(seat)).status_code == 200
    client.force_login(make_person())
    assert [client.get(address(seat, rest)).status_code for rest in ("", "les/1/", "toets/")] == [404, 404, 404]
    assert client.post(address(seat, "les/1/")).status_code == 404


def test_cancelled_seat_closes_the_lessons(client, seat):
    cancel_seat(seat=seat, by=seat.person)
    assert client.get(address(seat)).status_code == 404


def test_run_without_lessons_has_no_such_page(client):
    seat = seated(make_run(make_course()))
    client.force_login(seat.person)
    assert client.get(address(seat)).status_code == 404


def test_seat_at_a_leertafel_has_no_such_page(client):
    seat = take_seat(person=make_person(), gathering=make_table().gathering, by=None).seat
    client.force_login(seat.person)
    assert [client.get(address(seat, rest)).status_code for rest in ("", "les/1/", "toets/")] == [404, 404, 404]


def test_lessons_one_by_one_and_on_from_where_one_was(client, seat):
    assert "Begin met les 1" in text(client.get(address(seat)))
    first = text(client.get(address(seat, "les/1/")))
    assert "Les 1 van 2" in first
    assert "Klaar, volgende les" in first
    assert client.post(address(seat, "les/1/")).headers["Location"] == address(seat, "les/2/")
    assert "Ga verder met les 2" in text(client.get(address(seat)))
    assert "Klaar, naar de toets" in text(client.get(address(seat, "les/2/")))
    assert client.post(address(seat, "les/2/")).headers["Location"] == address(seat, "toets/")
    assert "Begin met de toets" in text(client.get(address(seat)))
    assert "Volgende les" in text(client.get(address(seat, "les/1/")))


def test_unknown_lesson_is_not_there(client, seat):
    assert [client.get(address(seat, f"les/{number}/")).status_code for number in (0, 3)] == [404, 404]
    assert client.post(address(seat, "les/3/")).status_code == 404


def test_test_waits_for_the_lessons(client, seat):
    assert client.get(address(seat, "toets/")).headers["Location"] == address(seat)
    answer = client.post(address(seat, "toets/"), {**RIGHT, "number": 1}, follow=True)
    assert "Rond eerst de lessen af. Ga verder bij les 1." in text(answer)
    assert Attempt.objects.count() == 0


def test_fail_then_pass_on_a_phone(client, seat):
    read_all(client, seat)
    assert "Je hebt nog 3 pogingen." in text(client.get(address(seat, "toets/")))
    failed = client.get(send(client, seat, WRONG).headers["Location"])
    assert "Nog niet gehaald" in text(failed)
    assert "1 van de 4 vragen goed." in text(failed)
    assert [one.title for one in failed.context["again"]] == ["Les l1", "Les l2"]
    assert "Omdat het zo is." not in text(failed)
    passed = client.get(send(client, seat, RIGHT, 2).headers["Location"])
    assert "Je bent geslaagd" in text(passed)
    assert "Omdat het zo is." in text(passed)
    assert Certificate.objects.count() == 1
    overview = text(client.get(address(seat)))
    assert "Klaar: je hebt alles afgerond" in overview
    assert "Doe de toets opnieuw" not in overview


def test_second_click_shows_the_first_result(client, seat):
    read_all(client, seat)
    assert send(client, seat, RIGHT).headers["Location"] == send(client, seat, RIGHT).headers["Location"]
    assert Attempt.objects.count() == 1


def test_passed_already(client, seat):
    read_all(client, seat)
    send(client, seat, RIGHT)
    assert "Je hebt deze toets al gehaald." in text(
        client.post(address(seat, "toets/"), {**RIGHT, "number": 2}, follow=True)
    )


def test_last_attempt_says_so_and_who_can_help(client, seat):
    read_all(client, seat)
    for number in (1, 2):
        send(client, seat, WRONG, number)
    assert "Dit is je laatste poging." in text(client.get(address(seat, "toets/")))
    result = client.get(send(client, seat, WRONG, 3).headers["Location"])
    assert "Je pogingen zijn op." in text(result)
    again = client.post(address(seat, "toets/"), {**RIGHT, "number": 4}, follow=True)
    assert "Vraag je trainer of het bureau om een extra poging." in text(again)
    assert Attempt.objects.filter(seat=seat).count() == 3


def test_what_was_ticked_stays_when_a_question_was_forgotten(client, seat):
    read_all(client, seat)
    response = send(client, seat, {key: value for key, value in WRONG.items() if key != "v2"})
    page = text(response)
    assert response.status_code == 200
    assert "Kies een antwoord." in page
    assert response.context["form"]["v1"].value() == "v1-b"
    assert response.context["form"]["v3"].value() == ["v3-a"]
    assert Attempt.objects.count() == 0


def test_stale_page_is_told_so(client, seat):
    read_all(client, seat)
    assert "deze bladzijde is verouderd" in text(send(client, seat, RIGHT, 5))
    assert "id_number" in text(client.post(address(seat, "toets/"), RIGHT))


def test_result_of_somebody_else_or_never_made(client, seat):
    read_all(client, seat)
    send(client, seat, WRONG)
    assert client.get(address(seat, "toets/2/")).status_code == 404
    client.force_login(make_person())
    assert client.get(address(seat, "toets/1/")).status_code == 404


@pytest.mark.parametrize("lessons", [1, 3])
def test_queries_do_not_grow_with_the_lessons(client, lessons, django_assert_num_queries):
    teaching = [lesson(f"l{n}", question(f"v{n}", ("a", True), ("b", False))) for n in range(lessons)]
    seat = learner(teaching=teaching)
    client.force_login(seat.person)
    client.get(address(seat))
    with django_assert_num_queries(11):
        client.get(address(seat))


def test_lesson_taken_away_while_it_was_read(client, seat):
    """The page is edited between opening and sending: the number still exists, the seat does not any more."""
    client.get(address(seat, "les/2/"))
    CoursePage.objects.update(teaching=[])
    assert client.post(address(seat, "les/2/")).status_code == 404
    assert LessonDone.objects.count() == 0
