"""The attendance sheet in the hands of a trainer."""

import re

import pytest
from django.urls import reverse

from academy.gatherings.domain.attendance import Row, record_attendance
from academy.gatherings.domain.closing import close_gathering
from academy.gatherings.models import Attendance, Correction
from tests.gatherings.factories import make_gathering
from tests.portal.desk import client_of, held_group, make_office, make_trainer, seat

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.ACADEMY_MFA_REQUIRED = False


def sheet_url(gathering):
    return reverse("attendance_sheet", args=(gathering.public_id, gathering.sessions.get().public_id))


def fields_of(response) -> dict[str, str]:
    """Everything a browser would send back from the sheet as it stands."""
    page = response.content.decode()
    page = page[page.index("data-sheet") :]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", page):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if attributes.get("type") == "radio" and " checked" not in tag:
            continue
        if "name" in attributes:
            sent[attributes["name"]] = attributes.get("value", "")
    return sent


def filled(person, status="present", minutes=""):
    return {f"s-{person.public_id}": status, f"m-{person.public_id}": minutes}


def stored(gathering):
    rows = Attendance.objects.of(gathering).order_by("person__pk")
    return [(row.person_id, row.status, row.minutes) for row in rows]


@pytest.fixture
def group():
    return held_group(3)


def test_the_whole_session_is_the_default_and_minutes_can_be_fewer(group):
    gathering, (one, two, three), trainer = group
    client, url = client_of(trainer), sheet_url(gathering)
    sent = fields_of(client.get(url)) | filled(one) | filled(two, minutes="45") | filled(three, "excused")
    response = client.post(url, sent)
    assert response.status_code == 302
    assert response.url == reverse("group", args=(gathering.public_id,))
    assert stored(gathering) == [(one.pk, "present", 120), (two.pk, "present", 45), (three.pk, "excused", 0)]


def test_a_half_filled_sheet_is_kept_and_says_how_many_are_left(group):
    gathering, (one, _two, _three), trainer = group
    client, url = client_of(trainer), sheet_url(gathering)
    response = client.post(url, fields_of(client.get(url)) | filled(one), follow=True)
    assert "Nog niet ingevuld: 2" in response.content.decode()
    assert stored(gathering) == [(one.pk, "present", 120)]


def test_sending_twice_changes_nothing(group):
    gathering, people, trainer = group
    client, url = client_of(trainer), sheet_url(gathering)
    sent = fields_of(client.get(url))
    for person in people:
        sent |= filled(person)
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert gathering.sessions.get().attendance_version == 1


def test_everybody_present_fills_the_screen_and_writes_nothing(group):
    gathering, (one, two, three), trainer = group
    client, url = client_of(trainer), sheet_url(gathering)
    response = client.post(url, fields_of(client.get(url)) | filled(two, "absent") | {"everybody": "1"})
    sent = fields_of(response)
    assert [sent[f"s-{one.public_id}"], sent[f"s-{two.public_id}"], sent[f"s-{three.public_id}"]] == [
        "present",
        "absent",
        "present",
    ]
    assert "Nog niet bewaard" in response.content.decode()
    assert stored(gathering) == []
    sent.pop("everybody", None)
    assert client.post(url, sent).status_code == 302
    assert [row[1] for row in stored(gathering)] == ["present", "absent", "present"]


@pytest.mark.parametrize(
    ("status", "minutes", "sentence"),
    [
        ("present", "121", "De sessie duurde 120 minuten; vul hoogstens dat in."),
        ("present", "0", "Vul minstens 1 minuut in, of kies afwezig."),
        ("present", "veel", "Vul hele minuten in, of laat het leeg voor de hele sessie."),
        ("absent", "30", "Wie er niet was, heeft geen minuten. Maak dit leeg of kies aanwezig."),
        ("", "30", "Kies ook aanwezig, afwezig of met bericht."),
    ],
)
def test_wrong_minutes_stand_at_the_person_and_nothing_typed_is_lost(group, status, minutes, sentence):
    gathering, (one, two, _three), trainer = group
    client, url = client_of(trainer), sheet_url(gathering)
    wrong = filled(one, status, minutes) | filled(two, minutes="30")
    response = client.post(url, {**fields_of(client.get(url)), **wrong})
    assert sentence in response.content.decode()
    sent = fields_of(response)
    assert sent.get(f"s-{one.public_id}", "") == status
    assert sent[f"m-{one.public_id}"] == minutes
    assert sent[f"m-{two.public_id}"] == "30"
    assert stored(gathering) == []


def test_two_screens_that_touch_other_people_are_merged(group):
    gathering, (one, two, _three), trainer = group
    url, mine, theirs = sheet_url(gathering), client_of(trainer), client_of(make_office())
    my_screen, their_screen = fields_of(mine.get(url)), fields_of(theirs.get(url))
    theirs.post(url, their_screen | filled(two, "absent"))
    mine.post(url, my_screen | filled(one))
    assert stored(gathering) == [(one.pk, "present", 120), (two.pk, "absent", 0)]


def test_who_changes_the_same_person_sees_whose_it_was_and_keeps_the_own_choice(group):
    gathering, (one, two, _three), trainer = group
    office = make_office()
    url, mine, theirs = sheet_url(gathering), client_of(trainer), client_of(office)
    my_screen = fields_of(mine.get(url))
    theirs.post(url, fields_of(theirs.get(url)) | filled(one, "absent") | filled(two, "excused"))
    response = mine.post(url, my_screen | filled(one, minutes="60"))
    page = response.content.decode()
    assert f"{office} bewaarde intussen: afwezig, 0 minuten." in page
    assert page.count("bewaarde intussen") == 1
    assert stored(gathering) == [(one.pk, "absent", 0), (two.pk, "excused", 0)]
    again = fields_of(response)
    assert (again[f"s-{one.public_id}"], again[f"m-{one.public_id}"]) == ("present", "60")
    assert again[f"s-{two.public_id}"] == "excused"
    assert mine.post(url, again).status_code == 302
    assert stored(gathering) == [(one.pk, "present", 60), (two.pk, "excused", 0)]


def test_a_sheet_of_thirty_people_is_one_screen_with_a_fixed_number_of_queries(django_assert_num_queries):
    counts = []
    for number in (1, 30):
        gathering, _people, trainer = held_group(number)
        client, url = client_of(trainer), sheet_url(gathering)
        with django_assert_num_queries(SHEET_QUERIES):
            response = client.get(url)
        counts.append(response.content.decode().count("<fieldset"))
    assert counts == [1, 30]


SHEET_QUERIES = 11


def test_before_the_start_there_is_no_sheet_and_after_closing_neither(group):
    ahead = make_gathering()
    seat(ahead)
    client = client_of(make_trainer(ahead))
    assert "nog niet begonnen" in client.get(sheet_url(ahead)).content.decode()
    gathering, people, trainer = group
    write_all(gathering, people, trainer)
    close_gathering(gathering=gathering, by=trainer)
    page = client_of(trainer).get(sheet_url(gathering)).content.decode()
    assert "Wijzigen kan met een correctie" in page
    assert "data-sheet " not in page


def write_all(gathering, people, by):
    session = gathering.sessions.get()
    record_attendance(session=session, rows=[Row(one, "present") for one in people], by=by, version=None)


def test_a_sheet_of_somebody_elses_group_is_not_there(group):
    gathering, _people, _trainer = group
    client = client_of(make_trainer())
    assert client.get(sheet_url(gathering)).status_code == 404
    assert client.post(sheet_url(gathering)).status_code == 404


def test_a_correction_needs_a_reason_and_a_second_colleague(group):
    gathering, people, trainer = group
    write_all(gathering, people, trainer)
    close_gathering(gathering=gathering, by=trainer)
    session = gathering.sessions.get()
    client = client_of(trainer)
    url = reverse("ask_correction", args=(gathering.public_id, session.public_id, people[0].public_id))
    response = client.post(url, {"status": "absent", "minutes": ""})
    assert response.context["form"].errors["reason"]
    assert client.post(url, {"status": "absent", "reason": "Stond op de verkeerde lijst"}).status_code == 302
    correction = Correction.objects.get()
    decide = reverse("decide_correction", args=(correction.public_id, "bevestigen"))
    assert client.post(decide).status_code == 403
    assert stored(gathering)[0] == (people[0].pk, "present", 120)
    office = client_of(make_office())
    assert people[0].full_name in office.get(reverse("office_corrections")).content.decode()
    assert office.post(decide).status_code == 302
    assert stored(gathering)[0] == (people[0].pk, "absent", 0)
    late = office.post(reverse("decide_correction", args=(correction.public_id, "afwijzen")), follow=True)
    assert "Over deze correctie is al besloten." in late.content.decode()


def test_a_correction_can_be_rejected_by_a_colleague_only(group):
    gathering, people, trainer = group
    write_all(gathering, people, trainer)
    close_gathering(gathering=gathering, by=trainer)
    url = reverse("ask_correction", args=(gathering.public_id, gathering.sessions.get().public_id, people[0].public_id))
    client_of(trainer).post(url, {"status": "present", "minutes": "10", "reason": "Ging eerder weg"})
    decide = reverse("decide_correction", args=(Correction.objects.get().public_id, "afwijzen"))
    assert client_of(make_trainer()).post(decide).status_code == 404
    assert client_of(make_office()).post(decide).status_code == 302
    assert stored(gathering)[0] == (people[0].pk, "present", 120)
    assert Correction.objects.waiting().count() == 0
