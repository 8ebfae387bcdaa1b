"""The meter and its sentence, the registration pages, and why points were booked as they were."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from academy.common import clock
from academy.common.errors import DomainError
from academy.gatherings.domain.planning import open_gathering
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.models import Seat
from academy.portal.charts import Part, meter
from academy.portal.mine_points import around, meter_of
from academy.portal.mine_trace import entry_row, labels_of
from certificates.credits.domain.events import grant, reject, submit
from certificates.credits.domain.registrations import declare
from certificates.credits.domain.rule_sets import verify_rule_set
from certificates.credits.domain.standing import standing
from certificates.credits.models import CreditEntry, CreditEvent, Period, Registration, RuleSet
from certificates.domain.recognition import correct, recognise
from courses.domain.runs import plan_run
from tests.courses.factories import accredited as accredit, make_e_learning
from tests.credits.factories import accredited, registered, sat, trained
from tests.factories import make_person
from tests.gatherings.factories import make_gathering

pytestmark = pytest.mark.django_db
TODAY = "2026-06-15 12:00"


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def meter_now(person, *, with_pace=True):
    (found,) = standing(person, clock.today())
    return meter_of(found, Seat.objects.confirmed().filter(person=person), with_pace=with_pace)


def row(person, key):
    return next(row for row in meter_now(person).rows if row.line.key == key)


def promise(person, points, *, ends_in, requirement="DB.FORM", **more):
    """A seat that promises points, in something that ends in so many days; None is in one's own pace."""
    starts = timedelta(days=ends_in or 1)
    gathering = make_gathering(starts_in=starts, sessions=1 if ends_in else 0)
    seat = take_seat(person=person, gathering=gathering, by=person).seat
    seat.promise = {
        "accreditations": [{"register": "SKJ", "chamber": "JGP", "requirement": requirement, "points": points, **more}]
    }
    seat.save()
    return seat


def booked(person, points="6", number=1, **values):
    achievement = trained(
        person,
        source_key=f"seat:{person.pk}-{number}",
        accreditations=(accredited(points, external_id=str(number)),),
        **values,
    )
    return recognise(achievement=achievement, by=None).entries[0]


def test_a_bar_is_as_long_as_what_is_needed_or_what_there_is():
    parts = {"granted": Decimal(10), "expected": Decimal(20), "planned": Decimal(10)}
    short = meter(**parts, minimum=Decimal(80), pace=Decimal(40))
    assert short.parts == (
        Part("granted", "0.00", "12.50"),
        Part("expected", "12.50", "25.00"),
        Part("planned", "37.50", "12.50"),
    )
    assert (short.goal, short.pace) == (None, "50.00")
    long = meter(**parts, minimum=Decimal(20))
    assert (long.goal, long.pace) == ("50.00", None)
    assert meter(granted=Decimal(0), expected=Decimal(0), planned=Decimal(0), minimum=Decimal(1)).parts == ()


def test_granted_expected_and_booked_are_kept_apart_and_add_up_to_the_whole(at):
    with at("2026-11-02 09:00"):
        person = make_person()
        registered(person)
        grant(entry=booked(person, "6"), points=Decimal(5), on=date(2026, 4, 1), by=person)
        booked(person, "4", number=2)
        promise(person, "3", ends_in=30)
        for key in ("DB.FORM", "DB"):
            found = row(person, key)
            assert (found.granted, found.expected, found.planned) == (5, 4, 3)
        assert row(person, "DB").words.startswith(
            "Deskundigheidsbevordering: van de 60 punten zijn er 5 toegekend, 4 verwacht en 3 geboekt."
        )
        assert row(person, "DB.INF").bar is None


def test_a_promise_for_another_chamber_or_after_the_period_is_not_booked():
    person = make_person()
    registered(person)
    promise(person, "3", ends_in=30, chamber="PED")
    promise(person, "3", ends_in=40, register="REGISTERPLEIN")
    promise(person, "3", ends_in=50, requirement="ONBEKEND")
    late = promise(person, "3", ends_in=60)
    late.gathering.ends_at = late.gathering.starts_at + timedelta(days=2000)
    late.gathering.save()
    assert row(person, "DB.FORM").planned == 0


def test_the_promise_of_a_real_course_is_booked():
    person = make_person()
    registered(person)
    course = make_e_learning()
    accredit(course, points=2, requirement="DB.FORM", test_required=True)
    run = plan_run(course=course, sessions=[], by=None)
    open_gathering(gathering=run.gathering, by=None)
    take_seat(person=person, gathering=run.gathering, by=person)
    assert row(person, "DB.FORM").planned == 2


def test_the_sentence_says_when_what_is_booked_suffices(at):
    with at(TODAY):
        person = make_person()
        registered(person)
        promise(person, "60", ends_in=60, requirement="REFL")
        booked(person, "50")
        assert meter_now(person).forecast == (
            "Nog 60 punten reflectie; met wat je geboekt hebt is dat volgens onze telling rond half augustus 2026."
        )
        assert "60 punten" in meter_now(person, with_pace=False).forecast


def test_the_sentence_about_what_is_booked_in_ones_own_pace(at):
    with at(TODAY):
        person = make_person()
        registered(person)
        promise(person, "60", ends_in=None, requirement="REFL")
        booked(person, "50")
        assert meter_now(person).forecast == "Nog 60 punten reflectie; die heb je geboekt, in je eigen tempo."


def test_the_sentence_about_the_pace(at):
    with at(TODAY):
        person = make_person()
        registered(person)
        booked(person, "60")
        assert meter_now(person).forecast == (
            "Nog 60 punten reflectie tot 1 januari 2029; daarvan moet je 60 punten nog boeken."
        )
        for number in range(10):
            recognise(achievement=sat(person, number=number, intervision=300), by=None)
        assert meter_now(person).forecast == (
            "Nog 10 punten reflectie; in je tempo tot nu toe is dat volgens onze telling rond half december 2026."
        )
        promise(person, "4", ends_in=20, requirement="REFL")
        assert meter_now(person, with_pace=False).forecast == (
            "Nog 10 punten reflectie tot 1 januari 2029; daarvan moet je 6 punten nog boeken."
        )


def test_the_sentence_when_the_pace_is_too_slow_or_all_is_there(at):
    with at(TODAY):
        person = make_person()
        registered(person)
        booked(person, "60")
        recognise(achievement=sat(person, intervision=120), by=None)
        assert "in je tempo tot nu toe lukt dat niet, dus boek er nog wat bij." in meter_now(person).forecast
        for number in range(2, 22):
            recognise(achievement=sat(person, number=number, intervision=180), by=None)
        assert meter_now(person).forecast == "Volgens onze telling heb je alle punten van deze periode."
    with at("2029-02-01 12:00"):
        assert meter_now(person).forecast.startswith("Deze periode liep tot 1 januari 2029.")


@pytest.mark.parametrize(
    ("day", "words"), [(10, "begin mei 2027"), (11, "half mei 2027"), (20, "half mei 2027"), (21, "eind mei 2027")]
)
def test_about_when(day, words):
    assert around(date(2027, 5, day)) == words


def why(entry):
    found = CreditEntry.objects.with_state().get(pk=entry.pk)
    return entry_row(found, labels_of([found]))


def test_the_reason_of_an_accredited_activity():
    person = make_person()
    registered(person)
    found = why(booked(person, test_passed_on=date(2026, 3, 2)))
    assert (found.requirement, found.word, found.kind) == ("Formeel leren", "verwacht", "soon")
    assert found.why == (
        "Telt voor: Formeel leren.",
        "Het register geeft hiervoor 6 punten.",
        "Geaccrediteerd door SKJ onder nummer 1.",
        "Je haalde de afsluitende toets.",
    )


def test_the_reason_of_points_by_the_hour_and_of_nothing():
    person = make_person()
    registered(person)
    rules = RuleSet.objects.get(code="SKJ-JGP-2018")
    verify_rule_set(rule_set=rules, by=make_person(), on=date(2026, 1, 1))
    (entry,) = recognise(achievement=sat(person), by=None).entries
    assert why(entry).why == (
        "Telt voor: Reflectie.",
        "1 uur 40 tellen mee, 1 uur voor een punt; we ronden af over de hele reeks.",
        "20 minuten tellen niet mee. Casusoverleg is geen intervisie en telt hier niet mee.",
    )
    nothing = trained(person, source_key="seat:x", accreditations=())
    (entry,) = recognise(achievement=nothing, by=None).entries
    assert why(entry).why == ("Deze activiteit is niet geaccrediteerd voor jouw register.",)
    assert why(entry).word == "telt niet mee"


def test_a_correction_is_said_to_be_one():
    person = make_person()
    registered(person)
    entry = booked(person)
    correct(achievement=trained(person, source_key=entry.record.source_key, minutes=0), reason="Was er niet", by=None)
    back = CreditEntry.objects.get(reverses=entry)
    assert why(back).why == ("Dit haalt een eerdere boeking terug na een correctie.",)
    assert why(entry).word == "teruggeboekt"
    address = reverse("mine_entry", args=[entry.public_id])
    client = client_of(person)
    assert "Wat deed je register?" not in client.get(address).content.decode()
    assert client.post(address, {"kind": "submitted", "on": "2026-05-01"}).status_code == 409


# --- The pages -------------------------------------------------------------------------------------


def profession(code="JGP"):
    chamber = RuleSet.objects.get(code="SKJ-JGP-2018").chambers.get(code=code)
    return f"{chamber.pk}/"


def test_entering_a_registration_counts_what_was_done_before():
    person = make_person()
    recognise(achievement=trained(person), by=None)
    client = client_of(person)
    data = {"profession": profession(), "number": "130012345", "starts_on": "2024-01-01"}
    answer = client.post("/mijn/registratie/nieuw/", data, follow=True)
    assert "Wat je eerder deed, is meegeteld." in answer.content.decode()
    assert Registration.objects.get(person=person).number == "130012345"
    assert row(person, "DB").expected == 6
    again = client.post("/mijn/registratie/nieuw/", data, follow=True)
    assert "Vanaf nu tellen je punten mee." in again.content.decode()
    assert Registration.objects.count() == Period.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"number": "abc"}, "Dit is geen registratienummer van Kwaliteitsregister Jeugd (SKJ)"),
        ({"starts_on": "2099-01-01"}, "Deze dag moet nog komen; vul in wanneer je periode begon."),
        ({"starts_on": ""}, "Wanneer begon je huidige periode?"),
        ({"profession": ""}, "In welk register sta je?"),
    ],
)
def test_a_registration_that_is_wrong_changes_nothing(change, sentence):
    data = {"profession": profession(), "number": "", "starts_on": "2024-01-01", **change}
    text = client_of(make_person()).post("/mijn/registratie/nieuw/", data).content.decode()
    assert "error-summary" in text
    assert sentence in text
    assert not Registration.objects.exists()


def test_only_chambers_that_still_take_people_in_and_variants_with_their_name():
    text = client_of(make_person()).get("/mijn/registratie/nieuw/").content.decode()
    assert "Jeugdzorgwerker" not in text
    assert text.count("meer dan 3648 uur ervaring") == 2
    assert text.count("V&amp;VN Kwaliteitsregister: Verpleegkundige") == 1


def test_what_one_declares_shows_in_the_table():
    person = make_person()
    registration = registered(person, number="130012345")
    client = client_of(person)
    address = reverse("registration_edit", args=[registration.public_id])
    data = {"number": "130012345", "work_hours": "4000", "work_hours_specific": "2000", "documents": ["VOG"]}
    client.post(address, data)
    assert row(person, "WORK").line.counted == 4000
    assert row(person, "VOG").line.counted == 1
    wrong = client.post(address, {**data, "work_hours_specific": "5000"})
    assert "De uren in dit beroep zijn er niet meer dan alle gewerkte uren" in wrong.content.decode()
    assert Period.objects.get().work_hours_specific == 2000
    assert client_of(make_person()).get(address).status_code == 404


def test_a_register_without_hours_or_papers_asks_neither():
    person = make_person()
    registration = registered(person, "LVAK:AF")
    text = client_of(person).get(reverse("registration_edit", args=[registration.public_id])).content.decode()
    assert "Gewerkte uren" not in text


def test_declaring_nothing_is_allowed_and_takes_back_what_was_said():
    period = registered(make_person()).periods.get()
    declare(period=period, work_hours=Decimal(10), documents=["VOG"])
    after = declare(period=period)
    assert (after.work_hours, after.work_hours_specific, after.documents) == (None, None, [])
    with pytest.raises(DomainError):
        declare(period=period, work_hours=Decimal(1), work_hours_specific=Decimal(2))


def test_handing_in_begins_the_next_period():
    person = make_person()
    registration = registered(person, starts_on=date(2022, 1, 1))
    client = client_of(person)
    address = reverse("registration_submit", args=[registration.public_id])
    refused = client.post(address, {"submitted_on": "2021-01-01"})
    assert "Indienen kan tot en met 31-12-2026." in refused.content.decode()
    assert Period.objects.count() == 1
    client.post(address, {"submitted_on": "2026-03-01"})
    assert list(Period.objects.order_by("starts_on").values_list("starts_on", "due_on")) == [
        (date(2022, 1, 1), date(2027, 1, 1)),
        (date(2026, 3, 1), date(2031, 3, 1)),
    ]


def test_marking_what_the_register_did():
    person = make_person()
    registered(person)
    entry = booked(person)
    client, address = client_of(person), reverse("mine_entry", args=[entry.public_id])
    client.post(address, {"kind": "submitted", "on": "2026-05-01", "points": ""})
    client.post(address, {"kind": "granted", "on": "2026-06-01", "points": "5,5"})
    client.post(address, {"kind": "rejected", "on": "2026-07-01", "points": ""})
    assert list(CreditEvent.objects.order_by("seq").values_list("kind", "on", "points")) == [
        ("submitted", date(2026, 5, 1), None),
        ("granted", date(2026, 6, 1), Decimal("5.5")),
        ("rejected", date(2026, 7, 1), None),
    ]
    assert "1 juni 2026: toegekend, 5,5 punten" in client.get(address).content.decode()
    assert client_of(make_person()).get(address).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"kind": "granted", "on": "2026-06-01"}, "Vul in hoeveel punten het register toekende."),
        ({"kind": "granted", "on": "2026-06-01", "points": "-1"}, "error-summary"),
        ({"kind": "submitted", "on": "2099-01-01"}, "Deze dag moet nog komen; vul in wanneer het gebeurde."),
        ({"kind": "submitted", "on": "2026-01-01"}, "Dit kan pas na het afronden van de activiteit"),
        ({"kind": "verzonnen", "on": "2026-06-01"}, "error-summary"),
    ],
)
def test_a_wrong_mark_changes_nothing(data, sentence):
    person = make_person()
    registered(person)
    entry = booked(person)
    text = client_of(person).post(reverse("mine_entry", args=[entry.public_id]), data).content.decode()
    assert sentence in text
    assert not CreditEvent.objects.exists()


def test_the_domain_refuses_days_that_cannot_be():
    person = make_person()
    registered(person)
    entry = booked(person)
    for mark, day in ((submit, clock.today() + timedelta(days=1)), (reject, entry.completed_on - timedelta(days=1))):
        with pytest.raises(DomainError) as refused:
            mark(entry=entry, on=day, by=person)
        assert refused.value.field == "on"
    assert submit(entry=entry, on=entry.completed_on, by=person).kind == "submitted"


def test_a_registration_stands_on_its_page_with_every_requirement_in_a_table():
    person = make_person()
    registered(person, number="130012345")
    text = client_of(person).get("/mijn/registratie/").content.decode()
    for words in ("130012345", "Deskundigheidsbevordering", "Werkervaring", "Geldige VOG", 'role="img"', "<table"):
        assert words in text
    assert "Sta je in een beroepsregister" in client_of(make_person()).get("/mijn/registratie/").content.decode()
