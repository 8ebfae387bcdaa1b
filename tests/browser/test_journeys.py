"""A day in the life of two people, as far as the academy reaches."""

import re

import pytest

from tests.browser.steps import (
    PHONE,
    Visitor,
    add_registration,
    approve_place,
    bring_in,
    close_evening,
    close_group,
    codes_of,
    expected,
    hand_in,
    later,
    prepare_visit,
    read_lessons,
    read_mail,
    sign_table,
    sign_up,
    take_seat,
    wait_until,
)
from tests.portal.demo_facts import WRONG_FIRST

pytestmark = [pytest.mark.browser, pytest.mark.soak, pytest.mark.story, pytest.mark.xdist_group("stories")]
MELDCODE, FULL = "meldcode-in-vijf-stappen", "/aanbod/patronen-van-geweld/"
# Whoever waits for the full run goes elsewhere; prints its id and the address of somebody with a seat.
EMPTY_QUEUE = """
from academy.gatherings.domain.seats import cancel_seat
from academy.gatherings.enums import SeatState
from academy.gatherings.models import Gathering, Seat
full = Gathering.objects.filter(offering__slug="patronen-van-geweld", capacity=6).order_by("sessions__starts_at").first()
for seat in Seat.objects.filter(gathering=full, state=SeatState.WAITLISTED):
    cancel_seat(seat=seat, by=seat.person)
holder = Seat.objects.confirmed().filter(gathering=full, person__email__startswith="deelnemer").first()
print(full.public_id, holder.person.email)
"""
AFTER_THE_RUN = 17


def test_a_staff_member_follows_a_training(demo_sandbox, new_page):
    """D1. Not here: the cost limit (7), the QR code (9: the trainer records who was there), photos of evidence (10)."""
    academy = demo_sandbox
    full, holder = academy.python(EMPTY_QUEUE).split()
    academy.serve()
    noor = Visitor(new_page, academy).log_in("noor")
    for words in ("Dit komt eraan", "Je registratie", "Reflectie"):
        noor.sees(words)
    before = int(expected(noor, "Formeel leren"))

    # She searches and reads; her date is full, so she waits and knows her place in the queue.
    noor.at("/aanbod/?q=traumasensitief")
    noor.open("a[href^='/aanbod/'][href$='/']", has_text="Traumasensitief")
    noor.sees("telt voor jouw kamer")
    noor.at(f"/uitvoering/{full}/")
    noor.press("Zet me op de wachtlijst")
    noor.sees(re.compile(r"plaats 1|als eerste|1e"))

    # Somebody cancels: she takes the place on her phone; a second click changes nothing.
    leaver = Visitor(new_page, academy).log_in(holder)
    leaver.at(f"/uitvoering/{full}/")
    leaver.press("Meld me")
    leaver.page.wait_for_load_state()
    read_mail(noor, "plek", to="Noor Verhage")
    phone = Visitor(new_page, academy, **PHONE).log_in("noor")
    phone.at(f"/uitvoering/{full}/")
    phone.press("Neem de plek aan")
    phone.sees("jij hebt een plek")
    phone.at(f"/uitvoering/{full}/")
    assert phone.page.get_by_role("button", name="Neem de plek aan").count() == 0
    assert "Patronen van geweld" in phone.at("/mijn/agenda/").locator("main").inner_text()

    # What the day asks beforehand, and an e-learning besides.
    phone.at(f"/uitvoering/{full}/")
    phone.open("a[href*='/leren/']")
    phone.follow("Begin met les 1")
    read_lessons(phone, last="Klaar, naar de toets")
    hand_in(phone, "patronen-van-geweld", wrong=0)
    phone.sees("Je bent geslaagd")
    study_on_two_devices(phone, noor)

    # The morning after: evaluation, certificate, points; what she did elsewhere; her own file.
    had = codes_of(noor)
    later(academy, AFTER_THE_RUN)
    close_group(Visitor(new_page, academy).log_in("marjan"), f"/uitvoering/{full}/")
    (code,) = wait_until(lambda: set(codes_of(noor)) - set(had))
    noor.at(code)
    assert "Dit bewijs is echt en geldt." in noor.text
    assert int(expected(noor, "Formeel leren")) > before
    noor.at("/account/gegevens/meenemen/")
    with noor.page.expect_download():
        noor.page.locator("main form button").first.click()


def study_on_two_devices(first, second):
    """An e-learning is put down half-way and taken up on another device, where it was left; the test is passed the second time."""
    first.at("/mijn/")
    learning = first.open("a[href*='/leren/']")
    first.follow("Begin met les 1")
    first.press("Klaar, volgende les")
    first.sees(re.compile(r"^Les 2 van"))
    second.at(learning)
    second.follow(re.compile("les 2"))
    second.sees(re.compile(r"^Les 2 van"))
    while second.page.get_by_role("button", name="Klaar, volgende les").count():
        here = second.page.url
        second.press("Klaar, volgende les")
        second.page.wait_for_url(lambda url, here=here: url != here)
    second.press("Klaar, naar de toets")
    hand_in(second, MELDCODE, wrong=WRONG_FIRST)
    second.sees("Nog niet gehaald")
    second.follow("Doe de toets opnieuw")
    hand_in(second, MELDCODE, wrong=0)
    second.sees("Je bent geslaagd")


VISIT, TABLE = "/aanbod/kijkje-oranje-huis-en-ambulant/", "/aanbod/intervisietafel-zaanstreek-waterland/"
TRACEABLE = "Moeder Jansen woont op 1315 AB. Hoe begin ik het gesprek?"
QUESTION = "Hoe begin ik het gesprek als de partner erbij blijft zitten?"
# Also when they moved out of a weekend.
AFTER_THE_VISIT, AFTER_THE_SERIES = 5, 43


def test_a_professional_of_a_local_team_joins_a_leertafel(demo_sandbox, new_page):
    """D2. Not here: choosing the case by vote (7) and private notes (8); the timer has a story of its own."""
    academy = demo_sandbox
    academy.serve()
    joost = Visitor(new_page, academy, **PHONE)
    joost.at("/")
    joost.sees("Samen leren in drie momenten")
    sign_up(joost, name="Joost Brouwer", email="joost@wijkteam-lelystad.example")
    joost.page.get_by_label("Team").select_option(label="Team Waterwijk")
    joost.press("Klaar")
    joost.sees("Je kunt meteen lezen en boeken")
    add_registration(joost, "2025-01-01")
    pieter = Visitor(new_page, academy).log_in("pieter")
    approve_place(pieter, "Joost Brouwer")

    # A visit, prepared before it is booked; the host records it and he looks back.
    prepare_visit(joost, VISIT)
    visit = take_seat(joost, VISIT)
    later(academy, AFTER_THE_VISIT)
    close_group(Visitor(new_page, academy).log_in("ontvanger"), visit)
    joost.at(f"{visit}terugblik/")
    joost.press("Bewaar")
    assert len(wait_until(lambda: codes_of(joost))) == 1
    joost.at("/mijn/")
    joost.sees(": gedaan")

    # A table: what is traceable is stopped, what is not goes to this table only, and into no mail.
    joost.at("/leertafels/?regio=zaanstreek-waterland")
    joost.sees("Intervisietafel Zaanstreek-Waterland")
    table = take_seat(joost, TABLE)
    sign_table(joost)
    joost.follow("Breng iets in")
    joost.page.get_by_label("Leervraag").fill(TRACEABLE)
    joost.page.get_by_label("Dit is niet herleidbaar").check()
    joost.press("Breng in")
    joost.sees("moet weg")
    joost.at(table)
    bring_in(joost, QUESTION)
    mails = Visitor(new_page, academy)
    assert QUESTION not in mails.at("/demo/mail/").content()

    # Both meetings that are left are held and closed; then the series with its proof.
    later(academy, AFTER_THE_SERIES)
    marjan = Visitor(new_page, academy).log_in("marjan")
    for _meeting in range(3):
        close_evening(marjan, table)
    assert expected(joost, "Reflectie") >= "4"

    # He leaves for another municipality: his file is his, and the old contact does not find him.
    joost.at("/account/werkplek/")
    joost.open("a[href$='/einde/']")
    joost.press("Beëindig deze werkplek")
    joost.sees("blijven van jou")
    assert codes_of(joost)
    assert "Joost Brouwer" not in pieter.at("/team/").locator("main").inner_text()
