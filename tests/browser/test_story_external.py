"""Somebody of a local team on a phone, from a mail address to an evening at a leertafel, and what others see of it."""

import re
from urllib.parse import urljoin, urlsplit

import pytest

from tests.browser.steps import (
    PHONE,
    Visitor,
    add_registration,
    approve_place,
    bring_in,
    close_evening,
    expected,
    later,
    prepare_visit,
    sign_table,
    sign_up,
    take_seat,
)

pytestmark = [pytest.mark.browser, pytest.mark.story, pytest.mark.xdist_group("stories")]
NAME, EMAIL = "Hidde Brandsma", "hidde@wijkteams-almere.example"
VISIT, TABLE = "/aanbod/kijkje-oranje-huis-en-ambulant/", "/aanbod/intervisietafel-zaanstreek-waterland/"
ADDRESS = "Oranje Huis Almere"
# The next meeting of the table of the demo is over, also when it moved out of a weekend.
AFTER_THE_MEETING = 22


def test_an_external_visits_and_sits_at_a_table(demo_sandbox, new_page):
    academy = demo_sandbox
    academy.serve()
    hidde = sign_up(Visitor(new_page, academy, **PHONE), name=NAME, email=EMAIL)
    assert "Stichting Wijkteams Almere-Demo" in hidde.page.get_by_label("Organisatie").inner_text()
    hidde.page.get_by_label("Team").select_option(label="Wijkteam De Vaart")
    hidde.press("Klaar")
    hidde.sees("Je kunt meteen lezen en boeken")
    add_registration(hidde, "2025-01-01")

    # A visit: prepared, signed and booked at once; the address only after the own organisation said yes.
    prepare_visit(hidde, VISIT)
    booked = take_seat(hidde, VISIT)
    assert hidde.page.get_by_role("link", name="bekijk het").count() == 0
    approve_place(Visitor(new_page, academy).log_in("bureau"), NAME)
    hidde.at(booked)
    hidde.follow("Besloten adres: bekijk het")
    hidde.prove_it_is_me().sees("Vertel dit adres niet door")

    # A table: what it counts for is said before; then a seat, the agreements and a question.
    hidde.at(TABLE)
    assert "tellen voor reflectie" in hidde.text
    table = take_seat(hidde, TABLE)
    sign_table(hidde)
    bring_in(hidde, "Hoe houd ik het gesprek open als iemand steeds wegkijkt?")
    assert hidde.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

    later(academy, AFTER_THE_MEETING)
    marjan = Visitor(new_page, academy).log_in("marjan")
    close_evening(marjan, table)
    assert expected(hidde, "Reflectie") == "2"


def test_the_first_screen_of_partners_names_who_is_not_reached(shared_academy, new_page):
    els = Visitor(new_page, shared_academy).log_in("els")
    els.at("/partners/")
    for sentence in (re.compile(r"\d+ van de \d+ gemeenten zijn nog een witte vlek"), re.compile("nog niemand")):
        box = els.page.locator("main").get_by_text(sentence).first.bounding_box()
        assert box["y"] + box["height"] <= els.page.viewport_size["height"]


PARTICIPANTS = """
from academy.gatherings.models import Lead, Seat
from academy.people.models import User
leads = Lead.objects.values("person")
for person in User.objects.filter(pk__in=Seat.objects.values("person")).exclude(pk__in=leads):
    print(person.full_name.removesuffix(" (fictief)"))
"""
LINK = re.compile(r'href="([^"#]+)')
# Logging out ends the walk; the mailbox belongs to the demo and not to the academy.
NOT_FOLLOWED = re.compile(r"^/(account/logout|demo|static|media|cms)/|\.(pdf|ics|csv|xlsx|zip|webmanifest|svg|png)$")


def test_a_municipality_contact_finds_nothing_about_anybody(shared_academy, new_page):
    """Every page that a link leads to, and every search for a name."""
    contact = Visitor(new_page, shared_academy).log_in("gemeente")
    names = shared_academy.python(PARTICIPANTS).splitlines()
    assert len(names) > 100
    anybody = re.compile("|".join(map(re.escape, names)))
    ahead, seen = ["/gemeente/"], set()
    while ahead:
        path = ahead.pop()
        answer = contact.page.request.get(f"{contact.origin}{path}")
        if answer.status != 200 or "html" not in answer.headers["content-type"]:
            continue
        told = answer.text()
        assert not (found := anybody.search(told)), f"{path} noemt {found[0]}"
        here = {urlsplit(urljoin(answer.url, link)) for link in LINK.findall(told)}
        fresh = {link.path for link in here if link.netloc == urlsplit(contact.origin).netloc} - seen
        seen |= fresh
        ahead += sorted(path for path in fresh if not NOT_FOLLOWED.search(path))
    assert len(seen) > 60
    for name in ("Noor Verhage", "Samir El Idrissi"):
        # PostgreSQL mends what it takes for a typing error, and finds pages; about nobody.
        found = " ".join(contact.at(f"/zoeken/?q={name}").locator("main .results").all_inner_texts())
        assert not anybody.search(found)
        assert not any(part in found for part in name.split())
