"""The pages of a Kijkje and of a visit, as a visitor walks through them."""

from datetime import timedelta

import pytest

from academy.common import clock
from academy.common.identifiers import digest
from academy.gatherings.models import Seat
from academy.people.enums import Role
from courses.kijkje.domain.visits import write_debrief
from courses.kijkje.models import Debrief, Signature
from tests.factories import make_membership, make_person, make_with_role
from tests.gatherings.factories import make_venue
from tests.kijkje.factories import make_announcement, make_kijkje, make_visit, ready, seated

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


@pytest.fixture
def visitor(client):
    person = make_person(full_name="Samir El Idrissi")
    make_membership(person, approved_at=clock.now())
    client.force_login(person)
    return person


def test_from_preparing_to_a_place(client, visitor):
    page = make_kijkje(title="Kijkje Almere")
    visit = make_visit(page)
    offering, place = f"/aanbod/{page.slug}/", f"/bezoek/{visit.public_id}/"
    assert "Begin met de voorbereiding" in text(client.get(offering))
    first = text(client.get(place))
    assert first.count("Doe eerst de voorbereiding bij") == 1
    assert "Begin met de voorbereiding" in first
    refused = client.post(f"/uitvoering/{visit.public_id}/inschrijven/", follow=True)
    assert "Doe eerst de voorbereiding bij “Kijkje Almere” (online, 40 minuten)." in text(refused)
    assert not Seat.objects.filter(gathering=visit).exists()
    begun = client.post(f"/kijkje-in-de-keuken/{page.slug}/voorbereiden/")
    learn = begun["Location"]
    assert client.post(f"/kijkje-in-de-keuken/{page.slug}/voorbereiden/")["Location"] == learn
    assert "Voorbereiding: Kijkje Almere" in text(client.get("/mijn/"))
    client.post(f"{learn}les/1/")
    shown = text(client.get(offering))
    assert "1 van de 2 lessen gedaan" in shown
    assert "Ga verder met de voorbereiding" in shown
    client.post(f"{learn}les/2/")
    after = text(client.get(learn))
    assert "Je voorbereiding is klaar." in after
    assert "Je bewijs wordt nu gemaakt" not in after
    assert "Voorbereiding: Kijkje Almere" not in text(client.get("/mijn/"))
    assert "Lees en onderteken" in text(client.get(offering))
    assert "Doe eerst de voorbereiding" not in text(client.get(place))
    assert "Onderteken eerst de geheimhoudingsverklaring" in text(client.get(place))
    statement = f"/kijkje-in-de-keuken/{page.slug}/verklaring/"
    assert "Ik zwijg over wie ik zie." in text(client.get(statement))
    assert "Zet een vinkje" in text(client.post(statement, {"version": 1}))
    assert client.post(statement, {"version": 1, "agreed": "on"})["Location"] == f"{offering}#data"
    assert "Getekend door Samir El Idrissi op" in text(client.get(statement))
    assert Signature.objects.count() == 1
    client.post(f"/uitvoering/{visit.public_id}/inschrijven/")
    booked = text(client.get(place))
    assert "Jouw plek" in booked
    assert "Eerst dit" not in booked
    assert place in text(client.get(offering))


def test_a_text_that_changed_while_reading_is_read_again(client, visitor):
    page = make_kijkje(statement_version=2)
    answer = client.post(f"/kijkje-in-de-keuken/{page.slug}/verklaring/", {"version": 1, "agreed": "on"}, follow=True)
    assert "De verklaring is intussen gewijzigd" in text(answer)
    assert not Signature.objects.exists()


def test_without_lessons_or_statement_there_is_nothing_to_begin_or_sign(client, visitor):
    page = make_kijkje(lessons=(), statement="")
    assert "Voorbereiden" not in text(client.get(f"/aanbod/{page.slug}/"))
    answer = client.post(f"/kijkje-in-de-keuken/{page.slug}/voorbereiden/", follow=True)
    assert "Kies meteen een bezoek" in text(answer)
    assert client.get(f"/kijkje-in-de-keuken/{page.slug}/verklaring/").status_code == 404


def test_a_stranger_sees_the_steps_and_the_way_in(client):
    page = make_kijkje(title="Kijkje Almere")
    visit = make_visit(page, venue=make_venue(name="Oranje Huis", kind="closed"))
    shown = client.get(f"/aanbod/{page.slug}/")
    assert shown.headers["Cache-Control"].startswith("public")
    assert "Log in en begin" in text(shown)
    assert "Oranje Huis" not in text(shown)
    assert "/account/login/" in client.get(f"/bezoek/{visit.public_id}/")["Location"]
    listing = text(client.get("/kijkje-in-de-keuken/"))
    assert "Kijkje Almere" in listing
    assert "/team/nieuwe-collega/" not in listing


def test_the_listing_says_so_when_there_is_nothing(client):
    assert "Nog geen Kijkje" in text(client.get("/kijkje-in-de-keuken/"))


def test_who_may_announce_finds_the_way_on_the_listing(client, settings):
    settings.ACADEMY_MFA_REQUIRED = False
    client.force_login(make_with_role(Role.TEAM_MANAGER))
    assert "/team/nieuwe-collega/" in text(client.get("/kijkje-in-de-keuken/"))


def test_the_telephone_of_the_host_stands_there_for_who_is_nearly_on_the_way(client, visitor):
    host = make_person(full_name="Bart Veenstra", phone="0612345678")
    page = make_kijkje()
    near = make_visit(page, host=host, starts_in=timedelta(hours=50), remarks="Neem een identiteitsbewijs mee.")
    address = f"/bezoek/{near.public_id}/"
    seated(near, visitor)
    assert "0612345678" not in text(client.get(address))
    ready(page, visitor)
    shown = text(client.get(address))
    assert "0612345678" in shown
    assert "Neem een identiteitsbewijs mee." in shown
    far = make_visit(make_kijkje(lessons=(), statement=""), host=host, starts_in=timedelta(days=9))
    seated(far, visitor)
    assert "0612345678" not in text(client.get(f"/bezoek/{far.public_id}/"))
    client.force_login(make_person())
    stranger = text(client.get(address))
    assert "0612345678" not in stranger
    assert "identiteitsbewijs" not in stranger


def test_looking_back_is_for_the_host_and_the_note_for_oneself(client, visitor):
    host = make_person()
    visit = make_visit(host=host, starts_in=timedelta(days=-1))
    seat = seated(visit, visitor)
    address = f"/bezoek/{visit.public_id}/terugblik/"
    assert "Schrijf je terugblik" in text(client.get(f"/bezoek/{visit.public_id}/"))
    sent = {"answer_1": "Hoe rustig het was.", "answer_2": "", "note": "Ik bel eerder."}
    assert client.post(address, sent)["Location"] == f"/bezoek/{visit.public_id}/"
    again = text(client.get(address))
    assert "Ik bel eerder." in again
    assert "Laatst bewaard op" in again
    other = seated(visit)
    write_debrief(seat=other, note="Alleen van mij.", answers=[], by=other.person)
    client.force_login(host)
    shown = text(client.get(f"/bezoek/{visit.public_id}/"))
    assert "Hoe rustig het was." in shown
    assert "Ik bel eerder." not in shown
    assert "Wat ga je anders doen?" not in shown
    assert shown.count("<article") == 1
    assert "Doe eerst" not in shown
    assert client.get(address).status_code == 404
    assert Debrief.objects.get(seat=seat).note == "Ik bel eerder."


def test_looking_back_before_the_visit_is_refused_on_the_form(client, visitor):
    visit = make_visit()
    seated(visit, visitor)
    answer = client.post(f"/bezoek/{visit.public_id}/terugblik/", {"note": "Alvast."})
    assert "Terugkijken kan na je bezoek." in text(answer)
    assert not Debrief.objects.exists()


def test_the_steps_after_a_visit(client, visitor):
    page = make_kijkje()
    visit = make_visit(page, starts_in=timedelta(days=-1))
    ready(page, visitor)
    seat = seated(visit, visitor)
    shown = text(client.get(f"/aanbod/{page.slug}/"))
    assert f"/bezoek/{visit.public_id}/terugblik/" in shown
    write_debrief(seat=seat, note="", answers=[], by=visitor)
    assert 'aria-current="step"' not in text(client.get(f"/aanbod/{page.slug}/"))


def test_an_invitation_leads_to_an_account_and_from_there_to_the_kijkjes(client):
    row = make_announcement(name="Fatma Yildiz", digest=digest("geheim"))
    address = "/kijkje-in-de-keuken/uitnodiging/geheim/"
    shown = text(client.get(address))
    assert "Welkom, Fatma Yildiz" in shown
    assert "/account/signup/?next=" in shown
    assert client.get("/kijkje-in-de-keuken/uitnodiging/onzin/").status_code == 404
    person = make_person()
    client.force_login(person)
    assert "Dat ben ik, ga verder" in text(client.get(address))
    assert "Welkom, Fatma Yildiz" in text(client.post(f"{address}dat-ben-ik/", follow=True))
    row.refresh_from_db()
    assert row.person == person
    assert client.get(address)["Location"] == "/kijkje-in-de-keuken/"
    client.force_login(make_person())
    assert "al gebruikt" in text(client.get(address))
    assert client.post(f"{address}dat-ben-ik/").status_code == 404


def test_who_only_looks_on_is_kept_out(client, settings):
    settings.ACADEMY_MFA_REQUIRED = False
    visit = make_visit()
    client.force_login(make_with_role(Role.MUNICIPALITY))
    assert client.get(f"/bezoek/{visit.public_id}/").status_code == 403
    assert client.get(f"/kijkje-in-de-keuken/{visit.offering.slug}/verklaring/").status_code == 403
