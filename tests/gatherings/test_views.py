from datetime import timedelta

import pytest
from wagtail.models import Site

from academy.common import clock
from academy.gatherings.domain.leads import assign_lead
from academy.gatherings.domain.seats import take_seat
from academy.gatherings.enums import Approval, Audience, EndReason, GatheringState, SeatState, VenueKind
from academy.gatherings.models import Seat, SeatOffer
from academy.people.enums import Role
from academy.people.models import AuditEntry
from tests.factories import make_membership, make_organisation, make_person, make_with_role
from tests.gatherings.factories import make_gathering, make_offering, make_venue
from tests.permissions.world import log_in

pytestmark = pytest.mark.django_db


def page_of(gathering):
    return f"/uitvoering/{gathering.public_id}/"


def take(client, gathering):
    return client.post(f"{page_of(gathering)}inschrijven/", follow=True)


def said(response):
    return [str(message) for message in response.context["messages"]]


def states(gathering):
    return list(Seat.objects.filter(gathering=gathering).order_by("queue_key").values_list("state", flat=True))


def test_visitor_is_led_to_the_log_in_and_back_to_the_run(client):
    gathering = make_gathering(capacity=5)
    page = client.get(page_of(gathering))
    assert f"/account/login/?next={page_of(gathering)}" in page.content.decode()
    assert "csrfmiddlewaretoken" not in page.content.decode()
    answer = client.post(f"{page_of(gathering)}inschrijven/")
    assert (answer.status_code, answer["Location"]) == (302, f"/account/login/?next={page_of(gathering)}")


def test_a_seat_is_one_click_and_a_second_changes_nothing():
    person, gathering = make_person(), make_gathering(capacity=5)
    client = log_in(person)
    assert "Schrijf me in" in client.get(page_of(gathering)).content.decode()
    first = take(client, gathering)
    assert said(first) == ["Je plek is vast. De bevestiging staat in je mail."]
    assert "Schrijf me in" not in first.content.decode()
    take(client, gathering)
    assert states(gathering) == [SeatState.CONFIRMED]


def test_who_comes_last_waits_and_sees_the_position():
    gathering = make_gathering(capacity=1)
    for person in (make_person(), make_person()):
        take_seat(person=person, gathering=gathering, by=person)
    client = log_in(make_person())
    assert "Zet me op de wachtlijst" in client.get(page_of(gathering)).content.decode()
    answer = take(client, gathering)
    assert said(answer) == ["Je staat op de wachtlijst, op plaats 2. Komt er een plek vrij, dan mailen we je."]
    assert answer.context["mine"].position == 2


def test_a_request_says_that_somebody_decides():
    gathering = make_gathering(capacity=3, approval=Approval.MANAGER)
    client = log_in(make_person())
    assert "Vraag een plek aan" in client.get(page_of(gathering)).content.decode()
    assert said(take(client, gathering)) == ["Je aanvraag is verstuurd. Je krijgt een mail zodra erover besloten is."]


def test_a_refusal_gives_its_reason_and_no_button():
    gathering = make_gathering(audience=Audience.EXTERNAL)
    member = make_membership(organisation=make_organisation(is_own=True)).person
    client = log_in(member)
    page = client.get(page_of(gathering))
    assert [reason.code for reason in page.context["reasons"]] == ["audience"]
    assert "Schrijf me in" not in page.content.decode()
    assert said(take(client, gathering)) == ["Dit is voor mensen van buiten de eigen organisatie."]
    assert states(gathering) == []


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMIN, Role.AUDITOR])
def test_some_roles_take_no_seat(role):
    gathering = make_gathering()
    client = log_in(make_with_role(role))
    assert client.post(f"{page_of(gathering)}inschrijven/").status_code == 403
    assert "Schrijf me in" not in client.get(page_of(gathering)).content.decode()


def test_what_one_may_not_see_is_not_there(client):
    hidden = [
        make_gathering(state=GatheringState.DRAFT),
        make_gathering(audience=Audience.INTERNAL),
        make_gathering(kind="leertafel"),
    ]
    assert [client.get(page_of(one)).status_code for one in hidden] == [404, 404, 404]
    assert client.post(f"{page_of(hidden[0])}inschrijven/").status_code == 404


def seated(gathering, **values):
    person = make_person(**values)
    return log_in(person), take_seat(person=person, gathering=gathering, by=person).seat


def test_cancelling_is_one_click_and_a_second_changes_nothing():
    gathering = make_gathering(capacity=2)
    client, seat = seated(gathering)
    for _click in range(2):
        answer = client.post(f"/plek/{seat.public_id}/afmelden/", follow=True)
        assert said(answer) == ["De plek is afgemeld."]
    assert states(gathering) == [SeatState.CANCELLED]


def test_a_late_cancellation_says_so_before_and_after():
    gathering = make_gathering(starts_in=timedelta(days=1))
    client, seat = seated(gathering)
    assert "Meld me laat af" in client.get(page_of(gathering)).content.decode()
    answer = client.post(f"/plek/{seat.public_id}/afmelden/", follow=True)
    assert said(answer) == ["De plek is afgemeld. Omdat het zo kort ervoor is, telt dit als laat."]


def test_nobody_cancels_or_swaps_for_a_stranger():
    gathering = make_gathering()
    _client, seat = seated(gathering)
    stranger = log_in(make_person())
    for address in ("afmelden", "ruilen"):
        assert stranger.post(f"/plek/{seat.public_id}/{address}/", {"email": "a@b.example"}).status_code == 404
    assert stranger.post("/plek/onbekend/afmelden/").status_code == 404
    assert states(gathering) == [SeatState.CONFIRMED]


def test_cancelling_after_the_end_is_refused_with_the_reason(at):
    gathering = make_gathering()
    client, seat = seated(gathering)
    with clock.frozen(gathering.ends_at + timedelta(days=1)):
        answer = client.post(f"/plek/{seat.public_id}/afmelden/", follow=True)
        assert said(answer) == ["Deze bijeenkomst is voorbij; afmelden kan niet meer."]
    assert states(gathering) == [SeatState.CONFIRMED]


def offered(gathering):
    """Somebody to whom a place was offered, because the only other one cancelled."""
    _first, seat = seated(gathering)
    client, waiting = seated(gathering)
    log_in(seat.person).post(f"/plek/{seat.public_id}/afmelden/")
    return client, SeatOffer.objects.get(seat=waiting)


def test_an_offer_is_taken_once():
    gathering = make_gathering(capacity=1)
    client, offer = offered(gathering)
    assert "Neem de plek aan" in client.get(page_of(gathering)).content.decode()
    for _click in range(2):
        answer = client.post(f"/vrije-plek/{offer.public_id}/aannemen/", follow=True)
        assert said(answer) == ["De plek is van jou. De bevestiging staat in je mail."]
    assert states(gathering) == [SeatState.CANCELLED, SeatState.CONFIRMED]
    refused = client.post(f"/vrije-plek/{offer.public_id}/afslaan/", follow=True)
    assert said(refused) == ["Dit aanbod is voorbij. Schrijf je opnieuw in; dan sta je weer op de wachtlijst."]


def test_an_offer_is_declined_once():
    gathering = make_gathering(capacity=1)
    client, offer = offered(gathering)
    for _click in range(2):
        answer = client.post(f"/vrije-plek/{offer.public_id}/afslaan/", follow=True)
        assert said(answer) == ["Dank je. De plek gaat naar wie na jou komt."]
    assert states(gathering) == [SeatState.CANCELLED, SeatState.DECLINED]
    refused = client.post(f"/vrije-plek/{offer.public_id}/aannemen/", follow=True)
    assert said(refused) == ["Dit aanbod is voorbij. Schrijf je opnieuw in; dan sta je weer op de wachtlijst."]


def test_an_offer_belongs_to_one_person():
    gathering = make_gathering(capacity=1)
    _client, offer = offered(gathering)
    stranger = log_in(make_person())
    for answer in ("aannemen", "afslaan"):
        assert stranger.post(f"/vrije-plek/{offer.public_id}/{answer}/").status_code == 404


def test_swapping_gives_the_place_to_a_colleague():
    organisation, gathering = make_organisation(), make_gathering(capacity=1)
    client, seat = seated(gathering)
    make_membership(seat.person, organisation=organisation)
    colleague = make_membership(make_person(email="sanne@voorbeeld.example"), organisation=organisation).person
    assert client.get(f"/plek/{seat.public_id}/ruilen/").status_code == 200
    answer = client.post(f"/plek/{seat.public_id}/ruilen/", {"email": "Sanne@voorbeeld.example"}, follow=True)
    assert said(answer) == ["De plek is nu van je collega. Je collega krijgt een mail."]
    assert [(one.person, one.state, one.end_reason) for one in Seat.objects.order_by("queue_key")] == [
        (seat.person, SeatState.CANCELLED, EndReason.SWAPPED),
        (colleague, SeatState.CONFIRMED, ""),
    ]


@pytest.mark.parametrize("email", ["", "geen adres", "niemand@voorbeeld.example", "vreemd@voorbeeld.example"])
def test_a_swap_that_cannot_be_stays_on_the_form(email):
    make_person(email="vreemd@voorbeeld.example")
    client, seat = seated(make_gathering())
    answer = client.post(f"/plek/{seat.public_id}/ruilen/", {"email": email})
    assert list(answer.context["form"].errors) == ["email"]
    assert email in answer.content.decode()
    assert Seat.objects.get().state == SeatState.CONFIRMED


def test_unknown_address_and_stranger_get_the_same_answer():
    make_person(email="vreemd@voorbeeld.example")
    client, seat = seated(make_gathering())
    answers = [
        client.post(f"/plek/{seat.public_id}/ruilen/", {"email": email}).context["form"].errors["email"]
        for email in ("niemand@voorbeeld.example", "vreemd@voorbeeld.example")
    ]
    assert answers[0] == answers[1] == ["Ruilen kan met een collega van dezelfde organisatie."]


def with_venue(kind, *, starts_in=timedelta(days=2)):
    gathering = make_gathering(starts_in=starts_in)
    venue = make_venue(kind=kind, name="Het huis", address="Stille straat 1", directions="Bel aan.")
    gathering.sessions.update(venue=venue, online_url="https://vergaderen.example/1")
    return gathering, gathering.sessions.get()


def test_an_open_place_is_for_who_is_logged_in(client):
    gathering, _session = with_venue(VenueKind.OPEN)
    assert "Stille straat" not in client.get(page_of(gathering)).content.decode()
    page = log_in(make_person()).get(page_of(gathering)).content.decode()
    assert "Stille straat 1" in page
    assert "vergaderen.example" not in page
    participant, _seat = seated(gathering)
    assert "https://vergaderen.example/1" in participant.get(page_of(gathering)).content.decode()


def test_a_closed_place_is_never_on_the_page_and_opens_for_who_has_a_seat(client):
    gathering, session = with_venue(VenueKind.CLOSED)
    participant, seat = seated(gathering)
    make_membership(seat.person, approved_at=clock.now())
    leading = make_person()
    assign_lead(gathering=gathering, person=leading, role="gives", by=None)
    for one in (client, participant, log_in(leading), log_in(make_with_role(Role.OFFICE))):
        page = one.get(page_of(gathering)).content.decode()
        assert "Stille straat" not in page
        assert "Het huis" not in page
    address = f"/sessie/{session.public_id}/adres/"
    assert "Stille straat 1" in participant.get(address).content.decode()
    assert list(AuditEntry.objects.filter(action="place.open").values_list("actor", "target")) == [
        (seat.person.pk, session.public_id)
    ]
    assert "Stille straat 1" in log_in(leading).get(address).content.decode()
    assert "Stille straat 1" in log_in(make_with_role(Role.OFFICE)).get(address).content.decode()
    assert log_in(make_person()).get(address).status_code == 404
    assert client.get(address)["Location"] == f"/account/login/?next={address}"


def test_a_closed_place_says_from_when_it_can_be_read():
    gathering, session = with_venue(VenueKind.CLOSED, starts_in=timedelta(days=20))
    participant, seat = seated(gathering)
    make_membership(seat.person, approved_at=clock.now())
    page = participant.get(f"/sessie/{session.public_id}/adres/")
    assert [reason.code for reason in page.context["reasons"]] == ["not_now"]
    assert "Stille straat" not in page.content.decode()


def test_an_open_place_has_no_page_of_its_own():
    gathering, session = with_venue(VenueKind.OPEN)
    participant, _seat = seated(gathering)
    assert participant.get(f"/sessie/{session.public_id}/adres/").status_code == 404


def test_names_of_who_gives_it_are_for_who_is_logged_in(client):
    gathering = make_gathering()
    assign_lead(gathering=gathering, person=make_person(full_name="Marjan Geeft"), role="gives", by=None)
    assert "Marjan Geeft" not in client.get(page_of(gathering)).content.decode()
    assert "Marjan Geeft" in log_in(make_person()).get(page_of(gathering)).content.decode()


def test_the_drawing_counts_every_seat():
    gathering = make_gathering(capacity=1)
    offered(gathering)
    seated(gathering)
    table = log_in(make_person()).get(page_of(gathering)).context["table"]
    assert (table.taken, table.held, table.free, table.waiting) == (0, 1, 0, 1)
    assert log_in(make_person()).get(page_of(make_gathering())).context["table"] is None


@pytest.mark.parametrize(
    ("gathering", "words"),
    [
        ({"state": GatheringState.CANCELLED, "cancelled_at": clock.now()}, "gaat niet door"),
        ({"state": GatheringState.OPEN, "opens_at": clock.now() + timedelta(days=3)}, "opent"),
    ],
)
def test_a_run_that_takes_nobody_has_no_button(gathering, words):
    run = make_gathering(**gathering)
    page = log_in(make_person()).get(page_of(run)).content.decode()
    assert words in page
    assert "Schrijf me in" not in page


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_run_page_asks_as_much_for_three_sessions_as_for_one(client, django_assert_num_queries, sessions):
    gathering = make_gathering(sessions=sessions, capacity=3)
    member = log_in(make_person())
    client.get(page_of(gathering))
    with django_assert_num_queries(8):
        client.get(page_of(gathering))
    with django_assert_num_queries(22):
        member.get(page_of(gathering))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_offering_page_asks_as_much_for_three_dates_as_for_one(client, django_assert_num_queries, rows):
    offering = make_offering()
    for _row in range(rows):
        make_gathering(offering=offering, capacity=3)
    member = log_in(make_person())
    client.get(f"/aanbod/{offering.slug}/")
    with django_assert_num_queries(7):
        client.get(f"/aanbod/{offering.slug}/")
    with django_assert_num_queries(20):
        member.get(f"/aanbod/{offering.slug}/")


def test_the_page_of_the_tree_leads_to_the_one_address(client):
    root = Site.objects.get().root_page
    offering = make_offering()
    offering.move(root, pos="last-child")
    assert client.get(f"/{offering.slug}/")["Location"] == f"/aanbod/{offering.slug}/"


def test_a_full_run_names_the_others_with_a_place(client):
    full = make_gathering(capacity=1)
    assert "Hier is nog plek" not in client.get(f"/uitvoering/{full.public_id}/").text
    take_seat(person=make_person(), gathering=full, by=None)
    assert "Hier is nog plek" not in client.get(f"/uitvoering/{full.public_id}/").text
    free = make_gathering(offering=full.offering, capacity=3)
    also_full = make_gathering(offering=full.offering, capacity=1)
    take_seat(person=make_person(), gathering=also_full, by=None)
    make_gathering()
    page = client.get(f"/uitvoering/{full.public_id}/")
    assert [date.url for date in page.context["siblings"]] == [f"/uitvoering/{free.public_id}/"]
    assert "nog 3 plekken" in page.text
